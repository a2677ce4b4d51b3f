"""A small city with hidden cells of every kind: what is in them, what could be, and how it is published with either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pytest

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.maturity.publish import version as publishing
from analytics.store import new_files, writing
from analytics.store.reading import View, version_record
from analytics.store.reference import read_frameworks
from analytics.store.versions import read_current
from analytics.words.language import words
from tests.maturity import twin
from tests.maturity.worlds import Answer, Counts, People, SchoolRound, World, framework_of, publish

# The city -------------------------------------------------------------------------------------------------------------

FRAMEWORK = framework_of("f", {"lead": ("A1", "A2"), "teach": ("B1", "B2", "B3")}, years=(2021, None))
CRITERIA = tuple(criterion.id for criterion in FRAMEWORK.criteria)
YEARS = (2021, 2022, 2023)
REGISTER = {  # school -> district and stage
    "s1": ("North", "compulsory"),
    "s2": ("North", "compulsory"),
    "s3": ("North", "upper_secondary"),
    "s4": ("North", "upper_secondary"),
    "s5": ("South", "compulsory"),
    "s6": ("South", "compulsory"),
    "s7": ("South", "upper_secondary"),
    "s8": ("South", "upper_secondary"),
}
PEOPLE = {"s1": 12, "s2": 21, "s3": 14, "s4": 26, "s5": 17, "s6": 11, "s7": 19, "s8": 13}
FEW = {("s6", "A1"), ("s2", "B1"), ("s4", "A2"), ("s7", "A1")}  # school and criterion with 7-8 answers in every round
AS_COUNTS = {("s2", 2021), ("s2", 2022), ("s2", 2023), ("s6", 2022), ("s6", 2023), ("s8", 2023)}


@dataclass(frozen=True, order=True)
class Cell:
    year: int
    school: str
    criterion: str

    @property
    def round(self) -> SchoolRound:
        return SchoolRound(FRAMEWORK.id, self.year, self.school)

    @property
    def as_counts(self) -> bool:
        return (self.school, self.year) in AS_COUNTS


@dataclass(frozen=True)
class Told:
    """What is in a cell: answers per level, lowest first, and don't-knows."""

    levels: tuple[int, ...]
    dont_know: int = 0

    @property
    def n(self) -> int:
        return sum(self.levels)

    @property
    def sum(self) -> int:
        return sum(level * n for level, n in zip(FRAMEWORK.levels, self.levels, strict=True))

    @property
    def at_goal(self) -> int:
        return sum(n for level, n in zip(FRAMEWORK.levels, self.levels, strict=True) if level >= FRAMEWORK.goal.level)


HIDDEN: dict[Cell, Told] = {
    Cell(2021, "s1", "B1"): Told((1, 0, 0, 2)),
    Cell(2021, "s7", "B3"): Told((0, 1, 0, 0), 2),  # this one in every round
    Cell(2022, "s7", "B3"): Told((3, 0, 1, 0)),
    Cell(2023, "s7", "B3"): Told((0, 0, 0, 1), 1),
    Cell(2022, "s5", "A2"): Told((2, 0, 0, 2), 1),  # in the middle round alone
    Cell(2023, "s6", "B2"): Told((0, 4, 0, 0), 3),
    # A whole school, in one round alone: the only hidden one of its district.
    **{Cell(2022, "s3", c): Told((i % 3, 0, i % 2, 1), i) for i, c in enumerate(CRITERIA)},
    **{Cell(2023, "s8", c): Told((1, i % 2, 0, i % 3), 2) for i, c in enumerate(CRITERIA)},
}
"""The cells with fewer than five answers, and what is in them."""


def told_alike(cell: Cell, told: Told, turn: int) -> Told:
    """Other answers of a cell of 5-19, by as many people, of which the same is told; now and then the same."""
    given = [level for level, n in zip(FRAMEWORK.levels, told.levels, strict=True) for _ in range(n)]
    levels = Random(f"{cell} {turn}").choice(twin.told_alike(given, FRAMEWORK, 5, [len(given)]))
    return Told(tuple(levels.count(level) for level in FRAMEWORK.levels), told.dont_know)


