"""Dialogues told to a store as files, and a small city whose figures a test counts by hand."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.store.reading import Store, View
from analytics.words.language import words
from tests.maturity.worlds import Counts, People, SchoolRound, World, framework_of, publish

AGREEMENT = ("school", "framework", "year", "number", "criterion", "from_level", "to_level", "due", "goal", "status",
             "outcome")  # fmt: skip
ACTION = ("school", "framework", "year", "agreement", "number", "text", "role", "due", "activity", "status", "outcome")
HEADS = {
    "activities": ("activity_id", "title", "framework", "area"),
    "dialogues": ("school", "framework", "year", "held", "participants", "notes"),
    "agreements": AGREEMENT,
    "actions": ACTION,
    "certifications": ("school", "event", "date", "note", "framework"),
    "labels": ("school", "label", "date", "until"),
    "projects": ("project_id", "title", "programme", "start", "end"),
    "participants": ("project_id", "school"),
    "payments": ("project_id", "report_year", "unit", "amount_sek"),
}


def tell(store: Path, folder: Path, **rows: Sequence[Sequence]) -> View:
    """Loads rows, a kind a name, as one version and returns it; what a row ends without is empty."""
    files = []
    for kind, lines in rows.items():
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADS[kind])
            writer.writerows([*line, *[""] * (len(HEADS[kind]) - len(line))] for line in lines)
        files.append(path)
    outcome = load(store, files, ReadingOptions(), words("en"), loaded_by="test")
    return Store(store).version(outcome.version)


MINI = framework_of("mini", {"lead": ("A1", "A2"), "teach": ("B1", "B2")})
OTHERS = tuple(f"o{n}" for n in range(6))
THEN = {"A1": (0, 10, 10, 0), "A2": (0, 0, 10, 10), "B1": (10, 0, 0, 10), "B2": (0, 0, 0, 20)}
NOW = {"A1": (0, 0, 4, 16), "A2": (0, 0, 10, 10), "B1": (10, 1, 0, 9), "B2": (4, 12, 4, 0)}
UNSURE = {"o0": {"B2": 7}, "o1": {"B2": 6}}  # don't know, beside the twenty answers: 26 % and 23 %
MIDDLING = (2, 8, 8, 2)  # every other school on every criterion: mean 2.5


def mini_world() -> World:
    """`own` in 2021 and 2022 with six schools that are alike; `few` is hidden in 2022, `gone` has 2021 alone."""
    world = World((MINI,), ("own", "few", "gone", *OTHERS))
    for year, own in ((2021, THEN), (2022, NOW)):
        for criterion, levels in own.items():
            world.counts.append(Counts(SchoolRound("mini", year, "own"), criterion, levels))
        for school in OTHERS:
            for criterion in own:
                unsure = UNSURE.get(school, {}).get(criterion, 0)
                world.counts.append(Counts(SchoolRound("mini", year, school), criterion, MIDDLING, unsure))
    for criterion in NOW:
        world.counts.append(Counts(SchoolRound("mini", 2022, "few"), criterion, (0, 2, 2, 0)))
        world.counts.append(Counts(SchoolRound("mini", 2021, "few"), criterion, (0, 10, 10, 0)))
        world.counts.append(Counts(SchoolRound("mini", 2021, "gone"), criterion, (0, 10, 10, 0)))
    world.people[SchoolRound("mini", 2022, "own")] = People(70, 30)
    return world


TOLD = {
    "dialogues": [("own", "mini", 2021, "2021-03-01", "", ""), ("few", "mini", 2021, "2021-03-02", "", "")],
    "agreements": [
        ("own", "mini", 2021, 1, "A1", 2.5, 3.5, "2022-01-31", "Everybody plans", "done", "It went well."),
        ("own", "mini", 2021, 2, "B2", "", 4, "2021-12-01", "", "under_way", ""),
        ("own", "mini", 2021, 3, "B1", 2.5, 3, "2021-12-01", "", "dropped", ""),
        ("few", "mini", 2021, 1, "A1", 2.5, 3, "2022-12-31", "", "agreed", ""),
    ],
    "actions": [
        ("own", "mini", 2021, 1, 1, "A study circle", "principal", "2021-09-01", "", "agreed", ""),
        ("own", "mini", 2021, 1, 2, "A course", "teaching_staff", "", "", "done", "All went"),
    ],
    "certifications": [("own", "applied", "2021-05-01", ""), ("own", "declined", "2021-06-01", "B1 too low"),
                       ("own", "applied", "2023-02-01", "")],
    "labels": [("own", "school_label", "2019-01-01", "2020-12-31"), ("own", "prize", "2022-05-01", "")],
    "projects": [("new", "New", "Erasmus+", "2022-09-01", "2023-05-01"),
                 ("old", "Old", "Erasmus+", "2019-01-01", "2020-12-31"),
                 ("just", "Just ended", "Erasmus+", "2019-01-01", "2021-06-30"),
                 ("paid", "Paid", "ESF", "2021-01-01", "2022-12-31"),
                 ("theirs", "Theirs", "ESF", "2021-01-01", "2022-12-31")],
    "participants": [("new", "own"), ("old", "own"), ("just", "own"), ("theirs", "o1")],
    "payments": [("paid", 2022, "School own", "1000")],
}  # fmt: skip


def mini_view(folder: Path) -> View:
    """The small city with all that is told of it."""
    publish(mini_world(), folder)
    return tell(folder / "store", folder, **TOLD)
