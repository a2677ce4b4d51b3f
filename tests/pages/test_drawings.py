"""Large drawings are fetched once, by their digest, and only the latest are there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import NamedTuple

import brotli
import pytest
from starlette.routing import Router

from pages.ui import drawings
from pages.ui.drawings import ROUTES, Drawings
from tests.pages.serving import visiting

DRAWING = "<svg>Översikt</svg>" * 1000


class Fetched(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


Fetch = Callable[..., Fetched]


@pytest.fixture
def fetch(monkeypatch) -> Fetch:
    """Asks the routes for an address, as a server does, with nothing told of before."""
    monkeypatch.setattr(drawings, "DRAWINGS", Drawings())

    def fetched(address: str, accepted: str = "gzip, br") -> Fetched:
        headers, scope = [(b"accept-encoding", accepted.encode())], {"type": "http", "method": "GET"}
        sent: list[dict] = []

        async def send(message: dict) -> None:
            sent.append(message)

        asked = scope | {"path": address.removeprefix("."), "headers": headers, "query_string": b""}
        asyncio.run(Router(routes=ROUTES, redirect_slashes=False)(asked, None, send))
        said = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Fetched(sent[0]["status"], said, b"".join(message.get("body", b"") for message in sent[1:]))

    return fetched


def test_a_drawing_is_where_its_address_says_packed_for_who_can_unpack_it(fetch):
    address = drawings.DRAWINGS.keep(DRAWING)
    assert address == drawings.DRAWINGS.keep("".join([DRAWING[:9], DRAWING[9:]]))
    packed, plain = fetch(address), fetch(address, "gzip")
    assert brotli.decompress(packed.body).decode() == plain.body.decode() == DRAWING
    assert packed.headers["content-encoding"] == "br" and "content-encoding" not in plain.headers
    assert len(packed.body) < len(plain.body) / 100
    for answer in (packed, plain):
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert "private" in answer.headers["cache-control"] and answer.headers["vary"] == "Accept-Encoding"


def test_another_drawing_has_another_address(fetch):
    first, second = drawings.DRAWINGS.keep(DRAWING), drawings.DRAWINGS.keep(DRAWING + "b")
    assert first != second and fetch(second, "").body.decode() == DRAWING + "b"


def test_what_nobody_was_told_of_lately_is_gone_and_no_browser_remembers_that(fetch, monkeypatch):
    monkeypatch.setattr(drawings, "DRAWINGS", Drawings(most=len("first" + "second")))
    kept = drawings.DRAWINGS.keep
    first, second = kept("first"), kept("second")
    assert (kept("first"), fetch(second).status) == (first, 200)
    kept("third")
    gone = fetch(second)
    assert gone.status == 404 and gone.headers["cache-control"] == "no-store"
    assert fetch(first, "").body == b"first"


@pytest.mark.parametrize("address", ["/kd/drawn/", "/kd/drawn/x.txt", "/kd/drawn/../x.txt", "/kd/drawn"])
def test_there_is_no_list_and_nothing_else(fetch, address):
    drawings.DRAWINGS.keep(DRAWING)
    assert fetch(address).status == 404


def test_the_server_sends_a_page_s_table_by_its_address(demo_server):
    with visiting(demo_server) as visitor:
        page = visitor.open("skola", "school=agatskolan")
    (large,) = [data for drawn in page.of("bidi_component") if "at" in (data := json.loads(drawn.json))]
    status, headers, body = demo_server.get(large["at"].removeprefix("."), {"Accept-Encoding": "gzip, br"})
    assert (status, headers["content-encoding"]) == (200, "br") and headers["x-content-type-options"] == "nosniff"
    assert "</table>" in brotli.decompress(body).decode() and "</table>" in page.html
