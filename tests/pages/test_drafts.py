"""Drafts: what a grid's changes make of rows, and how somebody else's changes come into them."""

from __future__ import annotations

from datetime import date

from analytics.model_funding import Funding, Narrative, Project, Question
from analytics.saving import Changed
from pages.funding.drafts import Draft, applied, merged

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
