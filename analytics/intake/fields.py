"""What the words of a register's field stand for, by the field's type. One reader for all: files, and what is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from analytics.intake.amounts import amount, percent, plan, rate
from analytics.intake.countries import country
from analytics.intake.days import NO_COLUMN, DayColumn, day, report_year
from analytics.intake.known_rows import KnownRows
from analytics.intake.numbers import count, whole_between
from analytics.intake.of_framework import area, found_level, goal_figure
from analytics.intake.references import budget_goal, identifier, reference
from analytics.intake.register import CityVocabulary
from analytics.intake.vocabulary import must_be, one_of, several_of
from analytics.intake.word_problem import WordProblem
from analytics.model.funding import MoneyKind
from analytics.registers import types
from analytics.registers.field import Field, RowKind
from analytics.registers.unsaid_kind import SETTING, unsaid_kind
from analytics.words.language import Words

Explain = Callable[[Any, str], Any]
"""What a word stands for, or the Trouble with it; first the value that it is read in the light of (Field.within)."""


class FieldReader:
    """Explains the fields of the registers' rows, in the light of the city's frameworks and schools and of the rows
    that are known."""

    def __init__(self, register: CityVocabulary, known: KnownRows, say: Words):
        self._register, self._known, self._say = register, known, say

    def explaining(self, kind: RowKind, field: Field, days: DayColumn = NO_COLUMN) -> Explain:
        """What explains the field's words. What is required must be there; elsewhere nothing stands for the default.
        `days`: what the column tells of its days."""
        stated = self._stated(kind, field, days)
        if field.required:
            return stated
        if field.type == types.Choice(MoneyKind):
            unsaid = unsaid_kind() or self._no_kind()
            return lambda parent, word: stated(parent, word) if word.strip() else unsaid
        return lambda parent, word: stated(parent, word) if word.strip() else field.default

    def _stated(self, kind: RowKind, field: Field, days: DayColumn) -> Explain:
        """What explains a word that must be there."""
        say, register, known = self._say, self._register, self._known
        match field.type:
            case types.Text():
                return lambda _, word: word or self._empty()
            case types.Identifier():
                return lambda _, word: identifier(word, kind.name, say)
            case types.Reference(to):
                titles, unsure = known.titles(to), to in known.unsure
                return lambda _, word: word if word and unsure else reference(word, to, titles, say)
            case types.SchoolReference():
                return lambda _, word: register.school(word)
            case types.FrameworkReference():
                return lambda _, word: register.framework(word)
            case types.BudgetGoalReference():
                return lambda _, word: budget_goal(word, known, say)
            case types.Country():
                return lambda _, word: country(word, say)
            case types.Choice(of):
                return lambda _, word: one_of(of, word, say) or WordProblem(self._empty().problem, must_be(of, say))
            case types.Choices(of):
                return lambda _, word: several_of(of, word, say)
            case types.Day(past):
                return lambda _, word: self._day(word, past, days)
            case types.Days():
                return lambda _, word: self._days(word, days)
            case types.Percent():
                return lambda _, word: percent(word, say)
            case types.Year() as years:
                return lambda _, word: report_year(word, say, years)
            case types.Count():
                return lambda _, word: count(word, say, blank=self._empty())
            case types.Whole(least, most):
                return lambda _, word: whole_between(word, least, most, say)
            case types.Amount(currency, negative=negative):
                return lambda said, word: amount(word, currency or said, say, negative=negative)
            case types.Rate():
                return lambda _, word: rate(word, say)
            case types.Plan():
                return lambda _, word: plan(word, say)
            case types.RoundYear():
                return register.year
            case types.CriterionReference():
                return register.criterion
            case types.AreaReference():
                return lambda id_, word: area(register.frameworks[id_], word, say)
            case types.GoalFigure():
                return lambda id_, word: goal_figure(register.frameworks[id_], word, say)
            case types.Level():
                return lambda id_, word: found_level(register, id_, word, say)
        raise TypeError(field.type)

    def _empty(self) -> WordProblem:
        say = self._say
        return WordProblem(say("The cell is empty."), say("Fill it in: every row has one."))

    def _no_kind(self) -> WordProblem:
        say = self._say
        hint = say("Set it to one of {words}, or write the kind in each row.", words=", ".join(MoneyKind))
        return WordProblem(say("The setting {name} is none of the kinds.", name=SETTING), hint)

    def _days(self, words: str, days: DayColumn) -> tuple[date, ...] | WordProblem:
        """Several days, with | or ; between."""
        found = [self._day(word.strip(), False, days) for word in re.split(r"[|;]", words) if word.strip()]
        wrong = next((one for one in found if isinstance(one, WordProblem)), None)
        return wrong or tuple(sorted({one for one in found if isinstance(one, date)}))

    def _day(self, word: str, past: bool, days: DayColumn) -> date | WordProblem:
        say = self._say
        found = day(word, say, column=days) or WordProblem(say("The day is missing."), say("Write it like 2018-09-01."))
        if past and isinstance(found, date) and found > date.today():
            return WordProblem(say("The day is in the future."), say("Check the year, the month and the day."))
        return found
