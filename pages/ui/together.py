"""What a run draws is handed to the server's event loop together, not message by message.

A run is thirty or forty messages. Each would wake the loop, be wrapped twice and be looked at by itself, which took a
sixth of a run, and the loop's work on the first would hold up the drawing of the others. What is held goes on before
something slow is begun (pages/ui/access.py), so that a page that must be composed first shows its head meanwhile.

This takes hold of names of Streamlit's own. Where one is gone, what is drawn goes Streamlit's way
(tests/pages/test_together.py tells when that is so).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent

SEND = "_enqueue"
"""How Streamlit's context of a run sends a message."""
Send = Callable[[ForwardMsg], None]


class _Held:
    """Takes the place of what sends."""

    def __init__(self, send: Send):
        self.send = send
        self.messages: list[ForwardMsg] = []

    def __call__(self, message: ForwardMsg) -> None:
        self.messages.append(message)

    def let_go(self) -> None:
        messages, self.messages = self.messages, []
        if not messages:
            return
        self.send(messages[0])  # whoever has clicked meanwhile ends the run here
        session = session_of(self.send)
        if session is None:
            for message in messages[1:]:
                self.send(message)
        else:
            hand_over(session, self.send, messages[1:])


def session_of(send: Send) -> Any:
    """The session that `send` sends to; None where it is not one of a server's, or not made as it was."""
    runner = getattr(send, "__self__", None)
    receivers = getattr(getattr(runner, "on_event", None), "_get_live_receivers", list)()
    session = getattr(receivers[0], "__self__", None) if len(receivers) == 1 else None
    known = isinstance(runner, ScriptRunner) and all(hasattr(session, name) for name in OF_A_SESSION)
    queue = getattr(session, QUEUE) if known else None
    return session if isinstance(getattr(queue, LISTED, None), list) and hasattr(queue, PLACES) else None


SOON, HANDLE = "_call_soon_on_event_loop", "_handle_scriptrunner_event_on_event_loop"
"""How a session has something done on the event loop, and what is done there with what a run sends."""
RUNNER, QUEUE = "_scriptrunner", "_browser_queue"
"""Whose run a session takes messages from, and where they wait for the browser."""
LISTED, PLACES = "_queue", "_delta_index_map"
"""The list of them there, and where in it stands what is drawn at a place: of two at one place Streamlit sends the
later, where the earlier stood. Ours are all told, and what comes after them is told after them."""
OF_A_SESSION = (SOON, HANDLE, RUNNER, QUEUE)


def hand_over(session: Any, send: Any, messages: list[ForwardMsg]) -> None:
    """Does for all messages at once what sending does for each; the last, if any, goes Streamlit's way and wakes who
    waits for them."""
    handle, runner = getattr(session, HANDLE), send.__self__

    def all_of_them() -> None:
        if getattr(session, RUNNER) is runner:  # nobody has clicked meanwhile
            queue = getattr(session, QUEUE)
            getattr(queue, LISTED).extend(messages[:-1])
            getattr(queue, PLACES).clear()
        for message in messages[-1:]:
            handle(runner, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, message)

    getattr(session, SOON)(all_of_them)


@contextmanager
def together() -> Iterator[None]:
    """Holds what the run draws inside, and sends it at the end, whichever way that is reached."""
    context = get_script_run_ctx(suppress_warning=True)
    send = getattr(context, SEND, None)
    if send is None:
        yield
        return
    held = _Held(send)
    setattr(context, SEND, held)
    try:
        yield
    finally:
        setattr(context, SEND, send)
        held.let_go()


def let_go() -> None:
    """Sends what is held so far: something slow comes."""
    held = getattr(get_script_run_ctx(suppress_warning=True), SEND, None)
    if isinstance(held, _Held):
        held.let_go()
