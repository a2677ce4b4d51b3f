"""What a session has for its browser is written at one stroke.

Streamlit's loop hands the connection one message, goes round, and hands it the next: forty times a run each goes
through the loop and six wrappings, and is written into the socket by itself. Here the loop is given nothing to send:
all that there is becomes frames and is written together, the same bytes in the same order.

This takes hold of names of Streamlit's, uvicorn's and asyncio's own. Where one is gone, or something waits to be
written already, as to a slow browser, messages go Streamlit's way (tests/pages/test_at_once.py tells when that is so).
"""

from __future__ import annotations

import logging
from asyncio import Queue
from typing import Any
from weakref import ref

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.session_manager import SessionClientDisconnectedError

CONNECTION = "kvalitetsdialog.connection"
"""Where a websocket's scope has the connection that it came by."""
FLUSH = "flush_browser_queue"
"""How the loop asks a session for what it is to send."""
SESSIONS, SEND = "_session_mgr", "_send_message"
"""How a session's client is found, and how the loop gives it a message."""
SOCKET, WAITING = "_websocket", "_send_queue"
"""A client's websocket, and the messages that are to be written to it."""
IDLE = "_getters"
"""Who waits for something to come into a queue."""
OF_A_CONNECTION = (
    *("conn", "transport", "writable"),
    *("handshake_complete", "disconnected", "close_sent", "initial_response"),
)
"""What frames are made by and written to, and what tells whether they may be."""
FRAMES = ("send_binary", "data_to_send", "state")
"""How they are made."""


def send_at_once() -> None:
    """Has every session do so from now on."""
    flush = getattr(AppSession, FLUSH, None)
    if flush is None or not hasattr(Runtime, SEND):
        return

    def left(session: AppSession) -> list[ForwardMsg]:
        messages = flush(session)
        return given(session, messages) if len(messages) > 1 else messages

    setattr(AppSession, FLUSH, left)


def note_connection(scope: dict[str, Any], send: Any) -> None:
    """Keeps with a websocket what it is written to, for as long as that is there: it has the scope itself, and a circle
    would wait for the collector."""
    connection = getattr(send, "__self__", None)
    frames = getattr(connection, "conn", None)
    if all(hasattr(connection, name) for name in OF_A_CONNECTION) and all(hasattr(frames, name) for name in FRAMES):
        scope[CONNECTION] = ref(connection)


def given(session: Any, messages: list[ForwardMsg]) -> list[ForwardMsg]:
    """Writes the messages; those that it did not, which the loop sends, or finds that the browser is gone."""
    runtime = Runtime.instance()
    try:
        open_to = _open_to(runtime, session.id, len(messages))
    except (AttributeError, TypeError):  # a name is gone, or what it names is made otherwise: the loop serves everybody
        open_to = None
    if open_to is None:
        return messages
    there, connection, waiting = open_to
    for sent, message in enumerate(messages):
        try:
            getattr(runtime, SEND)(there, message)
        except SessionClientDisconnectedError:
            return messages[sent:]
    try:
        while not waiting.empty():  # whoever waits for these finds nothing, and waits on
            connection.conn.send_binary(waiting.get_nowait())
        connection.transport.write(b"".join(connection.conn.data_to_send()))
    except Exception:  # as one that writes for itself has it; what the browser got is not known, so it comes anew
        logging.getLogger("kvalitetsdialog").exception("messages could not be written to a browser")
        connection.transport.abort()
    return []


def _open_to(runtime: Runtime, session_id: str, messages: int) -> tuple[Any, Any, Queue[bytes]] | None:
    """Who is there, what they are written to, and what waits for that; None where so many messages go another way."""
    there = getattr(runtime, SESSIONS).get_active_session_info(session_id)
    if there is None:
        return None
    socket, waiting = getattr(there.client, SOCKET), getattr(there.client, WAITING)
    noted = socket.scope.get(CONNECTION)
    connection = noted() if noted else None
    if connection is None or waiting.maxsize <= messages or not _free(connection, waiting):
        return None
    return there, connection, waiting


def _free(connection: Any, waiting: Any) -> bool:
    """Whether all that came before has been written, and more can be: nothing is waiting, whoever writes what waits has
    nothing in hand, and the browser is there and keeps up."""
    return (
        waiting.empty()
        and bool(getattr(waiting, IDLE))
        and connection.writable.is_set()
        and connection.handshake_complete
        and not (connection.disconnected or connection.close_sent or connection.initial_response)
        and not connection.transport.is_closing()
        and connection.conn.state.name == "OPEN"
    )
