"""Nobody has so many connections, or asks so much over them, that others get none of the server."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import chain, repeat

import anyio
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from analytics.model.people import Identity
from pages.ui import connections, guard
from pages.ui.connections import BEHIND, OF_A_PERSON, OF_AN_ADDRESS, OF_NOBODY, Connections, Pace, Share, whose
from pages.ui.signed_in import NotSignedIn, Person
from tests.pages.serving import PATIENCE, visiting

ASKED = BackMsg(rerun_script={}).SerializeToString()


def scope_of(client: str, **told: str) -> dict:
    said = {"host": "localhost:8501", "origin": "http://localhost:8501", **told}
    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in said.items()]
    path = "/_stcore/stream"
    return {"type": "websocket", "scheme": "ws", "path": path, "client": (client, 1), "headers": headers}


def connected(scope: dict, messages: Iterator[bytes], most: int = 10_000) -> tuple[list[dict], list[dict]]:
    """What the app is passed on, and what the browser is told, until one of them ends it."""
    passed, told = [], []

    async def app(scope, receive, send):
        await send({"type": "websocket.accept"})
        while len(passed) < most:
            passed.append(await receive())
            if passed[-1]["type"] == "websocket.disconnect":
                return

    async def receive():
        data = next(messages, None)
        return {"type": "websocket.disconnect"} if data is None else {"type": "websocket.receive", "bytes": data}

    async def send(message):
        told.append(message)

    anyio.run(guard.Guard(app), scope, receive, send)
    return passed, told


def test_so_much_goes_at_once_and_then_so_much_a_second():
    clock = [0.0]
    pace = Pace(Share(1, at_once=3, a_second=2), now=lambda: clock[0])
    assert [pace.wait() for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    clock[0] = 1.0
    assert pace.wait() == 0.5
    clock[0] = 60.0
    assert [pace.wait() for _ in range(4)] == [0, 0, 0, 0.5], "what is not asked for is not saved up"


def test_of_each_there_are_so_many_and_what_is_closed_makes_room():
    held, share = Connections(), Share(2, 1, 1)
    with held.one("a", share) as first, held.one("a", share) as second:
        assert first is second is not None
        with held.one("a", share) as third, held.one("b", share) as other:
            assert third is None and other is not None
    with held.one("a", share) as again:
        assert again is first, "who comes anew goes on at the pace at which they went"
    assert not held.open


def test_they_are_counted_by_person_and_else_by_where_they_come_from(monkeypatch):
    at = {
        name: scope_of(name)
        for name in ("192.0.2.7", "2001:db8:1:2::3", "2001:db8:1:2:ffff::4", "2001:db8:1:3::3", "x")
    }
    asked, signed = [False], [False]

    def of_cookie(_):
        if not signed[0]:
            raise NotSignedIn
        return Person(Identity("https://idp", "anna"), "Anna", 1.0)

    monkeypatch.setattr(connections.access, "asks_who", lambda: asked[0])
    monkeypatch.setattr(connections, "of_cookie", of_cookie)
    told = {name: whose(scope) for name, scope in at.items()}
    assert {share for _, share in told.values()} == {OF_AN_ADDRESS}
    assert told["2001:db8:1:2::3"] == told["2001:db8:1:2:ffff::4"] != told["2001:db8:1:3::3"]
    assert len({who for who, _ in told.values()}) == 4
    asked[0] = True
    assert whose(at["192.0.2.7"]) == ("192.0.2.7", OF_NOBODY)
    signed[0] = True
    assert whose(at["192.0.2.7"]) == whose(at["x"]) == ("https://idp anna", OF_A_PERSON)


def test_one_more_than_there_is_room_for_is_refused_and_nobody_is_on_the_machine_itself(monkeypatch):
    monkeypatch.setattr(guard, "CONNECTIONS", held := Connections())
    outside = scope_of("192.0.2.7", x_forwarded_for="192.0.2.7")
    held.open["192.0.2.7"] = OF_AN_ADDRESS.connections - 1
    assert connected(outside, iter([ASKED]))[0]
    held.open["192.0.2.7"] = OF_AN_ADDRESS.connections
    assert connected(outside, iter([ASKED])) == ([], [{"type": "websocket.close", "code": 1008}])
    held.open["127.0.0.1"] = OF_AN_ADDRESS.connections
    assert connected(scope_of("127.0.0.1"), iter([ASKED]))[0]


def test_who_asks_faster_than_anybody_can_is_held_back_and_then_cut_off(monkeypatch):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    monkeypatch.setattr(guard.anyio, "sleep", sleep)
    monkeypatch.setattr(guard, "CONNECTIONS", Connections())
    passed, told = connected(scope_of("192.0.2.7"), repeat(ASKED))
    assert passed[-1] == {"type": "websocket.disconnect", "code": 1008} == {**told[-1], "type": passed[-1]["type"]}
    assert OF_AN_ADDRESS.at_once <= len(passed) < OF_AN_ADDRESS.at_once + BEHIND * OF_AN_ADDRESS.a_second
    slept.clear()
    refused = BackMsg(clear_cache=True).SerializeToString()
    many = connected(scope_of("127.0.0.1"), chain(repeat(ASKED, 2000), repeat(refused, 10)))[0]
    assert len(many) == 2001 and not any(slept), "nobody is, on the machine itself"
    assert len(slept) == 2010, "and after each message others come in between"


def test_a_message_that_is_larger_than_any_of_ours_is_not_waited_for(demo_server):
    """Twenty connections that sent 200 MB each, but for the end, took 4 GB; the same in pieces, 6."""
    for told in (b"\x82\xff" + struct.pack("!Q", 9_000_000) + bytes(4), _piece(2) + _piece(0) * 8):
        with visiting(demo_server) as visitor:
            visitor.stream.socket.sendall(told)
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    visitor.stream.recv(timeout=PATIENCE)
            assert closed.value.rcvd and closed.value.rcvd.code == 1009


def _piece(kind: int) -> bytes:
    """A million bytes of a message that goes on."""
    return bytes([kind, 0xFF]) + struct.pack("!Q", 1_000_000) + bytes(4) + bytes(1_000_000)
