"""What the server refuses: other names, other sites, files nobody asked for, and what is another's."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest
from starlette.datastructures import Headers
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from analytics.model.errors import NotAllowed
from pages.ui import guard
from pages.ui.handed_out import COOKIE, NOT_OFFERED, SECONDS, HandedOut
from pages.ui.leaving import Leaving
from tests.pages.serving import PATIENCE, ROOT, Server, Visitor, visiting

FILE = "/_stcore/upload_file/session/file"


@pytest.fixture(scope="module")
def server(demo_server: Server) -> Server:
    return demo_server


def ask(server: Server, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""):
    """Status and headers of a request; a Host in the headers stands in place of the server's own."""
    connection = HTTPConnection("localhost", server.port, timeout=PATIENCE)
    connection.request(method, path, body or None, dict(headers or {}))
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers


@pytest.mark.parametrize("path", ["/", "/skola", "/_stcore/health", "/_stcore/host-config", "/kd/style.css"])
def test_what_the_pages_need_is_open_by_the_servers_own_names_alone(server, path):
    for name, known in (
        ("localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("evil.example", False),
        ("", False),
    ):
        status, headers = ask(server, path, headers={"Host": f"{name}:{server.port}"})
        assert (status == 200) is known, name
        assert "default-src 'none'" in headers["content-security-policy"], "a refusal has it too"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/bidi-components/kvalitetsdialog.drawn/x.js",
        "/component/x/y",
        "/media/0123456789abcdef.csv",
        "/_stcore/metrics/",
        "/app/static/x",
    ],
)
def test_nothing_else_of_streamlits_is_open(server, path):
    status, headers = ask(server, path)
    assert status == 404 or "text/html" in headers["content-type"], "the page, which shows nothing by itself"
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert ask(server, path, method, body=b"{}")[0] == 405


@pytest.mark.parametrize("path", ["/skola", "/_stcore/health", "/kd/style.css", "/media/x"])
def test_no_more_is_read_of_a_request_than_pages_say(server, path):
    """The server itself takes a header of any length that comes in one piece."""
    assert ask(server, path, headers={"X-Long": "x" * 30_000})[0] != 431
    for told in ({"X-Long": "x" * 100_000}, {"Cookie": "a=" + "x" * 40_000}, {f"X-{n}": "x" * 1000 for n in range(50)}):
        assert ask(server, path, headers=told)[0] == 431
    assert ask(server, f"{path}?school={'x' * 40_000}")[0] == 431
    scope = {"type": "websocket", "path": "/_stcore/stream", "client": ("127.0.0.1", 1)}
    host = (b"host", b"localhost:8501")
    for more, may in ((b"", True), (b"x" * 40_000, False)):
        headers = [host, (b"x-long", more)]
        assert guard.may_connect(scope | {"headers": headers}, Headers(raw=headers)) is may


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS"])
def test_no_file_is_taken_where_no_page_asks_for_one(server, method):
    """Not even by who has a session and its token, as every browser has."""
    token = re.search("_streamlit_xsrf=([^;]+)", str(ask(server, "/_stcore/health")[1].get_all("set-cookie")))[1]
    told = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token}
    assert ask(server, FILE, method, told, b"x")[0] == 404


def test_a_file_is_refused_before_it_is_sent(server):
    """The answer comes while the body is still awaited."""
    with socket.create_connection(("localhost", server.port), timeout=10) as line:
        head = f"PUT {FILE} HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: 20000000\r\n\r\n"
        line.sendall(head.encode())
        assert line.recv(100).startswith(b"HTTP/1.1 404")


def test_places_for_files_are_made_and_opened_in_one_place_that_two_pages_ask_for():
    asks = [path for path in (ROOT / "pages").rglob("*.py") if "file_uploader(" in path.read_text("utf-8")]
    opens = [path for path in (ROOT / "pages").rglob("*.py") if "LEAVING.open(" in path.read_text("utf-8")]
    place = ROOT / "pages" / "ui" / "left_files.py"
    assert {*asks, *opens} == {place}
    having = [path for path in (ROOT / "pages").rglob("*.py") if "place_for_files(" in path.read_text("utf-8")]
    sections = {path.parent.name for path in having if path != place}
    assert sections == {"imports", "reconciliation"}


