"""Several owners in one store: the address says whose pages are shown, and nobody of one sees another's anywhere."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest

from analytics.loads.owners import make_owner
from analytics.model.people import Did, Identity, ViewerRole
from analytics.store.audit import entries
from analytics.store.drafts import Drafts, Typed
from analytics.store.lake import home as homes
from analytics.store.lake import parts
from analytics.store.moving import move_all
from analytics.store.owners import folder_of_owner
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.roles import give_role, take_role
from analytics.words.language import words
from pages.ui import access, guarded, signed_in, whose
from pages.ui.door import DOOR, READ_BY_NATION
from pages.ui.signed_in import Person
from tests.intake.making import SAY
from tests.pages.reading import markup, said
from tests.pages.several_owners import LUND, several_owners
from tests.sampling import at_night

MANAGEMENT, SCHOOL, FUNDS, DATA, ADMIN = ViewerRole
ISSUER = "https://issuer"
PAGES = sorted(set(DOOR) - {"behorighet"})


@pytest.fixture(scope="module")
def made_once(store_once_built, few_store, tmp_path_factory) -> Path:
    """Malmö has the demo's eight schools, Lund two of its own."""
    return several_owners(store_once_built, few_store, tmp_path_factory.mktemp("nation"))


@pytest.fixture
def nation(made_once, tmp_path, at_store) -> Path:
    store = shutil.copytree(made_once, tmp_path / "store")
    at_store(store)
    return store


@pytest.fixture
def malmos(nation) -> set[str]:
    return {school.name for school in read_schools(Store(folder_of_owner(nation, "malmo-stad")).current())}


@pytest.fixture
def comes(monkeypatch):
    """Has somebody signed in from here on."""

    def somebody(subject: str) -> None:
        person = Person(Identity(ISSUER, subject), subject.title(), time.time())
        monkeypatch.setattr(signed_in, "person", lambda: person)
        monkeypatch.setattr(signed_in, "is_set_up", lambda: True)

    return somebody


def text_of(app) -> str:
    """All that is on the page, links and messages included."""
    parts = [said(app), *markup(app), *(str(one.value) for sort in (app.error, app.info, app.warning) for one in sort)]
    options = [option for box in (*app.selectbox, *app.multiselect) for option in box.options]
    return "\n".join([*parts, *options])


def gives(store: Path, subject: str, role: ViewerRole, *schools: str) -> None:
    give_role(store, Identity(ISSUER, subject), subject.title(), role, schools, "test")


def names_in(app, names) -> set[str]:
    text = text_of(app)
    return {name for name in names if name in text}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_an_owner_names_anothers_schools(made_once, at_store, open_page, path):
    at_store(made_once)
    malmos = {school.name for school in read_schools(Store(folder_of_owner(made_once, "malmo-stad")).current())}
    lund = open_page(path, owner="lund")
    assert not lund.exception and names_in(lund, malmos) == set()
    malmo = open_page(path, owner="malmo-stad")
    assert not malmo.exception and names_in(malmo, LUND) == set()
    if path == "skolor":
        assert names_in(lund, LUND) == set(LUND) and names_in(malmo, malmos)


def test_the_owner_stays_from_page_to_page_and_every_link_says_it(nation, open_page):
    app = open_page("skolor", owner="lund")
    assert '<a href="oversikt?owner=lund&amp;lang=sv" target="_self">Lund</a>' in text_of(app), "above the title"
    app.query_params.clear()
    app.run()
    assert app.query_params["owner"] in ("lund", ["lund"])
    assert names_in(app, LUND) == set(LUND)


def test_an_owner_that_there_is_not_is_told_and_never_replaced(nation, malmos, open_page):
    for asked in ("ystad", "..", "lund/../malmo-stad", "LUND"):
        app = open_page("skolor", owner=asked)
        assert not app.exception
        assert f"Här finns ingen huvudman ”{asked}”" in text_of(app)
        assert names_in(app, malmos | set(LUND)) == set()


def test_without_an_owner_schools_and_owners_are_found_by_writing(nation, malmos, open_page):
    app = open_page("")
    assert names_in(app, ["Lund", "Malmö stad"]) == {"Lund", "Malmö stad"}
    assert names_in(app, malmos | set(LUND)) == set()
    app.text_input(key="find_owner").set_value("klosterSK").run()
    assert names_in(app, malmos | set(LUND)) == {"Klosterskolan"}
    assert "owner=lund&amp;school=klosterskolan" in text_of(app) or "owner=lund" in text_of(app)
    app.text_input(key="find_owner").set_value("finns inte").run()
    assert "Inget här heter så." in text_of(app)


