"""What is kept to be shown again: the latest of it, up to so many bytes, whether that is a city's or a nation's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

import plotly.graph_objects as go
from markupsafe import Markup

from analytics.model.frameworks import Framework
from analytics.model.schools import School

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

SHARED = (Framework, School)
"""What a version's catalogue holds anyway."""
PLAIN = frozenset({str, int, float, bool, bytes, type(None), Markup})
FIGURE = go.Figure  # Plotly looks for its classes anew, each time that one of them is asked for
SAMPLE = 32  # of the items of a long row, which are alike


class Weighed(Generic[Key, Value]):
    """Values by key, of which those that nobody has asked for the longest are let go when they weigh more than `most`
    bytes together; the latest stays whatever it weighs. Threads may share it."""

    def __init__(self, most: int, weigh: Callable[[Value], int]):
        self.most, self.weight, self.made = most, 0, 0
        self._weigh = weigh
        self._kept: dict[Key, tuple[Value, int]] = {}  # the one asked for last stands last
        self._lock = Lock()

    def find(self, key: Key) -> tuple[Value] | None:
        """The value (in a tuple, as it may be None), which is now the latest; None where it is not kept."""
        with self._lock:
            found = self._kept.pop(key, None)
            if found is None:
                return None
            self._kept[key] = found
            return (found[0],)

    def of(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value, made where it is not kept; `made` counts how often."""
        found = self.find(key)
        if found is None:
            found = (make(),)
            self.keep(key, found[0])
            self.made += 1
        return found[0]

    def keep(self, key: Key, value: Value) -> list[Value]:
        """Keeps it as the latest; returns what was let go."""
        weight, gone = self._weigh(value), []
        with self._lock:
            self._take(key)
            self._kept[key] = (value, weight)
            self.weight += weight
            while self.weight > self.most and len(self._kept) > 1:
                gone.append(self._take(next(iter(self._kept))))
        return gone

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.weight = 0

    def __len__(self) -> int:
        return len(self._kept)

    def _take(self, key: Key) -> Any:
        value, weight = self._kept.pop(key, (None, 0))
        self.weight -= weight
        return value


def weigh(value: Any) -> int:
    """About how many bytes a value takes: of long rows a sample is looked at. What is not known counts as it says of
    itself, without what it holds."""
    kind = type(value)
    if kind in PLAIN:  # nearly all that a page holds, so this is asked before all else
        return sys.getsizeof(value)
    if issubclass(kind, dict):
        return sys.getsizeof(value) + _of_all(value) + _of_all(value.values())
    if issubclass(kind, tuple | list | set | frozenset):
        return sys.getsizeof(value) + _of_all(value)
    if issubclass(kind, FIGURE):
        return weigh(value.to_dict())
    if issubclass(kind, (*SHARED, type)):
        return 0
    if is_dataclass(kind):
        return 64 + sum(weigh(getattr(value, field.name)) for field in fields(kind))
    return sys.getsizeof(value)


def _of_all(items: Iterable[Any]) -> int:
    items = list(items)
    looked_at = items[:: max(1, -(-len(items) // SAMPLE))]
    return sum(map(weigh, looked_at)) * len(items) // len(looked_at) if items else 0
