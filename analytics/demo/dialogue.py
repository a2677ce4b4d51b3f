"""Synthetic dialogues, agreements and actions for the demo schools: what might have been said over their own answers.

Drawn from the answers that answers.py makes and from the texts of data/demo/dialogue_texts.toml, with a random stream
of their own for each school-round, so that they change no answer. Nothing of what is agreed has any effect on
the answers: the page that asks whether agreements help has to find that there is nothing to see.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.demo.answers import DemoSchool, made_sheet
from analytics.intake.readers import TextTable
from analytics.maturity.methods.coarse import told_mean
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.model.provenance import Provenance

FRAMEWORK, LAST_YEAR = "vebs-2022", 2025
YEARS = (2022, 2023, 2024, LAST_YEAR)
LEVELS = (1, 2, 3, 4)
STREAM = 5  # beside demo.py's streams
HAVE_TALKED = {2022: 0.62, 2023: 0.68, 2024: 0.72, LAST_YEAR: 0.35}  # the last year's dialogues are still being held
AGREED = [0.25, 0.45, 0.30]  # one, two, three agreements; and one, two, three actions in each
OTHER_REASON = 0.25  # agreements that are about something else than what is lowest
LOWEST, ROOM = 4, 3.6  # criteria to choose among; a mean above which nobody sets a goal
DONE, DROPPED = {2022: 0.80, 2023: 0.74, 2024: 0.64}, 0.11  # the rest is late

Means = Mapping[tuple[str, int], Mapping[str, float]]
"""(school, year) -> criterion -> the mean of five answers or more, as it is told."""
Rows = dict[str, list[str]]


def dialogue_sheets(folder: Path, demo: Sequence[TextTable]) -> list[TextTable]:
    """The demo's dialogues, agreements and actions, to be loaded with `demo`: what demo_sheets(folder) made."""
    texts = tomllib.loads((folder / "dialogue_texts.toml").read_text("utf-8"))
    activities = _activities(folder / "activities.csv")
    closed = dict(zip(*(demo[0].column(name).to_pylist() for name in ("school_id", "valid_to")), strict=True))
    dialogues, agreements, actions = (defaultdict(list) for _ in range(3))
    for (school, year), means in sorted(_means(demo).items()):
        if closed[school] and closed[school] < _last_day(year):
            continue
        rng = DemoSchool(school, 0, "", "").rng(year, STREAM)
        if rng.random() < HAVE_TALKED[year]:
            held = _add_dialogue(dialogues, texts, school, year, rng)
            for number, criterion in enumerate(_chosen(means, rng), 1):
                status = _status(year, rng)
                about = {"school": school, "framework": FRAMEWORK, "year": str(year)}
                _add_agreement(agreements, texts, about, number, criterion, means[criterion], status, held, rng)
                _add_actions(actions, texts, activities, about, number, criterion, status, held, rng)
    return [
        _synthetic(made_sheet(name, {heading: pa.array(column) for heading, column in rows.items()}))
        for name, rows in (("dialogues", dialogues), ("agreements", agreements), ("actions", actions))
    ]


def _last_day(year: int) -> str:
    """When what is agreed in a round is due: as the next one is answered."""
    return f"{year + 1}-01-31"


def _means(demo: Sequence[TextTable]) -> Means:
    """From the answers themselves: the means that will be shown, as they will be told."""
    found: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    asked = [sheet for sheet in demo if "level" in sheet.headings and sheet.column("framework")[0].as_py() == FRAMEWORK]
    for sheet in asked:
        keys = ("school", "year", "criterion")
        table = pa.table({name: sheet.column(name) for name in (*keys, "level")})
        table = table.filter(pc.is_in(table["level"], pa.array(list("1234"))))
        table = table.set_column(3, "level", table["level"].cast(pa.int8()))
        cells = table.group_by(keys).aggregate([("level", "sum"), ("level", "count")])
        for school, year, criterion, total, n in zip(*(column.to_pylist() for column in cells.columns), strict=True):
            if n >= HIDE_BELOW_FLOOR:
                told = total / n if n >= CERTAIN_FROM else float(told_mean(n, total, LEVELS)[0])
                found[school, int(year)][criterion] = told
    return {key: dict(sorted(means.items())) for key, means in found.items()}


