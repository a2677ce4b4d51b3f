"""On Behörighet an administrator says what schools see of each other and to whom new rounds go; nobody else does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.model.people import Audience, Identity, OtherSchools, ViewerRole
from analytics.store.audit import entries
from analytics.store.openness import openness_file, release
from analytics.store.roles import give_role
from pages.data.people.telling import NEW, OTHERS
from tests.pages.conftest import ISSUER
from tests.pages.reading import said

HELD = ("vebs-2022", 2025)


@pytest.fixture
def city(few_store: Path, tmp_path: Path, at_store) -> Path:
    folder = shutil.copytree(few_store, tmp_path / "city")
    at_store(folder)
    for role in (ViewerRole.ADMIN, ViewerRole.MANAGEMENT):
        give_role(folder, Identity(ISSUER, role.value), role.value, role, (), "test")
    return folder


@pytest.fixture
def opened(city, open_page, signs_in):
    signs_in("admin")
    app = open_page("behorighet")
    app.session_state["telling"] = True
    return app.run()


def test_a_choice_is_made_by_its_button_and_written_down(city, opened):
    app = opened
    app.selectbox(key=OTHERS).set_value(OtherSchools.DOTS).run()
    assert openness_file(city).said().other_schools is OtherSchools.NOTHING, "a choice alone changes nothing"
    app.button(key="tell_it").click().run()
    assert not app.exception and "Det är gjort" in said(app)
    assert openness_file(city).said().other_schools is OtherSchools.DOTS
    (latest,) = entries(city, 1)
    told = {"who": [ISSUER, "admin"], "other_schools": "dots"}
    assert (latest.by, latest.did, latest.with_) == ("admin", "openness_set", told)


def test_rounds_that_are_there_stay_as_they_are_also_those_that_an_administrator_does_not_see(city, opened):
    release(city, *HELD, Audience.MANAGEMENT, "test")
    app = opened
    app.selectbox(key=NEW).set_value(Audience.PRINCIPALS).run()
    app.button(key="release_new").click().run()
    now = openness_file(city).said()
    assert not app.exception and now.new_rounds is Audience.PRINCIPALS
    assert now.released_to(*HELD) is Audience.MANAGEMENT
    assert now.released_to("vebs-2022", 2024) is Audience.ALL and "2025" not in "".join(app.selectbox(key=NEW).options)


def test_who_is_no_longer_an_administrator_changes_nothing(city, opened):
    app = opened
    app.selectbox(key=OTHERS).set_value(OtherSchools.NAMES).run()
    roles = city / "roles.json"
    roles.write_text(roles.read_text("utf-8").replace('"admin"', '"eu"'), "utf-8")
    app.button(key="tell_it").click().run()
    assert openness_file(city).said().other_schools is OtherSchools.NOTHING


def test_where_it_cannot_be_written_down_nothing_is_changed_and_that_is_said(city, opened):
    app = opened
    app.selectbox(key=OTHERS).set_value(OtherSchools.NAMES).run()
    (city / "audit.jsonl").unlink()
    (city / "audit.jsonl").mkdir()
    app.button(key="tell_it").click().run()
    assert "Ingenting ändrades" in said(app)
    assert openness_file(city).said().other_schools is OtherSchools.NOTHING
