"""A round that is released in steps: who has not been let in yet sees the rounds before it, on every page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from analytics.loads.recounting import republish
from analytics.model.errors import NotAllowed
from analytics.model.people import Audience, Identity, ViewerRole
from analytics.store.audit import entries
from analytics.store.openness import FILE, openness_file, release
from analytics.store.roles import give_role
from pages.figures.overview.release import TO
from pages.ui import access
from pages.ui.door import DOOR
from tests.few_schools import WITHOUT_DIALOGUE
from tests.pages.conftest import ISSUER
from tests.pages.reading import figures, markup, said, unfolded

MANAGEMENT, SCHOOL, FUNDS, DATA, ADMIN = ViewerRole
OWN = WITHOUT_DIALOGUE[0]
HELD = ("vebs-2022", 2025)
BUTTON, BOX = "release_it", f"{TO} {HELD[0]} {HELD[1]}"


@pytest.fixture(scope="module")
def in_steps(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which everybody has a role, and whose last round management alone may see."""
    folder = shutil.copytree(few_store, tmp_path_factory.mktemp("steps") / "store")
    for role in ViewerRole:
        of = (OWN,) if role is SCHOOL else ()
        give_role(folder, Identity(ISSUER, role.value), role.value, role, of, "test")
    release(folder, *HELD, Audience.MANAGEMENT, "test")
    republish(folder, loaded_by="test")
    return folder


@pytest.fixture
def city(in_steps: Path, tmp_path: Path, at_store) -> Path:
    folder = shutil.copytree(in_steps, tmp_path / "city")
    at_store(folder)
    return folder


def sent(app) -> str:
    """What a browser is told of a page with everything on it open."""
    app = unfolded(app)
    options = [option for box in app.selectbox for option in box.options]
    told = "\n".join([*markup(app), *map(json.dumps, figures(app)), *options, said(app)])
    return told.replace("2022–2025", "").replace("2022\\u20132025", "")  # what the framework is called


def offered(app, label: str) -> list[str]:
    return [option for box in app.selectbox if box.label == label for option in box.options]


def test_who_may_not_see_it_yet_is_shown_the_round_before_on_every_page(city, open_page, signs_in):
    signs_in("ledning")
    for page in ("oversikt", "skolor", "skola", "kriterier", "stod", "dialog"):
        app = unfolded(open_page(page, school=OWN))  # what is kept is warm, by somebody who sees all
        assert not app.exception and "2025" in offered(app, "År"), page
    for role in (SCHOOL, FUNDS, ADMIN):
        signs_in(role.value)
        for page in sorted(path for path, roles in DOOR.items() if role in roles):
            app = open_page(page, school=OWN) if page in ("skola", "dialog") else open_page(page)
            assert not app.exception, page
            if page in ("skola", "dialog"):
                years = offered(app, "År")
                assert years[0] == "2024" and "2025" not in years, page
            if page == "skola":
                assert "2025" not in sent(app), page
    signs_in("data")
    assert "2025" in offered(open_page("oversikt"), "År"), "who loads the data sees to it that they are right"


@pytest.mark.parametrize("page", ["skola", "dialog"])
def test_an_address_with_the_round_in_it_says_that_there_is_no_such_year(city, open_page, signs_in, page):
    signs_in("skola")
    held, never = (open_page(page, school=OWN, framework=HELD[0], year=year) for year in ("2025", "1999"))
    assert sent(held).replace("2025", "1999") == sent(never), "no more than of a year that never was"
    assert not held.get("plotly_chart")


def test_it_is_there_at_the_next_click_when_it_is_released_and_gone_when_it_is_held_back(city, open_page, signs_in):
    signs_in("skola")
    ask = access.ask("sv", "skola")
    assert ask.catalogue.years(HELD[0])[-1] == 2024 and ask.viewer.held == {HELD}
    release(city, *HELD, Audience.PRINCIPALS, "test")
    assert ask.viewer.held == {HELD}, "what was asked before goes on as it was: it shows less than they may see"
    assert "2025" in offered(open_page("skola", school=OWN), "År")
    signs_in("eu")
    assert access.ask("sv", "eu").catalogue.years(HELD[0])[-1] == 2024
    release(city, *HELD, Audience.ALL, "test")
    assert access.ask("sv", "eu").catalogue.years(HELD[0])[-1] == 2025
    signs_in("skola")
    ask = access.ask("sv", "skola")
    release(city, *HELD, Audience.MANAGEMENT, "test")
    with pytest.raises(NotAllowed):
        ask.viewer  # noqa: B018 - nor may a file be made of it, nor anything saved in it
    assert "2025" not in offered(open_page("skola", school=OWN), "År")