def _activities(path: Path) -> dict[str, tuple[str, str]]:
    """id -> its first and its last day, as ISO texts."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["activity_id"]: (row["start"], row["end"] or "9999") for row in csv.DictReader(file)}


def _add_dialogue(rows: Rows, texts: dict, school: str, year: int, rng: np.random.Generator) -> date:
    """A dialogue on a weekday in February or early March."""
    held = date(year, 2, 1) + timedelta(days=int(rng.integers(0, 35)))
    held += timedelta(days=max(0, 7 - held.weekday()) if held.weekday() > 4 else 0)
    notes = rng.choice(texts["notes"]) if rng.random() < 0.6 else ""
    _add(
        rows,
        school=school,
        framework=FRAMEWORK,
        year=str(year),
        held=held.isoformat(),
        participants=str(rng.choice(texts["participants"])),
        notes=str(notes),
    )
    return held


def _chosen(means: Mapping[str, float], rng: np.random.Generator) -> list[str]:
    """Mostly among what is lowest; some for another reason."""
    lowest = sorted((c for c in means if means[c] < ROOM), key=lambda criterion: (means[criterion], criterion))
    wanted = min(int(rng.choice([1, 2, 3], p=AGREED)), len(lowest))
    chosen: list[str] = []
    while len(chosen) < wanted:
        among = lowest if rng.random() < OTHER_REASON else lowest[:LOWEST]
        criterion = str(rng.choice(among))
        if criterion not in chosen:
            chosen.append(criterion)
    return chosen


def _status(year: int, rng: np.random.Generator) -> str:
    if year == LAST_YEAR:
        return str(rng.choice(["agreed", "under_way"]))
    drawn = rng.random()
    if drawn < DONE[year]:
        return "done"
    return "dropped" if drawn < DONE[year] + DROPPED else "under_way"


def _add_agreement(
    rows: Rows,
    texts: dict,
    about: dict[str, str],
    number: int,
    criterion: str,
    mean: float,
    status: str,
    held: date,
    rng: np.random.Generator,
) -> None:
    """From the school's mean to level 3, or three tenths up where that is nearer at hand."""
    year = int(about["year"])
    to_level = 3.0 if 2.6 < mean < 2.95 else round(mean + 0.3, 1)
    followed_up = held + timedelta(days=364 + int(rng.integers(-3, 4)))
    while followed_up.weekday() > 4:
        followed_up += timedelta(days=1)
    outcome = "" if year == LAST_YEAR else str(rng.choice(texts["outcomes"][OUTCOMES[status]]))
    _add(
        rows,
        **about,
        number=str(number),
        criterion=criterion,
        to_level=f"{to_level:.1f}",
        due=_last_day(year),
        from_level=f"{round(mean, 2):g}",
        goal=str(rng.choice(texts["criterion"][criterion]["goals"])),
        status=status,
        outcome=outcome,
        followed_up="" if year == LAST_YEAR else followed_up.isoformat(),
    )


def _add_actions(
    rows: Rows,
    texts: dict,
    activities: Mapping[str, tuple[str, str]],
    about: dict[str, str],
    agreement: int,
    criterion: str,
    agreed: str,
    held: date,
    rng: np.random.Generator,
) -> None:
    """One to three of the criterion's actions; one leans on a central activity only while there is one."""
    year = int(about["year"])
    last = _last_day(year)
    offered = [
        action
        for action in texts["criterion"][criterion]["actions"]
        if len(action) < 3 or (activities[action[2]][0] <= last and held.isoformat() <= activities[action[2]][1])
    ]
    wanted = int(rng.choice([1, 2, 3], p=AGREED))
    for number, place in enumerate(sorted(rng.choice(len(offered), wanted, replace=False)), 1):
        role, text, *activity = offered[place]
        status = _action_status(agreed, rng)
        outcome = "" if year == LAST_YEAR else str(rng.choice(texts["outcomes"]["action_" + OUTCOMES[status]]))
        _add(
            rows,
            **about,
            agreement=str(agreement),
            number=str(number),
            text=text,
            role=role,
            due=str(rng.choice([f"{year}-06-15", f"{year}-10-31", last])),
            activity="".join(activity),
            status=status,
            outcome=outcome if rng.random() < 0.7 else "",
        )


OUTCOMES = {"done": "done", "dropped": "dropped", "under_way": "late", "agreed": "late"}
"""A state -> which texts tell what came of it."""


def _action_status(agreed: str, rng: np.random.Generator) -> str:
    """An agreement that is done has its actions done, one in ten dropped on the way."""
    match agreed:
        case "done":
            return "dropped" if rng.random() < 0.1 else "done"
        case "under_way":
            return str(rng.choice(["done", "under_way"]))
    return agreed


def _add(rows: Rows, **row: str) -> None:
    for heading, value in row.items():
        rows[heading].append(value)


def _synthetic(sheet: TextTable) -> TextTable:
    return replace(sheet, provenance=Provenance.SYNTHETIC)
