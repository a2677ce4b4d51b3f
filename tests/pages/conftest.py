"""Stores made once a session, a server on the demo store, pages composed once, and AppTest with addresses."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from analytics.model.people import Identity
from pages.ui import access, head, signed_in
from pages.ui.content import Ask
from pages.ui.head import APPLIES, OPENED, SUBJECT
from pages.ui.replayed import replayed
from pages.ui.signed_in import Person
from tests.answering import answered_once  # noqa: F401
from tests.pages.serving import ROOT, Server, serving

OFFLINE = "tests/pages/offline.py"
ISSUER = "https://issuer"  # who says who has signed in
Open = Callable[..., AppTest]
NO_COMPONENTS = BidiComponentManager()  # looking for components among all installed packages takes ten times the page


@pytest.fixture(scope="session")
def empty_store(store_once_built: Path) -> Path:
    """The frameworks and nothing else; for reading alone."""
    return store_once_built


@pytest.fixture(scope="session")
def demo_server(demo_store: Path) -> Iterator[Server]:
    """With nothing composed ahead; it cannot reach anybody, and says so in its log if it tries."""
    with serving(demo_store, OFFLINE) as server:
        yield server
        assert "reached out" not in server.log.read_text("utf-8")


@pytest.fixture(autouse=True)
def what_runs_stays() -> Iterator[None]:
    """AppTest puts its script in the place of what is run; processes that are begun later would run that too."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture(scope="package", autouse=True)
def choices_are_drawn() -> Iterator[None]:
    """AppTest knows what an option is called only where it saw the box being drawn; a server's sessions do not ask."""

    def drawn(key: Hashable, of: object, draw: Callable[[], None], *, chosen: bool = False) -> None:
        draw() if chosen else replayed(key, of, draw)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(head, "replayed", drawn)
        yield


@pytest.fixture
def at_store(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Points the app, running in this process, at a store."""
    return lambda folder: monkeypatch.setenv("KVALITET_STORE", str(folder))


@pytest.fixture
def open_page() -> Open:
    """`open_page("skola", school="agatskolan")`: the app, run once at that address, its choices unfolded."""

    def opened(path: str = "", **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app._bidi_component_manager = NO_COMPONENTS
        app._page_hash = calc_hash(path) if path else ""  # AppTest has no address; a page's hash is that of its path
        for fold in (APPLIES, SUBJECT):
            app.session_state[OPENED + fold] = True
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return opened


@pytest.fixture
def signs_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Whose runs they are from now on."""

    def signed(subject: str, since: float | None = None) -> None:
        person = Person(Identity(ISSUER, subject), subject, since or time.time())
        monkeypatch.setattr(signed_in, "person", lambda: person)

    return signed


@pytest.fixture
def open_demo(demo_store: Path, at_store: Callable[[Path], None], open_page: Open) -> Open:
    at_store(demo_store)
    return open_page


@pytest.fixture(scope="session")
def asks(demo_store: Path) -> dict[str, Ask]:
    """What the demo store is asked in each language."""
    return ask_of(demo_store)


def ask_of(store: Path) -> dict[str, Ask]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KVALITET_STORE", str(store))
        return {language: access.ask(language) for language in ("sv", "en")}