def test_a_new_round_of_a_city_that_says_so_is_management_s_alone(city, signs_in):
    text = (city / FILE).read_text("utf-8")
    (city / FILE).write_text(text.replace('"new_rounds": "all"', '"new_rounds": "management"'), "utf-8")
    signs_in("skola")
    assert access.ask("sv", "skola").catalogue.rounds == (), "nobody has said anything of any but one"
    signs_in("ledning")
    assert access.ask("sv", "skola").catalogue.rounds


@pytest.mark.parametrize("role", ["skola", "ledning"])
def test_a_file_that_cannot_be_read_shows_nothing(city, open_page, signs_in, role):
    (city / FILE).write_text("{}")
    signs_in(role)
    app = open_page("skola", school=OWN)
    assert not app.exception and not app.get("plotly_chart") and not app.selectbox
    assert "går inte att läsa" in said(app)


def test_where_nobody_signs_in_nothing_is_held_back(few_copy, at_store, open_page):
    at_store(few_copy)
    release(few_copy, *HELD, Audience.MANAGEMENT, "test")
    assert access.ask("sv", "skola").viewer.held == frozenset()
    app = open_page("oversikt")
    assert "2025" in offered(app, "År") and BUTTON not in [button.key for button in app.button]
    assert not [fold for fold in app.expander if "släppt" in fold.label]


def test_management_releases_it_on_the_page_and_it_is_written_down(city, open_page, signs_in):
    signs_in("data")
    assert not [fold for fold in open_page("oversikt").expander if "släppt" in fold.label], "nobody else does"
    signs_in("ledning")
    app = open_page("oversikt")
    (fold,) = [fold for fold in app.expander if "släppt" in fold.label]
    assert fold.label == "Omgången 2025 är släppt till: Bara ledningen"
    app.session_state["release"] = True
    app.run()
    app.selectbox(key=BOX).set_value(Audience.PRINCIPALS).run()
    assert openness_file(city).said().released_to(*HELD) is Audience.MANAGEMENT, "a choice alone changes nothing"
    app.button(key=BUTTON).click().run()
    assert not app.exception
    assert openness_file(city).said().released_to(*HELD) is Audience.PRINCIPALS
    (latest,) = entries(city, 1)
    about = {"who": [ISSUER, "ledning"], "framework": HELD[0], "year": HELD[1], "to": "principals"}
    assert (latest.by, latest.did, latest.with_) == ("ledning", "released", about)


def test_who_is_no_longer_management_releases_nothing(city, open_page, signs_in):
    signs_in("ledning")
    app = open_page("oversikt")
    app.session_state["release"] = True
    app.run()
    app.selectbox(key=BOX).set_value(Audience.ALL).run()
    (city / "roles.json").write_text((city / "roles.json").read_text("utf-8").replace('"ledning"', '"data"'), "utf-8")
    app.button(key=BUTTON).click().run()
    assert openness_file(city).said().released_to(*HELD) is Audience.MANAGEMENT


def test_the_quality_report_is_offered_to_who_reads_what_was_agreed_with_the_schools(city, open_page, signs_in):
    for who, there in (("ledning", True), ("data", False)):
        signs_in(who)
        app = open_page("oversikt")
        assert not app.exception and any("Kvalitetsrapporten för" in fold.label for fold in app.expander) == there, who
    signs_in("ledning")
    labels = [button.proto.label for button in unfolded(open_page("oversikt")).get("download_button")]
    assert {"Ladda ner Word", "Ladda ner PDF", "Ladda ner JSON"} <= set(labels)
