"""Small cities to publish: built in memory, written as files, loaded as anybody loads files, and read back."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.model.frameworks import Area, Bilingual, Change, Criterion, Framework, Goal
from analytics.store.reading import Store, View
from analytics.store.writing import PUBLISHED
from analytics.words.language import words

NOT_FIGURES = ("version", "source_file", "register_change")  # when and from what a version was made, by whom


class SchoolRound(NamedTuple):
    framework: str
    year: int
    school: str


class Answer(NamedTuple):
    """One person on one criterion; level None: don't know."""

    round: SchoolRound
    person: str
    criterion: str
    level: int | None


class Counts(NamedTuple):
    """A school's answers on a criterion that came as counts, lowest level first."""

    round: SchoolRound
    criterion: str
    levels: tuple[int, ...]
    dont_know: int = 0


class People(NamedTuple):
    invited: int
    responded: int | None = None


@dataclass
class World:
    """Everything that is loaded."""

    frameworks: tuple[Framework, ...]
    schools: tuple[str, ...]
    answers: list[Answer] = field(default_factory=list)
    counts: list[Counts] = field(default_factory=list)
    people: dict[SchoolRound, People] = field(default_factory=dict)
    hide_below: int = 5

    def framework(self, framework_id: str) -> Framework:
        return next(framework for framework in self.frameworks if framework.id == framework_id)


def framework_of(
    id_: str,
    areas: Mapping[str, Sequence[str]],
    *,
    scale: tuple[int, int] = (1, 4),
    goal: Goal | None = None,
    years: tuple[int, int | None] = (2018, None),
    previous: str | None = None,
    changes: Mapping[str, tuple[str, Change]] | None = None,
) -> Framework:
    """A framework with these areas and criteria; the goal is a mean of 3 unless told. `changes`: criterion -> the one
    it replaces, and how."""
    replaced = {c: {"previous": old, "change": change} for c, (old, change) in (changes or {}).items()}
    names = tuple(f"step {level}" for level in range(scale[0], scale[1] + 1))
    return Framework(
        id=id_,
        title=Bilingual(id_, id_),
        issuer="test",
        valid_from=years[0],
        valid_to=years[1],
        scale_min=scale[0],
        scale_max=scale[1],
        labels_sv=names,
        labels_en=names,
        goal=goal or Goal(3),
        areas=tuple(
            Area(
                area,
                Bilingual(area, area),
                tuple(Criterion(c, area, Bilingual(f"on {c}", f"on {c}"), **replaced.get(c, {})) for c in ids),
            )
            for area, ids in areas.items()
        ),
        previous=previous,
    )


def publish(world: World, folder: Path) -> View:
    """Writes the world as files and loads them as a new store's first version."""
    files = list(_files(world, folder))
    outcome = load(
        folder / "store",
        files,
        ReadingOptions(),
        words("en"),
        loaded_by="test",
        new_store=True,
        hide_below=world.hide_below,
    )
    return Store(folder / "store").version(outcome.version)


def figures(view: View, tables: Iterable[str] = PUBLISHED) -> dict[str, dict[tuple, dict]]:
    """Published tables: table -> key -> column -> value."""
    found = {}
    for table in tables:
        columns = [row[0] for row in view.rows(f"describe {table}")]
        rows = [dict(zip(columns, row, strict=True)) for row in view.rows(f"select * from {table}")]
        keys = [tuple(row[name] for name in KEYS if name in row) for row in rows]
        assert len(set(keys)) == len(keys), f"{table} has a key twice"
        found[table] = dict(zip(keys, rows, strict=True))
    return found


KEYS = ("framework", "year", "layer", "school_id", "area", "criterion", "before_framework", "before_year")


