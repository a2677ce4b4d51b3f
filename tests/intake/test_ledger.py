"""The city's ledger as a file: in which columns amounts may stand, what is no posting, and that no text is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics.intake.by_hand import ByHand
from analytics.intake.kinds import tell_kind
from analytics.intake.ledger import read_ledger
from analytics.intake.parsing import parsed
from analytics.intake.raw import LeftFile
from analytics.intake.readers import TextTable, checked_table
from analytics.intake.register import CityVocabulary
from analytics.model.errors import Refused
from analytics.model.ledger import LedgerRow
from analytics.words.language import words

EN = words("en")
HEAD = "datum;serie;vernr;konto;projektkod;text"
ROW = "2025-03-04;A;17;7410;4711;Anna Ek 19800101-1234"
READ = LedgerRow(1, date(2025, 3, 4), Decimal("1000.50"), "4711", "A 17", "7410")


def table(*lines: str) -> TextTable:
    return checked_table(LeftFile("l.csv", b""), parsed(".csv", "\n".join(lines).encode(), None, EN), "", EN)


def refused(*lines: str) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(Refused) as error:
        read_ledger(table(*lines), EN)
    return [(one.row, one.column, one.problem) for one in error.value.problems]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("belopp", "1 000,50"),
        ("omvänt_belopp", "-1000,50"),
        ("debet;kredit", "1000,50;"),
        ("debet;kredit", "1200;199,5"),
    ],
)
def test_a_cost_lies_above_zero_in_whatever_column_it_stands(heading, cell):
    rows, report = read_ledger(table(f"{HEAD};{heading}", f"{ROW};{cell}"), EN)
    assert rows == (READ,)
    assert [heading for heading, _ in report.dropped] == ["text"] and "personal numbers" in report.dropped[0][1]
    assert "Anna" not in repr((rows, report))


@pytest.mark.parametrize("heading", ["Bokf.datum", "Bokf. datum", "BOKFDATUM", "Ver.datum", "Verifikationsdatum"])
def test_a_day_is_known_by_what_ledgers_call_it(heading):
    lines = [HEAD.replace("datum", heading, 1) + ";belopp", ROW + ";1000,50"]
    found, _ = read_ledger(table(*lines), EN)
    assert found == (READ,)


def test_balances_and_sums_are_no_postings_and_told():
    rows, report = read_ledger(
        table(f"{HEAD};belopp", ";;;1930;;Ingående balans;5", f"{ROW};1000,50", f"{ROW};2,00", ";;;;;Summa;1007,50"), EN
    )
    assert [row.row for row in rows] == [2, 3] and [row.amount for row in rows] == [Decimal("1000.50"), 2]
    assert any("row 1" in note for note in report.notes) and any("Summa" in note for note in report.notes)


def test_every_cell_that_is_off_is_told_at_once_and_nothing_is_read():
    told = refused(f"{HEAD};belopp", f"{ROW};12.345", "04/03/2025;A;18;7410;4711;;7", ";A;19;7410;4711;;7", f"{ROW};")
    assert [(row, column) for row, column, _ in told] == [(2, "datum"), (1, "belopp"), (3, "datum"), (4, "belopp")]


@pytest.mark.parametrize("heads", [HEAD, f"{HEAD};belopp;debet", "datum;belopp", "vernr;belopp", f"{HEAD};belopp;ver"])
def test_headings_that_do_not_tell_are_refused(heads):
    assert refused(heads, ";".join("1" * (heads.count(";") + 1)))


def test_columns_can_be_said_by_hand_and_the_file_is_never_loaded():
    left = table("A;B;C;D", "2025-03-04;V1;P1;-7,25")
    by_hand = ByHand("ledger", {"A": "date", "B": "voucher", "C": "ledger_code", "D": "amount_reversed"})
    said = replace(left, by_hand=by_hand)
    assert read_ledger(said, EN)[0] == (LedgerRow(1, date(2025, 3, 4), Decimal("7.25"), "P1", "V1"),)
    with pytest.raises(Refused) as error:
        tell_kind(said, CityVocabulary((), (), EN), EN, None, None)
    assert "ledger" in error.value.problems[0].problem
