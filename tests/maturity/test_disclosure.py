"""Nothing that is hidden is in the view file, and nothing in the file depends on what is hidden."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import pytest

from analytics.maturity.city import city_levels
from analytics.model.schools import Viewer
from analytics.registers.kinds import REGISTERS
from analytics.store.reading import View
from tests.maturity.random_worlds import HISTORIES, SEEDS, random_history, random_world
from tests.maturity.worlds import (
    NOT_FIGURES,
    PUBLISHED,
    Answer,
    Counts,
    SchoolRound,
    World,
    figures,
    framework_of,
    publish,
)
from tests.sampling import NIGHTLY

pytestmark = pytest.mark.long

REFERENCE = {
    "framework",
    "area",
    "criterion",
    "school",
    "school_alias",
    "school_context",
    "school_link",
    *(kind.table for kind in REGISTERS),
    "frozen_brief",
    "near_copy",
}
KEPT = {  # what a hidden row still says
    "cell": {"framework", "year", "school_id", "criterion", "area", "status"},
    "area_cell": {"framework", "year", "school_id", "area", "shown", "asked"},
    "school_round": {"framework", "year", "school_id", "status", "shown", "asked", "at_goal", "outcome", "provenance",
                     "loaded_version"},
    "city_cell": {"framework", "year", "criterion", "area", "schools", "answers", "left_out_schools", "provenance"},
    "city_area": {"framework", "year", "area", "schools", "left_out_schools"},
}  # fmt: skip
GOAL = {
    "ready",
    "ready_low",
    "ready_high",
    "ready_basis",
    "there",
    "there_low",
    "there_high",
}  # of what a round shows, though nobody may know how many responded


def hidden_cells(world: World) -> set[tuple[SchoolRound, str]]:
    """By counting what was loaded."""
    answers = defaultdict(int)
    for answer in world.answers:
        answers[answer.round, answer.criterion] += answer.level is not None
    for count in world.counts:
        answers[count.round, count.criterion] += sum(count.levels)
    return {key for key, n in answers.items() if n < world.hide_below}


def with_other_hidden_answers(world: World, random: Random) -> World:
    """The same in all that is shown, in another order; in every hidden cell other people, answers, don't-knows: none to
    as many answers as are hidden."""
    hidden = hidden_cells(world)
    answers = [answer for answer in world.answers if (answer.round, answer.criterion) not in hidden]
    as_answers = {(answer.round, answer.criterion) for answer in world.answers} & hidden
    for round_, criterion in sorted(as_answers):
        levels = world.framework(round_.framework).levels
        given: list[int | None] = [random.choice(levels) for _ in range(random.randrange(world.hide_below))]
        given += [None] * random.randrange(not given, 40)
        names = random.sample([f"p{n}" for n in range(30)] + [f"new{n}" for n in range(60)], len(given))
        answers += [Answer(round_, name, criterion, level) for name, level in zip(names, given, strict=True)]
    counts = []
    for count in world.counts:
        if (count.round, count.criterion) in hidden:
            given = [random.randrange(len(count.levels)) for _ in range(random.randrange(world.hide_below))]
            levels = tuple(given.count(place) for place in range(len(count.levels)))
            count = replace_counts(count, levels, random.randrange(200))
        counts.append(count)
    random.shuffle(answers)
    random.shuffle(counts)
    return replace(world, answers=answers, counts=counts)


def replace_counts(count: Counts, levels: tuple[int, ...], dont_know: int) -> Counts:
    return Counts(count.round, count.criterion, levels, dont_know)


def everything(view: View) -> dict[str, list[tuple]]:
    """Every table of the file, its rows in the order they lie in."""
    tables = [name for (name,) in view.rows("select table_name from duckdb_tables() where not internal")]
    return {table: view.rows(f"select * from {table}") for table in tables}


@pytest.mark.parametrize("seed", SEEDS if NIGHTLY else SEEDS[1:3])
def test_nothing_published_depends_on_what_is_hidden(seed, random_view, tmp_path):
    """By day of either two frameworks, and of a city where people are followed."""
    check_nothing_depends_on_what_is_hidden(random_world(seed), random_view(seed), tmp_path)


@pytest.mark.parametrize("seed", HISTORIES)
def test_no_change_and_no_forecast_depends_on_what_is_hidden(seed, history_view, tmp_path):
    view = history_view(seed)
    check_nothing_depends_on_what_is_hidden(random_history(seed), view, tmp_path)
    published = figures(view)
    assert any(row["actual"] is not None for row in published["forecast"].values())
    assert {row["before_framework"] == row["framework"] for row in published["school_change"].values()} == {True, False}


@pytest.mark.parametrize("seed", HISTORIES)
def test_there_is_no_change_where_either_round_is_hidden(seed, history_view):
    """And one wherever both are shown: that a row is missing says no more than that a cell is hidden."""
    published = figures(history_view(seed))
    shown = {key for key, cell in published["cell"].items() if cell["status"] != "hidden"}
    assert published["cell"].keys() - shown
    area_of = {(framework, criterion): area for framework, _, _, area, criterion in published["cell"]}
    compared = set()
    for row in published["school_change"].values():
        if row["criterion"]:
            before = row["before_framework"], row["before_criterion"]
            then = (before[0], row["before_year"], row["school_id"], area_of[before], before[1])
            now = (row["framework"], row["year"], row["school_id"], row["area"], row["criterion"])
            assert now in shown and then in shown
            assert (row["n"] or 10) >= 10 and (row["before_n"] or 10) >= 10  # a band is told of fewer
            compared.add((now, then))
    years = {(f, s): sorted({y for f2, y, s2, *_ in published["cell"] if (f2, s2) == (f, s)}) for f, _, s, *_ in shown}
    for framework, year, school, *thing in shown:
        earlier = [y for y in years[framework, school] if y < year]
        for before in {*earlier[:1], *earlier[-1:]}:
            now, then = (framework, year, school, *thing), (framework, before, school, *thing)
            assert ((now, then) in compared) == (then in shown)


def check_nothing_depends_on_what_is_hidden(world: World, view: View, folder: Path) -> None:
    other = with_other_hidden_answers(world, Random("others"))
    assert hidden_cells(world) == hidden_cells(other) and hidden_cells(world)
    assert (world.answers, world.counts) != (other.answers, other.counts)
    one, two = everything(view), everything(publish(other, folder))
    assert one.keys() == two.keys() == {*PUBLISHED, *REFERENCE, *NOT_FIGURES}
    for table in one.keys() - set(NOT_FIGURES):
        assert one[table] == two[table], table


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hidden_row_says_only_that_it_is_hidden(seed, random_view):
    published = figures(random_view(seed))
    hidden = {
        "cell": lambda row: row["status"] == "hidden",
        "area_cell": lambda row: row["shown"] == 0,
        "school_round": lambda row: row["status"] == "hidden",
        "city_cell": lambda row: row["schools"] == 0,
        "city_area": lambda row: row["schools"] == 0,
    }
    for table, is_hidden in hidden.items():
        rows = [row for row in published[table].values() if is_hidden(row)]
        for row in rows:
            kept = KEPT[table] | (GOAL if table == "school_round" and row["shown"] else set())
            told = {name for name, value in row.items() if value is not None}
            assert told - ({"in_the_way"} if row.get("shown") else set()) == kept, table  # NULL where none is
        shown = [row for row in published[table].values() if not is_hidden(row)]
        assert all(set(row) - KEPT[table] for row in shown)
    assert any(row["status"] == "hidden" for row in published["cell"].values())
    shown = [row for row in published["cell"].values() if row["status"] != "hidden"]
    assert all(row["n"] is None if row["status"] == "few" else row["n"] >= 10 for row in shown)


@pytest.mark.parametrize("seed", SEEDS)
def test_how_answers_spread_is_told_from_twenty_answers(seed, random_view):
    """In the city too: its answers per level are those of the schools with twenty or more."""
    view = random_view(seed)
    summed = defaultdict(lambda: [0] * 10)
    own = ("levels", "sd", "median")
    for cell in figures(view)["cell"].values():
        assert {cell[name] is not None for name in own} == {cell["n"] is not None and cell["n"] >= 20}
        assert cell["staff_low"] is None or cell["n"] >= 20
        if cell["levels"]:
            assert sum(cell["levels"]) == cell["n"]
            total = summed[cell["framework"], cell["year"], cell["criterion"]]
            for place, answers in enumerate(cell["levels"]):
                total[place] += answers
    keys = sorted({(framework, criterion) for framework, _, criterion in summed})
    found = city_levels(view, Viewer("all", None), keys)
    assert found.keys() == summed.keys()
    for key, levels in found.items():
        assert list(levels) == summed[key][: len(levels)] and not any(summed[key][len(levels) :])


# A few who answered more than others --------------------------------------------------------------------------------

ONE_AREA = framework_of("one-area", {"a": ("A1", "A2")})
TWO_AREAS = framework_of("two-areas", {"a": ("A1",), "b": ("A2",)})


def overlapping(folder: Path, schools: dict[str, list[tuple[int, int]]]) -> View:
    """Thirty answers on each of two criteria; the people listed answered both of them, the others fill up with 3."""
    answers = []
    for framework, (school, both) in product((ONE_AREA, TWO_AREAS), schools.items()):
        round_ = SchoolRound(framework.id, 2020, school)
        for person, (first, second) in enumerate(both):
            answers += [Answer(round_, f"both{person}", "A1", first), Answer(round_, f"both{person}", "A2", second)]
        for criterion, person in product(("A1", "A2"), range(30 - len(both))):
            answers.append(Answer(round_, f"{criterion} {person}", criterion, 3))
    return publish(World((ONE_AREA, TWO_AREAS), tuple(schools), answers), folder)


def test_how_a_few_peoples_answers_go_together_is_not_told(tmp_path):
    """Four people answered both criteria: (1, 1) and (4, 4) twice, or (1, 4) and (4, 1) twice. Each criterion looks
    the same either way; an interval that follows people would tell which."""
    one = overlapping(tmp_path / "one", {"s": [(1, 1), (1, 1), (4, 4), (4, 4)]})
    two = overlapping(tmp_path / "two", {"s": [(1, 4), (1, 4), (4, 1), (4, 1)]})
    for table in PUBLISHED:
        assert everything(one)[table] == everything(two)[table]
    for framework in (ONE_AREA, TWO_AREAS):
        whole = figures(one)["area_cell"][framework.id, 2020, "s", ""]
        assert (whole["interval_basis"], whole["respondents"]) == ("assumed", None)


def test_people_are_followed_where_they_are_nobody_or_enough(tmp_path):
    rows = figures(overlapping(tmp_path, {str(both): [(1, 2)] * both for both in (0, 1, 4, 5, 30)}))["area_cell"]
    for framework in (ONE_AREA, TWO_AREAS):
        followed = {
            school: rows[framework.id, 2020, school, ""]["respondents"] for school in ("0", "1", "4", "5", "30")
        }
        assert followed == {"0": 60, "1": None, "4": None, "5": 55, "30": 30}


def test_the_whole_does_not_tell_what_an_area_keeps_to_itself(tmp_path):
    """Three people answered both criteria of area a; area b is asked of others. The whole, less b, would tell of the
    three."""
    round_ = SchoolRound("f", 2020, "s")
    answers = [Answer(round_, f"{c} {p}", c, 3) for c, p in product(("A1", "A2"), range(20))]
    answers += [Answer(round_, f"both {p}", c, 1 + p) for c, p in product(("A1", "A2"), range(3))]
    answers += [Answer(round_, f"b {p}", c, 1 + p % 4) for c, p in product(("B1", "B2"), range(21))]
    framework = framework_of("f", {"a": ("A1", "A2"), "b": ("B1", "B2")})
    rows = figures(publish(World((framework,), ("s",), answers), tmp_path))["area_cell"]
    basis = {area: rows["f", 2020, "s", area]["interval_basis"] for area in ("a", "b", "")}
    assert basis == {"a": "assumed", "b": "respondents", "": "assumed"}


def test_the_order_of_rows_changes_nothing(tmp_path):
    """To the last digit: else that digit, too, would tell of something that is not shown."""
    criteria = tuple(f"C{n}" for n in range(12))
    framework = framework_of("f", {"a": criteria[:7], "b": criteria[7:]})
    random, schools = Random(1), "abcdefghijklmnopqrst"
    answers = [
        Answer(SchoolRound("f", 2020, school), f"p{person}", criterion, random.choice((1, 2, 3, 4, None)))
        for school in schools
        for person in range(11)
        for criterion in criteria
    ]
    one = everything(publish(World((framework,), tuple(schools), answers), tmp_path / "one"))
    shuffled = random.sample(answers, len(answers))
    two = everything(publish(World((framework,), tuple(schools), shuffled), tmp_path / "two"))
    for table in PUBLISHED:
        assert one[table] == two[table], table


def test_responded_says_nothing_of_who_is_found_in_hidden_cells_alone(tmp_path):
    """Ten answered A1. On A2 three answered and fifty wrote don't know, people and counts alike: ten responded."""
    framework = framework_of("f", {"a": ("A1", "A2")})
    people, counted = SchoolRound("f", 2020, "people"), SchoolRound("f", 2020, "counted")
    answers = [Answer(people, f"p{n}", "A1", 3) for n in range(10)]
    answers += [Answer(people, f"q{n}", "A2", 1 if n < 3 else None) for n in range(53)]
    counts = [Counts(counted, "A1", (0, 0, 10, 0)), Counts(counted, "A2", (3, 0, 0, 0), 50)]
    rows = figures(publish(World((framework,), ("people", "counted"), answers, counts), tmp_path))["school_round"]
    assert [row["responded"] for row in rows.values()] == [10, 10]
