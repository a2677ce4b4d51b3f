"""Publishing what changed between two rounds, school by school and over the city, and what it would have taken.

Rounds are anonymous, so a school's answers are compared as two samples (Welch). The city's schools can be told
apart, so theirs are paired: the same schools both times, each once. A round is held against the one before it and
against the first of its framework; across a change of framework only criteria in the same words are compared. Areas and
the whole are compared on the criteria that are shown both times. The whole is judged first, then areas, then criteria.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.claims import (
    Claims,
    clear_in_list,
    from_the_whole_down,
    members,
    numbered,
    welch,
)
from analytics.maturity.publish.rows import put_in
from analytics.maturity.publish.school_breaks import Breaks, parted
from analytics.maturity.publish.shown import Figures, RoundKey, ShownMean, Thing, comparable, made_of
from analytics.model.frameworks import WHOLE, Change, Framework

ROUNDING = 1e-9
"""Levels: schools whose moves differ by no more have moved alike, but for rounding."""


KEYS = ("framework", "year", "area", "criterion", "before_framework", "before_year", "before_criterion")
ASKED = "select school_id, framework, year, area, criterion from cell order by all"


class FigurePair(NamedTuple):
    """Two figures of a school to compare; `keys` are KEYS. Pairs of one family are controlled together, from the whole
    (step 0) down. `on`: the criteria that it is compared on, and those of either round that it is not."""

    now: ShownMean
    before: ShownMean
    keys: tuple
    family: tuple
    step: int
    on: tuple[frozenset[Thing], frozenset[Thing]]


def publish_changes(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Sequence[Framework],
    figures: dict[str, Figures],
    breaks: Breaks,
) -> None:
    """Writes school_change and city_change from what is shown; nothing of a school over one of its `breaks`."""
    by_id = {framework.id: framework for framework in frameworks}
    words = {framework.id: _same_words(framework, by_id.get(framework.previous or "")) for framework in frameworks}
    there: dict[str, dict[RoundKey, set[Thing]]] = defaultdict(lambda: defaultdict(set))
    for school_id, framework, year, *thing in connection.execute(ASKED).fetchall():
        there[school_id][framework, year].add(tuple(thing))
    older = {framework.id: framework.previous for framework in frameworks}

    made: dict[tuple[str, RoundKey, RoundKey], list[FigurePair]] = {}  # once, for the school and for the city

    def pairs(school_id: str, now: RoundKey, before: RoundKey) -> list[FigurePair]:
        if parted(breaks, school_id, before[1], now[1]):
            return []
        key = (school_id, now, before)
        if key not in made:
            made[key] = _pairs(figures[school_id], there[school_id], now, before, words, school_id)
        return made[key]

    of_schools, of_city = [], []
    for school_id in sorted(there):
        parts = defaultdict(set)
        for round_ in there[school_id]:
            parts[sum(first <= round_[1] for first in breaks.get(school_id, ()))].add(round_)
        for now, before in (pair for part in parts.values() for pair in _compared(part, older)):
            of_schools += pairs(school_id, now, before)
    for now, before in _compared(set().union(*there.values()), older):
        for school_id in sorted(there):
            of_city += pairs(school_id, now, before)
    _write_schools(connection, of_schools)
    _write_city(connection, of_city)


def _same_words(framework: Framework, former: Framework | None) -> dict[str, str]:
    """The framework's criteria that the one before asked in the same words, on one scale -> the criterion there."""
    if former is None or former.levels != framework.levels:
        return {}
    return {c.id: c.previous for c in framework.criteria if c.change is Change.IDENTICAL and c.previous}


def _compared(rounds: Iterable[RoundKey], older: dict[str, str | None]) -> list[tuple[RoundKey, RoundKey]]:
    """Each round with the one before it, in its framework or the one it replaced, and with its framework's first."""
    by_year = sorted(rounds, key=lambda found: (found[1], found[0]))
    pairs = []
    for framework, year in by_year:
        own = [found for found in by_year if found[0] == framework and found[1] < year]
        former = [found for found in by_year if found[0] == older[framework] and found[1] < year]
        befores = {own[-1], own[0]} if own else set(former[-1:])
        pairs += [((framework, year), before) for before in sorted(befores)]
    return pairs


def _pairs(
    figures: Figures, asked: dict[RoundKey, set[Thing]], now: RoundKey, before: RoundKey, words: dict, whose: str
) -> list[FigurePair]:
    """A school's figures that can be compared between the rounds, with what it was asked in them; areas within a
    framework alone. `whose` claims they are."""
    family = (whose, now, before)
    if now[0] != before[0]:
        there = {thing[1]: thing for thing in figures.get(before, {}) if thing[1]}
        former = {thing: words[now[0]].get(thing[1]) for thing in figures.get(now, {}) if thing[1]}
        return [
            _pair(figures[now][thing], figures[before][there[criterion]], (*now, *thing, *before, criterion), family)
            for thing, criterion in former.items()
            if criterion in there
        ]
    found = comparable(figures, before, now)
    on = _compared_on(tuple(found), frozenset(asked.get(now, set()) | asked.get(before, set())))
    return [
        _pair(here, then, (*now, *thing, *before, thing[1]), family, None if thing[1] else on[thing[0]])
        for thing, (here, then) in found.items()
    ]


