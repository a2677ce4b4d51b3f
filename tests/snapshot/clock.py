"""A day that stands still, so that what is late or valid today is so tomorrow."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pkgutil import walk_packages

DAY = date(2026, 11, 16)


class _Dates(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, date)


class Standing(date, metaclass=_Dates):
    """`date` as modules know it, but for today. What it makes are dates: none of them is of this class."""

    def __new__(cls, *parts: int, **named: int) -> date:
        return date(*parts, **named)

    @classmethod
    def today(cls) -> date:
        return DAY


def stand_still(packages: Sequence[str]) -> None:
    """Today is DAY in every module of the packages, those included that nobody has imported yet."""
    for package in packages:
        path = getattr(import_module(package), "__path__", ())
        for found in walk_packages(path, f"{package}."):
            if not found.name.endswith(".__main__"):
                import_module(found.name)
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in packages and vars(module).get("date") is date:
            module.date = Standing
