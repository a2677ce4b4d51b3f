"""What a typed text stands as once it is saved: the same as what intake reads and the store then gives back."""

from __future__ import annotations

import pytest

from analytics.loads.as_saved import TYPES, as_saved, in_language
from analytics.loads.dialogue_rows import already_saved, conflicts
from analytics.registers.kinds import REGISTERS
from analytics.store.drafts import Typed

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("column", "typed", "saved"),
    [
        ("due", "25 september 2018", "2018-09-25"),
        ("held", " 20180925 ", "2018-09-25"),
        ("date", "25.9.2018", "2018-09-25"),
        ("followed_up", "2018-09-25", "2018-09-25"),
        ("due", "01/09/2018", "01/09/2018"),  # 1 September or 9 January
        ("due", "snart", "snart"),
        ("due", "", ""),
        ("to_level", "3,5", "3.5"),
        ("from_level", "3,0", "3"),
        ("to_level", "50 %", "50 %"),  # of what framework is not told
        ("amount_sek", f"71{NBSP}947,75 kr", "71947.75"),
        ("amount_sek", "-12500", "-12500"),
        ("amount", "5 EUR", "5"),
        ("amount_sek", "6.068,50", "6.068,50"),
        ("rate", "10,3520", "10.352"),
        ("goal", "3,5", "3,5"),
        ("nonsense", "3,5", "3,5"),
    ],
)
def test_a_text_stands_as_what_it_is_read_as(column, typed, saved):
    assert as_saved(column, typed) == saved


def test_a_column_is_of_one_type_wherever_it_stands():
    for kind in REGISTERS:
        for field in kind.columns:
            if field.name in TYPES:
                assert type(field.type) is type(TYPES[field.name])


@pytest.mark.parametrize(("column", "text"), [("to_level", "3.25"), ("from_level", "2"), ("due", "2018-09-25")])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_written_in_a_language_stands_as_it_was_saved(column, text, language):
    assert as_saved(column, in_language(column, text, language)) == text


def test_two_who_write_the_same_in_their_own_ways_do_not_meet():
    began = {"a1.criterion": "A1", "a1.due": "2026-01-31", "a1.to_level": "3"}
    within = '[["A1"]]'
    mine = {"a1.due": Typed("2026-01-31", "1 feb 2026", within), "a1.to_level": Typed("3", "3,5", within)}
    assert conflicts(began | {"a1.due": "2026-02-01", "a1.to_level": "3.5"}, mine) == ()
    assert [c.field for c in conflicts(began | {"a1.due": "2026-02-02"}, mine)] == ["a1.due"]
    payment = {"payments.r1-2.amount_sek": Typed("5", "71 947,75 kr")}
    assert conflicts({"payments.r1-2.amount_sek": "71947.75"}, payment) == ()


def test_a_new_goal_that_both_hold_is_known_again_however_its_day_is_written():
    saved = {"a1.criterion": "A1", "a1.to_level": "3.5", "a1.due": "2026-01-31"}
    typed = {
        "an1.criterion": Typed("", "A1"),
        "an1.to_level": Typed("", "3,5"),
        "an1.due": Typed("", "31 januari 2026"),
    }
    assert already_saved(saved, typed) == tuple(typed)
    assert already_saved(saved, typed | {"an1.due": Typed("", "30 januari 2026")}) == ()