@pytest.mark.parametrize(
    ("length", "status"),
    [("", 411), ("-1", 411), ("1e3", 411), ("20", None), (str(50 * 1024**2), None), ("60000000", 413)],
)
def test_a_page_that_asks_for_files_gets_none_that_is_too_large(monkeypatch, length, status):
    assert left(monkeypatch, Leaving(came=lambda session: frozenset("a")), length, "a") == status


def left(
    monkeypatch, leaving: Leaving, length: str, cookie: str, *, opened: bool = True, file: str = "file"
) -> int | None:
    """The status with which a file is refused, None where it is taken; `cookie`: of the browser that leaves it."""
    if opened:
        leaving.open("session", lambda: None)
    monkeypatch.setattr(guard, "LEAVING", leaving)
    headers = [(b"host", b"localhost:8501"), (b"cookie", f"{COOKIE}0={cookie}".encode())]
    headers += [(b"content-length", length.encode())] if length else []
    path = f"/_stcore/upload_file/session/{file}"
    told = guard.refused({"type": "http", "method": "PUT", "path": path, "headers": headers})
    return told and told[0]


def test_files_are_taken_from_the_browser_alone_whose_page_asks_for_them(monkeypatch):
    leaving = Leaving(came=lambda session: frozenset("a"))
    assert left(monkeypatch, leaving, "20", "b") == 404, "who knows the session's id has not its cookie"
    assert left(monkeypatch, Leaving(came=lambda session: frozenset("a")), "20", "a", opened=False) == 404
    assert left(monkeypatch, Leaving(came=lambda session: frozenset()), "20", "") == 404


def test_no_file_is_taken_from_who_may_no_longer_be_on_the_page(monkeypatch):
    def refused():
        raise NotAllowed("importera")

    leaving = Leaving(came=lambda session: frozenset("a"))
    leaving.open("session", refused)
    assert left(monkeypatch, leaving, "20", "a", opened=False) == 404


def test_no_more_is_left_than_a_page_reads_at_once(monkeypatch):
    leaving, forty = Leaving(came=lambda session: frozenset("a")), str(40 * 1024**2)
    assert [left(monkeypatch, leaving, forty, "a", file=f) for f in "abc"] == [None, None, 429]
    leaving.read("session")
    assert left(monkeypatch, leaving, forty, "a", file="d") is None, "what is read makes room"
    small = [left(monkeypatch, leaving, "1", "a", file=f"s{n}") for n in range(60)]
    assert small.count(None) == 39 and small[-1] == 429


def test_a_page_that_nobody_has_touched_for_an_hour_takes_no_files(monkeypatch):
    clock = iter([0.0, 0.0, 3601.0, 3601.0])
    leaving = Leaving(came=lambda session: frozenset("a"), now=lambda: next(clock, 3601.0))
    leaving.open("session", lambda: None)
    assert leaving.may("session", frozenset("a")) and not leaving.may("session", frozenset("a"))


def test_metrics_are_told_on_the_machine_itself_and_not_through_a_proxy_on_it(server):
    assert ask(server, "/_stcore/metrics")[0] == 200
    for header in guard.FORWARDED:
        assert ask(server, "/_stcore/metrics", headers={header: "127.0.0.1"})[0] == 404, header
    scope = {"type": "http", "method": "GET", "path": "/_stcore/metrics", "headers": [(b"host", b"localhost")]}
    for client, status in ((("10.0.0.7", 1), 404), (("127.0.0.1", 1), None), (("::1", 1), None), (None, 404)):
        told = guard.refused({**scope, "client": client})
        assert (told and told[0]) == status, client


