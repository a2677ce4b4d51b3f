"""What has been done to the funding register is told with who, when, from what and to what, and can be taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.funding.register import history
from analytics.intake.files import ReadingOptions
from analytics.loads.dialogue_rows import REMOVED
from analytics.loads.funding_texts import edited
from analytics.loads.load import load
from analytics.loads.register_rows import texts_of_row
from analytics.loads.taking_back import NotTakenBack, TakeBackObstacle, taken_back
from analytics.loads.taking_back_funding import EditedFundingRows
from analytics.registers.field import RowKind
from analytics.registers.funding import BUDGETS, PAYMENTS, PROJECTS
from analytics.store.drafts import Typed
from analytics.store.history import Entry, with_what_stood
from tests.drafting import store_in
from tests.loads.funding_edits import ALL, SAY, held, new, part, removed, save, texts, typed

FILES = {
    "projects": "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2018-09-01,2020-08-31\n"
    "skog,Skogen,Nordplus,2019-01-01,2019-12-31\n",
    "payments": "project_id,report_year,unit,amount_sek,note\nhav,2018,Skolan,100.50,första\nhav,2019,Skolan,200,\n"
    "skog,2019,Skolan,30,\n",
    "budgets": "project_id,scope,amount,currency\nhav,whole,1000,SEK\nhav,own,500,SEK\n",
}
MORE = {"project_id": "hav", "report_year": "2020", "unit": "Skolan", "amount_sek": "5"}


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("back")
    store = shutil.copytree(store_once_built, folder / "store")
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    load(store, [folder / f"{name}.csv" for name in FILES], ReadingOptions(), SAY, loaded_by="test")
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A store of its own with two projects, three payments and two budgets."""
    return shutil.copytree(loaded, tmp_path / "store")


@pytest.fixture
def first(store: Path) -> str:
    return part(texts(store), "payments", project_id="hav", report_year="2018")


def last(store: Path, kind: RowKind, project: str = "hav") -> Entry:
    return history(store_in(store).current(), ALL, kind.name, project)[-1]


def back(store: Path, entry: Entry, draft: dict[str, Typed] | None = None) -> dict[str, Typed] | NotTakenBack:
    """What is typed when the entry is taken back, as the page types it."""
    began = texts(store)
    view, project = store_in(store).current(), entry.change.project_id
    now = EditedFundingRows(edited(began, draft or {}), lambda kind: history(view, ALL, kind.name, project))
    found = taken_back(entry, now)
    if isinstance(found, NotTakenBack):
        return found
    fields: dict[str, Typed] = {}
    for name, text in found.items():
        own, _, column = name.rpartition(".")
        fields |= removed(began, own) if column == REMOVED else typed(began, {name: text})
    return fields


def test_an_entry_says_who_in_which_version_from_what_to_what(store, first):
    save(store, typed(texts(store), {f"{first}.amount_sek": "1 000,25"}), by="Bo Alm")
    entry = last(store, PAYMENTS)
    assert (entry.who, entry.version) == ("Bo Alm", store_in(store).current().number)
    change = entry.change
    assert (change.kind, f"payments.r{change.row}", change.project_id) == ("payments", first, "hav")
    assert (change.field, change.before, change.after) == ("amount_sek", "100.5", "1000.25")


def test_a_changed_field_is_taken_back_and_what_was_done_since_in_others_stays(store, first):
    began = texts(store)
    save(store, typed(began, {f"{first}.amount_sek": "1000,25"}))
    entry = last(store, PAYMENTS)
    save(store, typed(texts(store), {f"{first}.note": "senare", f"{first}.unit": "Annat"}))
    save(store, back(store, entry))
    assert texts(store) == began | {f"{first}.note": "senare", f"{first}.unit": "Annat"}
    assert (last(store, PAYMENTS).change.before, last(store, PAYMENTS).change.after) == ("1000.25", "100.5")


def test_a_field_that_was_emptied_or_filled_is_taken_back(store, first):
    began = texts(store)
    second = part(began, "payments", project_id="hav", report_year="2019")
    save(store, typed(began, {f"{first}.note": "", f"{second}.note": "ny"}))
    emptied, filled = history(store_in(store).current(), ALL, PAYMENTS.name, "hav")[-2:]
    save(store, back(store, emptied))
    assert texts(store) == began | {f"{second}.note": "ny"}
    save(store, back(store, filled))
    assert texts(store) == began


def test_a_field_that_has_been_changed_since_is_left_as_it_is(store, first):
    """Typed, and saved."""
    save(store, typed(texts(store), {f"{first}.amount_sek": "2"}))
    entry, draft = last(store, PAYMENTS), typed(texts(store), {f"{first}.amount_sek": "3"})
    assert back(store, entry, draft) == NotTakenBack(TakeBackObstacle.CHANGED_SINCE, "3")
    save(store, draft)
    assert back(store, entry) == NotTakenBack(TakeBackObstacle.CHANGED_SINCE, "3")


