"""Two people of two administrations: of the pages about EU funds each is sent their own part, also where somebody who
sees all has warmed what is kept, where the address names the other's, and where the other has typed and not saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.store.drafts import Drafts, Typed
from pages.funding.editing.register import ABOUT
from pages.ui.door import DOOR, MANAGEMENT
from pages.ui.door import FUNDS as ROLE
from tests.pages.conftest import ISSUER
from tests.pages.reading import markup
from tests.pages.two_offices import PEOPLE, WORDS, YEAR, two_offices, words_of_others
from tests.sampling import pairs

ABOUT_FUNDS = sorted(page for page in DOOR if DOOR[page] == {MANAGEMENT, ROLE})
PROJECT = {"gun": "hav", "nils": "land"}


@pytest.fixture(scope="module")
def offices(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_offices(store_once_built, tmp_path_factory.mktemp("offices"), ISSUER)


def sent(app: AppTest) -> str:
    """All that a browser is told of a page with everything on it open: fields and grids too, and what it may fetch."""
    for _ in range(2):  # what a fold opens may hold another
        for fold in app.expander:
            app.session_state[fold.proto.id.split("-", 2)[2]] = True
        app.run()
    assert not app.exception
    messages = [element.proto for element in app._tree if getattr(element, "proto", None) is not None]
    told = [message.SerializeToString().decode("utf-8", "replace") for message in messages]
    return "\n".join([*told, *markup(app)])


@pytest.fixture
def city(offices: Path, at_store, open_page, signs_in) -> Iterator[Path]:
    at_store(offices)
    signs_in("boss")
    for page in ABOUT_FUNDS:
        told = sent(open_page(page, year=str(YEAR)))
        assert page == "avstamning" or all(words_of_others(told, who) for who in PEOPLE), "each part is on the page"
    yield offices


def test_they_are_the_pages_about_funds():
    assert ABOUT_FUNDS == ["avstamning", "eu", "eu-projekt", "eu-rapport"]


@pytest.mark.parametrize(("who", "page"), pairs(list(PEOPLE), ABOUT_FUNDS))
def test_nothing_of_the_other_s_is_sent(city, open_page, signs_in, who, page):
    (other,) = PEOPLE.keys() - {who}
    Drafts(city, f"{ISSUER} {other}").keep(f"{other}s", "s", ABOUT, "answer 2018 staffing", Typed("", WORDS[other][0]))
    signs_in(who)
    own = sent(open_page(page, year=str(YEAR)))
    assert page == "avstamning" or any(word in own.casefold() for word in WORDS[who])
    for asked in (
        {},
        {"administration": PEOPLE[other]},
        {"administration": "alla"},
        {"project": PROJECT[other]},
        {"draft": f"{other}s"},
        {"lang": "en", "administration": PEOPLE[other]},
    ):
        assert words_of_others(sent(open_page(page, year=str(YEAR), **asked)), who) == set(), asked
