"""A register's value as a person writes it in their language, so that reading it gives the value again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from analytics.model.funding import BudgetGoal
from analytics.registers import types
from analytics.registers.types import Type
from analytics.words.labels import label_of
from analytics.words.language import Words, true_minus

NO_BREAK = "\N{NO-BREAK SPACE}"


class ValueWriter:
    """Writes values. `goals` by number, `schools`: id -> a name that no other school has, `administrations` as well."""

    def __init__(
        self,
        say: Words,
        goals: Mapping[int, BudgetGoal],
        schools: Mapping[str, str],
        administrations: Mapping[str, str] = MappingProxyType({}),
    ):
        self._say, self._goals, self._schools, self._administrations = say, goals, schools, administrations

    def written(self, type_: Type, value: Any) -> str:
        """The value; '' where there is none."""
        match type_, value:
            case _, None | ():
                return ""
            case types.Amount(), Decimal():
                return self._decimal(value, 0 if value == value.to_integral_value() else 2)
            case types.Rate(), Decimal():
                return self._decimal(value, max(-int(value.normalize().as_tuple().exponent), 0))
            case types.Percent(), Decimal():
                return f"{self._share(value)} %"
            case types.Days(), tuple():
                return " | ".join(day.isoformat() for day in value)
            case types.Plan(), tuple():
                return "/".join(self._share(share * 100) for share in value)
            case types.Choices(), tuple():
                return " | ".join(label_of(member, self._say) for member in value)
            case types.BudgetGoalReference(), int():
                return self._goal(value)
            case types.Country(), str():
                return self._say.country(value)
            case types.Reference("administrations"), str():
                return self._administrations.get(value) or value
            case types.SchoolReference(), str():
                return self._schools.get(value, value)
            case types.GoalFigure(), float():
                return self._share(Decimal(repr(value)))
            case _, date():
                return value.isoformat()
            case _, StrEnum():
                return label_of(value, self._say)
        return str(value)

    def _decimal(self, value: Decimal, digits: int) -> str:
        """To the last digit, never by way of a float; with spaces between thousands in English too, as a comma there
        can be read in two ways."""
        whole, _, part = f"{abs(value):.{digits}f}".partition(".")
        text = self._say.integer(int(whole)).replace(",", NO_BREAK) + (self._point + part if part else "")
        return true_minus(f"-{text}") if value < 0 else text

    def _share(self, value: Decimal) -> str:
        return f"{value.normalize():f}".replace(".", self._point)

    @property
    def _point(self) -> str:
        return "," if self._say.language == "sv" else "."

    def _goal(self, number: int) -> str:
        goal = self._goals.get(number)
        if goal is None:
            return str(number)
        return f"{number}. {goal.title_sv if self._say.language == 'sv' else goal.title_en}"