def test_who_reads_all_sees_how_the_owners_stand_as_each_ones_own_pages_tell_it(nation, open_page, comes):
    app = open_page("")
    rounds = app.selectbox(key="round_of_owners")
    rounds.select_index(next(n for n, one in enumerate(rounds.options) if one.startswith("2024"))).run()
    told = {}
    for owner in ("malmo-stad", "lund"):
        (row,) = [row for row in re.findall(r"<tr>.*?</tr>", text_of(app)) if f"owner={owner}&amp;" in row]
        overview = text_of(open_page("oversikt", owner=owner, framework="vebs-2022", year="2024"))
        of = re.search(r"(\d+) av (\d+)", row)
        assert of[0] in overview and re.search(r">(\d,\d\d)<", row)[1] in overview, (owner, row)
        told[owner] = [int(n) for n in of.groups()]
    met, schools = (sum(both) for both in zip(*told.values(), strict=True))
    assert f"2024 nådde {met} av {schools} skolor målet på alla kriterier, hos 2 av 2 huvudmän." in text_of(app)
    gives(nation, "anna", MANAGEMENT)
    comes("anna")
    assert "Så ligger huvudmännen till" in text_of(open_page(""))
    take_role(nation, Identity(ISSUER, "anna"), MANAGEMENT, "test")
    for owner in ("lund", "malmo-stad"):
        gives(folder_of_owner(nation, owner), "anna", MANAGEMENT)
    chosen = text_of(open_page(""))
    assert "Malmö stad" in chosen and "Så ligger huvudmännen till" not in chosen


def test_what_a_session_has_of_one_owners_it_has_not_on_anothers_pages(nation, open_page):
    app = open_page("skolor", owner="malmo-stad")
    app.session_state["my_drafts"] = {"about": "typed in Malmö"}
    app.session_state["left_files"] = "Malmö's"
    app.query_params["owner"] = "lund"
    app.run()
    assert "about" not in app.session_state["my_drafts"] if "my_drafts" in app.session_state else True
    assert "left_files" not in app.session_state
    app.query_params["owner"] = "malmo-stad"
    app.run()
    assert app.session_state["my_drafts"] == {"about": "typed in Malmö"}


def test_a_draft_lies_with_the_owner_whose_page_it_was_typed_on(nation):
    lund, malmo = (folder_of_owner(nation, one) for one in ("lund", "malmo-stad"))
    Drafts(lund).keep_all("id", "session", "dialogue", {"note": Typed("", "hemligt")})
    assert Drafts(lund).every() and not Drafts(malmo).every() and not Drafts(nation).every()


@pytest.mark.parametrize("path", ["skolor", "dialog", "importera", "historik", "eu-projekt"])
def test_who_is_of_one_owner_is_refused_at_anothers(nation, malmos, open_page, comes, path):
    for role in (MANAGEMENT, DATA, FUNDS):
        gives(folder_of_owner(nation, "lund"), "anna", role)
    comes("anna")
    assert "Du har ingen roll" not in text_of(open_page(path, owner="lund"))
    refused = open_page(path, owner="malmo-stad")
    assert "Du har ingen roll här än." in text_of(refused)
    assert names_in(refused, malmos) == set() and not refused.selectbox
    done = [one for one in entries(folder_of_owner(nation, "malmo-stad"), 20) if one.did == Did.REFUSED]
    assert [one.with_["page"] for one in done] == [path]


def test_the_menu_and_what_is_saved_follow_the_owner(nation, open_page, comes, monkeypatch):
    gives(folder_of_owner(nation, "lund"), "anna", DATA)
    comes("anna")
    monkeypatch.setattr(whose, "owner_id", lambda: "lund")
    monkeypatch.setattr(access, "owner_id", lambda: "lund")
    assert "importera" in access.opened_pages() and access.saver() == "Anna"
    monkeypatch.setattr(whose, "owner_id", lambda: "malmo-stad")
    monkeypatch.setattr(access, "owner_id", lambda: "malmo-stad")
    assert access.opened_pages() == frozenset()


def test_who_has_one_owner_comes_straight_there_and_who_has_none_is_refused(nation, malmos, open_page, comes):
    gives(folder_of_owner(nation, "lund"), "anna", MANAGEMENT)
    comes("anna")
    app = open_page("")
    assert names_in(app, malmos | {"Malmö stad"}) == set()
    comes("bertil")
    refused = open_page("")
    assert "Du har ingen roll här än." in text_of(refused)
    assert names_in(refused, malmos | {*LUND, "Malmö stad", "Lund"}) == set()


def test_who_has_several_chooses_among_theirs(nation, open_page, comes):
    for owner in ("lund", "malmo-stad"):
        gives(folder_of_owner(nation, owner), "anna", MANAGEMENT)
    make_owner(nation, "Ystad", SAY, made_by="test")
    comes("anna")
    assert names_in(open_page(""), ["Lund", "Malmö stad", "Ystad"]) == {"Lund", "Malmö stad"}


