"""What a session has for its browser is written together, the same bytes in the same order, or Streamlit sends it."""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Callable
from types import SimpleNamespace
from weakref import ref

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import SessionClientDisconnectedError
from streamlit.web.server.starlette import starlette_websocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import CLOSING, OPEN
from websockets.server import ServerProtocol

from pages.ui import at_once
from pages.ui.at_once import given, note_connection

MESSAGES = [ForwardMsg(hash=str(n) * 40) for n in range(5)]


class Connection(WebSocketsSansIOProtocol):
    """A connection that notes what it writes."""

    def __init__(self) -> None:
        self.conn, self.written, self.writable = ServerProtocol(state=OPEN), [], asyncio.Event()
        self.transport = SimpleNamespace(write=self.written.append, is_closing=lambda: False)  # ty: ignore[invalid-assignment]
        self.writable.set()
        self.handshake_complete, self.disconnected, self.close_sent, self.initial_response = True, False, False, None


class Client:
    """A session's client, and who writes what waits for it."""

    def __init__(self, connection: Connection) -> None:
        scope: dict = {}
        note_connection(scope, connection.send)
        self._websocket, self._send_queue = SimpleNamespace(scope=scope), asyncio.Queue(maxsize=10)
        self.connection, self.refuses = connection, ""
        self.sender = asyncio.create_task(self.send())

    async def send(self) -> None:
        while True:
            await self.connection.send({"type": "websocket.send", "bytes": await self._send_queue.get()})

    def write_forward_msg(self, message: ForwardMsg) -> None:
        if message.hash == self.refuses:
            raise SessionClientDisconnectedError
        self._send_queue.put_nowait(message.SerializeToString())


def tried(
    monkeypatch, do: Callable[[Client], list[ForwardMsg]], lacks: str = ""
) -> tuple[list[ForwardMsg], list[bytes]]:
    """What is left, and what has been written when all that waits has been. `lacks`: a name of Streamlit's that is
    gone."""

    async def run() -> tuple[list[ForwardMsg], list[bytes]]:
        client = Client(Connection())
        there = SimpleNamespace(client=client, script_run_count=0)
        sessions = SimpleNamespace(get_active_session_info=lambda id_: there if id_ == "s" else None)
        runtime = SimpleNamespace(
            _session_mgr=sessions,
            _send_message=lambda to, message: to.client.write_forward_msg(message),
        )
        for one in (there, sessions, runtime, client):
            if hasattr(one, lacks):
                delattr(one, lacks)
        monkeypatch.setattr(at_once.Runtime, "instance", lambda: runtime)
        await asyncio.sleep(0)  # the sender waits
        left = do(client)
        client.connection.writable.set()
        for _ in range(20):
            await asyncio.sleep(0)
        client.sender.cancel()
        return left, client.connection.written

    return asyncio.run(run())


SESSION = SimpleNamespace(id="s")


def framed(messages: list[ForwardMsg]) -> bytes:
    conn = ServerProtocol(state=OPEN)
    for message in messages:
        conn.send_binary(message.SerializeToString())
    return b"".join(conn.data_to_send())


def test_all_is_written_at_one_stroke_in_its_order_and_what_comes_later_after_it(monkeypatch):
    def do(client: Client) -> list[ForwardMsg]:
        left = given(SESSION, MESSAGES)
        client.write_forward_msg(MESSAGES[0])
        return left

    assert tried(monkeypatch, do) == ([], [framed(MESSAGES), framed(MESSAGES[:1])])


def test_twice_in_a_row_nothing_is_lost_or_overtaken(monkeypatch):
    """The second time whoever writes has been woken and has not come to it: it is not known that it has nothing."""

    def do(client: Client) -> list[ForwardMsg]:
        return [*given(SESSION, MESSAGES[:3]), *given(SESSION, MESSAGES[3:])]

    left, written = tried(monkeypatch, do)
    assert b"".join(written) + framed(left) == framed(MESSAGES)


def _slow(client: Client) -> None:
    client.connection.writable.clear()


def _waits(client: Client) -> None:
    client._send_queue.put_nowait(b"before")


def _in_hand(client: Client) -> None:
    client._send_queue._getters.clear()  # ty: ignore[unresolved-attribute]


