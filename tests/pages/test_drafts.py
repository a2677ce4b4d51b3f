"""Drafts: what a grid's changes make of rows, how somebody else's changes come into them, and how they are kept."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.loads.save_funding import Changed, Edits, save
from analytics.model.funding import Funding, Narrative, Payment, Project, Question
from analytics.store.drafts import Drafts, Typed
from analytics.store.funding import read_funding
from analytics.store.reading import Store
from analytics.words.language import words
from pages.funding.editing.drafts import Draft, applied, merged
from pages.funding.editing.keeping import ABOUT, as_text, from_text
from pages.ui.saving import WHO

A = {"project_id": "p", "unit": "A", "amount_sek": "1"}
B = {"project_id": "p", "unit": "B", "amount_sek": "2"}
C = {"project_id": "p", "unit": "C", "amount_sek": "3"}


def test_edited_added_and_deleted_rows_of_a_grid():
    deltas = {
        "edited_rows": {0: {"amount_sek": 1234.5}, 1: {"unit": None}},
        "deleted_rows": [2],
        "added_rows": [{"unit": "D", "amount_sek": 7}, {}, {"unit": None}],
    }
    assert applied([A, B, C], deltas, {"project_id": "p"}) == [
        {**A, "amount_sek": "1234.5"},
        {**B, "unit": ""},
        {"project_id": "p", "unit": "D", "amount_sek": "7"},
    ]


def test_an_id_that_stands_is_not_changed_but_that_of_a_new_row_is_set():
    deltas = {"edited_rows": {0: {"project_id": "q", "unit": "X"}}, "added_rows": [{"project_id": "ny"}]}
    first, second = applied([A], deltas, {}, frozenset({"project_id"}))
    assert (first["project_id"], first["unit"], second["project_id"]) == ("p", "X", "ny")


def test_rows_that_others_add_come_in_and_rows_they_take_away_go():
    mine = [{**A, "amount_sek": "100"}, B]
    assert merged(mine, Changed("payments", "p", (A, B), (A, B, C))) == [*mine, C]
    assert merged(mine, Changed("payments", "p", (A, B), (A,))) == [mine[0]]
    assert merged([*mine, C], Changed("payments", "p", (A, B), (A, B, C))) == [*mine, C], "the same row, added by both"


def test_two_cells_of_one_row_are_both_kept_and_of_one_cell_mine_is():
    mine, theirs = {**A, "note": "stämd av"}, {**A, "amount_sek": "50", "note": ""}
    before = {**A, "note": ""}
    change = Changed("payments", "p", (before, B), (theirs, B))
    assert merged([mine, B], change) == [{**A, "amount_sek": "50", "note": "stämd av"}, B]
    assert merged([{**before, "amount_sek": "100"}, B], change) == [{**before, "amount_sek": "100"}, B]


def test_a_row_that_they_took_away_stays_where_something_was_written_in_it():
    assert merged([{**A, "amount_sek": "9"}, B], Changed("payments", "p", (A, B), (B,))) == [
        {**A, "amount_sek": "9"},
        B,
    ]
    assert merged([A], Changed("payments", "p", (A, B), (A, {**B, "amount_sek": "9"}))) == [A], "I took it away"


def test_a_project_s_row_is_merged_column_by_column():
    before = {"project_id": "p", "title": "Havet", "end": "2020-01-01"}
    mine, theirs = {**before, "title": "Havets skola"}, {**before, "end": "2021-01-01"}
    change = Changed("projects", "p", (before,), (theirs,))
    assert merged([mine], change) == [{"project_id": "p", "title": "Havets skola", "end": "2021-01-01"}]


PROJECT = {"project_id": "hav", "title": "Havet"}
SEEN = Funding(
    projects=(Project("hav", "Havet", "Erasmus+", date(2020, 1, 1), date(2022, 1, 1)),),
    narratives=(Narrative(2020, Question.RESULTS, "Deras text."),),
)


def drafted(**typed) -> Draft:
    return Draft(1, SEEN, **typed)


def test_a_new_project_s_tables_follow_its_id():
    draft = drafted(tables={("payments", "abc"): [{"project_id": "abc", "amount_sek": "1"}]})
    stored = draft.stored(("projects", ""))
    draft.follow([*stored, {"project_id": "abc"}], [*stored, {"project_id": "abd"}])
    assert draft.tables == {("payments", "abd"): [{"project_id": "abd", "amount_sek": "1"}]}


def test_two_answers_to_a_question_are_both_kept_for_a_person_to_make_one_of():
    draft = drafted(answers={(2020, Question.RESULTS): "Min text."})
    theirs = ({"year": "2020", "question": "results", "text": "Deras text."},)
    draft.merge([Changed("narratives", "2020 results", (), theirs)], SEEN, 2)
    assert draft.answers == {(2020, Question.RESULTS): "Min text.\n\nDeras text."}


def test_a_project_that_somebody_has_paid_into_is_not_taken_away_after_all():
    draft = drafted(tables={("projects", ""): []})
    assert draft.edits().removed == {"hav"}
    draft.merge([Changed("payments", "hav", (), (A,))], SEEN, 2)
    assert draft.edits().removed == frozenset() and draft.empty


SKY = Project("sky", "Skyn", "Erasmus+", date(2021, 1, 1), date(2023, 1, 1))
BEGUN = replace(SEEN, projects=(*SEEN.projects, SKY), payments=(Payment("hav", 2020, "A", Decimal(1)),))


def read_again(draft: Draft, now: Funding = BEGUN, number: int = 9) -> Draft:
    """The draft as another session reads it, which may see the version that it began in."""
    return from_text(as_text(draft), {draft.base: draft.seen}.get, now, number)


def test_every_kind_of_change_is_the_same_when_it_is_read_again():
    begun = Draft(3, BEGUN)
    (hav, sky), (paid,) = begun.stored(("projects", "")), begun.stored(("payments", "hav"))
    begun.keep(
        ("projects", ""), [{**hav, "title": "Havets \u201dskola\u201d"}, {**sky, "project_id": "ny", "title": "Ny"}]
    )
    begun.keep(("payments", "hav"), [{**paid, "amount_sek": "2.50"}, {**paid, "unit": "B"}])
    begun.keep(("payments", "ny"), [{**paid, "project_id": "ny"}])
    begun.answers = {(2020, Question.RESULTS): "Mitt.\n\nPå två rader.", (2021, Question.RESULTS): ""}
    found = read_again(begun)
    assert found.edits() == begun.edits() and found.edits().removed == {"sky"}
    assert {slot: found.rows(slot) for slot in begun.tables} == begun.tables
    assert (found.base, found.seen, found.base_gone) == (3, BEGUN, False)


def test_a_table_that_was_emptied_stays_empty():
    begun = Draft(3, BEGUN)
    begun.keep(("payments", "hav"), [])
    assert read_again(begun).edits() == Edits(projects=[], tables={("payments", "hav"): []})


def test_where_the_version_is_gone_what_was_taken_away_stays_so_and_what_has_come_since_is_there():
    begun = Draft(3, BEGUN)
    begun.keep(("projects", ""), [row for row in begun.stored(("projects", "")) if row["project_id"] == "hav"])
    begun.keep(("payments", "hav"), [])
    now = replace(BEGUN, projects=(*BEGUN.projects, replace(SKY, id="sol")))
    found = from_text(as_text(begun), lambda number: None, now, 9)
    assert found.base_gone and (found.base, found.seen) == (9, now)
    assert found.edits() == Edits(projects=[], removed=frozenset({"sky"}), tables={("payments", "hav"): []})
    assert read_again(found).base_gone, "also the next time that it is read"


@pytest.fixture
def store(demo_store: Path, tmp_path: Path, at_store) -> Path:
    """A store of its own: these tests write."""
    folder = shutil.copytree(demo_store, tmp_path / "store")
    at_store(folder)
    return folder


def area(app):
    (found,) = [area for area in app.text_area if area.key.startswith("answer_2018_results_")]
    return found


def answer(app) -> str:
    return area(app).value


def typed(app, text: str):
    assert not area(app).set_value(text).run().exception
    return app


def own(app) -> str | None:
    """The draft in the address."""
    return app.query_params.get("draft")


def test_what_one_session_types_another_reads_by_its_address_and_others_are_told_of(store, open_page):
    first = typed(open_page("eu-rapport", year="2018"), "Skolorna vet var de står.")
    id_ = own(first)
    assert answer(open_page("eu-rapport", year="2018", draft=id_)) == "Skolorna vet var de står."
    other = open_page("eu-rapport", year="2018")
    assert answer(other) != "Skolorna vet var de står." and own(other) is None
    assert any("Någon har skrivit något här som inte är sparat" in html.body for html in other.get("html"))
    other.button(key=f"take {id_}").click().run()
    assert answer(other) == "Skolorna vet var de står." and own(other) == id_
    assert "take" not in " ".join(button.key or "" for button in other.button)


def test_two_sessions_that_type_in_one_draft_each_keep_their_own(store, open_page):
    first = typed(open_page("eu-rapport", year="2018"), "Ett")
    id_ = own(first)
    second = typed(open_page("eu-rapport", year="2018", draft=id_), "Två")
    typed(first, "Ett och ett halvt")
    assert own(second) == id_ != own(first)
    drafts = {draft.id: draft.fields["draft"].text for draft in Drafts(store).about(ABOUT)}
    assert "Två" in drafts[id_] and "Ett och ett halvt" in drafts[own(first)] and len(drafts) == 2


@pytest.mark.parametrize("end", ["funding_discard", "funding_save", "typed back"])
def test_once_saved_or_thrown_away_a_draft_is_on_disk_and_in_the_address_no_more(store, open_page, end):
    app = open_page("eu-rapport", year="2018")
    before = answer(app)
    typed(app, "Skolorna vet var de står.")
    if end == "typed back":
        typed(app, before)
    else:
        app.text_input(key=WHO).set_value("Anna Ek")
        app.button(key=end).click().run()
    assert not app.exception and own(app) is None and Drafts(store).about(ABOUT) == ()
    assert answer(app) == ("Skolorna vet var de står." if end == "funding_save" else before)


def test_a_refused_save_is_signed_and_a_later_session_still_meets_what_others_saved(store, open_page):
    first = typed(open_page("eu-rapport", year="2018"), "Mitt.")
    save(store, Edits(answers={(2018, Question.RESULTS): "Deras."}), _seen(store), words("sv"), saved_by="Bo Alm")
    first.text_input(key=WHO).set_value("Anna Ek")
    first.button(key="funding_save").click().run()
    (left,) = Drafts(store).about(ABOUT)
    assert left.who == "Anna Ek"
    again = open_page("eu-rapport", year="2018", draft=left.id)
    again.text_input(key=WHO).set_value("Anna Ek")
    again.button(key="funding_save").click().run()
    assert any("Bo Alm har ändrat samma sak" in warning.value for warning in again.warning)
    again.button(key="funding_merge").click().run()
    assert answer(again) == "Mitt.\n\nDeras." == answer(open_page("eu-rapport", year="2018", draft=left.id))


@pytest.mark.parametrize("path", ["eu-rapport", "eu-projekt"])
def test_nothing_is_written_unless_something_was_typed(store, open_page, path, monkeypatch):
    id_ = own(typed(open_page("eu-rapport", year="2018"), "Ett"))
    writes = []
    app = open_page(path, year="2018", project="code-4-all", draft=id_)  # takes the draft up
    monkeypatch.setattr(Drafts, "_writing", lambda self: writes.append("a write"))
    assert not app.run().exception and own(app) == id_ and writes == []


def test_a_version_that_is_gone_is_told(store, open_page):
    id_ = own(typed(open_page("eu-rapport", year="2018"), "Mitt."))
    save(store, Edits(answers={(2018, Question.RESULTS): "Deras."}), _seen(store), words("sv"), saved_by="Bo Alm")
    text = Drafts(store).read(id_).fields["draft"].text
    Drafts(store).keep(id_, "s", ABOUT, "draft", Typed("", text.replace('"base": 1', '"base": 77')))
    app = open_page("eu-rapport", year="2018", draft=id_, lang="en")
    assert answer(app) == "Mitt."
    assert any("is gone" in warning.value for warning in app.warning)


def _seen(store: Path) -> Funding:
    return read_funding(Store(store).current())
