"""The demo's dialogues: the same every time, about the schools' own answers, and loaded without a remark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics.demo.answers import demo_sheets
from analytics.demo.dialogue import YEARS, dialogue_sheets
from analytics.intake.files import ReadingOptions, take_in
from analytics.intake.readers import TextTable, sheets_in
from analytics.model.dialogue import Activity, Agreement
from analytics.model.provenance import Provenance
from analytics.words.language import words

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def answers() -> list[TextTable]:
    return demo_sheets(DATA / "demo")


@pytest.fixture(scope="module")
def made(answers) -> list[TextTable]:
    return dialogue_sheets(DATA / "demo", answers)


def rows(sheet: TextTable) -> Iterator[dict[str, str]]:
    columns = [column.to_pylist() for column in sheet.columns]
    return (dict(zip(sheet.headings, row, strict=True)) for row in zip(*columns, strict=True))


def test_they_are_the_same_every_time_and_say_that_they_are_synthetic(answers, made):
    again = dialogue_sheets(DATA / "demo", answers)
    assert [sheet.sha256 for sheet in made] == [sheet.sha256 for sheet in again]
    assert {sheet.provenance for sheet in made} == {Provenance.SYNTHETIC}


def test_the_checks_that_every_file_meets_find_nothing_wrong(answers, made):
    activities = sheets_in(DATA / "demo", Provenance.SYNTHETIC, words("en"), ("activities.csv",))
    tomls = [DATA / "frameworks" / f"{id_}.toml" for id_ in ("dsoe-2018", "vebs-2022")]
    intake = take_in([*tomls, *answers, *activities, *made], (), (), ReadingOptions(), words("en"))
    assert intake.problems == []
    told = [one.row for one in intake.dialogues]
    agreements = [row for row in told if isinstance(row, Agreement)]
    assert len(agreements) == len(made[1].rows)
    assert {row.provenance for row in agreements} == {Provenance.SYNTHETIC}
    offered = Counter(row.area for row in told if isinstance(row, Activity))
    assert len(offered) == 5 and set(offered.values()) <= {2, 3}


def test_about_two_thirds_of_the_schools_have_talked_and_fewer_so_far_in_the_last_year(made):
    held = Counter(int(row["year"]) for row in rows(made[0]))
    *earlier, last = (held[year] for year in YEARS)
    assert all(45 <= n <= 58 for n in earlier)
    assert 15 <= last <= 32
    assert all(date.fromisoformat(row["held"]).weekday() < 5 for row in rows(made[0]))


def test_each_dialogue_agrees_on_one_to_three_goals_with_one_to_three_actions(made):
    agreed = Counter((row["school"], row["year"]) for row in rows(made[1]))
    assert set(agreed) == {(row["school"], row["year"]) for row in rows(made[0])}
    acted = Counter((row["school"], row["year"], row["agreement"]) for row in rows(made[2]))
    assert set(acted) == {(row["school"], row["year"], row["number"]) for row in rows(made[1])}
    assert set(agreed.values()) == set(acted.values()) == {1, 2, 3}
    leaning = sum(row["activity"] != "" for row in rows(made[2]))
    assert 0.05 <= leaning / len(made[2].rows) <= 0.25
    assert len({row["role"] for row in rows(made[2])}) == 5
    assert len({row["text"] for row in rows(made[2])}) > 100


def test_what_was_agreed_earlier_is_mostly_done_and_the_last_years_is_open(made):
    for year in YEARS[:-1]:
        status = Counter(row["status"] for row in rows(made[1]) if row["year"] == str(year))
        assert status["done"] > 0.5 * status.total()
        assert status["dropped"] > 0 and status["under_way"] > 0  # open though the day has passed: late
    last = [row for row in rows(made[1]) if row["year"] == str(YEARS[-1])]
    assert {row["status"] for row in last} == {"agreed", "under_way"}
    assert {row["outcome"] for row in last} == {row["followed_up"] for row in last} == {""}
    assert all(row["outcome"] and row["followed_up"] for row in rows(made[1]) if row not in last)


def test_goals_start_from_the_schools_own_mean_of_five_answers_or_more(answers, made):
    given: dict[tuple[str, str, str], list[int]] = {}
    for row in rows(answers[2]):
        if row["level"] in "1234" and row["level"]:
            given.setdefault((row["school"], row["year"], row["criterion"]), []).append(int(row["level"]))
    lower = rough = 0
    for row in rows(made[1]):
        levels = given[row["school"], row["year"], row["criterion"]]
        assert len(levels) >= 5
        own = sum(levels) / len(levels)
        if len(levels) < 10:
            rough += 1
            assert float(row["from_level"]) in (round(float(row["from_level"]), 1), 1.5, 3.5), "as it is told"
            assert float(row["from_level"]) == pytest.approx(min(max(own, 1.5), 3.5), abs=0.051)
        else:
            assert float(row["from_level"]) == pytest.approx(own, abs=0.2 if len(levels) < 20 else 0.0051)
        assert float(row["to_level"]) > float(row["from_level"])
        others = [sum(v) / len(v) for (s, y, _), v in given.items() if (s, y) == (row["school"], row["year"])]
        lower += sum(mean < sum(levels) / len(levels) for mean in others) < 4
    assert rough
    assert 0.6 <= lower / len(made[1].rows) <= 0.95  # most are among the four lowest, some are not
