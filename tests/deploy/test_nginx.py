"""What docs/deploy/nginx.conf promises, with a real nginx before the real app."""

from __future__ import annotations

import gzip
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, HTTPServer
from ssl import SSLError
from threading import Thread

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from pages.ui.guard import FORWARDED
from tests.deploy.proxying import NAME, Proxy, proxying
from tests.deploy.unpacked import program
from tests.pages.serving import PATIENCE, UNWARMED, Server, start_server

pytestmark = pytest.mark.skipif(
    program("nginx") is None, reason="there is no nginx here, and `make programs` found none"
)
HOSTS = f"localhost 127.0.0.1 {NAME}"
SPOOFED = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "localhost",
    "X-Real-IP": "127.0.0.1",
    "Forwarded": "for=127.0.0.1;proto=http;host=localhost",
}


@pytest.fixture(scope="module")
def server(few_store) -> Iterator[Server]:
    running, process = start_server(few_store, None, UNWARMED, STREAMLIT_SERVER_ALLOWED_HOSTS=HOSTS)
    yield running
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with proxying(tmp_path_factory.mktemp("nginx"), server.port) as running:
        yield running


@contextmanager
def line(proxy: Proxy, sni: str = NAME):
    """A connection by TLS."""
    with socket.create_connection(("127.0.0.1", proxy.port), PATIENCE) as plain:
        yield proxy.trusting.wrap_socket(plain, server_hostname=sni)


def ask(proxy: Proxy, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    with line(proxy) as connected:
        connection = HTTPConnection(NAME, timeout=PATIENCE)
        connection.sock = connected
        connection.request(method, path, headers={"Host": NAME} | headers)
        answer = connection.getresponse()
        return answer, answer.read()


@contextmanager
def page(proxy: Proxy, headers: Mapping[str, str] | None = None, origin: str | None = f"https://{NAME}"):
    """A page's connection."""
    with (
        line(proxy) as connected,
        connect(
            f"ws://{NAME}/_stcore/stream",  # the line is by TLS already
            sock=connected,
            origin=origin,
            additional_headers=headers,
            subprotocols=["streamlit"],
            proxy=None,
            open_timeout=PATIENCE,
        ) as stream,
    ):
        yield stream


def test_a_page_comes_by_tls_with_hsts_and_secure_cookies(proxy):
    answer, body = ask(proxy, "/")
    assert answer.status == 200 and b"<html lang" in body
    assert answer.headers.get_all("strict-transport-security") == ["max-age=31536000"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    cookies = ask(proxy, "/_stcore/health")[0].headers.get_all("set-cookie")
    assert cookies and all("Secure" in cookie for cookie in cookies)


def test_plain_http_is_sent_to_tls_by_the_servers_own_name(proxy):
    connection = HTTPConnection("127.0.0.1", proxy.plain_port, timeout=PATIENCE)
    connection.request("GET", "/skola?a=1", headers={"Host": NAME})
    answer = connection.getresponse()
    assert answer.status == 301 and answer.headers["location"] == f"https://{NAME}/skola?a=1"


def test_a_page_runs_over_its_websocket(proxy):
    with page(proxy) as stream:
        stream.send(BackMsg(rerun_script=ClientState(page_name="metod")).SerializeToString())
        kinds = []
        while "script_finished" not in kinds:
            kinds.append(ForwardMsg.FromString(stream.recv(timeout=PATIENCE)).WhichOneof("type"))
    assert "delta" in kinds


@pytest.mark.parametrize("origin", [None, "https://evil.example", f"https://{NAME}.evil.example", "null"])
@pytest.mark.parametrize("spoofed", [{}, SPOOFED], ids=["plain", "spoofed"])
def test_who_is_not_its_page_gets_no_websocket_whatever_they_say_of_themselves(proxy, origin, spoofed):
    with pytest.raises(InvalidStatus) as refusal, page(proxy, spoofed, origin):
        pass
    assert refusal.value.response.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", f"{NAME}.evil.example", f"x.{NAME}"])
def test_another_name_gets_no_answer(proxy, host):
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        ask(proxy, "/", Host=host)
    with pytest.raises((SSLError, ConnectionError)), line(proxy, host):
        pass


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/./metrics", "//_stcore/metrics"])
@pytest.mark.parametrize("sent", [{}, SPOOFED], ids=["plain", "spoofed"])
def test_metrics_are_told_to_nobody_through_it(proxy, server, path, sent):
    answer, body = ask(proxy, path, **sent)
    assert b"cache_memory" not in body and (answer.status == 404 or b"<html" in body)
    assert server.get("/_stcore/metrics")[0] == 200, "and to the machine itself they are"


def test_what_whoever_asks_says_of_the_way_they_came_is_not_believed(proxy):
    answer, _ = ask(proxy, "/_stcore/health", **SPOOFED)
    assert answer.headers["strict-transport-security"] and "Secure" in answer.headers["set-cookie"]


def test_nothing_of_what_they_say_is_passed_on(tmp_path):
    heard = []

    class Hears(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(dict(self.headers))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Hears) as app:
        Thread(target=app.serve_forever, daemon=True).start()
        with proxying(tmp_path, app.server_port) as proxy:
            spoofed = SPOOFED | {"X-Forwarded-For": "192.0.2.9", "Via": "1.1 a"}
            assert ask(proxy, "/", **spoofed)[0].status == 204
        app.shutdown()
    told = {name.lower(): value for name, value in heard[0].items() if name.lower() in FORWARDED}
    assert told == {"x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https", "via": "1.1 a"}
    assert heard[0]["Host"] == NAME


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(proxy):
    def told(size: int) -> bytes:
        with line(proxy) as connected:
            head = f"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {size}\r\n\r\n"
            connected.sendall(head.encode())
            if size < 1000:
                connected.sendall(b"x" * size)
            return connected.recv(100)

    assert told(60_000_000).startswith(b"HTTP/1.1 413")
    assert not told(10).startswith(b"HTTP/1.1 413"), "the app decides"


def test_static_files_come_packed_are_kept_and_are_asked_for_once(proxy):
    """As each browser takes them, the first and the next."""
    script = re.search(rb'src="(?:\./|/)?(static/js/[^"]+)"', ask(proxy, "/")[1])[1].decode()
    plain = ask(proxy, f"/{script}")[1]
    for packing, unpack in (("gzip", gzip.decompress), ("identity", bytes)):
        for _ in range(2):
            answer, body = ask(proxy, f"/{script}", **{"Accept-Encoding": packing})
            assert answer.headers.get("content-encoding", "identity") == packing and unpack(body) == plain
    answer, body = ask(proxy, f"/{script}", **{"Accept-Encoding": "br"})
    assert answer.headers["content-encoding"] == "br" and len(body) < len(plain)
    assert "immutable" in answer.headers["cache-control"] and "accept-encoding" in answer.headers["vary"].lower()
    assert "set-cookie" not in answer.headers