@pytest.mark.parametrize("path", ["skolor", "stod", "dialog", "historik", "certifiering", "behorighet", "eu-projekt"])
def test_management_of_the_whole_reads_every_owners_pages_of_figures(nation, open_page, comes, path):
    gives(nation, "nils", MANAGEMENT)
    gives(folder_of_owner(nation, "lund"), "anna", MANAGEMENT)
    comes("nils")
    app = open_page(path, owner="lund")
    assert ("Den här sidan hör inte till dina." not in text_of(app)) == (path in READ_BY_NATION)


def test_management_of_the_whole_saves_nothing_at_an_owners(nation, comes, monkeypatch):
    gives(nation, "nils", MANAGEMENT)
    comes("nils")
    monkeypatch.setattr(whose, "owner_id", lambda: "lund")
    with pytest.raises(access.NotAllowed):
        access.saver()
    assert not access.releases()


def test_who_leaves_has_left_on_every_owners_pages(nation, comes, monkeypatch):
    gives(folder_of_owner(nation, "lund"), "anna", MANAGEMENT)
    comes("anna")
    monkeypatch.setattr(whose, "owner_id", lambda: "lund")
    access.leave(signed_in.person())
    assert [one.did for one in entries(nation, 5)] == [Did.SIGNED_OUT]


def test_a_file_is_given_to_who_has_a_role_with_the_owner_whose_it_is(nation, comes, monkeypatch):
    lund, malmo = (str(folder_of_owner(nation, one)) for one in ("lund", "malmo-stad"))
    gives(Path(lund), "anna", MANAGEMENT)
    gives(nation, "nils", MANAGEMENT)
    for subject, theirs in (("anna", {lund}), ("nils", {lund, malmo}), ("bertil", set())):
        comes(subject)
        monkeypatch.setattr(guarded, "of_cookie", lambda _: signed_in.person())
        for folder in (lund, malmo):
            guarded.SHOWN_TO.note(signed_in.person().who, f"drawing of {folder}", folder)
            assert guarded.may_fetch(None, f"drawing of {folder}") == (folder in theirs)
            assert guarded.may_fetch(None, folder=folder) == (folder in theirs)
    comes("anna")
    take_role(Path(lund), Identity(ISSUER, "anna"), MANAGEMENT, "test")
    assert not guarded.may_fetch(None, f"drawing of {lund}")


def test_a_file_that_is_made_is_written_down_with_the_owner_whose_it_is(nation, comes, monkeypatch):
    gives(folder_of_owner(nation, "lund"), "anna", MANAGEMENT)
    comes("anna")
    monkeypatch.setattr(whose, "owner_id", lambda: "lund")
    made = guarded._for_whoever_asks(access.ask("sv", "skolor"), lambda: b"file", "skolor.csv")
    monkeypatch.setattr(whose, "owner_id", lambda: "")  # it is made outside the run
    assert made() == b"file" and made.folder == str(folder_of_owner(nation, "lund"))
    assert [one.did for one in entries(folder_of_owner(nation, "lund"), 1)] == [Did.DOWNLOADED]
    assert not entries(nation, 1)


def test_in_a_store_of_one_owner_the_address_says_nothing_of_owners(few_store, at_store, open_page):
    at_store(few_store)
    app = open_page("skolor", owner="lund")
    assert not app.exception and "Huvudman:" not in text_of(app)
    assert whose.owners() == () and words("sv")


@at_night
def test_pages_of_a_lake_go_on_with_the_owners_that_they_know(
    made_once, lake, few_store, at_store, open_page, monkeypatch
):
    """On another machine than that which loaded; where one owner's part is damaged, and where PostgreSQL is gone."""
    move_all(made_once, lake.machine("one"))
    two = lake.machine("two")
    at_store(two)
    malmos = {school.name for school in read_schools(Store(few_store).current())}
    for path in ("skolor", "oversikt", "importera"):
        lund, malmo = open_page(path, owner="lund"), open_page(path, owner="malmo-stad")
        assert not lund.exception and not malmo.exception
        assert names_in(lund, malmos) == set() == names_in(malmo, LUND)
        assert path != "skolor" or (names_in(lund, LUND) == set(LUND) and names_in(malmo, malmos))
    for of in (homes, parts):
        monkeypatch.setattr(of, "FRESH", -1)
    gone = open_page("skolor", owner="lund")
    assert not gone.exception and names_in(gone, LUND) == set(LUND)
    monkeypatch.setattr(homes, "FRESH", 30)
    monkeypatch.setattr(parts, "FRESH", 30)
    lake.damage_views("owners/malmo-stad/")
    at_store(lake.machine("three"))
    begin = open_page("")
    assert not begin.exception and names_in(begin, ["Lund", "Malmö stad"]) == {"Lund", "Malmö stad"}
    assert names_in(open_page("skolor", owner="lund"), LUND) == set(LUND)
    damaged = open_page("skolor", owner="malmo-stad")
    assert not damaged.exception and "Datalagret går inte att läsa" in text_of(damaged)
