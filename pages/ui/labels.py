"""A fold, or a button that choices are folded into, that is the same one whatever its label says.

Streamlit makes a fold's id of its label too, whatever its key is: one whose label tells a year or a school's figure
would be another fold for each, and what somebody has opened would be closed at the next choice, or in the other
language; who chooses with the keyboard would be nowhere. So it is made with its key for a label, and the label is put
in its place in the message. As pages/ui/replayed.py this takes hold of a name of Streamlit's own; where that is gone,
folds close as Streamlit has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

SEND = "enqueue"  # how a run's message is sent


def kept_open(label: str, *, key: str, expanded: bool = False, type: Literal["default", "compact"] = "default"):
    """A fold that tells whether it is open; what is in it is then to be drawn."""
    with _labelled(label) as is_sent:
        return st.expander(key if is_sent else label, expanded, key=key, on_change="rerun", type=type)


def choices_kept_open(label: str, *, key: str):
    """A button that tells whether what is folded into it is open; that is then to be drawn."""
    with _labelled(label) as is_sent:
        return st.popover(key if is_sent else label, key=key, on_change="rerun", wrap=True)


@contextmanager
def _labelled(label: str) -> Iterator[bool]:
    """What folds and buttons are made meanwhile are sent with this label; whether that is so."""
    context: Any = get_script_run_ctx(suppress_warning=True)
    send = getattr(context, SEND, None)
    if send is None:
        yield False
        return

    def sent(message: ForwardMsg) -> None:
        if (kind := message.delta.add_block.WhichOneof("type")) in ("expandable", "popover"):
            getattr(message.delta.add_block, kind).label = label
        send(message)

    before = vars(context).get(SEND)  # somebody else's (replayed.py)
    setattr(context, SEND, sent)
    try:
        yield True
    finally:
        if before is None:
            delattr(context, SEND)
        else:
            setattr(context, SEND, before)