def _pair(
    now: ShownMean,
    before: ShownMean,
    keys: tuple,
    family: tuple,
    on: tuple[frozenset[Thing], frozenset[Thing]] | None = None,
) -> FigurePair:
    area, criterion = keys[2:4]
    step = 2 if criterion else 0 if area == WHOLE else 1
    return FigurePair(now, before, keys, family, step, on or _on_itself((area, criterion)))


@lru_cache(maxsize=1024)
def _on_itself(thing: Thing) -> tuple[frozenset[Thing], frozenset[Thing]]:
    return frozenset({thing}), frozenset()


@lru_cache(maxsize=1024)  # nearly all schools are compared on the same
def _compared_on(
    found: tuple[Thing, ...], either: frozenset[Thing]
) -> dict[str, tuple[frozenset[Thing], frozenset[Thing]]]:
    """Of each area: the criteria that are compared, and the others that either round asked."""
    asked = made_of(either)
    return {
        area: (frozenset(both), frozenset(asked.get(area, ())) - frozenset(both))
        for area, both in made_of(found).items()
    }


def _columns(pairs: Sequence[FigurePair]) -> tuple[np.ndarray, ...]:
    """Of each pair: mean, sd and n, now and before."""
    made = np.array([(*pair.now[:3], *pair.before[:3]) for pair in pairs], dtype=float).reshape(-1, 6)
    return tuple(made.T)


def _write_schools(connection: duckdb.DuckDBPyConnection, pairs: list[FigurePair]) -> None:
    mean, sd, n, before_mean, before_sd, before_n = _columns(pairs)
    error, freedom = welch(sd, n, before_sd, before_n)
    found = _judged(mean - before_mean, error, freedom, pairs)
    told = {
        "school_id": [pair.family[0] for pair in pairs],
        "before_mean": before_mean,
        "mean": mean,
        "before_n": [pair.before.counted for pair in pairs],
        "n": [pair.now.counted for pair in pairs],
        "compared": [len(pair.on[0]) for pair in pairs],
        "left_out": [len(pair.on[1]) for pair in pairs],
        "clear_in_city": clear_in_list(
            mean - before_mean, error, freedom, found.clear, numbered([pair.keys for pair in pairs])
        ),
    }
    _insert(connection, "school_change", [pair.keys for pair in pairs], told, mean - before_mean, found)


def _write_city(connection: duckdb.DuckDBPyConnection, pairs: list[FigurePair]) -> None:
    mean, _, _, before_mean, _, _ = _columns(pairs)
    difference = mean - before_mean
    things = members(numbered([pair.keys for pair in pairs]))
    first = [pairs[these[0]] for these in things]
    first = [pair._replace(family=("", *pair.family[1:])) for pair in first]
    schools = np.array([len(these) for these in things])
    moved = np.array([difference[these].mean() for these in things])
    spread = np.array([difference[these].std(ddof=1) if len(these) > 1 else np.nan for these in things])
    error = np.where(spread < ROUNDING, 0.0, spread / np.sqrt(schools))
    found = _judged(moved, error, np.maximum(schools - 1.0, 1.0), first)
    on = [frozenset().union(*(pairs[i].on[0] for i in these)) for these in things]
    asked = [frozenset().union(*(pairs[i].on[1] for i in these)) for these in things]
    told = {
        "schools": schools,
        "compared": [len(both) for both in on],
        "left_out": [len(others - both) for others, both in zip(asked, on, strict=True)],
        "before_mean": [before_mean[these].mean() for these in things],
        "mean": [mean[these].mean() for these in things],
    }
    _insert(connection, "city_change", [pair.keys for pair in first], told, moved, found)


def _judged(difference: np.ndarray, error: np.ndarray, freedom: np.ndarray, pairs: Sequence[FigurePair]) -> Claims:
    """Which differences are clear, a school's (the city's) together."""
    step = np.array([pair.step for pair in pairs], dtype=np.int64)
    return from_the_whole_down(difference, error, freedom, numbered([pair.family for pair in pairs]), step)


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    keys: list[tuple],
    told: dict,
    difference: np.ndarray,
    found: Claims,
) -> None:
    if not keys:
        return
    needed = pa.array(found.needed, pa.float64(), mask=np.isnan(found.needed))
    columns = dict(zip(KEYS, map(list, zip(*keys, strict=True)), strict=True)) | told
    made = pa.table(columns | {"difference": difference, "needed": needed, "clear": found.clear})
    put_in(connection, table, made)
