"""A small invented city that rates itself by Göteborg's plan, whose rounds are of school years."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.words.language import words
from tests.loads.test_framework_plan import GOTEBORG

PLAN = GOTEBORG.id
YEARS = (2021, 2022, 2023)
SCHOOLS = tuple(f"skola-{n}" for n in range(1, 7))
STAFF = 10


def load_city(store: Path, folder: Path) -> Path:
    """Three rounds that rise, two dialogues and a certification; the store has the frameworks already."""
    load(store, list(_files(folder)), ReadingOptions(), words("sv"), loaded_by="test")
    return store


def _files(folder: Path) -> Iterator[Path]:
    draw = Random("läsår")
    rounds = [(year, school) for year in YEARS for school in SCHOOLS]
    yield _csv(folder / "schools.csv", ("school_id", "name"), [(id_, f"Skolan {id_[-1]}") for id_ in SCHOOLS])
    answers = (
        (PLAN, year, school, f"{school}{person}", criterion.id, _level(draw, year, school))
        for year, school in rounds
        for person in range(STAFF)
        for criterion in GOTEBORG.criteria
    )
    heads = ("framework", "year", "school", "respondent", "criterion", "level")
    yield _csv(folder / "answers.csv", heads, answers)
    events = [("skola-6", "applied", "2022-02-01"), ("skola-6", "certified", "2022-10-03")]
    yield _csv(folder / "certifications.csv", ("school", "event", "date", "framework"), [(*e, PLAN) for e in events])
    talks = [("skola-1", PLAN, year, f"{year}-10-12") for year in YEARS[:2]]
    yield _csv(folder / "dialogues.csv", ("school", "framework", "year", "held"), talks)
    goals = [("skola-1", PLAN, year, year - 2020, "D1", 2, 3, f"{year + 1}-05-31", "agreed") for year in YEARS[:2]]
    heads = ("school", "framework", "year", "number", "criterion", "from_level", "to_level", "due", "status")
    yield _csv(folder / "agreements.csv", heads, goals)


def _level(draw: Random, year: int, school: str) -> int:
    middle = 1.7 + 0.5 * (year - YEARS[0]) + 0.15 * int(school[-1])
    return min(4, max(1, round(draw.gauss(middle, 0.7))))


def _csv(path: Path, headings: Sequence[str], rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path
