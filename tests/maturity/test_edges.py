"""Odd worlds: nobody invited, everybody unsure, other scales, odd names, very many or no answers at all."""

from __future__ import annotations

import math

import pytest

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.maturity.rounds import rounds
from analytics.maturity.schools import school_cells
from analytics.model.frameworks import Goal
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.words.language import words
from tests.maturity.twin import chance_of_goal
from tests.maturity.worlds import (
    PUBLISHED,
    Answer,
    Counts,
    People,
    SchoolRound,
    World,
    figures,
    framework_of,
    publish,
)

ROUND = SchoolRound("f", 2020, "s")
PLAIN = framework_of("f", {"a": ("A1",)})


def one_cell(folder, counts: Counts, framework=PLAIN, **world) -> tuple[dict, dict]:
    """The cell and the school-round of a world with one of each."""
    published = figures(publish(World((framework,), ("s",), counts=[counts], **world), folder))
    (cell,), (round_,) = published["cell"].values(), published["school_round"].values()
    return cell, round_


@pytest.mark.parametrize(
    ("levels", "dont_know"), [((0, 0, 0, 0), 0), ((0, 0, 0, 0), 30)], ids=["all zeros", "all don't know"]
)
def test_a_criterion_that_nobody_answered_is_a_hidden_row(tmp_path, levels, dont_know):
    told = [None, People(0), People(0, 0), People(40), People(40, 30)]
    rounds_ = [SchoolRound("f", 2020, f"s{i}") for i in range(len(told))]
    people = {round_: numbers for round_, numbers in zip(rounds_, told, strict=True) if numbers}
    counts = [Counts(round_, "A1", levels, dont_know) for round_ in rounds_]
    published = figures(
        publish(World((PLAIN,), tuple(r.school for r in rounds_), counts=counts, people=people), tmp_path)
    )
    assert len(published["cell"]) == len(published["school_round"]) == len(told)
    for cell in published["cell"].values():
        assert {name for name, value in cell.items() if value is not None} == {
            "framework", "year", "school_id", "criterion", "area", "status"}  # fmt: skip
    for row in published["school_round"].values():
        assert (row["status"], row["shown"], row["asked"], row["outcome"]) == ("hidden", 0, 1, "cannot_tell")
        assert (row["invited"], row["responded"], row["response_rate"]) == (None, None, None)


def test_a_mean_of_exactly_the_goal_meets_it(tmp_path):
    framework = framework_of("f", {"a": ("A1",)}, scale=(1, 5))
    cases = {
        "a": ((2, 1, 0, 1, 2), "met"),  # 2 + 2 + 4 + 10 = 18 of 6: 3 exactly
        "b": ((0, 1, 5, 1, 0), "met"),
        "c": ((10**7 - 1, 0, 0, 0, 10**7 - 1), "met"),
        "d": ((10**7, 0, 0, 0, 10**7 - 1), "not_met"),  # short of 3 by a ten-millionth
    }
    counts = [Counts(SchoolRound("f", 2020, school), "A1", levels) for school, (levels, _) in cases.items()]
    published = figures(publish(World((framework,), tuple(cases), counts=counts), tmp_path))
    assert [row["mean"] for row in published["cell"].values()] == [3, 3, 3, pytest.approx(3, abs=1e-6)]
    assert [row["goal_met"] for row in published["cell"].values()] == [True, True, True, False]
    found = {row["school_id"]: row["outcome"] for row in published["school_round"].values()}
    assert found == {school: outcome for school, (_, outcome) in cases.items()}


def test_the_largest_scale_with_the_most_answers_that_a_file_may_hold(tmp_path):
    """Twenty-one levels with ten million answers on each: the sums of squares still fit."""
    framework = framework_of("f", {"a": ("A1",)}, scale=(0, 20), goal=Goal(10))
    cell, _ = one_cell(tmp_path, Counts(ROUND, "A1", (10**7,) * 21), framework)
    assert (cell["n"], cell["mean"], cell["median"], cell["goal_met"]) == (21 * 10**7, 10, 10, True)
    assert cell["sd"] == pytest.approx(math.sqrt((21**2 - 1) / 12), rel=1e-8)


@pytest.mark.parametrize("first", [0, 2])
def test_scales_that_do_not_begin_at_one(tmp_path, first):
    """The same answers on levels 0-3 or 2-5: all is moved by as much, and nothing else changes."""
    framework = framework_of("f", {"a": ("A1",)}, scale=(first, first + 3), goal=Goal(first + 2, "median"))
    cell, _ = one_cell(tmp_path, Counts(ROUND, "A1", (4, 2, 6, 8), 6), framework)
    assert (cell["n"], cell["dont_know"], cell["levels"]) == (20, 6, [4, 2, 6, 8])
    assert (cell["mean"], cell["median"]) == (first + 1.9, first + 2)  # (2 + 2 x 6 + 3 x 8) / 20
    assert (cell["share_at_goal"], cell["goal_met"]) == (0.7, True)
    assert cell["sd"] == pytest.approx(math.sqrt(2 * (2 * 1.9**2 + 0.9**2 + 3 * 0.1**2 + 4 * 1.1**2) / 19))


