"""A value that may be missing by its type and is there by what stands around it."""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")


def present(value: Value | None) -> Value:
    """A shown cell has its mean, a row that is drawn its ends: where such a value is missing all the same, the fault is
    ours and is found here."""
    if value is None:
        raise AssertionError("a value that must be there is missing")
    return value
