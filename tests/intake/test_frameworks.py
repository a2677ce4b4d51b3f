"""Framework files: everything that can be wrong in one is told, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.intake.files import ReadingOptions
from analytics.intake.frameworks import read_framework
from analytics.loads.load import load
from analytics.model.errors import Problem, Refused
from analytics.model.frameworks import Bilingual, Calendar, Change, Goal
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks
from tests.intake.making import PROV, SAY, save

DATA = Path(__file__).parent.parent.parent / "data" / "frameworks"
NEXT = """
id = "prov-2025"
title = { sv = "Nästa prov", en = "Next trial" }
issuer = "Provkommunen"
valid_from = 2025
previous = "prov-2020"
colour = "green"
[scale]
min = 0
max = 2
labels = { sv = ["Nej", "Delvis", "Ja"], en = ["No", "In part", "Yes"] }
[goal]
level = 2
statistic = "share"
share = 0.5
[[area]]
id = "allt"
title = { sv = "Allt", en = "Everything" }
[[area.criterion]]
id = "X1"
title = { sv = "Ett", en = "One" }
previous = { criterion = "A1", change = "reworded" }
note = { sv = "Ny text", en = "New text" }
[[area.criterion]]
id = "X2"
title = { sv = "Två", en = "Two" }
weight = 2
"""

B1 = "area[1].criterion[0]"
WRONG_KIND = "The value is not of the kind that belongs here."
TOGETHER = "The key goal.share and the statistic “share” go together."
STATISTICS = "The value must be one of 'mean', 'median', 'share'."
CHANGES = "The value must be one of 'identical', 'reworded', 'split', 'merged'."
NO_PREVIOUS = "The criterion names a previous one, but the framework replaces none."
BAD_ID = "An id is small letters, digits and hyphens."
OUT_OF_RANGE = "The number is out of range."
ITSELF = "A framework cannot replace itself."
MISSING = "The key is missing."
CALENDAR = "[calendar]\n"
BLANK = "There must be something here."


def test_what_a_file_says(tmp_path):
    framework, unused, sha256 = read_framework(save(tmp_path / "f.toml", "\ufeff" + NEXT), SAY)
    assert (framework.id, framework.valid_from, framework.valid_to) == ("prov-2025", 2025, None)
    assert framework.title == Bilingual("Nästa prov", "Next trial")
    assert framework.levels == (0, 1, 2)
    assert framework.goal == Goal(2, "share", 0.5)
    assert [(c.id, c.previous, c.change) for c in framework.criteria] == [
        ("X1", "A1", Change.REWORDED),
        ("X2", None, Change.NEW),
    ]
    assert unused == ("colour", "area[0].criterion[1].weight")
    assert len(sha256) == 64


def test_the_dialogue_s_calendar(tmp_path):
    """Goals in the autumn and a follow-up in the spring after; where nothing is said, Malmö's January."""
    autumn = PROV.replace("[goal]", f"{CALENDAR}goals = 10\nfollow_up = 4\nspring = true\n[goal]")
    framework, unused, _ = read_framework(save(tmp_path / "f.toml", autumn), SAY)
    assert (framework.calendar, unused) == (Calendar(10, 4), ("calendar.spring",))
    assert framework.calendar.follow_up_year(2022) == 2023
    plain, _, _ = read_framework(save(tmp_path / "f.toml", PROV), SAY)
    assert plain.calendar == Calendar(goals=2, follow_up=1)
    same_year = PROV.replace("[goal]", f"{CALENDAR}goals = 2\nfollow_up = 11\n[goal]")
    framework, _, _ = read_framework(save(tmp_path / "f.toml", same_year), SAY)
    assert framework.calendar.follow_up_year(2022) == 2022


def test_the_calendar_is_kept_in_the_store(empty_store, tmp_path):
    autumn = PROV.replace("[goal]", f"{CALENDAR}goals = 10\nfollow_up = 4\n[goal]")
    load(empty_store, [save(tmp_path / "f.toml", autumn)], ReadingOptions(), SAY, loaded_by="test")
    calendars = {framework.id: framework.calendar for framework in read_frameworks(Store(empty_store).current())}
    assert (calendars["prov-2020"], calendars["vebs-2022"]) == (Calendar(10, 4), Calendar(rating=1))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_the_frameworks_that_come_along_are_right(path):
    framework, unused, _ = read_framework(path, SAY)
    assert (framework.id, unused) == (path.stem, ())


def told(folder, text: str | bytes) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        read_framework(save(folder / "f.toml", text), SAY)
    return refused.value.problems


