"""Stores and servers for tests: `kvalitet build` into a folder, `streamlit run app.py` on a free port, a visitor."""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from types import MappingProxyType

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.sync.connection import Connection
from websockets.typing import Origin, Subprotocol

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60  # seconds: a cold start on a busy machine
UNWARMED = "tests/pages/unwarmed.py"  # the app, with nothing composed ahead


def build_store(folder: Path, *options: str) -> Path:
    """The store in the folder, made by `kvalitet build` unless it is there already."""
    if not (folder / "CURRENT").exists():
        kvalitet(folder, "build", *options)
    return folder


def kvalitet(store: Path, *words: str) -> None:
    """The command, as somebody in a terminal runs it; it must succeed."""
    command = [sys.executable, "-m", "analytics", "--store", str(store), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


DRAWN = "kvalitetsdialog.drawn"
HEADING_ALONE = re.compile(r'<span hidden="[^<]*></span><div class="kd-head"><h1 class="kd-title">[^<]*</h1></div>')


@dataclass(frozen=True)
class Server:
    """A running `streamlit run app.py`."""

    port: int
    log: Path

    def log_text(self) -> str:
        """The end of what the server has said."""
        return self.log.read_text("utf-8", errors="replace")[-3000:]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def get(self, path: str, headers: Mapping[str, str] = MappingProxyType({})) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and unpacked body of a plain HTTP request."""
        connection = HTTPConnection("localhost", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        said = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        return answer.status, said, gzip.decompress(body) if said.get("content-encoding") == "gzip" else body


@contextmanager
def serving(store: Path, script: str = "app.py", **settings: str) -> Iterator[Server]:
    """A server process of its own for the store; it is cold until somebody visits it. It must outlive its visitors."""
    server, process = start_server(store, script=script, **settings)
    try:
        yield server
        assert process.poll() is None, f"the server ended by itself, with {process.returncode}: {server.log_text()}"
    finally:
        process.kill()  # it writes nothing, so there is nothing to end gently
        process.wait()


def start_server(
    store: Path,
    port: int | None = None,
    script: str = "app.py",
    *options: str,
    around: Sequence[str] = (),
    **settings: str,
) -> tuple[Server, subprocess.Popen]:
    """A server that answers, and its process, which the caller ends; on a port of its own, unless one is named.
    `options`: further ones of Streamlit's; `around`: a command that runs it; `settings`: variables of its
    environment."""
    port = port or free_port()
    server = Server(port, Path(tempfile.gettempdir()) / f"kvalitetsdialog-test-{port}.log")
    command = [*around, sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), *options]
    there = os.environ | {"KVALITET_STORE": str(store)} | settings
    with server.log.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=there, stdout=log, stderr=log)
    try:
        _wait_until_healthy(server, process)
    except BaseException:
        process.kill()
        raise
    return server, process


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("localhost", 0))
        return one.getsockname()[1]


def free_ports(count: int) -> int:
    """The first of so many free ones after each other."""
    while True:
        with ExitStack() as bound:
            first = bound.enter_context(socket.socket())
            first.bind(("localhost", 0))
            port = first.getsockname()[1]
            try:
                for n in range(1, count):
                    bound.enter_context(socket.socket()).bind(("localhost", port + n))
            except (OSError, OverflowError):  # taken, or past the last
                continue
            return port


def _wait_until_healthy(server: Server, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at once, with {process.returncode}: {server.log_text()}")
        try:
            if server.get("/_stcore/health")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError("the server never became healthy")


@dataclass
class Answer:
    """What the server sent for one run of the script."""

    title: str = ""
    session: str = ""  # its id
    not_found: bool = False
    query: str | None = None  # what the server put in the address bar, if it did
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)  # folds and the like
    drawn: list[str] = field(default_factory=list)  # as HTML with SVG in it

    def of(self, kind: str) -> list:
        """The elements of a kind, in order: heading, html, alert, selectbox, plotly_chart, exception ..."""
        return [getattr(element, kind) for element in self.elements if element.WhichOneof("type") == kind]

    @property
    def failures(self) -> list[str]:
        """What the page says of its own faults: Streamlit's way of telling, and the app's."""
        errors = [alert.body for alert in self.of("alert") if alert.format == Alert.ERROR]
        return [*(exception.message for exception in self.of("exception")), *errors]

    @property
    def pictures(self) -> list[dict]:
        """The figures as Plotly's dictionaries, hover texts included."""
        return [json.loads(chart.spec) for chart in self.of("plotly_chart")]

    @property
    def contents(self) -> list[str]:
        """What is drawn but a heading alone, which pages have that show nothing."""
        return [each for each in self.drawn if not HEADING_ALONE.fullmatch(each)]

    @property
    def html(self) -> str:
        """What is shown as HTML, and what is drawn as it."""
        return "\n".join([*self.drawn, *(element.body for element in self.of("html"))])


@contextmanager
def visiting(
    server: Server,
    cookie: str = "",
    value: str = "",
    *,
    cookies: str = "",
    protocols: Sequence[str] = (),
    origin: str | None = "",
) -> Iterator[Visitor]:
    """A session over the websocket, as a browser holds one; with a cookie, where one is named, or several as they are
    sent. `protocols`: what Streamlit must be told besides a cookie (a token), and what it may be; `origin`: where the
    page is from, '' for the server itself, None where that is not said."""
    headers = {"Cookie": cookies or f"{cookie}={value}"} if cookie or cookies else {}
    address = f"ws://localhost:{server.port}/_stcore/stream"
    with connect(
        address,
        subprotocols=[Subprotocol("streamlit"), *map(Subprotocol, filter(None, protocols))],
        origin=None if origin is None else Origin(origin or server.url),
        additional_headers=headers,
        max_size=None,
        proxy=None,
        open_timeout=PATIENCE,
    ) as stream:
        yield Visitor(stream, server, headers)


@dataclass(frozen=True)
class Visitor:
    """Opens pages in one session."""

    stream: Connection
    server: Server
    headers: Mapping[str, str] = field(default_factory=dict)

    def open(
        self,
        path: str,
        query: str = "",
        picked: Mapping[str, str] | None = None,
        states: Iterable[WidgetState] = (),
    ) -> Answer:
        """Opens a page as a deep link does; `picked`: select box id -> the label that is picked in it; `states`: what
        else its widgets hold."""
        message = BackMsg()
        message.rerun_script.page_name = path
        message.rerun_script.query_string = query
        for id_, label in (picked or {}).items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = id_, label
        message.rerun_script.widget_states.widgets.extend(states)
        self.stream.send(message.SerializeToString())
        return self._until_finished()

    def _until_finished(self) -> Answer:
        answer = Answer()
        while True:
            message = ForwardMsg()
            message.ParseFromString(self.stream.recv(timeout=PATIENCE))
            match message.WhichOneof("type"):
                case "new_session":
                    answer.session = message.new_session.initialize.session_id
                case "page_config_changed":
                    answer.title = message.page_config_changed.title
                case "page_not_found":
                    answer.not_found = True
                case "page_info_changed":
                    answer.query = message.page_info_changed.query_string
                case "delta" if message.delta.HasField("new_element"):
                    answer.elements.append(message.delta.new_element)
                case "delta" if message.delta.HasField("add_block"):
                    answer.blocks.append(message.delta.add_block)
                case "script_finished":
                    components = [c for c in answer.of("bidi_component") if DRAWN in c.component_name]
                    answer.drawn = [self._drawn(json.loads(component.json)) for component in components]
                    return answer

    def _drawn(self, data: dict[str, str]) -> str:
        """What a browser puts in the page, with what it fetches for it."""
        if "at" not in data:
            return data["after"]
        status, _, body = self.server.get(data["at"].removeprefix("."), self.headers)
        assert status == 200, data
        return data["before"] + body.decode() + data["after"]