def rough_cells() -> dict[Cell, Told]:
    """The shown cells of 5-19 answers, whose own answers enter no sum."""
    return {cell: told for cell, told in shown_cells().items() if told.n < 20}


CONTENTS = tuple(
    levels for levels in product(range(5), repeat=len(FRAMEWORK.levels)) if sum(levels) <= 4
)  # all that a hidden cell can hold: 70


def shown_cells() -> dict[Cell, Told]:
    """What is in the other cells: from 7 to 26 answers, the same every time."""
    found = {}
    for year, school, criterion in product(YEARS, REGISTER, CRITERIA):
        cell = Cell(year, school, criterion)
        if cell not in HIDDEN:
            random = Random(f"{cell}")
            leaning = [random.uniform(0.2, 3) for _ in FRAMEWORK.levels]
            people = 7 + random.randrange(2) if (school, criterion) in FEW else PEOPLE[school] - random.randrange(4)
            given = random.choices(range(len(leaning)), leaning, k=people)
            found[cell] = Told(tuple(given.count(i) for i in range(len(leaning))), random.randrange(3))
    return found


def city(hidden: Mapping[Cell, Told]) -> World:
    """The city with this in its hidden cells."""
    world = World((FRAMEWORK,), tuple(REGISTER))
    for at, (cell, told) in enumerate({**shown_cells(), **hidden}.items()):
        if cell.as_counts:
            world.counts.append(Counts(cell.round, cell.criterion, told.levels, told.dont_know))
        else:
            world.answers += [Answer(cell.round, p, cell.criterion, level) for p, level in people(cell, told, at)]
    for year in YEARS:
        world.people[SchoolRound(FRAMEWORK.id, year, "s1")] = People(15, 12)
        world.people[SchoolRound(FRAMEWORK.id, year, "s3")] = People(20)
        world.people[SchoolRound(FRAMEWORK.id, year, "s5")] = People(50)  # under half responded
        world.people[SchoolRound(FRAMEWORK.id, year, "s6")] = People(14)
    return world


def people(cell: Cell, told: Told, at: int) -> list[tuple[str, int | None]]:
    """Who answered what. In hidden cells people who answered other criteria too, and people found nowhere else."""
    given = [level for level, n in zip(FRAMEWORK.levels, told.levels, strict=True) for _ in range(n)]
    given += [None] * told.dont_know
    named = "p{}" if cell not in HIDDEN or at % 2 else "only" + cell.criterion + "{}"
    return [(named.format((i + at) % 40), level) for i, level in enumerate(given)]


def of_content(cell: Cell, levels: tuple[int, ...], turn: int) -> Told:
    """The content with some don't-knows. A cell of single answers without any row was not asked, which is no secret."""
    least = 0 if any(levels) or cell.as_counts else 1
    return Told(levels, max(least, turn % 4))


# Publishing -----------------------------------------------------------------------------------------------------------


