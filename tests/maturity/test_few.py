"""Cells of 5-19 answers do not give their answers away: every set of answers that there can be is held against what is
told of it, and worlds that differ in what is not told are told alike to the last byte."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from analytics.cli import cli
from analytics.cli.commands import exports
from analytics.maturity.methods.coarse import coarse_figures
from analytics.model.frameworks import Framework, Goal
from tests.maturity import twin
from tests.maturity.random_worlds import FOUR, sizes_world
from tests.maturity.test_disclosure import everything
from tests.maturity.worlds import NOT_FIGURES, Answer, Counts, SchoolRound, World, figures, framework_of, publish
from tests.sampling import NIGHTLY, sample

pytestmark = pytest.mark.long

PLAIN = framework_of("f", {"a": ("A1",)})
CITY = [(1, 6, 12, 3), (2, 9, 9, 2), (0, 4, 14, 5), (3, 8, 10, 1), (1, 5, 11, 8), (4, 9, 7, 2), (0, 2, 12, 9),
        (2, 7, 13, 4), (1, 8, 8, 6), (3, 10, 9, 3), (2, 5, 15, 2), (1, 9, 12, 1)]  # fmt: skip
LOTS = {"ready", "ready_low", "ready_high", "there", "there_low", "there_high", "rank_low", "rank_high", "in_the_way"}
"""Drawn by the school's name or place from what is told, or chosen by it; in the two worlds below they are the same."""
NAMES = {"school_id", *LOTS}


def sets_of(framework: Framework, sizes: range) -> list[tuple[int, ...]]:
    """Every way in which so many people may answer, as answers per level."""
    every = (Counter(given) for n in sizes for given in combinations_with_replacement(framework.levels, n))
    return [tuple(found[level] for level in framework.levels) for found in every]


def told(framework: Framework, sets: list[tuple[int, ...]], folder: Path) -> dict[tuple, list[tuple[int, ...]]]:
    """All that is published of a school -> the sets of answers that it is published of: a school a set, in one city."""
    schools = {f"set{i:05}": levels for i, levels in enumerate(sets)}
    if len(framework.levels) == 4:
        schools |= {f"city{i}": levels for i, levels in enumerate(CITY)}
    counts = [Counts(SchoolRound("f", 2020, school), "A1", levels) for school, levels in schools.items()]
    published = figures(publish(World((framework,), tuple(schools), counts=counts), folder))
    rows = defaultdict(list)
    for table in ("cell", "area_cell", "school_round"):
        for row in published[table].values():
            rows[row["school_id"]].append(tuple(written(v) for name, v in sorted(row.items()) if name not in NAMES))
    found = defaultdict(list)
    for school, levels in schools.items():
        if school.startswith("set"):
            found[tuple(sorted(rows[school]))].append(levels)
    return found


def written(value: object) -> str:
    """The last digits of a sum depend on where in an array a school lies, and on nothing of its answers."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


FEW_WORLDS = {
    "mean of 3": PLAIN,
    "mean of 2": framework_of("f", {"a": ("A1",)}, goal=Goal(2)),
    "half at 3": framework_of("f", {"a": ("A1",)}, goal=Goal(3, "share", 0.5)),
    "0.6 at 3": framework_of("f", {"a": ("A1",)}, goal=Goal(3, "share", 0.6)),
    "median of 3": framework_of("f", {"a": ("A1",)}, goal=Goal(3, "median")),
    "mean of the top": framework_of("f", {"a": ("A1",)}, goal=Goal(4)),
    "three levels": framework_of("f", {"a": ("A1",)}, scale=(1, 3), goal=Goal(2)),
    "five levels": framework_of("f", {"a": ("A1",)}, scale=(1, 5), goal=Goal(4)),
}


@pytest.fixture(scope="module")
def of_five_to_nine(tmp_path_factory) -> Callable[[str], dict[tuple, list[tuple[int, ...]]]]:
    """A world's name -> what is told of every set of 5-9 answers in it."""
    return cache(
        lambda name: told(FEW_WORLDS[name], sets_of(FEW_WORLDS[name], range(5, 10)), tmp_path_factory.mktemp("few"))
    )


@pytest.mark.parametrize("name", FEW_WORLDS if NIGHTLY else ("mean of 3", "half at 3", "median of 3"))
def test_no_cell_of_five_to_nine_has_fewer_than_five_possible_sets_of_answers(name, of_five_to_nine):
    """Stricter than what is asked (none single, under 5 % with fewer than five). By day a goal of every statistic."""
    found = of_five_to_nine(name)
    assert sum(map(len, found.values())) == len(sets_of(FEW_WORLDS[name], range(5, 10)))
    assert len(found) > 10  # something is told
    assert min(map(len, found.values())) >= 5


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("mean of 3", sample((10, 13, 16, 19), 4)),
        ("0.6 at 3", sample((10, 15), 2)),
        ("three levels", sample((11, 18), 2)),
    ],
)
def test_no_cell_of_ten_to_nineteen_has_a_single_possible_set(name, sizes, tmp_path):
    """By day of the fewest answers, of which there are the fewest sets to be one of; what is told of a cell alone is
    tried of every size, below."""
    framework = FEW_WORLDS[name]
    sets = [levels for n in sizes for levels in sets_of(framework, range(n, n + 1))]
    found = told(framework, sets, tmp_path)
    assert sum(map(len, found.values())) == len(sets)
    assert min(map(len, found.values())) >= 2