def _files(world: World, folder: Path) -> Iterable[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for framework in world.frameworks:
        path = folder / f"{framework.id}.toml"
        path.write_text(_toml(framework), "utf-8")
        yield path
    yield _csv(folder / "schools.csv", ("school_id", "name"), [(s, f"School {s}") for s in world.schools])
    if world.answers:
        rows = [(*a.round, a.person, a.criterion, "vet ej" if a.level is None else a.level) for a in world.answers]
        yield _csv(folder / "answers.csv", ("framework", "year", "school", "respondent", "criterion", "level"), rows)
    by_framework = defaultdict(list)
    for count in world.counts:
        by_framework[count.round.framework].append((*count.round, count.criterion, *count.levels, count.dont_know))
    for framework_id, rows in by_framework.items():
        levels = [f"level_{level}" for level in world.framework(framework_id).levels]
        heads = ("framework", "year", "school", "criterion", *levels, "dont_know")
        yield _csv(folder / f"counts-{framework_id}.csv", heads, rows)
    if world.people:
        rows = [(*key, p.invited, "" if p.responded is None else p.responded) for key, p in world.people.items()]
        yield _csv(folder / "people.csv", ("framework", "year", "school", "invited", "responded"), rows)


def _csv(path: Path, headings: Sequence[str], rows: Sequence[Sequence]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def _toml(framework: Framework) -> str:
    def text(value) -> str:
        return json.dumps(value, ensure_ascii=False)

    def both(title: Bilingual) -> str:
        return f"{{ sv = {text(title.sv)}, en = {text(title.en)} }}"

    lines = [
        f"id = {text(framework.id)}",
        f"title = {both(framework.title)}",
        f"issuer = {text(framework.issuer)}",
        f"valid_from = {framework.valid_from}",
    ]
    if framework.valid_to:
        lines.append(f"valid_to = {framework.valid_to}")
    if framework.previous:
        lines.append(f"previous = {text(framework.previous)}")
    lines += ["[scale]", f"min = {framework.scale_min}", f"max = {framework.scale_max}"]
    lines += [f"labels = {{ sv = {text(list(framework.labels_sv))}, en = {text(list(framework.labels_en))} }}"]
    lines += ["[goal]", f"level = {framework.goal.level}", f"statistic = {text(framework.goal.statistic)}"]
    if framework.goal.share is not None:
        lines.append(f"share = {framework.goal.share}")
    for area in framework.areas:
        lines += ["[[area]]", f"id = {text(area.id)}", f"title = {both(area.title)}"]
        for criterion in area.criteria:
            lines += ["[[area.criterion]]", f"id = {text(criterion.id)}", f"title = {both(criterion.title)}"]
            if criterion.previous:
                replaces = f"criterion = {text(criterion.previous)}, change = {text(criterion.change)}"
                lines.append(f"previous = {{ {replaces} }}")
    return "\n".join(lines) + "\n"


# Random worlds ------------------------------------------------------------------------------------------------------

FOUR = framework_of("four", {"lead": ("A1", "A2", "A3"), "teach": ("B1", "B2")})
FIVE = framework_of("five", {"one": ("C1",), "two": ("D1", "D2")}, scale=(1, 5), goal=Goal(4, "median"))
ZERO = framework_of("zero", {"all": ("E1", "E2", "E3")}, scale=(0, 3), goal=Goal(2, "share", 0.6))
TWO = framework_of("two", {"x": ("F1",), "y": ("G1", "G2")}, scale=(2, 6), goal=Goal(5, "share", 0.5))

SEEDS = range(8)
SIZES = (1, 2, 4, 5, 6, 8, 9, 10, 12, 19, 20, 21, 24, 30, 36)


def random_world(seed: int) -> World:
    """Two frameworks, two years, up to seven schools: some hidden, some in part, one round with a school alone."""
    random = Random(seed)
    frameworks = (FOUR, FIVE) if seed % 2 else (ZERO, TWO)
    world = World(frameworks, tuple(f"s{n}" for n in range(7)), hide_below=random.choice((5, 5, 7, 12)))
    for framework in frameworks:
        for year in (2021, 2022):
            schools = world.schools[:1] if (framework, year) == (frameworks[1], 2022) else world.schools
            for school in schools:
                if len(schools) == 1 or random.random() < 0.9:
                    _random_round(world, random, framework, SchoolRound(framework.id, year, school))
    return world


def _random_round(world: World, random: Random, framework: Framework, round_: SchoolRound) -> None:
    people = random.choice(SIZES)
    leaning = random.choice((-2, -1, 0, 1, 3))
    asked = [c.id for c in framework.criteria if random.random() < 0.95] or [framework.criteria[0].id]
    unsure = {c: random.choice((0, 0, 0.05, 0.5, 0.9, 1)) for c in asked}
    as_counts = random.random() < 0.35
    skips = random.choice((0, 0, 0.3))  # people without a row on a criterion
    levels = defaultdict(list)
    for person in range(people):
        for at, criterion in enumerate(asked):
            if random.random() < skips and not (person == 0 and at == 0):
                continue
            weights = [1.0 + max(0, leaning * place) + max(0, -leaning * (len(framework.levels) - place))
                       for place in range(len(framework.levels))]  # fmt: skip
            level = None if random.random() < unsure[criterion] else random.choices(framework.levels, weights)[0]
            levels[criterion].append(level)
            if not as_counts:
                world.answers.append(Answer(round_, f"p{person}", criterion, level))
    if as_counts:
        for criterion in asked:
            given = levels[criterion]
            per_level = tuple(given.count(level) for level in framework.levels)
            world.counts.append(Counts(round_, criterion, per_level, given.count(None)))
    match random.choice(("nothing", "invited", "both", "low", "none invited")):
        case "invited":
            world.people[round_] = People(people + random.randrange(people + 3))
        case "both":
            world.people[round_] = People(people + 4, max(0, people - random.randrange(3)))
        case "low":
            world.people[round_] = People(2 * people + random.choice((0, 1)), people)
        case "none invited":
            world.people[round_] = People(0)


# Random histories ---------------------------------------------------------------------------------------------------

FORMER = framework_of("former", {"lead": ("A1", "A2"), "teach": ("B1", "B2")}, years=(2018, 2021))
LATTER = framework_of(
    "latter",
    {"lead": ("A1", "A9"), "teach": ("B1", "B2")},
    years=(2022, None),
    previous="former",
    changes={"A1": ("A1", Change.IDENTICAL), "B1": ("B2", Change.IDENTICAL), "B2": ("B1", Change.REWORDED)},
)
HISTORIES = range(2)


def random_history(seed: int) -> World:
    """Six schools over three years of one framework and three of the next: long enough for forecasts. Now and then a
    school skips a year, is hidden, or is hidden on a criterion."""
    random = Random(f"history {seed}")
    world = World((FORMER, LATTER), tuple(f"s{n}" for n in range(6)))
    for year in range(2019, 2025):
        framework = FORMER if year < 2022 else LATTER
        for number, school in enumerate(world.schools):
            round_, luck = SchoolRound(framework.id, year, school), random.random()
            if luck < 0.08 and number > 1:
                continue
            people = 3 if luck < 0.16 and number > 1 else random.randrange(8, 25)
            level, as_counts = random.choice((2.4, 3.0, 3.4)) + 0.1 * (year - 2019), number == 5
            for criterion in framework.criteria:
                many = 4 if random.random() < 0.08 and number > 1 else people
                levels = [min(4, max(1, round(random.gauss(level, 0.8)))) for _ in range(many)]
                if as_counts:
                    per_level = tuple(levels.count(x) for x in framework.levels)
                    world.counts.append(Counts(round_, criterion.id, per_level, 1))
                else:
                    world.answers += [Answer(round_, f"p{n}", criterion.id, x) for n, x in enumerate(levels)]
    return world


# A city of many sizes -----------------------------------------------------------------------------------------------


def sizes_world(years: Iterable[int] = (2021, 2022)) -> World:
    """Twenty-two schools in some years, so many of each size that the city's spread is its own, and that some of those
    with 10-19 answers are added up and others not."""
    random = Random("sizes")
    world = World((FOUR,), tuple(f"s{n:02}" for n in range(22)))
    for year in years:
        for number, school in enumerate(world.schools):
            round_ = SchoolRound("four", year, school)
            people = (6, 7, 9, 12, 13, 14, 15, 17, 18, 19)[number] if number < 10 else 20 + number
            centre = 4.7 if number in (1, 4, 9) else random.choice((2.3, 2.8, 3.2))
            for criterion in FOUR.criteria:
                levels = [min(4, max(1, round(random.gauss(centre, 0.9)))) for _ in range(people)]
                if number % 4 == 3:
                    per_level = tuple(map(levels.count, FOUR.levels))
                    world.counts.append(Counts(round_, criterion.id, per_level, number % 3))
                else:
                    world.answers += [Answer(round_, f"p{n}", criterion.id, x) for n, x in enumerate(levels)]
    return world
