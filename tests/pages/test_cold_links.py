"""A mailed link that is the first thing a newly started server hears of."""

from __future__ import annotations

import os
import re
from collections import ChainMap
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import app
from tests.pages.reading import TITLES
from tests.pages.serving import UNWARMED, Answer, Server, serving, start_server, visiting
from tests.sampling import NIGHTLY

WITHOUT_PICTURES = ("", "eu-rapport", "eu-projekt", "skolor", "dialog", "certifiering", "stod", "lara")
QUERIES = {"skola": "school=kvartsskolan&year=2024", "kriterier": "criterion=C3", "skolor": "stage=F-9"}
QUERIES |= dict.fromkeys(("dialog", "lara"), "school=kvartsskolan")
CHOSEN = {  # titles of what the address chooses
    "skola": "Kvartsskolan",
    "kriterier": "Lärarna besöker varandras lektioner med digitala inslag",
}


@pytest.fixture(scope="module")
def bare(request: pytest.FixtureRequest) -> Iterator[tuple[Server, Answer]]:
    """A server, and what it answered to its very first visitor, who asked for the bare address. By day with few
    schools: of many it composes more ahead, and nothing else."""
    with serving(request.getfixturevalue("demo_store" if NIGHTLY else "few_store")) as server:
        with visiting(server) as visitor:
            answer = visitor.open("")
        yield server, answer


@pytest.fixture(scope="module")
def server(bare) -> Server:
    return bare[0]


@pytest.fixture(scope="module")
def first_visits(demo_store, bare) -> dict[str, Answer]:
    """Path -> what a server answered to its very first visitor; or, for a section's other pages, to the next."""

    def visit(paths: Sequence[str]) -> dict[str, Answer]:
        answers = {}
        with serving(demo_store, "app.py" if NIGHTLY else UNWARMED) as server:
            for path in paths:
                with visiting(server) as visitor:
                    answers[path] = visitor.open(path, QUERIES.get(path, ""))
        return answers

    with ThreadPoolExecutor(2) as both:
        return dict(ChainMap({"": bare[1]}, *both.map(visit, servers())))


def servers() -> list[Sequence[str]]:
    """The pages that a server gets to hear of, in order: one server a section, with nothing composed ahead; at night
    the app's own, a page each. The bare address has the app's own by day too."""
    if NIGHTLY:
        return [[path] for path in TITLES if path]
    sections = [[path for path in pages if path in TITLES] for pages in app.MENU.values()]
    return [*filter(None, sections)]


def test_a_cold_server_is_asked_for_a_page_of_every_section():
    assert {path for paths in servers() for path in paths} == set(TITLES) - {""}
    first = {paths[0] for paths in servers()}
    assert all(first & set(pages) for pages in app.MENU.values() if set(pages) & set(TITLES))


@pytest.mark.parametrize("path", list(TITLES))
def test_a_deep_link_into_a_cold_server_opens_its_own_page(first_visits, path):
    answer = first_visits[path]
    assert not answer.not_found
    assert answer.failures == []
    assert re.findall('<h1 class="kd-title">(.*?)</h1>', answer.html) == [CHOSEN.get(path, TITLES[path])]
    assert len(answer.pictures) >= (0 if path in WITHOUT_PICTURES else 1)
    assert re.search(r"Syntetiska data|Delvis syntetiska data", answer.html)


def test_a_cold_deep_link_honours_its_parameters(first_visits):
    assert "Kvartsskolan" in first_visits["skola"].html
    assert "Lärarna besöker varandras lektioner" in first_visits["kriterier"].html
    assert "F-9:" in first_visits["skolor"].html


def test_a_path_that_no_page_has_is_told_so_without_an_error(server):
    with visiting(server) as visitor:
        answer = visitor.open("nosuchpage")
    assert answer.not_found and answer.failures == []


@pytest.mark.parametrize("encoding", ["identity", "gzip, deflate, br"])
@pytest.mark.parametrize("path", ["/", "/skola", "/skola?school=kvartsskolan", "/oversikt"])
def test_the_html_is_swedish_from_the_first_byte_however_it_is_packed(server, path, encoding):
    """A screen reader picks its voice by this, before any script has run."""
    assert language_of(server, path, encoding) == "sv"


def test_the_html_of_a_link_in_english_is_english(server):
    assert language_of(server, "/skola?lang=en&school=kvartsskolan", "gzip") == "en"
    assert language_of(server, "/skola?school=kvartsskolan&slang=en", "gzip") == "sv"


def test_an_address_may_hold_letters_beyond_ascii(server):
    assert language_of(server, "/eu?unit=Grundskolef%C3%B6rvaltningen&lang=en", "identity") == "en"


def test_every_answer_has_the_security_headers(server):
    for path in ("/", "/skola", "/_stcore/health", "/nosuch.js"):
        _, headers, _ = server.get(path)
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert headers["referrer-policy"] == "same-origin", path


def test_a_server_that_is_told_to_stop_does_not_finish_its_warming_first(demo_store):
    """Whoever restarts it waits; a container that waits too long is killed. By the processor's time, as others are at
    work on it."""
    _, process = start_server(demo_store)
    try:
        before = spent(process.pid)
        process.terminate()
        _, _, used = os.wait4(process.pid, 0)
    finally:
        process.kill()
    assert used.ru_utime + used.ru_stime - before < 1.5


def spent(pid: int) -> float:
    """The processor's seconds that a process has used."""
    of = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(of[11]) + int(of[12])) / os.sysconf("SC_CLK_TCK")


def language_of(server: Server, path: str, encoding: str) -> str:
    status, _, body = server.get(path, {"Accept-Encoding": encoding, "Accept": "text/html"})
    assert status == 200
    return re.search(r'<html[^>]* lang="(\w+)"', body.decode())[1]
