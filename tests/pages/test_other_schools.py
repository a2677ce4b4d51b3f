"""What a school's people are told of the other schools: nothing, where they lie, or their figures by name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.model.errors import NotAllowed
from analytics.model.people import Identity, OtherSchools, ViewerRole
from analytics.store.openness import tell_of_other_schools
from analytics.store.reading import Store
from analytics.store.roles import give_role
from pages.ui import access
from pages.ui.door import DOOR, OF_OTHERS
from tests.few_schools import FEW
from tests.pages.conftest import ISSUER
from tests.pages.reading import figures, markup, said, unfolded
from tests.sampling import pairs

OWN, OTHER = "askmolnsskolan", "adelstensskolan"  # the other has dialogues, agreements and labels
NOTHING, DOTS, NAMES = OtherSchools
SCHOOL_S = {"skola", "dialog", "ramverk", "metod", "tillganglighet"}
CERTIFIED = "Certifierad sedan"
NOT_THEIRS = "hör inte till dina"
FIGURES = ("oversikt", "skolor", "kriterier", "skola")


@pytest.fixture(scope="module")
def with_roles(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(few_store, tmp_path_factory.mktemp("others") / "store")
    give_role(folder, Identity(ISSUER, "boss"), "Boss", ViewerRole.MANAGEMENT, (), "test")
    for school in (OWN, OTHER):
        give_role(folder, Identity(ISSUER, school), "Rektor", ViewerRole.SCHOOL, (school,), "test")
    return folder


@pytest.fixture(scope="module")
def names(with_roles: Path) -> dict[str, str]:
    return dict(Store(with_roles).current().rows("select id, name from school"))


@pytest.fixture(scope="module")
def warmed() -> set[str]:
    """The pages that somebody who sees all has opened; what is kept of them stays for the module."""
    return set()


@pytest.fixture
def city(with_roles: Path, at_store, open_page, signs_in, warmed: set[str]) -> Iterator[Path]:
    """What is kept is warm, by somebody who sees all; afterwards schools are told nothing of each other again."""
    at_store(with_roles)
    signs_in("boss")
    for page in {*FIGURES, "dialog"} - warmed:
        assert not unfolded(open_page(page, school=OTHER)).exception
        warmed.add(page)
    yield with_roles
    tell_of_other_schools(with_roles, NOTHING, "test")


def sent(app) -> str:
    """What a browser is told of a page with everything on it open, and what it may fetch."""
    app = unfolded(app)
    assert not app.exception
    options = [option for box in (*app.selectbox, *app.multiselect) for option in box.options]
    return "\n".join([*markup(app), *map(json.dumps, figures(app)), *options, said(app)])


def named_in(text: str, names: dict[str, str], own: str) -> set[str]:
    """The other schools of which the name or the id is there."""
    there = text.casefold()
    return {id_ for id_, name in names.items() if id_ != own and (name.casefold() in there or f"={id_}" in there)}


@pytest.mark.parametrize(("told", "own"), pairs([NOTHING, DOTS], [OWN, OTHER]))
def test_no_page_names_another_school_where_names_are_not_told(city, names, open_page, signs_in, told, own):
    tell_of_other_schools(city, told, "test")
    signs_in(own)
    for page in sorted(set(DOOR) - {"start"}):
        for school in {own, OTHER if own == OWN else OWN}:
            app = open_page(page, school=school) if page in ("skola", "dialog") else open_page(page)
            assert named_in(sent(app).replace(f"school={school}", ""), names, own) <= ({school} - {own}), page
            if page not in SCHOOL_S:
                assert NOT_THEIRS in said(app) and not app.get("plotly_chart"), page
            if school != own and page in ("skola", "dialog"):
                assert names[school] not in sent(app) and not app.get("plotly_chart"), page


@pytest.mark.parametrize(("own", "page"), pairs([OWN, OTHER], sorted(set(DOOR) - {"start"})))
def test_by_name_the_pages_of_figures_are_there_and_no_other(city, names, open_page, signs_in, own, page):
    tell_of_other_schools(city, NAMES, "test")
    signs_in(own)
    app = open_page(page)
    if page not in SCHOOL_S | OF_OTHERS[NAMES]:
        assert NOT_THEIRS in said(app) and named_in(sent(app), names, own) == set()
    elif page == "skolor":
        assert NOT_THEIRS not in said(app)
        assert named_in(sent(app), names, own) >= {id_ for id_ in FEW if id_ not in (own, "alabasterskolan")}
    elif page not in FIGURES:
        assert named_in(sent(app), names, own) == set(), "what others talk about is nowhere"


def test_by_name_the_figures_are_those_that_management_has(city, open_page, signs_in):
    tell_of_other_schools(city, NAMES, "test")

    def all_of(page: str, **of: str) -> list[dict]:
        return figures(unfolded(open_page(page, **of)))

    signs_in("boss")
    whole = {page: all_of(page) for page in ("oversikt", "skolor", "kriterier")}
    other = all_of("skola", school=OTHER)
    signs_in(OWN)
    assert {page: all_of(page) for page in whole} == whole and whole["skolor"]
    assert all_of("skola", school=OTHER) == other != []


def test_by_name_nothing_of_another_s_dialogue_is_told(city, names, open_page, signs_in):
    tell_of_other_schools(city, NAMES, "test")
    signs_in("boss")
    texts = "select text from agreed_action where school_id = ? union select goal from agreement where school_id = ?"
    written = [text for (text,) in Store(city).current().rows(texts, [OTHER, OTHER]) if text]
    assert written and any(text in sent(open_page("dialog", school=OTHER)) for text in written)
    assert CERTIFIED in sent(open_page("skola", school=OTHER)), "management reads its marks there"
    signs_in(OWN)
    for page in (*FIGURES, "dialog"):
        told = sent(open_page(page, school=OTHER))
        assert not any(text in told for text in written) and CERTIFIED not in told, page
    assert names[OTHER] not in sent(open_page("dialog", school=OTHER)), "a link of management's leads nowhere"
    for page in ("skola", "skolor"):
        ask = access.ask("sv", page)
        assert ask.view.rows("select 1 from agreement where school_id <> ?", [OWN]) == []
        assert not ask.viewer.may_see(OTHER) and ask.viewer.may_see_figures(OTHER)


def test_dots_are_on_the_school_s_own_page_alone_and_say_no_name(city, names, open_page, signs_in):
    tell_of_other_schools(city, DOTS, "test")
    signs_in(OWN)
    told = open_page("skola", school=OWN)
    folds = [fold.label for fold in told.expander]
    assert "Stadens andra skolor" in folds and "Liknande skolor" not in folds
    text = sent(told)
    assert "Punkt: medelvärdet för en av de andra skolorna" in text and named_in(text, names, OWN) == set()
    signs_in("boss")
    assert "Stadens andra skolor" not in [fold.label for fold in open_page("skola", school=OWN).expander]
    tell_of_other_schools(city, NOTHING, "test")
    signs_in(OWN)
    assert "Stadens andra skolor" not in [fold.label for fold in open_page("skola", school=OWN).expander]


def test_what_is_no_longer_told_is_gone_at_the_next_click(city, open_page, signs_in):
    tell_of_other_schools(city, NAMES, "test")
    signs_in(OWN)
    asks = {page: access.ask("sv", page) for page in FIGURES}
    assert all(ask.viewer for ask in asks.values())
    for told in (DOTS, NOTHING):
        tell_of_other_schools(city, told, "test")
        for ask in asks.values():
            with pytest.raises(NotAllowed):
                ask.viewer  # noqa: B018 - nor is a file made by it: pages/ui/guarded.py asks so
        assert NOT_THEIRS in said(open_page("skolor"))


def test_two_schools_share_nothing_that_is_kept(city, names, signs_in):
    for told in OtherSchools:
        tell_of_other_schools(city, told, "test")
        keys = set()
        for own in (OWN, OTHER):
            signs_in(own)
            for page in ("skola", "dialog"):
                ask = access.ask("sv", page)
                keys.add((own, ask.key))
                assert OTHER in ask.key[2] if own == OTHER else OTHER not in ask.key[2]
        assert len({key for _, key in keys}) == len(keys)
