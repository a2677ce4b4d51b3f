"""A label that tells more than what the element is called, which is the same element whatever that is.

Streamlit makes a fold's id of its label too: one whose label tells a school's figure would be another fold for each
school, and what somebody has opened would be closed on the next. So it is made by its name alone, and the label is
put in its place in the message. As pages/ui/replayed.py this takes hold of a name of Streamlit's own; where that is
gone the name alone is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

SEND = "enqueue"  # how a run's message is sent


@contextmanager
def labelled(label: str) -> Iterator[None]:
    """What folds are made meanwhile are sent with this label."""
    context: Any = get_script_run_ctx(suppress_warning=True)
    send = getattr(context, SEND, None)
    if send is None:
        yield
        return

    def sent(message: ForwardMsg) -> None:
        if message.delta.add_block.HasField("expandable"):
            message.delta.add_block.expandable.label = label
        send(message)

    before = vars(context).get(SEND)  # somebody else's (replayed.py)
    setattr(context, SEND, sent)
    try:
        yield
    finally:
        if before is None:
            delattr(context, SEND)
        else:
            setattr(context, SEND, before)
