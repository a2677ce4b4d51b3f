"""Where a school's dialogue stands, and what is next in its year: the answer and the key figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.loads.dialogue_rows import RoundKey, entries_in
from analytics.model.dialogue import Progress
from analytics.model.frameworks import Framework
from pages.ui.content import Ask, KeyFigure
from pages.ui.phrases import upper_first


def answer(ask: Ask, about: RoundKey, saved: Mapping[str, str], today: date) -> str:
    """How far the dialogue has come, and what is agreed. A day after today is one that is planned."""
    say, agreements = ask.say, entries_in(saved)
    names = {"school": ask.catalogue.school(about[0]).name, "year": say.round(about[2])}
    held = _held(saved)
    if held and held > today:
        first = say("The {year} dialogue with {school} is planned for {day}.", day=say.day(held), **names)
    elif held:
        first = say("The {year} dialogue with {school} was held on {day}.", day=say.day(held), **names)
    elif saved:
        first = say("The {year} dialogue with {school} is being prepared.", **names)
    else:
        first = say("The {year} dialogue with {school} has not begun.", **names)
    if not agreements:
        nothing = say("Nothing has been agreed yet.")
        return f"{first} {nothing}"
    second = say.plural(
        "{n} goal is agreed, of which {open} is still open.",
        "{n} goals are agreed, of which {open} are still open.",
        len(agreements),
        open=say.integer(_open(saved)),
    )
    return f"{first} {second}"


def year_figures(
    ask: Ask, framework: Framework, about: RoundKey, saved: Mapping[str, str], today: date
) -> tuple[KeyFigure, ...]:
    """The dialogue's year in the order that it goes: the dialogue, goals set, how many are done, the follow-up."""
    say, calendar, goals = ask.say, framework.calendar, entries_in(saved)
    held, due = _held(saved), calendar.due(about[2])
    done = sum(saved[f"{name}.status"] == Progress.DONE.value for name in goals)
    figures = (
        KeyFigure(
            say("The dialogue"),
            say.day(held) if held else say("no day yet"),
            (say("planned") if held > today else say("held")) if held else say("write the day below"),
        ),
        KeyFigure(
            say("Goals are set"),
            upper_first(say.month(calendar.goals)),
            say.plural("{n} goal so far", "{n} goals so far", len(goals)),
        ),
        KeyFigure(
            say("Goals are followed up"),
            f"{upper_first(say.month(calendar.follow_up))} {calendar.follow_up_year(about[2])}",
            say("the month is over") if due < today else say("to come"),
        ),
    )
    if not goals:
        return figures
    of = say("{part} of {whole}", part=say.integer(done), whole=say.integer(len(goals)))
    return (*figures, KeyFigure(say("Goals done"), of, say("{n} still open", n=say.integer(_open(saved)))))


def _held(saved: Mapping[str, str]) -> date | None:
    return date.fromisoformat(saved["held"]) if saved.get("held") else None


def _open(saved: Mapping[str, str]) -> int:
    """How many goals are agreed on or under way."""
    return sum(Progress(saved[f"{name}.status"]).open for name in entries_in(saved))