def test_tls_is_asked_for_where_the_browser_came_by_it(server):
    """The proxy on the same machine says so; nobody else is believed (uvicorn's trusted addresses)."""
    assert "strict-transport-security" not in ask(server, "/")[1]
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    _, headers = ask(server, "/_stcore/health", headers=said)
    assert headers["strict-transport-security"] == "max-age=31536000"
    cookies = headers.get_all("set-cookie")
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert {COOKIE if name.startswith(COOKIE) else name for name in names} == {COOKIE, "_streamlit_xsrf"}
    assert all("Secure" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
    assert all(("HttpOnly" in cookie) is cookie.startswith(COOKIE) for cookie in cookies)
    assert not any("Secure" in cookie for cookie in ask(server, "/_stcore/health")[1].get_all("set-cookie"))


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("null", "localhost"),
        ("", "localhost"),
        ("http://evil.example", "localhost"),
        ("http://evil.example", "evil.example"),
        ("http://localhost:1", "localhost"),
        ("http://localhost.evil.example", "localhost"),
        ("file://localhost", "localhost"),
        ("http://127.0.0.1", "localhost"),
    ],
)
def test_another_sites_page_gets_no_connection(server, origin, host):
    """Streamlit would look up this machine's address outside to judge them; this server cannot, and need not."""
    headers = {"Host": f"{host}:{server.port}"}
    headers["Origin"] = f"{origin}:{server.port}" if origin.startswith("http") and origin[-2:] != ":1" else origin
    with pytest.raises(InvalidStatus) as refusal, _socket(server, headers):
        pass
    assert refusal.value.response.status_code == 403


def test_a_program_gets_a_connection_on_this_machine_and_none_from_outside(server):
    with _socket(server, {}) as stream:
        stream.send(BackMsg(rerun_script=ClientState(page_name="metod")).SerializeToString())
        assert ForwardMsg.FromString(stream.recv(timeout=PATIENCE)).HasField("new_session")
    for proxied in ({"X-Forwarded-For": "192.0.2.1"}, {"Forwarded": "for=192.0.2.1"}):
        with pytest.raises(InvalidStatus) as refusal, _socket(server, proxied):
            pass
        assert refusal.value.response.status_code == 403


@contextmanager
def _socket(server: Server, headers: Mapping[str, str]):
    """A connection with these headers and none of the client's own."""
    address = f"ws://localhost:{server.port}/_stcore/stream"
    host = headers.get("Host", "")
    more = {name: value for name, value in headers.items() if name != "Host"}
    with socket.create_connection(("localhost", server.port)) as line:
        address = address.replace("localhost", host.rpartition(":")[0] or "localhost", 1)
        with connect(address, sock=line, additional_headers=more, subprotocols=["streamlit"], proxy=None) as stream:
            yield stream


def test_only_what_pages_ask_for_is_passed_on():
    asked = {}
    for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        message = BackMsg()
        if field.message_type:
            getattr(message, field.name).SetInParent()
        else:
            setattr(message, field.name, "x" if field.type == field.TYPE_STRING else True)
        asked[field.name] = guard.may_be_asked(message.SerializeToString())
    assert {name for name, passed in asked.items() if passed} == guard.ASKED_FOR - {"backend_operation_request"}
    for operation in ("deferred_file", "dataframe_chunk", "install_skills", "dismiss_skills_nudge"):
        message = BackMsg()
        getattr(message.backend_operation_request, operation).SetInParent()
        assert guard.may_be_asked(message.SerializeToString()) is (operation in guard.MADE_FOR)


def test_a_connection_outlives_what_is_not_passed_on_and_not_what_cannot_be_read(server):
    with visiting(server) as visitor:
        visitor.stream.send(BackMsg(clear_cache=True).SerializeToString())
        assert visitor.open("").failures == []
        visitor.stream.send(b"\xff\xff not a message")
        with pytest.raises(ConnectionClosed):
            while True:
                visitor.stream.recv(timeout=PATIENCE)


