"""A dialogue as fields of text: out of the register, over it, and back as rows."""

from datetime import date

from analytics.loads.dialogue_rows import (
    FieldConflict,
    actions_in,
    all_of,
    already_saved,
    conflicts,
    entries_in,
    overlaid,
    rows_in,
    texts_of,
)
from analytics.model.dialogue import Action, Agreement, Dialogue, Dialogues, Progress, Responsible
from tests.drafting import typed

ABOUT = ("alfa", "vebs-2022", 2025)
SAVED = Dialogues(
    dialogues=(Dialogue(*ABOUT, date(2025, 2, 3), "Rektor", "Bra samtal"), Dialogue("beta", "vebs-2022", 2025)),
    agreements=(
        Agreement(*ABOUT, 1, "A1", 3.0, date(2026, 1, 31), 2.61, "Alla planerar tillsammans"),
        Agreement(*ABOUT, 3, "B2", 2.5, date(2026, 1, 31), status=Progress.DONE, outcome="Klart"),
        Agreement("beta", "vebs-2022", 2025, 1, "A1", 3.0, date(2026, 1, 31)),
    ),
    actions=(Action(*ABOUT, 1, 2, "Studiecirkel", Responsible.PRINCIPAL, activity="stod-1"),),
)
TEXTS = texts_of(SAVED, ABOUT)


def said(texts):
    return typed(texts, TEXTS)


def test_the_dialogue_alone_becomes_texts():
    assert TEXTS["held"] == "2025-02-03" and TEXTS["a1.to_level"] == "3" and TEXTS["a1.from_level"] == "2.61"
    assert TEXTS["a3.status"] == "done" and TEXTS["a1.x2.role"] == "principal"
    assert entries_in(TEXTS) == ["a1", "a3"]
    assert actions_in(TEXTS, "a1") == ["a1.x2"] and actions_in(TEXTS, "a3") == []
    assert texts_of(SAVED, ("alfa", "vebs-2022", 2024)) == {}


def test_new_things_get_the_numbers_that_follow():
    new = {"anq.criterion": "C1", "anq.xn7.text": "Ny", "a1.xn8.text": "Till", "notes": "Annat"}
    rows = rows_in(overlaid(TEXTS, said(new)), ABOUT)
    assert [(row["number"], row["criterion"]) for row in rows["agreements"]] == [("1", "A1"), ("3", "B2"), ("4", "C1")]
    assert [(row["agreement"], row["number"], row["text"]) for row in rows["actions"]] == [
        ("1", "2", "Studiecirkel"),
        ("1", "3", "Till"),
        ("4", "1", "Ny"),
    ]
    assert rows["dialogues"][0]["notes"] == "Annat" and rows["dialogues"][0]["year"] == "2025"


def test_what_is_taken_away_is_in_no_row():
    rows = rows_in(overlaid(TEXTS, said({"a1.removed": "yes"})), ABOUT)
    assert [row["number"] for row in rows["agreements"]] == ["3"] and rows["actions"] == []
    rows = rows_in(overlaid(TEXTS, said({"a1.x2.removed": "yes"})), ABOUT)
    assert len(rows["agreements"]) == 2 and rows["actions"] == []


def test_another_field_that_somebody_changed_is_no_conflict():
    now = TEXTS | {"participants": "Rektor, chef"}
    assert conflicts(now, said({"notes": "Mitt"})) == ()
    assert conflicts(TEXTS | {"notes": "Mitt"}, said({"notes": "Mitt"})) == ()


def test_the_same_field_changed_by_both_is_one():
    now = TEXTS | {"notes": "Deras"}
    assert conflicts(now, said({"notes": "Mitt"})) == (FieldConflict("notes", "Bra samtal", "Deras", "Mitt"),)


def test_typing_in_what_they_took_away_is_one_and_so_is_taking_away_what_they_changed():
    without = {name: text for name, text in TEXTS.items() if not name.startswith("a1.")}
    assert [c.field for c in conflicts(without, said({"a1.outcome": "Nått"}))] == ["a1.outcome"]
    taken = typed({"a1.removed": "yes"}, TEXTS, {"a1.removed": all_of(TEXTS, "a1")})
    assert conflicts(TEXTS, taken) == ()
    assert conflicts(without, taken) == ()
    assert [c.field for c in conflicts(TEXTS | {"a1.outcome": "Nått"}, taken)] == ["a1.removed"]


def test_they_emptied_the_field_and_what_it_belongs_to_is_there_still():
    (change,) = conflicts(TEXTS | {"a3.outcome": ""}, said({"a3.outcome": "Klart, och mer"}))
    assert (change.before, change.now, change.vanished) == ("Klart", "", False)


def test_another_that_has_got_the_number_is_another():
    now = {name: text for name, text in TEXTS.items() if not name.startswith("a3.")} | {
        "a3.criterion": "C3", "a3.outcome": "", "a1.x2.text": "Annat"
    }  # fmt: skip
    late = said({"a3.outcome": "Klart, och mer", "a1.x2.outcome": "Bra"})
    assert [(c.field, c.another) for c in conflicts(now, late)] == [("a3.outcome", True), ("a1.x2.outcome", True)]
    assert not any(c.vanished for c in conflicts(now, late))
    taken = typed({"a3.removed": "yes"}, TEXTS, {"a3.removed": all_of(TEXTS, "a3")})
    assert [c.field for c in conflicts(now, taken)] == ["a3.removed"] and overlaid(now, taken)["a3.criterion"] == "C3"


def test_what_is_typed_in_what_they_took_away_has_no_place():
    without = {name: text for name, text in TEXTS.items() if not name.startswith("a3.")}
    late = said({"a3.outcome": "Klart, och mer", "notes": "Annat"})
    assert overlaid(without, late) == without | {"notes": "Annat"}
    assert [c.vanished for c in conflicts(without, late)] == [True]


def test_a_new_goal_that_is_saved_already_is_known_again_and_no_other():
    mine = {"anq.criterion": "A1", "anq.to_level": "3", "anq.goal": "Alla planerar tillsammans",
            "anq.xn1.text": "Studiecirkel", "anq.outcome": ""}  # fmt: skip
    assert already_saved(TEXTS, said(mine)) == tuple(mine)
    for other in ({"anq.criterion": "C1"}, {"anq.goal": "Nytt"}, {"anq.xn1.text": "Annat"}, {"anq.xn2.text": "Till"}):
        assert already_saved(TEXTS, said(mine | other)) == ()
    assert already_saved(TEXTS, said({"anq.status": "agreed", "anq.to_level": "3"})) == (), "only just begun"


def test_what_is_new_conflicts_with_nothing():
    assert conflicts(TEXTS, said({"anq.goal": "Nytt"})) == ()