@pytest.mark.parametrize(
    ("there", "instead", "column", "value", "problem"),
    [
        # What pydantic checks: the layout.
        ('id = "prov-2020"\n', "", "id", None, MISSING),
        ('id = "prov-2020"', 'id = "Prov 2020"', "id", "Prov 2020", BAD_ID),
        ("valid_from = 2020", 'valid_from = "2020"', "valid_from", "2020", WRONG_KIND),
        ("valid_from = 2020", "valid_from = 20", "valid_from", "20", OUT_OF_RANGE),
        ('en = "Trial"', 'en = " "', "title.en", " ", BLANK),
        ('title = { sv = "Prov", en = "Trial" }', 'title = "Prov"', "title", "Prov", WRONG_KIND),
        ("[goal]\nlevel = 3\n", "", "goal", None, MISSING),
        ("level = 3", 'level = 3\nstatistic = "mode"', "goal.statistic", "mode", STATISTICS),
        ("level = 3", 'level = 3\nstatistic = "share"\nshare = 1.5', "goal.share", "1.5", OUT_OF_RANGE),
        ('id = "B1"', 'id = ""', f"{B1}.id", "", BLANK),
        ('id = "B1"', 'id = "B1"\nprevious = { criterion = "Z", change = "x" }', f"{B1}.previous.change", "x", CHANGES),
        ("[goal]", f"{CALENDAR}goals = 13\nfollow_up = 1\n[goal]", "calendar.goals", "13", OUT_OF_RANGE),
        ("[goal]", f"{CALENDAR}goals = 9\nfollow_up = 0\n[goal]", "calendar.follow_up", "0", OUT_OF_RANGE),
        ("[goal]", f'{CALENDAR}goals = "9"\nfollow_up = 5\n[goal]', "calendar.goals", "9", WRONG_KIND),
        ("[goal]", f"{CALENDAR}goals = 9\n[goal]", "calendar.follow_up", None, MISSING),
        # What only sense can tell.
        ("valid_to = 2024", "valid_to = 2019", "valid_to", "2019", "The framework ends before it begins."),
        ("max = 4", "max = 1", "scale.max", "1", "A scale has at least two levels."),
        ("max = 4", "max = 5", "scale.labels.sv", "4", "The scale has 5 levels, but 4 names."),
        ('"Safe"', '"Safe\\nalways"', "scale.labels.en", "Safe\nalways", "The name of the level holds a line break."),
        ('"Aktiverad"', '"trygg"', "scale.labels.sv", "Trygg", "Two levels have the same name."),
        ("level = 3", "level = 5", "goal.level", "5", "The goal is off the scale."),
        ("level = 3", "level = 3\nshare = 0.5", "goal.share", "0.5", TOGETHER),
        ("level = 3", 'level = 3\nstatistic = "share"', "goal.share", "None", TOGETHER),
        ("valid_to = 2024", 'valid_to = 2024\nprevious = "prov-2020"', "previous", "prov-2020", ITSELF),
        ('id = "B1"', 'id = "a1"', "area.criterion.id", "a1", "The id is used twice."),
        ('id = "undervisning"', 'id = "Ledning"', "area.id", "Ledning", "The id is used twice."),
        (
            'id = "B1"',
            'id = "B1"\nprevious = { criterion = "L", change = "split" }',
            f"{B1}.previous",
            "L",
            NO_PREVIOUS,
        ),
    ],
)
def test_mistakes(tmp_path, there, instead, column, value, problem):
    assert there in PROV
    first = told(tmp_path, PROV.replace(there, instead))[0]
    assert (first.row, first.column, first.value, first.problem) == (None, column, value, problem)


def test_a_line_does_not_go_on_as_two(tmp_path):
    follows = 'previous = { criterion = "A1", change = "identical" }'
    text = NEXT.replace('colour = "green"\n', "").replace("weight = 2\n", f"{follows}\n")
    framework, *_ = read_framework(save(tmp_path / "once.toml", text), SAY)
    assert [c.previous for c in framework.criteria] == ["A1", "A1"], "once in the same words, and once reworded"
    (found,) = told(tmp_path, text.replace('"reworded"', '"identical"'))
    assert (found.column, found.value) == ("area[0].criterion[1].previous", "A1")
    assert "cannot go on as two" in found.problem and "“split”" in found.hint


def test_all_mistakes_at_once(tmp_path):
    wrong = PROV.replace("level = 3", "level = 9").replace("valid_to = 2024", "valid_to = 2010").replace('"B1"', '"A1"')
    assert [p.column for p in told(tmp_path, wrong)] == ["valid_to", "goal.level", "area.criterion.id"]


@pytest.mark.parametrize(
    ("data", "value", "problem"),
    [
        ('id = "x"\ntitle = \nissuer = "y"\n', "title =", "This is not a TOML file: line 2 cannot be read."),
        ('id = "x"\nid = "y"\n', 'id = "y"', "This is not a TOML file: line 2 cannot be read."),
        ('id = "x', 'id = "x', "This is not a TOML file: it breaks off, or is something else."),
        (b"\x89PNG\r\n\x1a\n\0\0", None, "This is not a TOML file: it is not written in UTF-8."),
        ('issuer = "Malmö"'.encode("cp1252"), None, "This is not a TOML file: it is not written in UTF-8."),
        ("a = " + "[" * 5000, None, "This is not a TOML file: it breaks off, or is something else."),
        ("valid_from = " + "9" * 5000, None, "This is not a TOML file: it breaks off, or is something else."),
    ],
    ids=["no value", "key twice", "open string", "picture", "windows", "nested", "huge number"],
)
def test_no_toml(tmp_path, data, value, problem):
    (only,) = told(tmp_path, data)
    assert only.problem == problem
    assert value is None or only.value in (value, None)


def test_an_empty_file_lacks_every_key(tmp_path):
    assert [p.column for p in told(tmp_path, "")] == ["id", "title", "issuer", "valid_from", "scale", "goal", "area"]
