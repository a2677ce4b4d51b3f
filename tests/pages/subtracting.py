"""What an attacker can add up and subtract: every published figure that is a sum over cells, and what follows.

A cell's quantities (answers, their sum, those at the goal, the mean, answers on a level) are the unknowns; each
published sum is an equation. A hidden cell is won back where its quantity is a combination of the equations. Cells of
5-19 answers are in every sum as they are told: what they truly hold is an unknown of its own, and in none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations

import numpy as np

from analytics.maturity.city import city_areas, city_levels
from analytics.store.reading import View
from analytics.words.language import words
from pages.ui import access, controls
from tests.maturity import twin
from tests.pages.attacked_city import CRITERIA, FRAMEWORK, HIDDEN, REGISTER, Cell, Told, shown_cells
from tests.pages.visiting import Taken

AREAS = {area.id: tuple(criterion.id for criterion in area.criteria) for area in FRAMEWORK.areas} | {"": CRITERIA}
DISTRIBUTION_FROM = 20
EXACT = 1e-9


def quantities(told: Told) -> dict[str, float]:
    by_level = {f"level {i}": n for i, n in enumerate(told.levels)}
    return {"answers": told.n, "sum": told.sum, "at goal": told.at_goal, "mean": told.sum / told.n, **by_level}


def as_told(told: Told) -> dict[str, float]:
    """What a shown cell enters sums as: all of it from twenty answers; else what is told of it, and no levels."""
    given = [level for level, n in zip(FRAMEWORK.levels, told.levels, strict=True) for _ in range(n)]
    its = twin.as_told(given, FRAMEWORK, 5, 0.4)
    found = {"answers": its.n, "sum": its.mean * its.n, "mean": its.mean}
    if its.part is not None:
        found |= {"at goal": its.part * its.n}
    return quantities(told) if told.n >= DISTRIBUTION_FROM else found


@cache
def truth() -> dict[Cell, dict[str, float]]:
    """Of shown cells what they are told as, of hidden ones what they hold. Each process that collects tests reads this
    module, and most of them try something else."""
    shown = {cell: as_told(told) for cell, told in shown_cells().items()}
    return shown | {cell: quantities(told) for cell, told in HIDDEN.items()}


SHOWN = frozenset(shown_cells())


@dataclass(frozen=True)
class Sum:
    """A published sum of a quantity over cells, each with its weight; `slack` is half of the last digit published."""

    where: str
    quantity: str
    value: float
    weights: dict[Cell, float]
    could_hold: tuple[Cell, ...] = ()  # the hidden cells that it is of, had they not been left out
    slack: float = EXACT

    def of(self, held: dict[Cell, dict[str, float]]) -> float:
        return sum(weight * held[cell][self.quantity] for cell, weight in self.weights.items())


def sums_of(view: View, taken: Taken) -> Iterator[Sum]:
    """The exports' figures as they are in what was taken; the city's areas, levels and changes; the schools
    page by filter."""
    for row in json.loads(taken["results"]):
        if row["mean"] is not None:
            cell = Cell(row["year"], row["school_id"], row["criterion"])
            of = _of_row(row, row["n"] or 7, row["mean"], row["mean"], 1, None if row["share_bound"] else row["n"])
            for quantity, value in of:
                yield Sum("results", quantity, value, {cell: 1.0})
    for row in json.loads(taken["city"]):
        these = [Cell(row["year"], school, row["criterion"]) for school in REGISTER]
        weights = {cell: 1.0 for cell in these if cell in SHOWN}
        could = tuple(cell for cell in these if cell in HIDDEN)
        with_share = {cell: 1.0 for cell in weights if "at goal" in truth()[cell]}
        of_share = sum(truth()[cell]["answers"] for cell in with_share)
        for quantity, value in _of_row(
            row, row["answers"], row["mean_of_answers"], row["mean_of_schools"], row["schools"], of_share
        ):
            yield Sum("city", quantity, value, with_share if quantity == "at goal" else weights, could)
    for row in city_areas(view, access.viewer(), [FRAMEWORK.id]):
        schools = [school for school in REGISTER if weights_of(row.year, school, row.area)]
        assert (row.schools, row.left_out) == (len(schools), len(REGISTER) - len(schools))
        yield Sum("areas", "mean", row.mean * row.schools, _added(row.year, schools, row.area))
    levels = city_levels(view, access.viewer(), [(FRAMEWORK.id, criterion) for criterion in CRITERIA])
    for (_, year, criterion), answers in levels.items():
        these = [Cell(year, school, criterion) for school in REGISTER]
        weights = {c: 1.0 for c in these if c in SHOWN and "level 0" in truth()[c]}
        could = tuple(cell for cell in these if cell in HIDDEN)
        for place, n in enumerate(answers):
            yield Sum("levels", f"level {place}", n, weights, could)
    yield from _of_both_rounds(view)
    yield from _filtered(taken)


def _of_both_rounds(view: View) -> Iterator[Sum]:
    """Changes from round to round: the mean, then and now, of the schools that are shown in both."""
    rows = view.rows(
        "select criterion, before_year, before_mean, year, mean, schools from city_change where criterion <> ''"
    )
    for criterion, before_year, before_mean, year, mean, schools in rows:
        then_now = [[Cell(y, school, criterion) for y in (before_year, year)] for school in REGISTER]
        both = [pair for pair in then_now if SHOWN.issuperset(pair)]
        assert schools == len(both)
        for at, value in enumerate((before_mean, mean)):
            could = tuple(pair[at] for pair in then_now if pair[at] in HIDDEN)
            yield Sum("changes", "mean", value * schools, {pair[at]: 1.0 for pair in both}, could)


def _of_row(
    row: dict, answers: int, mean_of_answers: float, mean: float, schools: int, of_share: int | None
) -> Iterator[tuple[str, float]]:
    yield "answers", answers
    yield "sum", mean_of_answers * answers
    if of_share and row["share_at_goal"] is not None:
        yield "at goal", row["share_at_goal"] * of_share
    yield "mean", mean * schools


def _filtered(taken: Taken) -> Iterator[Sum]:
    """The mean of the schools that fit a district and a stage, as the schools page prints it."""
    for name, drawn in taken.items():
        page, _, way = name.partition("?")
        if page != "skolor":
            continue
        *made, language = way.split()
        chosen, say = dict(part.split("=") for part in made), words(language)
        year, area = int(chosen["year"]), chosen["area"] if chosen["area"] in AREAS else ""
        schools = [
            school
            for school, places in REGISTER.items()
            if all(chosen[by] in (controls.ALL, place) for by, place in zip(("district", "stage"), places, strict=True))
            and weights_of(year, school, area)
        ]
        contents = [part for part in json.loads(drawn) if isinstance(part, dict) and "figures" in part]
        assert contents, name
        for content in contents:
            for figure in content["figures"]:
                if figure["label"] == say("Mean of the schools shown"):
                    value = float(figure["value"].replace(",", ".")) * len(schools)
                    yield Sum("filter", "mean", value, _added(year, schools, area), slack=0.00501 * len(schools))


def weights_of(year: int, school: str, area: str) -> dict[Cell, float]:
    """What each shown cell weighs in the school's mean of an area."""
    shown = [cell for criterion in AREAS[area] if (cell := Cell(year, school, criterion)) in SHOWN]
    return {cell: 1 / len(shown) for cell in shown}


