"""The city's ledger, as its system exports it: rows to hold against the register. Nothing of it is stored, and what is
none of its columns, as the text that may name people, is not even taken out of the table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from analytics.intake.amounts import amount, missing_amount
from analytics.intake.columns import SheetCheck
from analytics.intake.days import day
from analytics.intake.file_report import FileReport, report_of
from analytics.intake.headings import called
from analytics.intake.kinds import heading_problems
from analytics.intake.ledger_kind import LEDGER
from analytics.intake.limits import MOST_LISTED, check_rows
from analytics.intake.raw import Unreadable
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary
from analytics.intake.rows_between import without_sums
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem, Refused
from analytics.model.funding import Currency
from analytics.model.ledger import LedgerRow
from analytics.words.language import Words

SIGNS: dict[tuple[str, ...], tuple[int, ...]] = {
    ("amount",): (1,),
    ("amount_reversed",): (-1,),
    ("debit", "credit"): (1, -1),
}
"""In which columns amounts may stand, and with which sign each makes costs lie above 0."""


def read_ledger(table: TextTable, say: Words) -> tuple[tuple[LedgerRow, ...], FileReport]:
    """The rows, and what was made of the columns; raises Refused with everything that is off."""
    table = without_sums(table, lambda _: False, say)
    check = SheetCheck(table, LEDGER, CityVocabulary((), (), say), say)
    try:
        check_rows(len(table.rows), say, MOST_LISTED)
    except Unreadable as error:
        raise error.refused(table.file) from None
    columns = _amount_columns(check)
    if problems := [*heading_problems(table, LEDGER, say), *_headings_together(check, columns)]:
        raise Refused(problems)
    rows = _rows(check, columns)
    if check.problems:
        raise Refused(check.problems)
    return rows, report_of(check)


def _amount_columns(check: SheetCheck) -> dict[str, int]:
    """The columns that amounts stand in, each with its sign; none where they do not tell, or in two ways."""
    found = [dict(zip(names, signs, strict=True)) for names, signs in SIGNS.items() if any(map(check.has, names))]
    return {name: sign for name, sign in found[0].items() if check.has(name)} if len(found) == 1 else {}


def _headings_together(check: SheetCheck, amounts: dict[str, int]) -> list[Problem]:
    say, file = check.say, check.sheet.file
    listed = say("The headings are: {headings}.", headings=", ".join(check.sheet.headings))
    found = []
    if not amounts:
        text = say("It is not clear in which column the amounts are.")
        hint = say("One column of amounts (with costs above 0, or below), or debit and credit. {listed}", listed=listed)
        found.append(Problem(file, None, called(LEDGER, "amount", say), None, text, hint))
    if not (check.has("voucher") or check.has("ledger_code")):
        text = say("There is neither a voucher nor a project code to know the rows by.")
        found.append(Problem(file, None, called(LEDGER, "voucher", say), None, text, listed))
    return found


def _rows(check: SheetCheck, signs: dict[str, int]) -> tuple[LedgerRow, ...]:
    """The rows; those without day and voucher, as balances carried forward are, are left out and told."""
    say, numbers = check.say, check.sheet.rows.tolist()
    words = {name: check.texts(name).to_pylist() for name in ("date", "voucher", "series", "ledger_code", "account")}
    postings = [bool(on or voucher) for on, voucher in zip(words["date"], words["voucher"], strict=True)]
    days = check.resolve("date", partial(day, say=say, column=check.days("date")))
    parts = [
        (sign, check.resolve(name, partial(_amount, say)), check.texts(name).to_pylist())
        for name, sign in signs.items()
    ]
    left_out, found = [], []
    for at, number in enumerate(numbers):
        if not postings[at]:
            left_out.append(number)
            continue
        if not any(texts[at] for _, _, texts in parts):
            check.complain(at, next(iter(signs)), "", missing_amount(say))
        on: date | None = days.values[days.codes[at]] if days.codes[at] >= 0 else None
        if days.codes[at] >= 0 and on is None:
            check.complain(at, "date", "", WordProblem(say("The day is missing."), say("Write it like 2018-09-01.")))
        if on is None or any(column.codes[at] < 0 for _, column, _ in parts):
            continue
        sek = sum((sign * column.values[column.codes[at]] for sign, column, _ in parts), Decimal(0))
        voucher = f"{words['series'][at]} {words['voucher'][at]}".strip()
        found.append(LedgerRow(number, on, sek, words["ledger_code"][at], voucher, words["account"][at]))
    if left_out:
        text = say.plural(
            "Left out, as it has neither day nor voucher: row {rows}.",
            "Left out, as they have neither day nor voucher: rows {rows}.",
            len(left_out),
            rows=", ".join(map(str, left_out[:20])) + (" …" if len(left_out) > 20 else ""),
        )
        check.notes.append(text)
    return tuple(found)


def _amount(say: Words, word: str) -> Decimal | WordProblem:
    """An empty cell adds nothing: debit or credit has the other."""
    return amount(word, Currency.SEK, say, negative=True) if word else Decimal(0)
