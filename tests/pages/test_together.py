"""What a run draws is handed over together, in its order; what Streamlit may change is still as we use it."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.signal_util import Signal

from pages.ui import access, together
from tests.pages.serving import visiting

MESSAGES = [ForwardMsg(hash=str(n)) for n in range(4)]


@pytest.fixture
def context(monkeypatch) -> SimpleNamespace:
    """A run's context that notes what is sent."""
    made = SimpleNamespace(sent=[])
    made._enqueue = made.sent.append
    monkeypatch.setattr(together, "get_script_run_ctx", lambda **_: made)
    return made


def test_what_is_drawn_is_held_until_all_of_it_is_drawn(context):
    with together.together():
        for message in MESSAGES:
            context._enqueue(message)
        assert context.sent == []
    assert context.sent == MESSAGES
    context._enqueue(MESSAGES[0])
    assert context.sent[-1] is MESSAGES[0], "what comes later goes by itself"


def test_a_page_that_fails_is_shown_as_far_as_it_came(context):
    with pytest.raises(ValueError), together.together():
        context._enqueue(MESSAGES[0])
        raise ValueError
    assert context.sent == MESSAGES[:1]


def test_what_is_drawn_is_shown_before_something_is_composed_and_not_before_something_kept(context):
    def compose(asked, parameter):
        return list(context.sent)

    class Somebody:
        viewer = None

    asked: Any = Somebody()
    with together.together():
        context._enqueue(MESSAGES[0])
        assert access.composed(compose, asked, 1) == MESSAGES[:1]
        context._enqueue(MESSAGES[1])
        access.composed(compose, asked, 1)
        assert context.sent == MESSAGES[:1]


def test_outside_a_run_nothing_is_held(monkeypatch):
    monkeypatch.setattr(together, "get_script_run_ctx", lambda **_: None)
    with together.together():
        together.let_go()


def test_a_session_is_handed_them_at_one_stroke():
    session, runner, done = AppSession.__new__(AppSession), ScriptRunner.__new__(ScriptRunner), []
    session.shutdown = lambda: None  # it was never begun
    session._scriptrunner, session._browser_queue = runner, ForwardMsgQueue()
    runner.on_event = Signal()
    runner.on_event.connect(session._on_scriptrunner_event, weak=False)
    assert together.session_of(runner._enqueue_forward_msg) is session
    session._call_soon_on_event_loop = lambda do: do()
    session._handle_scriptrunner_event_on_event_loop = lambda *told: done.append(told)
    together.hand_over(session, runner._enqueue_forward_msg, MESSAGES)
    assert list(session._browser_queue._queue) == MESSAGES[:-1]
    assert done == [(runner, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, MESSAGES[-1])], "who wakes those that wait"
    session._scriptrunner, session._browser_queue, done[:] = None, ForwardMsgQueue(), []
    together.hand_over(session, runner._enqueue_forward_msg, MESSAGES)
    assert not session._browser_queue._queue, "somebody has clicked meanwhile: another run draws"


def test_what_is_drawn_last_stands_last_where_a_place_is_drawn_anew():
    """A box is put where nothing stood, filled, and taken away: Streamlit would have the end stand where the beginning
    did, before the box."""
    drawn = [ForwardMsg(), ForwardMsg(), ForwardMsg(), ForwardMsg()]
    for message, place in zip(drawn, ([0, 0], [0, 0], [0, 0, 0], [0, 0]), strict=True):
        message.metadata.delta_path.extend(place)
    for message, said in zip(drawn[::3], "ab", strict=True):
        message.delta.new_element.markdown.body = said
    drawn[1].delta.add_block.allow_empty = True
    drawn[2].delta.new_element.markdown.body = "in the box"
    session, runner = AppSession.__new__(AppSession), ScriptRunner.__new__(ScriptRunner)
    session.shutdown = lambda: None  # it was never begun
    session._scriptrunner, session._browser_queue = runner, ForwardMsgQueue()
    session._call_soon_on_event_loop = lambda do: do()
    session._handle_scriptrunner_event_on_event_loop = lambda _, __, message: session._browser_queue.enqueue(message)
    session._browser_queue.enqueue(drawn[0])
    together.hand_over(session, runner._enqueue_forward_msg, drawn[1:])
    assert session._browser_queue.flush() == drawn


def test_streamlit_has_what_is_taken_hold_of():
    """Where this fails, pages are drawn all the same, more slowly: see what Streamlit has in its place."""
    assert together.SEND in ScriptRunContext.__dataclass_fields__
    assert all(hasattr(AppSession, name) for name in (together.SOON, together.HANDLE))
    said = inspect.getsource(AppSession)
    assert all(f"self.{name}" in said for name in (together.RUNNER, together.QUEUE))
    assert isinstance(getattr(ForwardMsgQueue(), together.LISTED), list)
    assert isinstance(getattr(ForwardMsgQueue(), together.PLACES), dict)
    assert isinstance(runtime.MESSAGE_FLUSH_INTERVAL_SECS, float) and "_populate_theme_msg(msg" in said


def test_a_browser_gets_the_whole_page_in_its_order(demo_server):
    with visiting(demo_server) as visitor:
        first, again = (visitor.open("oversikt") for _ in range(2))
    kinds = [element.WhichOneof("type") for element in again.elements]
    assert kinds == [element.WhichOneof("type") for element in first.elements]
    assert kinds[-1] == "button" and kinds.index("bidi_component") < kinds.index("plotly_chart")
    assert not again.failures and again.title
