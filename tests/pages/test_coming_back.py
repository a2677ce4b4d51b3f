"""Where somebody is taken who has signed in: to a page of this server's, whatever the browser says or holds."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

import anyio
import pytest

from pages.ui.coming_back import COOKIE, LEAVING, RETURNING, ComesBack

OURS = "https://kvalitet.example.se"
THERE = ["/", "/skola", "/skola?school=a&year=2024&lang=en", "/kvalitet/skola/", "/skola?x=//y"]
ELSEWHERE = ["//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/%2f%2fevil.example"]
ELSEWHERE += ["/%5cevil.example", "/\t/evil.example", "/.//evil.example", "/..//evil.example", "/x//evil.example"]
ELSEWHERE += ["javascript:alert(1)", "data:text/html,x", "http:evil.example", "http://evil.example", "/@evil.example"]
ELSEWHERE += [
    "/skola\r\nSet-Cookie: a=b",
    "/skola\nx",
    "/skola%0d%0aSet-Cookie:%20a=b",
    "/;x",
    "/å/ä",
    "/x?y=<b>",
    "skola",
]
ELSEWHERE += ["/skola?x=#//evil.example", "/skola?x=\x00", "", " /skola"]


def taken(path: str, headers: dict[str, str], location: str = "/") -> dict[str, list[str]]:
    """The headers of the answer to who comes to such a path, where Streamlit takes them to the location."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 302, "headers": [(b"location", location.encode())]})

    async def send(message):
        sent.append(message)

    told = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
    scope = {"type": "http", "path": path, "headers": told, "method": "GET", "query_string": b""}
    anyio.run(ComesBack(app), scope, None, send)
    found: dict[str, list[str]] = {}
    for name, value in sent[0]["headers"]:
        found.setdefault(name.decode(), []).append(value.decode("latin-1"))
    return found


@pytest.mark.parametrize("then", THERE)
def test_a_page_of_ours_is_kept_and_come_back_to(then):
    kept = taken(LEAVING, {"host": urlsplit(OURS).netloc, "referer": f"{OURS}{then}"}, "https://idp/authorize")
    cookie = kept["set-cookie"][0].partition(";")[0]
    assert kept["location"] == ["https://idp/authorize"]
    assert taken(RETURNING, {"cookie": cookie})["location"] == [then]


@pytest.mark.parametrize("then", ELSEWHERE)
def test_nobody_is_taken_elsewhere_by_what_is_in_the_cookie(then):
    """Somebody with another page of the city's domain could have put it there."""
    for written in (quote(then, safe=""), quote(quote(then, safe=""), safe="")):
        answer = taken(RETURNING, {"cookie": f"{COOKIE}={written}"})
        assert answer["location"] == ["/"] and answer["set-cookie"][0].startswith(f"{COOKIE}=; Max-Age=0")


@pytest.mark.parametrize("then", ELSEWHERE)
def test_nor_by_where_the_browser_says_that_it_is_from(then):
    for came in (f"{OURS}{then}", f"https://evil.example{then}", f"{OURS}@evil.example{then}", f"//evil.example{then}"):
        answer = taken(LEAVING, {"host": urlsplit(OURS).netloc, "referer": came.replace("\r", "").replace("\n", "")})
        for cookie in answer.get("set-cookie", ()):
            landed = taken(RETURNING, {"cookie": cookie.partition(";")[0]})["location"][0]
            where = urlsplit(urljoin(f"{OURS}/", landed))
            assert where.netloc == urlsplit(OURS).netloc and not where.path.startswith("//") and "\\" not in landed
            assert came.startswith(f"{OURS}/"), "another site's page is none that is come back to"


@pytest.mark.parametrize("goes", ["https://idp/logout", "//evil.example/", "https://evil.example/"])
def test_where_streamlit_itself_takes_somebody_elsewhere_that_stands(goes):
    assert taken(RETURNING, {"cookie": f"{COOKIE}={quote('/skola', safe='')}"}, goes)["location"] == [goes]