def test_a_field_of_a_row_that_is_gone_since_is_not_taken_back(store, first):
    """Typed, and saved."""
    save(store, typed(texts(store), {f"{first}.amount_sek": "2"}))
    entry, draft = last(store, PAYMENTS), removed(texts(store), first)
    assert back(store, entry, draft) == NotTakenBack(TakeBackObstacle.ROW_GONE)
    save(store, draft)
    assert back(store, entry) == NotTakenBack(TakeBackObstacle.ROW_GONE)


def test_an_added_row_is_taken_back(store):
    began = texts(store)
    save(store, new("payments", "0123abcd", **MORE))
    entry = last(store, PAYMENTS)
    assert entry.change.added and entry.change.texts == MORE | {"kind": "spent", "currency": "SEK"}
    save(store, back(store, entry))
    assert texts(store) == began
    assert back(store, entry) == NotTakenBack(TakeBackObstacle.ROW_GONE)


def test_a_row_that_was_taken_away_comes_back_under_its_id(store, first):
    began = texts(store)
    save(store, removed(began, first))
    entry = last(store, PAYMENTS)
    assert entry.change.removed and entry.change.texts["amount_sek"] == "100.5"
    fields = back(store, entry)
    assert back(store, entry, fields) == NotTakenBack(TakeBackObstacle.THERE_ALREADY), "it is in the draft"
    save(store, fields)
    assert texts(store) == began
    assert back(store, entry) == NotTakenBack(TakeBackObstacle.THERE_ALREADY)


def test_a_project_that_was_taken_away_comes_back_with_all_that_went_with_it_under_their_ids(store, first):
    save(store, removed(texts(store), first))  # earlier, and for a reason of its own
    began, ids = texts(store), {(name, kept.id) for name, own in held(store).rows.items() for kept in own}
    hav = part(began, "projects", project_id="hav")
    save(store, removed(began, hav) | typed(began, {f"{part(began, 'projects', project_id='skog')}.title": "Skog"}))
    assert not [name for name in texts(store) if name.startswith("budgets.")]
    entry = last(store, PROJECTS)
    save(store, back(store, entry))
    assert texts(store) == began | {f"{part(began, 'projects', project_id='skog')}.title": "Skog"}
    assert {(name, kept.id) for name, own in held(store).rows.items() for kept in own} == ids
    assert last(store, BUDGETS).change.added, "and that is history too"


def test_a_row_of_a_project_that_is_gone_comes_back_with_that_alone(store, first):
    began = texts(store)
    save(store, removed(began, part(began, "projects", project_id="hav")))
    of_payments = history(store_in(store).current(), ALL, "payments", "hav")
    (entry,) = [one for one in of_payments if one.change.removed and f"payments.r{one.change.row}" == first]
    assert back(store, entry) == NotTakenBack(TakeBackObstacle.WHOLE_GONE)
    of_project = back(store, last(store, PROJECTS))
    assert back(store, entry, of_project) == NotTakenBack(TakeBackObstacle.THERE_ALREADY), "it comes with it"


def test_a_project_whose_id_another_has_got_is_not_brought_back_over_that(store):
    began = texts(store)
    save(store, removed(began, part(began, "projects", project_id="hav")))
    entry = last(store, PROJECTS)
    anew = {"project_id": "hav", "title": "Nytt", "programme": "P", "start": "2021-01-01", "end": "2021-12-31"}
    save(store, new("projects", "0123abcd", **anew))
    assert back(store, entry) == NotTakenBack(TakeBackObstacle.THERE_ALREADY)


def test_each_entry_has_its_row_as_it_stood_before_it(store, first):
    began = texts(store)
    save(store, typed(began, {f"{first}.unit": "Skogsskolan"}))
    save(store, typed(texts(store), {f"{first}.amount_sek": "7", f"{first}.unit": "Strandskolan"}))
    save(store, removed(texts(store), first))
    _, row = first.split(".r")
    entries = history(store_in(store).current(), ALL, "payments", "hav")
    now = {kept.id: texts_of_row(PAYMENTS, kept.row) for kept in held(store).of(PAYMENTS)}
    found = [
        (entry.change.field, texts["unit"], texts["amount_sek"])
        for entry, texts in with_what_stood(entries, now)
        if entry.change.row == row
    ]
    assert found == [
        ("", "Strandskolan", "7"),
        ("amount_sek", "Strandskolan", "100.5"),
        ("unit", "Skogsskolan", "100.5"),
        ("unit", "Skolan", "100.5"),
        ("", "Skolan", "100.5"),
    ]
