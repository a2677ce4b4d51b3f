"""Publishing what changed between two rounds, school by school and over the city, and what it would have taken.

Rounds are anonymous, so a school's answers are compared as two samples (Welch). The city's schools can be told
apart, so theirs are paired: the same schools both times, each once. A round is held against the one before it and
against the first of its framework; across a change of framework only criteria in the same words are compared. Areas and
the whole are compared on the criteria that are shown both times. The whole is judged first, then areas, then criteria.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.claims import (
    Claims,
    clear_in_list,
    from_the_whole_down,
    members,
    of_one_size,
    welch,
)
from analytics.maturity.publish.compared import RoundPair, SchoolGrid, across, grids_of, within
from analytics.maturity.publish.rows import put_in
from analytics.maturity.publish.school_breaks import Breaks, parted
from analytics.maturity.publish.shown import Figures, RoundKey, ShownRows
from analytics.model.frameworks import Change, Framework

ROUNDING = 1e-9
"""Levels: schools whose moves differ by no more have moved alike, but for rounding."""


KEYS = ("framework", "year", "area", "criterion", "before_framework", "before_year", "before_criterion")
KEY_TYPES = (pa.string(), pa.int16(), pa.string(), pa.string(), pa.string(), pa.int16(), pa.string())
ASKED = "select school_id, framework, year, area, criterion from cell"

Rounds = tuple[RoundKey, RoundKey]
"""A round and the one that it is held against."""


class Compared(NamedTuple):
    """Figures of schools to compare, a row each: `key` is the place of its KEYS among the `keys`, `whose` that of the
    school and its two rounds, which are judged together, from the whole (step 0) down. Else as in RoundPair."""

    keys: list[tuple]
    key: np.ndarray
    school: np.ndarray
    whose: np.ndarray
    step: np.ndarray
    now: np.ndarray
    before: np.ndarray
    compared: np.ndarray
    left_out: np.ndarray

    @property
    def difference(self) -> np.ndarray:
        return self.now[0] - self.before[0]

    def rows(self, these: np.ndarray) -> Compared:
        keys, *columns = self
        return Compared(keys, *(each[..., these] for each in columns))


def publish_changes(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Sequence[Framework],
    shown: ShownRows,
    figures: dict[str, Figures],
    breaks: Breaks,
) -> None:
    """Writes school_change and city_change from what is `shown`, which `figures` have school by school; nothing of a
    school over one of its `breaks`."""
    by_id = {framework.id: framework for framework in frameworks}
    words = {framework.id: _same_words(framework, by_id.get(framework.previous or "")) for framework in frameworks}
    older = {framework.id: framework.previous for framework in frameworks}
    asked = connection.execute(ASKED).to_arrow_table()
    schools = sorted(asked["school_id"].unique().to_pylist())
    grids = grids_of(pa.array(schools, pa.string()), shown, asked)
    wanted = _wanted(schools, grids, older, breaks)
    of_city = _compared({(id_, int(year)) for id_, grid in grids.items() for year in grid.years}, older)

    rounds = sorted({*wanted, *of_city}, key=lambda pair: (pair[0][1], pair[0][0], pair[1]))
    found = []
    for now, before in rounds:
        if now[0] == before[0]:
            found.append(within(grids[now[0]], now, before, schools, figures))
        else:
            found.append(across(grids[now[0]], grids[before[0]], now[1], before[1], words[now[0]]))
    if not sum(len(pair.key) for pair in found):
        return
    every = _together(rounds, found, len(schools))
    whose, at = np.unique(every.whose, return_inverse=True)
    of_whom = [(rounds[each // len(schools)], schools[each % len(schools)]) for each in whose.tolist()]
    whole = np.array([not parted(breaks, school_id, before[1], now[1]) for (now, before), school_id in of_whom])[at]
    own = np.array([school_id in wanted[pair] for pair, school_id in of_whom])[at]
    city = np.array([pair in of_city for pair, _ in of_whom])[at]
    _write_schools(connection, schools, every.rows(np.flatnonzero(whole & own)))
    _write_city(connection, every.rows(np.flatnonzero(whole & city)), found, len(schools))


def _same_words(framework: Framework, former: Framework | None) -> dict[str, str]:
    """The framework's criteria that the one before asked in the same words, on one scale -> the criterion there."""
    if former is None or former.levels != framework.levels:
        return {}
    return {c.id: c.previous for c in framework.criteria if c.change is Change.IDENTICAL and c.previous}


def _compared(rounds: Iterable[RoundKey], older: Mapping[str, str | None]) -> list[tuple[RoundKey, RoundKey]]:
    """Each round with the one before it, in its framework or the one it replaced, and with its framework's first."""
    by_year = sorted(rounds, key=lambda found: (found[1], found[0]))
    pairs = []
    for framework, year in by_year:
        own = [found for found in by_year if found[0] == framework and found[1] < year]
        former = [found for found in by_year if found[0] == older[framework] and found[1] < year]
        befores = {own[-1], own[0]} if own else set(former[-1:])
        pairs += [((framework, year), before) for before in sorted(befores)]
    return pairs


