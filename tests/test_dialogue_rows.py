"""A dialogue as fields of text: out of the register, over it, and back as rows."""

from datetime import date

from analytics.dialogue_rows import (
    Changed,
    actions_in,
    all_of,
    conflicts,
    entries_in,
    overlaid,
    rows_in,
    texts_of,
)
from analytics.model_dialogue import Action, Agreement, Dialogue, Dialogues, Progress, Responsible

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


def test_the_dialogue_alone_becomes_texts():
    assert TEXTS["held"] == "2025-02-03" and TEXTS["a1.to_level"] == "3" and TEXTS["a1.from_level"] == "2.61"
    assert TEXTS["a3.status"] == "done" and TEXTS["a1.x2.role"] == "principal"
    assert entries_in(TEXTS) == ["a1", "a3"]
    assert actions_in(TEXTS, "a1") == ["a1.x2"] and actions_in(TEXTS, "a3") == []
    assert texts_of(SAVED, ("alfa", "vebs-2022", 2024)) == {}


def test_new_things_get_the_numbers_that_follow():
    typed = {"anq.criterion": "C1", "anq.xn7.text": "Ny", "a1.xn8.text": "Till", "notes": "Annat"}
    rows = rows_in(overlaid(TEXTS, typed), ABOUT)
    assert [(row["number"], row["criterion"]) for row in rows["agreements"]] == [("1", "A1"), ("3", "B2"), ("4", "C1")]
    assert [(row["agreement"], row["number"], row["text"]) for row in rows["actions"]] == [
        ("1", "2", "Studiecirkel"),
        ("1", "3", "Till"),
        ("4", "1", "Ny"),
    ]
    assert rows["dialogues"][0]["notes"] == "Annat" and rows["dialogues"][0]["year"] == "2025"


def test_what_is_taken_away_is_in_no_row():
    rows = rows_in(overlaid(TEXTS, {"a1.removed": "yes"}), ABOUT)
    assert [row["number"] for row in rows["agreements"]] == ["3"] and rows["actions"] == []
    rows = rows_in(overlaid(TEXTS, {"a1.x2.removed": "yes"}), ABOUT)
    assert len(rows["agreements"]) == 2 and rows["actions"] == []


def test_another_field_that_somebody_changed_is_no_conflict():
    now = TEXTS | {"participants": "Rektor, chef"}
    assert conflicts({"notes": TEXTS["notes"]}, now, {"notes": "Mitt"}) == ()
    assert conflicts({"notes": TEXTS["notes"]}, TEXTS | {"notes": "Mitt"}, {"notes": "Mitt"}) == ()


def test_the_same_field_changed_by_both_is_one():
    now = TEXTS | {"notes": "Deras"}
    assert conflicts({"notes": "Bra samtal"}, now, {"notes": "Mitt"}) == (
        Changed("notes", "Bra samtal", "Deras", "Mitt"),
    )


def test_typing_in_what_they_took_away_is_one_and_so_is_taking_away_what_they_changed():
    without = {name: text for name, text in TEXTS.items() if not name.startswith("a1.")}
    assert [c.field for c in conflicts({"a1.outcome": ""}, without, {"a1.outcome": "Nått"})] == ["a1.outcome"]
    taken = {"a1.removed": "yes"}
    before = {"a1.removed": all_of(TEXTS, "a1")}
    assert conflicts(before, TEXTS, taken) == ()
    assert conflicts(before, without, taken) == ()
    assert [c.field for c in conflicts(before, TEXTS | {"a1.outcome": "Nått"}, taken)] == ["a1.removed"]


def test_what_is_new_conflicts_with_nothing():
    assert conflicts({"anq.goal": ""}, TEXTS, {"anq.goal": "Nytt"}) == ()
