"""Small cities to publish: built in memory, written as files, loaded as anybody loads files, and read back."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.model.frameworks import Area, Bilingual, Change, Criterion, Framework, Goal
from analytics.store.new_files import PUBLISHED
from analytics.store.reading import Store, View
from analytics.words.language import words

NOT_FIGURES = ("version", "register_change")  # when and from what a version was made, by whom


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
        path.write_text(framework_toml(framework), "utf-8")
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


def framework_toml(framework: Framework) -> str:
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