def load_city(hidden: Mapping[Cell, Told], folder: Path) -> Path:
    """The city loaded from files as anybody loads them, and then the register with districts and stages; the store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "datetime", Noon)  # when it was loaded is no secret, and would tell cities apart
        publish(city(hidden), folder)
        _load_register(folder)
    return folder / "store"


class Noon(datetime):
    @classmethod
    def now(cls, tz=None) -> datetime:
        return datetime(2024, 1, 1, 12, tzinfo=tz)


def _load_register(folder: Path) -> None:
    """Every school shares what it does, was certified in the middle year, and was found at a level on everything."""
    files = {
        "school_id,name,district,stage,shares_practice": [
            f"{school},School {school},{district},{stage},yes" for school, (district, stage) in REGISTER.items()
        ],
        "school,event,date": [f"{school},certified,{YEARS[1]}-06-01" for school in REGISTER],
        "school,framework,criterion,date,level": [
            f"{school},{FRAMEWORK.id},{criterion},{YEARS[1]}-06-01,{2 + (at + len(criterion)) % 2}"
            for at, school in enumerate(REGISTER)
            for criterion in CRITERIA
        ],
    }
    paths = []
    for at, (headings, rows) in enumerate(files.items()):
        paths.append(folder / f"register-{at}.csv")
        paths[-1].write_text("\n".join([headings, *rows]) + "\n", "utf-8")
    load(folder / "store", paths, ReadingOptions(), words("en"), loaded_by="test", replace=True)


class InMemory(View):
    """A view that lies in no file, and asks it once what is asked again and again."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, number: int):
        self.path, self.number, self._connection = Path("in memory"), number, connection
        self._answered: dict[str, list[tuple]] = {}

    def rows(self, sql: str, parameters: Sequence = ()) -> list[tuple]:
        question = f"{sql} {parameters!r}"
        if question not in self._answered:
            self._answered[question] = super().rows(sql, parameters)
        return list(self._answered[question])


def in_memory() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})  # so little data is fastest so


def opened(store: Path) -> View:
    """The store's last version, copied as it is."""
    files, connection = read_current(store).in_force, in_memory()
    connection.execute(f"attach '{store / files.view}' as stored (read_only)")
    connection.execute("copy from database stored to memory")
    connection.execute("detach stored")
    return InMemory(connection, files.number)


def republish(store: Path, hidden: Mapping[Cell, Told], leak: str = "") -> View:
    """The store's last version published again with other answers in hidden cells, in memory, which takes less
    than half of a load's time.

    `leak` is SQL that spoils the version afterwards, while the answers are still there.
    """
    files, connection = read_current(store).in_force, in_memory()
    connection.execute(writing.VIEW_SCHEMA)
    connection.execute(f"attach '{store / files.view}' as base (read_only)")
    connection.execute(f"attach '{store / files.answers}' as stored (read_only)")
    connection.execute("attach ':memory:' as answers")
    connection.execute("copy from database stored to answers")
    for table in ("version", *new_files.CARRIED_OVER):
        connection.execute(f"insert into {table} by name select * from base.{table}")
    _put(connection, hidden)
    view = InMemory(connection, files.number)
    publishing.publish(connection, read_frameworks(view), version_record(view).hide_below)
    if leak:
        connection.execute(leak)
    for database in ("stored", "answers", "base"):
        connection.execute(f"detach {database}")
    return view


def _put(connection: duckdb.DuckDBPyConnection, hidden: Mapping[Cell, Told]) -> None:
    """Puts this in the place of what the attached answers hold in these cells."""
    answers, counts = [], []
    for at, (cell, told) in enumerate(hidden.items()):
        key = (*cell.round, cell.criterion)
        if cell.as_counts:
            given = zip((*FRAMEWORK.levels, None), (*told.levels, told.dont_know), strict=True)
            counts += [(*key, level, n) for level, n in given]
        else:  # by people who are known from other criteria, and by some who are not
            answers += [(*key, level, 1 + (i + at) % 60) for i, (_, level) in enumerate(people(cell, told, at))]
    columns = ("framework", "year", "school_id", "criterion", "level")
    connection.register("gone", _table(columns[:4], [(*cell.round, cell.criterion) for cell in hidden]))
    for table, rows, last in (("answer", answers, "respondent"), ("level_count", counts, "answers")):
        connection.execute(
            f"delete from answers.{table} where (framework, year, school_id, criterion) in"
            " (select framework, year, school_id, criterion from gone)"
        )
        if rows:
            connection.register("put", _table((*columns, last), rows))
            connection.execute(f"insert into answers.{table} by name select * from put")
            connection.unregister("put")
    connection.unregister("gone")


def _table(columns: Sequence[str], rows: Sequence[tuple]) -> pa.Table:
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(columns)})
