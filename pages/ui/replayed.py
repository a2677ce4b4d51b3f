"""A part of a page that has been drawn before is sent as it was, where nothing in it is open or has been clicked, or
where what is open and chosen there is part of what it is known by.

Drawing is Streamlit's work more than ours: an id, a look at the session's state, three wrappings and a message for each
of some forty elements. Of what is drawn the same for everybody the messages are kept and sent again; that there are
buttons and folds in it the session is told all the same. What else somebody has opened is drawn as ever.

This takes hold of names of Streamlit's own, as pages/ui/together.py does. Where one is gone, everything is drawn
(tests/pages/test_replayed.py tells when that is so).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from streamlit.cursor import RunningCursor
from streamlit.delta_generator_singletons import get_dg_singleton_instance
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, ThreadState
from streamlit.runtime.scriptrunner_utils.shared_run_state import SharedRunState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from pages.ui.drawings import DRAWINGS, NOTED
from pages.ui.weighed import Weighed, weigh

KEPT = (
    60_000_000  # bytes of parts, with what they were drawn of: a page of each of 80 schools, in two languages, and more
)
REGISTER, SEND = "register_widget", "enqueue"
"""How a session is told of a widget, and how a run's message is sent."""
CHOSEN_IN = frozenset({"bool_value", "string_value", "string_array_value"})
"""Kinds of values that stay until somebody changes them: a fold that is open, an option. A click is none."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was sent, which widgets (metadata, key, what it says) the session was told of, the ids that were taken, how
    many elements further the page was then, which large drawings it has, and what must live for the key to mean what
    it does."""

    messages: tuple[ForwardMsg, ...]
    widgets: tuple[tuple[Any, str | None, object], ...]
    ids: frozenset[str]
    keys: frozenset[str]
    length: int
    drawings: tuple[str, ...]
    of: object


def _weight(drawn: Drawn) -> int:
    return sum(message.ByteSize() for message in drawn.messages) + weigh(drawn.of)


_kept: Weighed[Hashable, Drawn] = Weighed(KEPT, _weight)


def _possible() -> bool:
    """Whether Streamlit has what is taken hold of."""
    of_classes = ((ScriptRunContext, SEND), (SafeSessionState, REGISTER), (RunningCursor, "lock_element"))
    run = SharedRunState()
    taken = (getattr(run, name, None) for name in ("widget_ids_this_run", "widget_user_keys_this_run"))
    return all(hasattr(of, name) for of, name in of_classes) and all(hasattr(ids, "snapshot") for ids in taken)


POSSIBLE = _possible()


def replayed(key: Hashable, of: object, draw: Callable[[], None], *, chosen: bool = False) -> None:
    """Draws what `draw` draws at this place, which must follow from the key. Where that names objects by their `id`,
    `of` holds them. `chosen`: what is open and chosen in it follows from the key, too; else it is sent again only to
    whom nothing in it is open."""
    context = get_script_run_ctx(suppress_warning=True)
    cursor = get_dg_singleton_instance().main_dg._active_dg._cursor if POSSIBLE else None
    if context is None or cursor is None or cursor.is_locked or NOTED.get() is not None:
        draw()  # outside a run, or inside what is watched already
        return
    whole_key = (key, ThreadState.get().active_script_hash, *cursor.delta_path)
    found = _kept.find(whole_key)
    if found is None:
        if drawn := _watched(context, cursor, of, draw, chosen):
            _kept.keep(whole_key, drawn)
    elif _is_as_then(context, found[0]):
        _send(context, cursor, found[0])
    else:
        draw()


def _is_as_then(context: Any, drawn: Drawn) -> bool:
    """Tells the session of the widgets, as drawing does; whether each of them says what it said then."""
    register = getattr(context.session_state, REGISTER)
    return all(_said(register(metadata, key)) == said for metadata, key, said in drawn.widgets)


def _said(registered: Any) -> object:
    """What a widget says; None where it is neither open nor clicked, and holds nothing."""
    value = registered.value
    empty = not (any(value.values()) if isinstance(value, dict) else value)
    return None if empty and not registered.value_changed else (value, registered.value_changed)


def _send(context: Any, cursor: Any, drawn: Drawn) -> None:
    for id_ in drawn.ids:
        context.shared.widget_ids_this_run.check_and_add(id_)
    for key in drawn.keys:
        context.shared.widget_user_keys_this_run.check_and_add(key)
    for drawing in drawn.drawings:
        DRAWINGS.keep(drawing)
    for message in drawn.messages:
        context.enqueue(message)
    for _ in range(drawn.length):
        cursor.lock_element()


def _watched(context: Any, cursor: Any, of: object, draw: Callable[[], None], chosen: bool) -> Drawn | None:
    """Draws; what was drawn, or None where something in it is open or clicked, but for what is `chosen`. What ends the
    drawing ends this."""
    shared, state = context.shared, context.session_state
    send, register = getattr(context, SEND), getattr(state, REGISTER)
    messages: list[ForwardMsg] = []
    widgets: list[tuple[Any, str | None, object]] = []
    drawings: list[str] = []
    untouched = True

    def sent(message: ForwardMsg) -> None:
        messages.append(message)
        send(message)

    def registered(metadata: Any, user_key: str | None) -> Any:
        nonlocal untouched
        result = register(metadata, user_key)
        said = _said(result)
        widgets.append((metadata, user_key, said))
        untouched &= said is None or (chosen and metadata.value_type in CHOSEN_IN)
        return result

    index, ids, keys = cursor.index, shared.widget_ids_this_run.snapshot(), shared.widget_user_keys_this_run.snapshot()
    noted = NOTED.set(drawings)
    setattr(context, SEND, sent)
    object.__setattr__(state, REGISTER, registered)  # its own way of setting is the session's
    try:
        draw()
    finally:
        object.__delattr__(state, REGISTER)
        delattr(context, SEND)
        NOTED.reset(noted)
    if not untouched:
        return None
    new_ids = shared.widget_ids_this_run.snapshot() - ids
    new_keys = shared.widget_user_keys_this_run.snapshot() - keys
    length = cursor.index - index
    return Drawn(tuple(messages), tuple(widgets), new_ids, new_keys, length, tuple(drawings), of)