def mean_of(year: int, school: str, area: str = "") -> float:
    return sum(weight * truth()[cell]["mean"] for cell, weight in weights_of(year, school, area).items())


def _added(year: int, schools: Iterable[str], area: str) -> dict[Cell, float]:
    return {cell: weight for school in schools for cell, weight in weights_of(year, school, area).items()}


def explanations(of: Sum) -> list[tuple[Cell, ...]]:
    """The sets of hidden cells that the sum can hold besides the shown ones: with which it comes out as published."""
    told_apart = [cell for cell in of.could_hold if truth()[cell][of.quantity]]  # one that adds 0 would change nothing
    subsets = chain.from_iterable(combinations(told_apart, size) for size in range(len(told_apart) + 1))
    held = truth()
    without = of.of(held)
    return [
        some for some in subsets if abs(without + sum(held[cell][of.quantity] for cell in some) - of.value) <= of.slack
    ]


def won(sums: Iterable[Sum]) -> dict[tuple[str, Cell], float]:
    """(quantity, hidden cell) -> what it must be, for those that a combination of the sums yields.

    A sum holds what explains it; one that nothing explains is no sum of cells, and tells nothing.
    """
    by_quantity: dict[str, list[Sum]] = {}
    for of in sums:
        by_quantity.setdefault(of.quantity, []).append(of)
    place = {cell: at for at, cell in enumerate(truth())}
    found = {}
    for quantity, these in by_quantity.items():
        rows, values = [], []
        for of in these:
            for some in explanations(of)[:1]:
                row = np.zeros(len(place))
                for cell, weight in chain(of.weights.items(), ((cell, 1.0) for cell in some)):
                    row[place[cell]] += weight
                rows.append(row)
                values.append(of.value)
        equations, first = np.unique(np.array(rows), axis=0, return_index=True)
        _, sizes, directions = np.linalg.svd(equations, full_matrices=False)
        told = directions[sizes > EXACT * sizes[0]]  # of these the attacker knows everything, of others nothing
        lost = [cell for cell in HIDDEN if np.linalg.norm(told[:, place[cell]]) > 1 - EXACT]
        if lost:
            solved = np.linalg.lstsq(equations, np.array(values)[first], rcond=EXACT)[0]
            found |= {(quantity, cell): float(solved[place[cell]]) for cell in lost}
    return found