def _wanted(
    schools: Sequence[str], grids: Mapping[str, SchoolGrid], older: Mapping[str, str | None], breaks: Breaks
) -> dict[Rounds, set[str]]:
    """Which rounds are compared, and of which schools: of each those that it took part in."""
    found: dict[Rounds, set[str]] = defaultdict(set)
    took_part = {id_: np.asarray(grid.asked.any(axis=0)) for id_, grid in grids.items()}  # schools x rounds
    pairs: dict[tuple[RoundKey, ...], list[Rounds]] = {}  # nearly all schools took part in the same
    for number, school_id in enumerate(schools):
        parts = defaultdict(list)
        for id_, grid in grids.items():
            for year in grid.years[took_part[id_][number]].tolist():
                parts[sum(first <= year for first in breaks.get(school_id, ()))].append((id_, year))
        for part in map(tuple, parts.values()):
            if part not in pairs:
                pairs[part] = _compared(part, older)
            for pair in pairs[part]:
                found[pair].add(school_id)
    return found


def _together(rounds: Sequence[Rounds], found: Sequence[RoundPair], schools: int) -> Compared:
    """All pairs of rounds after each other, sorted by school."""
    keys: list[tuple] = []
    parts = []
    for number, ((now, before), pair) in enumerate(zip(rounds, found, strict=True)):
        whose = number * schools + pair.school
        parts.append((pair.key + len(keys), pair.school, whose, pair.step[pair.key], *pair[4:8]))
        keys += [(*now, area, criterion, *before, former) for area, criterion, former in pair.keys]
    made = Compared(keys, *(np.concatenate(each, axis=-1) for each in zip(*parts, strict=True)))
    return made.rows(np.argsort(made.school, kind="stable"))


def _write_schools(connection: duckdb.DuckDBPyConnection, schools: Sequence[str], rows: Compared) -> None:
    error, freedom = welch(*rows.now[1:3], *rows.before[1:3])
    found = from_the_whole_down(rows.difference, error, freedom, _numbered(rows.whose), rows.step)
    told = {
        "school_id": pa.array(schools).take(pa.array(rows.school)),
        "before_mean": rows.before[0],
        "mean": rows.now[0],
        "before_n": pa.array(rows.before[3], pa.float64(), from_pandas=True),
        "n": pa.array(rows.now[3], pa.float64(), from_pandas=True),
        "compared": rows.compared,
        "left_out": rows.left_out,
        "clear_in_city": clear_in_list(rows.difference, error, freedom, found.clear, rows.key),
    }
    _insert(connection, "school_change", rows.keys, rows.key, told | {"difference": rows.difference}, found)


def _write_city(
    connection: duckdb.DuckDBPyConnection, rows: Compared, found: Sequence[RoundPair], schools: int
) -> None:
    things = members(rows.key)
    first = np.array([these[0] for these in things], dtype=int)
    count = np.array([len(these) for these in things])
    difference = rows.difference
    moved, before, now = (_means(each, things) for each in (difference, rows.before[0], rows.now[0]))
    spread = _spreads(difference, things)
    error = np.where(spread < ROUNDING, 0.0, spread / np.sqrt(count))
    pair = rows.whose[first] // schools
    claimed = from_the_whole_down(moved, error, np.maximum(count - 1.0, 1.0), _numbered(pair), rows.step[first])
    compared, left_out = _on_criteria(rows, things, pair, found)
    told = {
        "schools": count,
        "compared": compared,
        "left_out": left_out,
        "before_mean": before,
        "mean": now,
        "difference": moved,
    }
    _insert(connection, "city_change", rows.keys, rows.key[first], told, claimed)


def _means(values: np.ndarray, things: Sequence[np.ndarray]) -> np.ndarray:
    found = np.empty(len(things))
    for places, these in of_one_size(things):
        found[places] = values[these].mean(axis=1)
    return found


def _spreads(values: np.ndarray, things: Sequence[np.ndarray]) -> np.ndarray:
    """Standard deviations; nan of a single value."""
    found = np.full(len(things), np.nan)
    for places, these in of_one_size(things):
        if these.shape[1] > 1:
            found[places] = values[these].std(axis=1, ddof=1)
    return found


def _on_criteria(
    rows: Compared, things: Sequence[np.ndarray], pair: np.ndarray, found: Sequence[RoundPair]
) -> tuple[np.ndarray, np.ndarray]:
    """Of each thing, of which `pair` of rounds each is: how many of its criteria any of its schools shows both times,
    and how many others any was asked at least once."""
    starts = np.cumsum([0, *(len(each.keys) for each in found)])
    on = np.zeros((2, len(things)), dtype=np.int64)
    for number in np.unique(pair).tolist():
        of, places = found[number], np.flatnonzero(pair == number)
        of_thing = np.zeros((len(places), of.both.shape[1]))  # things x schools: those that are compared
        for row, place in enumerate(places.tolist()):
            of_thing[row, rows.school[things[place]]] = 1
        part = of.parts[[rows.key[things[place][0]] - starts[number] for place in places]].astype(bool)
        both, others = (of_thing @ each.T > 0 for each in (of.both, of.either & ~of.both))
        on[:, places] = (part & both).sum(axis=1), (part & others & ~both).sum(axis=1)
    return on[0], on[1]


def _numbered(values: np.ndarray) -> np.ndarray:
    """From 0 on, the same for values that are the same."""
    return np.unique(values, return_inverse=True)[1]


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, keys: list[tuple], key: np.ndarray, told: dict, found: Claims
) -> None:
    at = pa.array(key)
    columns = {
        name: pa.array(values, type_).take(at)
        for name, values, type_ in zip(KEYS, zip(*keys, strict=True), KEY_TYPES, strict=True)
    }
    needed = pa.array(found.needed, pa.float64(), mask=np.isnan(found.needed))
    put_in(connection, table, pa.table(columns | told | {"needed": needed, "clear": found.clear}))
