"""Which process a browser comes to, with a real nginx before processes that only say who they are."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from analytics.serving.proxy import Tls, by_tls
from analytics.serving.proxying import own_nginx
from pages.ui.seats import SEAT, seat_cookie
from tests.deploy.proxying import REFERENCE, wait_for
from tests.deploy.unpacked import program
from tests.pages.serving import free_port

NGINX = pytest.mark.skipif(program("nginx") is None, reason="there is no nginx here, and `make programs` found none")


def test_the_reference_is_what_the_program_writes():
    assert REFERENCE.read_text("utf-8") == by_tls(["127.0.0.1:8501", "127.0.0.1:8502"], Tls())


def test_a_process_says_who_it_is_to_a_browser_that_does_not_know(monkeypatch):
    def scope(cookie: bytes, scheme: str = "http"):
        return {"type": "websocket", "scheme": scheme, "headers": [(b"cookie", cookie)], "path": "/"}

    assert seat_cookie(scope(b"")) == []  # one process alone
    monkeypatch.setenv(SEAT, "2")
    assert seat_cookie(scope(b"a=1; kd_seat=2")) == []
    ((name, said),) = seat_cookie(scope(b"a=1; kd_seat=1"))
    assert (name, said) == (b"set-cookie", b"kd_seat=2; Path=/; HttpOnly; SameSite=Lax")
    assert seat_cookie(scope(b"", "wss"))[0][1].endswith(b"; Secure")


@contextmanager
def saying(seat: int) -> Iterator[int]:
    """A process that says by its cookie which it is; its port."""

    class Says(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Set-Cookie", f"kd_seat={seat}; Path=/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Says) as app:
        Thread(target=app.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield app.server_port
        app.shutdown()


@contextmanager
def before(folder: Path, ports: list[int]) -> Iterator[int]:
    nginx = own_nginx(program("nginx") or "", folder, [f"127.0.0.1:{port}" for port in ports], port := free_port())
    process = subprocess.Popen(nginx.command, stderr=(log := folder / "log").open("wb"))
    try:
        wait_for(port, process, log)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def answered_by(port: int, cookie: str = "") -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/", headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return (answer.headers["set-cookie"] or str(answer.status)).partition(";")[0]


@NGINX
def test_a_browser_comes_back_to_its_process_and_goes_on_with_the_next_one_where_that_is_gone(tmp_path):
    with saying(1) as one, saying(3) as three:
        with saying(2) as two, before(tmp_path, [one, two, three]) as port:
            for seat in (1, 2, 3):
                assert {answered_by(port, f"a=b; kd_seat={seat}") for _ in range(3)} == {f"kd_seat={seat}"}
            for unknown in ("", "kd_seat=9", "kd_seat=../x", "kd_seat=evil.example"):
                assert answered_by(port, unknown) in {f"kd_seat={seat}" for seat in (1, 2, 3)}
            assert {answered_by(port) for _ in range(6)} == {"kd_seat=1", "kd_seat=2", "kd_seat=3"}, "shared out"
        with before(tmp_path, [one, two, three]) as port:  # where two listened nobody does
            assert answered_by(port, "kd_seat=2") == "kd_seat=3", "at the same question: nobody is sent away"
            assert {answered_by(port) for _ in range(4)} == {"kd_seat=1", "kd_seat=3"}