def test_nobody_invited_is_no_response_rate(tmp_path):
    cell, round_ = one_cell(tmp_path, Counts(ROUND, "A1", (0, 0, 0, 20)), people={ROUND: People(0)})
    assert (cell["status"], round_["invited"], round_["response_rate"]) == ("ok", 0, None)


def test_nobody_responded_though_there_are_answers(tmp_path):
    """What the participation file states wins, even where it cannot be: no number of people, and the cell is marked."""
    cell, round_ = one_cell(tmp_path, Counts(ROUND, "A1", (0, 0, 0, 20)), people={ROUND: People(30, 0)})
    assert (cell["status"], cell["n"]) == ("low_response", 20)
    assert (round_["status"], round_["invited"], round_["responded"], round_["outcome"]) == (
        "hidden",
        None,
        None,
        "met",
    )


def test_everybody_answers_dont_know_one_by_one(tmp_path):
    answers = [Answer(ROUND, f"p{n}", "A1", None) for n in range(30)]
    published = figures(publish(World((PLAIN,), ("s",), answers), tmp_path))
    assert [row["status"] for row in published["cell"].values()] == ["hidden"]
    assert [row["status"] for row in published["school_round"].values()] == ["hidden"]
    assert [row["answers"] for row in published["city_cell"].values()] == [0]


def test_odd_names(tmp_path):
    odd = ("O'Brien-skolan", '"Å"/ä?%_', "--drop", "$hide_below", "学校", "ﬁ", "S" * 300)
    criteria = ("A'1", 'B"2', "a b / c", "ÅÄÖ; drop table cell", "100 %", "$1", "?")
    framework = framework_of("f", {"it's": criteria[:3], "ö ö": criteria[3:]})
    counts = [Counts(SchoolRound("f", 2020, s), c, (0, 2, 20, 2)) for s in odd for c in criteria]
    view = publish(World((framework,), odd, counts=counts), tmp_path)
    published = figures(view)
    assert {(row["school_id"], row["criterion"]) for row in published["cell"].values()} == {
        (school, criterion) for school in odd for criterion in criteria
    }
    assert all(row["mean"] == 3 and row["levels"] == [0, 2, 20, 2] for row in published["cell"].values())
    for school in odd:
        viewer = Viewer("own", frozenset({school}))
        assert {cell.criterion for cell in school_cells(view, viewer, school, "f", 2020)} == set(criteria)
        assert [published["area_cell"]["f", 2020, school, a]["shown"] for a in ("it's", "ö ö", "")] == [3, 4, 7]


def test_a_store_of_reference_data_alone(tmp_path):
    path = tmp_path / "files"
    publish(World((PLAIN,), ("s",)), path)  # writes the files that are loaded again below, and holds no round itself
    load(
        tmp_path / "store",
        [path / "f.toml"],
        ReadingOptions(),
        words("en"),
        loaded_by="test",
        new_store=True,
        hide_below=5,
    )
    for view in (Store(path / "store").current(), Store(tmp_path / "store").current()):
        assert all(rows == {} for rows in figures(view, PUBLISHED).values())
        assert rounds(view) == ()


def test_one_school_of_people_and_one_of_counts_are_one_city(tmp_path):
    """The same answers either way: the same cells, and one row of the city."""
    given = (1, 2, 3, 4, 4, 4) * 4
    answers = [Answer(SchoolRound("f", 2020, "people"), f"p{n}", "A1", level) for n, level in enumerate(given)]
    counts = [Counts(SchoolRound("f", 2020, "counts"), "A1", (4, 4, 4, 12))]
    published = figures(publish(World((PLAIN,), ("people", "counts"), answers, counts), tmp_path))
    one, two = (row | {"school_id": "", "ready": None, "there": None} for row in published["cell"].values())
    assert one == two
    drawn = [row["ready"] for row in published["cell"].values()]  # each school has lots of its own
    assert drawn == pytest.approx([chance_of_goal(given, PLAIN)] * 2, abs=0.045)
    there = [row["there"] for row in published["cell"].values()]
    assert there[0] == pytest.approx(there[1], abs=0.045)
    assert published["city_cell"]["f", 2020, "a", "A1"]["schools"] == 2
    assert {row["responded"] for row in published["school_round"].values()} == {24}
