"""What shows only when a register's row is seen as a whole."""

from __future__ import annotations

from collections.abc import Callable

from analytics.intake.columns import SheetCheck
from analytics.intake.known_rows import KnownRows
from analytics.intake.parsed import ParsedRow, key_of
from analytics.intake.payment_amounts import reckoned_otherwise
from analytics.model.dialogue import Action, Activity, Agreement, Label
from analytics.model.funding import Budget, BudgetGoal, Currency, Payment, Project, Scope
from analytics.registers.shared import ROUND
from analytics.words.labels import label_of


def check_row(check: SheetCheck, one: ParsedRow, known: KnownRows) -> None:
    """Notes what is wrong with a row whose words could all be read."""
    if type(one.row) in CHECKS:
        CHECKS[type(one.row)](check, one, known)


def _project(check: SheetCheck, one: ParsedRow, _: KnownRows) -> None:
    say, row = check.say, one.row
    if row.end < row.start:
        text = say("The project ends before it starts.")
        one.complain(check, "end", row.end.isoformat(), text, say("Check both days."))


def _payment(check: SheetCheck, one: ParsedRow, _: KnownRows) -> None:
    say, row = check.say, one.row
    if row.amount_sek is None:
        text = say("What the euros were in SEK is not given.")
        one.complain(check, "rate", "", text, say("Write the amount in SEK, or the rate and whose it is."))
        return
    if row.currency is Currency.SEK and row.rate is not None:
        hint = say("The rate belongs to an amount in EUR: choose that currency, or take the rate away.")
        one.complain(check, "rate", str(row.rate), say("An amount in SEK has no exchange rate."), hint)
    made = reckoned_otherwise(row)
    if made is not None:
        text = say("The amount in its own currency makes {made} SEK.", made=say.number(made))
        hint = say("Correct one of them, or leave the amount in SEK empty: then it is calculated.")
        one.complain(check, "amount_sek", f"{row.amount_sek:f}", text, hint)
    if row.amount_sek < 0 and not row.note:
        text = say("A repayment or correction needs a note that says what it corrects.")
        hint = say("Write it in the row's note: which payment it is about, and why.")
        one.complain(check, "note", "", text, hint)


def _budget_goal(check: SheetCheck, one: ParsedRow, _: KnownRows) -> None:
    say, row = check.say, one.row
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        text = say("The goal ends before it begins.")
        one.complain(check, "valid_to", str(row.valid_to), text, say("Check both years."))


def _budget(check: SheetCheck, one: ParsedRow, _: KnownRows) -> None:
    say, row = check.say, one.row
    if row.currency is Currency.SEK and row.rate is not None:
        hint = say("The rate belongs to the row in EUR.")
        one.complain(check, "rate", str(row.rate), say("A budget in SEK has no exchange rate."), hint)
    if (row.scope is Scope.UNIT) != (row.unit is not None):
        text = say("A unit's share names the unit, and nothing else does.")
        others = label_of(Scope.WHOLE, say), label_of(Scope.OWN, say)
        hint = say("Fill in the unit, or choose {whole} or {own}.", whole=others[0], own=others[1])
        one.complain(check, "unit", row.unit or "", text, hint)


def _activity(check: SheetCheck, one: ParsedRow, _: KnownRows) -> None:
    say, row = check.say, one.row
    if row.start and row.end and row.end < row.start:
        text = say("The activity ends before it starts.")
        one.complain(check, "end", row.end.isoformat(), text, say("Check both days."))


def _agreement(check: SheetCheck, one: ParsedRow, _: KnownRows) -> None:
    say, row = check.say, one.row
    if row.from_level is not None and row.to_level <= row.from_level:
        hint = say("A goal lies above where the school stands; leave the starting level empty if it is not known.")
        one.complain(check, "to_level", f"{row.to_level:g}", say("The goal is no higher than where it starts."), hint)


def _action(check: SheetCheck, one: ParsedRow, known: KnownRows) -> None:
    say, row, agreements = check.say, one.row, known.keys("agreements")
    about = key_of(row, ROUND)
    if (*about, row.agreement) in agreements or "agreements" in known.unsure:
        return
    numbers = sorted(number for *of, number in agreements if tuple(of) == about)
    hint = (
        say("The round's agreements are: {numbers}.", numbers=", ".join(map(str, numbers)))
        if numbers
        else say("Load the round's agreements first, or in the same call.")
    )
    one.complain(check, "agreement", str(row.agreement), say("The round has no such agreement."), hint)


def _label(check: SheetCheck, one: ParsedRow, _: KnownRows) -> None:
    say, row = check.say, one.row
    if row.until and row.until < row.day:
        text = say("The label runs out before it is given.")
        one.complain(check, "until", row.until.isoformat(), text, say("Check both days."))


CHECKS: dict[type, Callable[[SheetCheck, ParsedRow, KnownRows], None]] = {
    Project: _project,
    Budget: _budget,
    BudgetGoal: _budget_goal,
    Payment: _payment,
    Activity: _activity,
    Agreement: _agreement,
    Action: _action,
    Label: _label,
}
