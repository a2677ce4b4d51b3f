"""Every published figure of random cities against a slow twin that shares no code with publishing."""

from __future__ import annotations

import math
from functools import cache

import pytest

from analytics.model.figures import Basis, GoalOutcome, Status
from tests.maturity import twin
from tests.maturity.random_worlds import SEEDS, random_world, sizes_world
from tests.maturity.worlds import SchoolRound, figures, publish
from tests.sampling import at_night, sample

pytestmark = pytest.mark.long

BEFORE_LAST = {"trend_before", "trend_level_before", "trend_backtest_before"}
"""The same trends without the last round: held against a store without it (tests/store/test_held_rounds.py)."""


@cache
def twin_of(seed: int) -> dict[str, dict[tuple, dict]]:
    return twin.publish(random_world(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_published_figure(seed, random_view):
    hold_against_the_twin(figures(random_view(seed)), twin_of(seed))


@at_night
def test_a_city_of_many_sizes(tmp_path):
    """By day one of its years."""
    world = sizes_world(sample((2021, 2022), 2))
    wanted = twin.publish(world)
    hold_against_the_twin(figures(publish(world, tmp_path)), wanted)
    cells = list(wanted["cell"].values())
    assert {cell["status"] for cell in cells} == {Status.FEW, Status.UNCERTAIN, Status.OK}
    assert {cell["mean_bound"] for cell in cells} == {"at_least", None}
    assert {cell["share_bound"] for cell in cells} >= {"at_least", None}
    added = {sum(row["levels"]) - sum(c["n"] for c in cells if c["levels"] and same_place(c, row))
             for row in wanted["city_cell"].values()}  # fmt: skip
    assert added == {0}, "of those with twenty answers or more alone"
    assert len({row["spread_ratio"] for row in wanted["city_cell"].values()}) == len(wanted["city_cell"])


def same_place(cell: dict, row: dict) -> bool:
    return (cell["year"], cell["criterion"]) == (row["year"], row["criterion"])


def hold_against_the_twin(published: dict, wanted: dict) -> None:
    assert published.keys() == wanted.keys() | BEFORE_LAST
    for table, rows in wanted.items():
        assert published[table].keys() == rows.keys(), table
        for key, row in rows.items():
            assert published[table][key].keys() == row.keys(), table
            off = {name: (published[table][key][name], value) for name, value in row.items()
                   if not same(published[table][key][name], value)}  # fmt: skip
            assert not off, (table, key, off)
    hold_ways_against_their_cells(published)


def hold_ways_against_their_cells(published: dict) -> None:
    """Which of the two it is and in which order goes by draws: as published they are those that are published so."""
    for key, row in published["school_round"].items():
        told = [
            cell
            for of, cell in sorted(published["cell"].items(), key=lambda item: item[1]["criterion"])
            if of[:3] == key and (cell["goal_met"] is False if cell["ready"] is None else cell["ready"] < 0.95)
        ]
        if any(cell["ready"] is None for cell in told):
            told.sort(key=lambda cell: cell["mean"])
        else:
            told.sort(key=lambda cell: (round(cell["ready"], 2), cell["mean"]))
        assert row["in_the_way"] == ([cell["criterion"] for cell in told[:2]] or None), key


def same(found, wanted) -> bool:
    if isinstance(wanted, twin.Near | twin.Place | twin.Ways):
        return wanted.holds(found)
    if isinstance(wanted, float) and isinstance(found, float):
        return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)
    return type(found) is type(wanted) and found == wanted


def values_of_rows(worlds: list[dict], table: str) -> list[dict]:
    return [row for world in worlds for row in world[table].values()]


def values_of(worlds: list[dict], table: str, column: str) -> list:
    return [row[column] for row in values_of_rows(worlds, table)]


def test_the_worlds_hold_what_has_to_be_tried():
    """Else the test above could pass for want of anything to try."""
    loaded = [random_world(seed) for seed in SEEDS]
    worlds = [twin_of(seed) for seed in SEEDS]

    def values(table: str, column: str) -> set:
        return set(values_of(worlds, table, column))

    assert values("cell", "status") == values("school_round", "status") == set(Status)
    assert values("school_round", "outcome") == set(GoalOutcome)
    assert values("area_cell", "interval_basis") == {*Basis, None}
    assert values("cell", "goal_met") == {True, False, None}
    assert {0, 1, 2} <= values("city_cell", "schools")
    for table in ("cell", "area_cell"):
        assert values(table, "city_side") == {-1, 0, 1, None}
    for table in ("school_change", "city_change"):
        assert {bool(row["criterion"]) for world in worlds for row in world[table].values()} == {True, False}
    assert values("school_change", "clear") == values("school_change", "clear_in_city") == {True, False}
    some = [r for r in values_of_rows(worlds, "school_change") if r["left_out"]]
    assert any(r["needed"] for r in some) and max(r["compared"] for r in some) > 1
    assert {r["before_n"] for r in some} > {None}  # a round that is shown whole, and one that is not
    assert None in values("city_change", "needed")  # one school tells nothing of a city
    assert {None} < values("cell", "staff_low") and {None} < values("city_area", "between_high")
    assert {type(place) for world in worlds for row in world["area_cell"].values() for place in (row["rank_low"],)} == {
        twin.Place, int, type(None)}  # fmt: skip
    assert values("school_round", "ready_basis") == {*Basis, None}
    assert any(0.2 < near.share < 0.8 for near in values_of(worlds, "school_round", "there") if near)
    chances = {near.share for near in values_of(worlds, "school_round", "ready") if near}
    assert 0.0 in chances and any(0.2 < chance < 0.8 for chance in chances)
    assert {None, 0.0} < values("city_cell", "between_school_sd")
    in_part = [row for world in worlds for row in world["area_cell"].values() if 0 < row["shown"] < row["asked"]]
    assert {row["interval_basis"] for row in in_part} == {*Basis}
    not_followed = [
        row
        for world, tables in zip(loaded, worlds, strict=True)
        for rounds in [{answer.round for answer in world.answers}]
        for row in tables["area_cell"].values()
        if row["interval_basis"] not in (None, Basis.RESPONDENTS)
        and SchoolRound(row["framework"], row["year"], row["school_id"]) in rounds
    ]
    assert not_followed
