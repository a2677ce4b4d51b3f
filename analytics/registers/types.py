"""What a field of a register may hold, and what that is in the model and in the store.

A type reads nothing and writes nothing: what words stand for a value is intake's, how it is edited the pages', how it
is written the documents'. Each asks the type.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from analytics.model.funding import Currency
from analytics.model.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Type:
    """What a field holds."""


@dataclass(frozen=True, slots=True)
class Text(Type):
    """A text; `long`: it may take sentences."""

    long: bool = False


@dataclass(frozen=True, slots=True)
class Identifier(Type):
    """An id that whoever keeps the register gives: letters, digits and hyphens, the same every year."""


@dataclass(frozen=True, slots=True)
class Reference(Type):
    """The id of a row of another kind of the registers."""

    kind: str


@dataclass(frozen=True, slots=True)
class SchoolReference(Type):
    """A school, by id, code, name or alias in files; its id in the model."""


@dataclass(frozen=True, slots=True)
class FrameworkReference(Type):
    """A framework, by its id."""


@dataclass(frozen=True, slots=True)
class Country(Type):
    """A country: ISO 3166 alpha-2."""


@dataclass(frozen=True, slots=True)
class Choice(Type):
    """One member of a vocabulary."""

    of: type[StrEnum]


@dataclass(frozen=True, slots=True)
class Choices(Type):
    """Several members of a vocabulary."""

    of: type[StrEnum]


@dataclass(frozen=True, slots=True)
class Origin(Type):
    """Where a row comes from. No file has it."""


@dataclass(frozen=True, slots=True)
class Day(Type):
    """A day; `past`: one that has come."""

    past: bool = False


@dataclass(frozen=True, slots=True)
class Days(Type):
    """Several days, the earliest first."""


@dataclass(frozen=True, slots=True)
class Percent(Type):
    """A part of a whole in per cent, 0-100, with two decimals."""


@dataclass(frozen=True, slots=True)
class Whole(Type):
    """A whole number, `least` to `most`."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Count(Whole):
    """A number of people."""

    least: int = 0
    most: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Year(Whole):
    """A year that reports are of: Sweden has been in the Union since 1995."""

    least: int = 1995
    most: int = 2100


@dataclass(frozen=True, slots=True)
class BudgetGoalReference(Type):
    """One of the city's budget goals, by number or name in files; its number in the model."""


@dataclass(frozen=True, slots=True)
class Amount(Type):
    """An amount of money with two decimals. `currency`: the one that all are in; None: the row's own, which stands in
    its field `stated`. `negative`: it may lie below 0."""

    currency: Currency | None = None
    stated: str = ""
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Rate(Type):
    """What one euro costs in kronor."""


@dataclass(frozen=True, slots=True)
class Plan(Type):
    """How a grant is paid: 80/20 in files, shares in the model."""


@dataclass(frozen=True, slots=True)
class OfFramework(Type):
    """Something that only the row's framework explains."""


@dataclass(frozen=True, slots=True)
class RoundYear(OfFramework):
    """The year of a round: one in which the framework is in force."""


@dataclass(frozen=True, slots=True)
class CriterionReference(OfFramework):
    """A criterion, by id or title in files; its id in the model."""


@dataclass(frozen=True, slots=True)
class AreaReference(OfFramework):
    """An area, by id or title in files; its id in the model."""


@dataclass(frozen=True, slots=True)
class Level(OfFramework):
    """A level of the framework's scale."""


@dataclass(frozen=True, slots=True)
class GoalFigure(OfFramework):
    """A figure in the unit of the framework's goal: a level, with decimals, or a share 0-1."""


def value_of(type_: Type) -> Any:
    """What the model has where something is stated: `date`, `tuple[Sector, ...]`."""
    match type_:
        case Choice(of):
            return of
        case Choices(of):
            return tuple[of, ...]  # ty: ignore[invalid-type-form]
        case Origin():
            return Provenance
        case Day():
            return date
        case Days():
            return tuple[date, ...]
        case Whole() | BudgetGoalReference() | RoundYear() | Level():
            return int
        case Amount() | Rate() | Percent():
            return Decimal
        case Plan():
            return tuple[Decimal, ...]
        case GoalFigure():
            return float
    return str


def sql_of(type_: Type) -> str:
    """The column's type in the store."""
    match type_:
        case Choices():
            return "varchar[]"
        case Day():
            return "date"
        case Days():
            return "date[]"
        case Percent():
            return "decimal(5, 2)"
        case BudgetGoalReference() | Level():
            return "utinyint"
        case RoundYear():
            return "smallint"
        case Whole(most=most):
            return "utinyint" if most < 2**8 else "smallint" if most < 2**15 else "integer"
        case Amount():
            return "decimal(14, 2)"
        case Rate():
            return "decimal(12, 6)"
        case Plan():
            return "decimal(5, 4)[]"
        case GoalFigure():
            return "double"
    return "varchar"
