"""Streamlit's own files are sent packed and kept by the browser; nothing else is reached that way."""

from __future__ import annotations

import brotli
import pytest

from pages.ui import packed

BROTLI = {"Accept-Encoding": "gzip, br"}


ANOTHER = max(packed.NAMES - {packed.PLOTLY}, key=lambda name: (packed.STATIC / name).stat().st_size)


def test_a_script_is_sent_packed_and_for_good(demo_server):
    status, headers, body = demo_server.get(f"/static/{ANOTHER}", BROTLI)
    whole = (packed.STATIC / ANOTHER).read_bytes()
    assert (status, headers["content-encoding"]) == (200, "br") and "immutable" in headers["cache-control"]
    assert brotli.decompress(body) == whole and 3 * len(body) < len(whole)
    assert headers["x-content-type-options"] == "nosniff", "as every answer has"


def test_who_cannot_unpack_it_gets_it_as_it_is(demo_server):
    _, headers, body = demo_server.get(f"/static/{ANOTHER}", {"Accept-Encoding": "identity"})
    assert headers["vary"] == "accept-encoding", "or a proxy hands it to those too who could"
    assert "content-encoding" not in headers and body == (packed.STATIC / ANOTHER).read_bytes()


@pytest.mark.parametrize("packing", ["gzip, br", "identity"])
def test_of_the_pictures_script_less_is_sent_and_kept_for_a_day(demo_server, packing):
    assert packed.PLOTLY is not None, "pages ask for it ahead by this name"
    accepting = {"Accept-Encoding": packing}
    status, headers, body = demo_server.get(f"/static/{packed.PLOTLY}", accepting)
    assert (
        status == 200 and headers["cache-control"] == "public, max-age=86400" and headers["vary"] == "accept-encoding"
    )
    plain = brotli.decompress(body) if headers.get("content-encoding") == "br" else body
    assert plain == packed.to_send(packed.PLOTLY, packed=False).body
    again = demo_server.get(f"/static/{packed.PLOTLY}", accepting | {"If-None-Match": headers["etag"]})
    assert (again[0], again[2]) == (304, b"") and again[1]["etag"] == headers["etag"]


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/js/nosuch.js", "/static/%2e%2e/index.html", "/static/"])
def test_no_other_file_is_packed(demo_server, path):
    _, headers, _ = demo_server.get(path, BROTLI)
    assert headers.get("content-encoding") != "br"


def test_the_page_asks_for_its_script_at_once(demo_server):
    _, _, body = demo_server.get("/skola", {"Accept": "text/html", "Accept-Encoding": "identity"})
    head = body.decode().partition("</head>")[0]
    assert f'<link rel="modulepreload" href="./static/{packed.PLOTLY}">' in head
    assert "./kd/style.css?" in head and "./kd/drawn.js?" in head