def test_a_download_is_for_the_browser_that_asked_for_it_and_while_its_page_is_open(server):
    with visiting(server, f"{COOKIE}1", "mine") as mine, visiting(server, f"{COOKIE}2", "theirs") as theirs:
        page, other = mine.open("eu-rapport"), theirs.open("eu-rapport")
        offered = page.of("download_button")[0].deferred_file_id
        assert asked_for(theirs, other.session, offered).error_msg == NOT_OFFERED, "a file of another's page"
        at = asked_for(mine, page.session, offered).deferred_file.url
        assert ask(server, at)[0] == 404, "without a cookie"
        assert ask(server, at, headers={"Cookie": f"{COOKIE}1=theirs"})[0] == 404
        assert ask(server, at, headers={"Cookie": f"other=1; {COOKIE}1=mine"})[0] == 200
        guessed = at.replace(at[7:15], "0" * 8)
        assert ask(server, guessed, headers={"Cookie": f"{COOKIE}1=mine"})[0] == 404
    assert ask(server, at, headers={"Cookie": f"{COOKIE}1=mine"})[0] == 404, "the page is closed"


def test_a_session_without_the_cookie_gets_no_file(server):
    with visiting(server) as visitor:
        page = visitor.open("eu-rapport")
        at = asked_for(visitor, page.session, page.of("download_button")[0].deferred_file_id).deferred_file.url
        assert at.startswith("/media/")
        for cookies in ({}, {"Cookie": f"{COOKIE}1="}, {"Cookie": f"{COOKIE}1=None"}, {"Cookie": "\x01=;;"}):
            assert ask(server, at, headers=cookies)[0] == 404


def test_a_browser_that_asks_twice_before_it_has_a_cookie_keeps_both(server):
    """Two tabs opened at once, or a slow answer asked for again: the cookie that comes last takes nobody's files."""
    first, last = given(server), given(server)
    assert first.partition("=")[0] != last.partition("=")[0], "of two with one name a browser keeps the last"
    with visiting(server, cookies=first) as visitor:
        page = visitor.open("eu-rapport")
        at = asked_for(visitor, page.session, page.of("download_button")[0].deferred_file_id).deferred_file.url
        assert ask(server, at, headers={"Cookie": f"{first}; {last}"})[0] == 200
        assert ask(server, at, headers={"Cookie": last})[0] == 404
    assert not given(server, f"{first}; {last}")


def given(server: Server, shown: str = "") -> str:
    """The cookie that a browser with these gets, as it shows it from then on; '' where it gets none."""
    cookies = ask(server, "/_stcore/health", headers={"Cookie": shown} if shown else {})[1].get_all("set-cookie", [])
    return next((cookie.partition(";")[0] for cookie in cookies if cookie.startswith(COOKIE)), "")


def test_an_address_is_good_for_a_minute():
    clock, one, other = [0.0], frozenset("a"), frozenset("b")
    handed = HandedOut(came={"one": one, "other": other}.__getitem__, now=lambda: clock[0])
    handed.hand("/media/x.csv", "one")
    clock[0] = SECONDS - 1
    assert handed.may_fetch("/media/x.csv", one) and not handed.may_fetch("/media/x.csv", other)
    handed.hand("/media/x.csv", "other")
    clock[0] = SECONDS + 1
    assert not handed.may_fetch("/media/x.csv", one) and handed.may_fetch("/media/x.csv", other)
    assert not handed.may_fetch("/media/x.csv", frozenset())


def asked_for(visitor: Visitor, session: str, deferred: str) -> BackendOperationResponse:
    message = BackMsg()
    message.backend_operation_request.request_id, message.backend_operation_request.session_id = "1", session
    message.backend_operation_request.deferred_file.file_id = deferred
    visitor.stream.send(message.SerializeToString())
    while True:
        answer = ForwardMsg.FromString(visitor.stream.recv(timeout=PATIENCE))
        if answer.HasField("backend_operation_response"):
            return answer.backend_operation_response
