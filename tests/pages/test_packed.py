"""Streamlit's own files are sent packed and kept by the browser; nothing else is reached that way."""

from __future__ import annotations

import brotli
import pytest

from pages.ui import packed

BROTLI = {"Accept-Encoding": "gzip, br"}


def test_the_pictures_script_is_sent_packed_and_for_good(demo_server):
    name = packed.plotly_script()
    assert name is not None, "pages ask for it ahead by this name"
    status, headers, body = demo_server.get(f"/static/{name}", BROTLI)
    whole = (packed.STATIC / name).read_bytes()
    assert (status, headers["content-encoding"]) == (200, "br") and "immutable" in headers["cache-control"]
    assert brotli.decompress(body) == whole and 3 * len(body) < len(whole)
    assert headers["x-content-type-options"] == "nosniff", "as every answer has"


def test_who_cannot_unpack_it_gets_it_as_it_is(demo_server):
    name = packed.plotly_script()
    _, headers, body = demo_server.get(f"/static/{name}", {"Accept-Encoding": "identity"})
    assert headers["vary"] == "accept-encoding", "or a proxy hands it to those too who could"
    assert "content-encoding" not in headers and body == (packed.STATIC / name).read_bytes()


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/js/nosuch.js", "/static/%2e%2e/index.html", "/static/"])
def test_no_other_file_is_packed(demo_server, path):
    _, headers, _ = demo_server.get(path, BROTLI)
    assert headers.get("content-encoding") != "br"


def test_the_page_asks_for_its_script_at_once(demo_server):
    _, _, body = demo_server.get("/skola", {"Accept": "text/html", "Accept-Encoding": "identity"})
    head = body.decode().partition("</head>")[0]
    assert f'<link rel="modulepreload" href="./static/{packed.plotly_script()}">' in head
    assert "./kd/style.css?" in head and "./kd/drawn.js?" in head