@pytest.mark.parametrize("name", ["mean of 3", "mean of 2", "mean of the top", "half at 3", "five levels"])
def test_none_is_single_at_any_size(name):
    """All sets of 10-19 answers, by what is told of each alone."""
    framework, found = FEW_WORLDS[name], defaultdict(int)
    for n in range(10, 20):
        for levels in sets_of(framework, range(n, n + 1)):
            total = sum(level * times for level, times in zip(framework.levels, levels, strict=True))
            at_goal = sum(levels[framework.goal.level - 1 :])
            found[n, coarse_figures(n, total, at_goal, framework.levels, framework.goal, 5)] += 1
    assert min(found.values()) >= 2
    assert len(found) > 1000


def test_everybody_alike_at_an_end_is_not_told(of_five_to_nine, tmp_path):
    """Not even by there being so many sets: nobody's answer is known for certain."""
    for of_sizes in (of_five_to_nine("mean of 3"), told(PLAIN, sets_of(PLAIN, range(12, 13)), tmp_path)):
        for found in of_sizes.values():
            for level in range(4):
                assert not all(levels[level] == sum(levels) for levels in found)


# Two worlds ---------------------------------------------------------------------------------------------------------


def retold(world: World, random: Random) -> World:
    """The same in all that is told, by other answers: of every cell of 5-9 other people, as many or not, with other
    levels and don't-knows; of 10-19 other levels. What is told alike is told by the twin."""
    asked = twin._asked(world)
    kept = {key for key, cell in asked.items() if not 5 <= len(cell.levels) < 20}
    answers = [a for a in world.answers if (a.round, a.criterion) in kept]
    counts, changed = [], 0
    for (round_, criterion), cell in asked.items():
        n = len(cell.levels)
        if (round_, criterion) in kept:
            counts += [c for c in world.counts if (c.round, c.criterion) == (round_, criterion)]
            continue
        framework = world.framework(round_.framework)
        sizes = range(5, 10 - bool(cell.dont_know)) if n < 10 else (n,)
        others = twin.told_alike(cell.levels, framework, 5, sizes)
        levels = list(random.choice(others))
        changed += sorted(levels) != sorted(cell.levels)
        unsure = cell.dont_know
        if n < 10 and unsure:
            unsure = random.randrange(1, 10 - len(levels))
        if cell.by_person is None:
            per_level = tuple(map(levels.count, framework.levels))
            counts.append(Counts(round_, criterion, per_level, unsure))
            continue
        random.shuffle(levels)
        people = sorted(cell.persons)
        people += [f"other{i}" for i in range(9 - len(people))] if n < 10 else []
        people = random.sample(people, len(levels) + unsure) if n < 10 else people
        answers += [
            Answer(round_, p, criterion, level) for p, level in zip(people, [*levels, *[None] * unsure], strict=True)
        ]
    assert changed > 50
    return replace(world, answers=answers, counts=counts)


@pytest.fixture(scope="module")
def two_worlds(tmp_path_factory):
    """Folders of two stores, a city over four years, by day over so many as tell of a trend and a forecast."""
    world = sizes_world(years=range(2019, 2023 if NIGHTLY else 2022))
    other = retold(world, Random("retold"))
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    return [(folder, publish(which, folder)) for folder, which in zip(folders, (world, other), strict=True)]


def test_two_worlds_that_differ_in_what_is_not_told_are_one_view(two_worlds):
    """Areas, changes, trends, pulled means, readiness and forecasts with them: the whole file, in its order."""
    one, two = (everything(view) for _, view in two_worlds)
    assert one["trend"] and one["school_change"] and one["forecast"]
    for table in one.keys() - set(NOT_FIGURES):
        assert one[table] == two[table], table


EXPORTS = [("results", "csv"), ("results", "json"), ("results", "parquet"), ("city", "csv"), ("trends", "csv")]


@pytest.mark.parametrize(("what", "ending"), EXPORTS)
def test_two_worlds_that_differ_in_what_is_not_told_are_one_export(two_worlds, what, ending, tmp_path, monkeypatch):
    # A file says of which minute its version is, and one may have begun between the two.
    monkeypatch.setattr(exports, "version_about", lambda view: {"Version": str(view.number)})
    files = []
    for folder, _ in two_worlds:
        out = tmp_path / f"{folder.name}.{ending}"
        arguments = ["--store", str(folder / "store"), "export", what, "--framework", FOUR.id, "--out", str(out)]
        assert CliRunner().invoke(cli, arguments).exit_code == 0
        files.append(out.read_bytes())
    assert len(files[0]) > 1000 and files[0] == files[1]
