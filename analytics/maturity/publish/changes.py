"""Publishing what changed between two rounds, school by school and over the city, and what it would have taken.

Rounds are anonymous, so a school's answers are compared as two samples (Welch). The city's schools can be told
apart, so theirs are paired: the same schools both times, each once. A round is held against the one before it and
against the first of its framework; across a change of framework only criteria in the same words are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.claims import Claims, claims, members, numbered, welch
from analytics.maturity.publish.shown import Figures, RoundKey, ShownMean, comparable
from analytics.model.frameworks import WHOLE, Change, Framework

ROUNDING = 1e-9
"""Levels: schools whose moves differ by no more have moved alike, but for rounding."""


KEYS = ("framework", "year", "area", "criterion", "before_framework", "before_year", "before_criterion")


class FigurePair(NamedTuple):
    """Two figures of a school to compare; `keys` are KEYS. Pairs of one family are controlled together."""

    now: ShownMean
    before: ShownMean
    keys: tuple
    family: tuple


def publish_changes(
    connection: duckdb.DuckDBPyConnection, frameworks: Sequence[Framework], figures: dict[str, Figures]
) -> None:
    """Writes school_change and city_change from what is shown."""
    by_id = {framework.id: framework for framework in frameworks}
    words = {framework.id: _same_words(framework, by_id.get(framework.previous or "")) for framework in frameworks}
    there = defaultdict(set)
    for school_id, *round_ in connection.execute("select distinct school_id, framework, year from cell").fetchall():
        there[school_id].add(tuple(round_))
    older = {framework.id: framework.previous for framework in frameworks}
    of_schools, of_city = [], []
    for school_id in sorted(there):
        for now, before in _compared(there[school_id], older):
            of_schools += _pairs(figures[school_id], now, before, words, school_id)
    for now, before in _compared(set().union(*there.values()), older):
        for school_id in sorted(there):
            of_city += _pairs(figures[school_id], now, before, words, "")
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


def _pairs(figures: Figures, now: RoundKey, before: RoundKey, words: dict, whose: str) -> list[FigurePair]:
    """A school's figures that can be compared between the rounds; areas within a framework alone. `whose` claims they
    are: the school's, or the city's ('')."""
    if now[0] == before[0]:
        things = {thing: thing for thing in comparable(figures, before, now)}
    else:
        there = {thing[1]: thing for thing in figures.get(before, {}) if thing[1]}
        former = {thing: words[now[0]].get(thing[1]) for thing in figures.get(now, {})}
        things = {thing: there[criterion] for thing, criterion in former.items() if criterion in there}
    pairs = []
    for thing, then in things.items():
        area, criterion = thing
        kind = "criterion" if criterion else "whole" if area == WHOLE else "area"
        keys = (*now, area, criterion, *before, then[1])
        pairs.append(FigurePair(figures[now][thing], figures[before][then], keys, (whose, now, before, kind)))
    return pairs


def _columns(pairs: Sequence[FigurePair]) -> tuple[np.ndarray, ...]:
    """Of each pair: mean, sd and n, now and before."""
    made = np.array([(*pair.now[:3], *pair.before[:3]) for pair in pairs], dtype=float).reshape(-1, 6)
    return tuple(made.T)


def _write_schools(connection: duckdb.DuckDBPyConnection, pairs: list[FigurePair]) -> None:
    mean, sd, n, before_mean, before_sd, before_n = _columns(pairs)
    error, freedom = welch(sd, n, before_sd, before_n)
    found = claims(mean - before_mean, error, freedom, numbered([pair.family for pair in pairs]))
    told = {
        "school_id": [pair.family[0] for pair in pairs],
        "before_mean": before_mean,
        "mean": mean,
        "before_n": [pair.before.counted for pair in pairs],
        "n": [pair.now.counted for pair in pairs],
    }
    _insert(connection, "school_change", [pair.keys for pair in pairs], told, mean - before_mean, found)


def _write_city(connection: duckdb.DuckDBPyConnection, pairs: list[FigurePair]) -> None:
    mean, _, _, before_mean, _, _ = _columns(pairs)
    difference = mean - before_mean
    things = members(numbered([pair.keys for pair in pairs]))
    first = [pairs[these[0]] for these in things]
    schools = np.array([len(these) for these in things])
    moved = np.array([difference[these].mean() for these in things])
    spread = np.array([difference[these].std(ddof=1) if len(these) > 1 else np.nan for these in things])
    error = np.where(spread < ROUNDING, 0.0, spread / np.sqrt(schools))
    family = numbered([pair.family for pair in first])
    found = claims(moved, error, np.maximum(schools - 1.0, 1.0), family)
    told = {
        "schools": schools,
        "before_mean": [before_mean[these].mean() for these in things],
        "mean": [mean[these].mean() for these in things],
    }
    _insert(connection, "city_change", [pair.keys for pair in first], told, moved, found)


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
    connection.register("changes", made)
    connection.execute(f"insert into {table} by name select * from changes")
    connection.unregister("changes")