def _closing(client: Client) -> None:
    client.connection.conn.state = CLOSING


def _small(client: Client) -> None:
    client._send_queue._maxsize = len(MESSAGES)  # ty: ignore[unresolved-attribute]


def _unknown(client: Client) -> None:
    client._websocket.scope.clear()


def _gone(client: Client) -> None:
    client.connection.disconnected = True


@pytest.mark.parametrize("spoil", [_slow, _waits, _in_hand, _closing, _small, _unknown, _gone])
def test_where_it_is_not_known_that_all_before_is_written_streamlit_sends(monkeypatch, spoil):
    def do(client: Client) -> list[ForwardMsg]:
        spoil(client)
        return given(SESSION, MESSAGES)

    left, written = tried(monkeypatch, do)
    assert left == MESSAGES and framed(MESSAGES[:1]) not in b"".join(written)


def test_a_session_that_has_nobody_there_keeps_what_it_has(monkeypatch):
    assert tried(monkeypatch, lambda client: given(SimpleNamespace(id="another"), MESSAGES)) == (MESSAGES, [])


def test_what_a_browser_that_is_gone_did_not_take_is_left_to_streamlit(monkeypatch):
    def do(client: Client) -> list[ForwardMsg]:
        client.refuses = MESSAGES[2].hash
        return given(SESSION, MESSAGES)

    assert tried(monkeypatch, do)[0] == MESSAGES[2:]


@pytest.mark.parametrize("lacks", ["_session_mgr", "get_active_session_info", "client", "_websocket"])
def test_where_a_name_is_gone_streamlit_sends_and_its_loop_goes_on(monkeypatch, lacks):
    assert tried(monkeypatch, lambda client: given(SESSION, MESSAGES), lacks) == (MESSAGES, [])


def test_a_browser_that_cannot_be_written_to_is_let_go_and_the_loop_goes_on(monkeypatch, caplog):
    ended = []

    def fails(_: bytes) -> None:
        raise RuntimeError("the handler is closed")

    def do(client: Client) -> list[ForwardMsg]:
        client.connection.transport = SimpleNamespace(  # ty: ignore[invalid-assignment]
            write=fails, abort=lambda: ended.append(True), is_closing=lambda: False
        )
        return given(SESSION, MESSAGES)

    assert tried(monkeypatch, do) == ([], []) and ended == [True]
    assert "the handler is closed" in caplog.text


def test_a_connection_that_has_ended_does_not_wait_for_the_collector():
    async def run() -> None:
        connection = Connection()
        connection.scope = {"type": "websocket"}  # ty: ignore[invalid-assignment]
        note_connection(connection.scope, connection.send)  # ty: ignore[invalid-argument-type]
        assert connection.scope[at_once.CONNECTION]() is connection
        kept = ref(connection)
        del connection
        assert kept() is None

    gc.disable()
    try:
        asyncio.run(run())
    finally:
        gc.enable()


def test_frames_of_another_kind_are_left_to_streamlit():
    """Those that uvicorn makes with wsproto are open too, and made in another way."""
    connection, scope = Connection(), {}
    connection.conn = SimpleNamespace(state=OPEN, send=bytes)  # ty: ignore[invalid-assignment]
    note_connection(scope, connection.send)
    assert not scope


def test_what_is_taken_hold_of_is_there():
    """Where this fails, messages are sent all the same, more slowly: see what there is in its place."""
    assert callable(getattr(AppSession, at_once.FLUSH)) and callable(getattr(Runtime, at_once.SEND))
    client = inspect.getsource(starlette_websocket.StarletteSessionClient)
    assert all(f"self.{name}" in client for name in (at_once.SOCKET, at_once.WAITING))
    assert f"self.{at_once.SESSIONS}" in inspect.getsource(Runtime)
    assert not getattr(asyncio.Queue(), at_once.IDLE) and OPEN.name == "OPEN"
    sends = inspect.getsource(WebSocketsSansIOProtocol)
    assert all(f"self.{name}" in sends for name in at_once.OF_A_CONNECTION)
    assert all(hasattr(ServerProtocol(), name) for name in at_once.FRAMES)
