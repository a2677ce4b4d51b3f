"""Small pictures: where courses and paces are drawn in their frames."""

from __future__ import annotations

import pytest

from analytics.charts.spark import LevelFrame, PaceFrame, course_of

FRAME = LevelFrame(110, 50, (2018, 2025), (1.0, 4.0), 3, breaks=(2022,))
OLD, NEW = (2018, 2019, 2020, 2021), (2022, 2023, 2024, 2025)


def test_no_piece_holds_years_of_two_frameworks():
    levels = {year: 2.0 for year in (*OLD, *NEW)}
    assert [[year for year, _ in piece] for piece in course_of(levels, [OLD, NEW])] == [list(OLD), list(NEW)]


def test_a_round_that_is_not_shown_is_a_gap():
    levels = {2022: 2.0, 2023: 2.1, 2025: 2.4}
    assert course_of(levels, [OLD, NEW]) == (((2022, 2.0), (2023, 2.1)), ((2025, 2.4),))
    assert course_of({}, [OLD, NEW]) == ()


def test_years_between_rounds_are_no_gap():
    assert course_of({2018: 2.0, 2020: 2.2}, [(2018, 2020)]) == (((2018, 2.0), (2020, 2.2)),)


def test_a_line_goes_through_its_points_and_begins_anew_after_a_break():
    course = course_of({2018: 1.0, 2021: 2.5, 2022: 2.5, 2025: 4.0}, [(2018, 2021), (2022, 2025)])
    assert FRAME.line(course) == "M5 45L47.9 25M62.1 25L105 5"
    assert FRAME.alone(course) == ""


def test_a_year_that_stands_alone_is_a_dot_and_no_line():
    course = course_of({2022: 3.0, 2024: 3.5, 2025: 4.0}, [NEW])
    assert FRAME.line(course) == "M90.7 11.7L105 5" and FRAME.alone(course) == "M62.1 18.3h0"


def test_the_goal_and_the_break_lie_where_they_are():
    assert FRAME.goal_line == f"M0 {FRAME.y(3):g}H110"
    assert FRAME.x(2021) < FRAME.x(2021.5) < FRAME.x(2022) and FRAME.break_lines == f"M{FRAME.x(2021.5):g} 0V50"


@pytest.mark.parametrize(
    "levels, held",
    [
        ([2.13, 3.41], (2.1, 3.5)),
        ([2.1, 3.4], (2.1, 3.4)),
        ([3.0], (2.5, 3.0)),
        ([2.9, 3.0], (2.5, 3.0)),
        ([1.0, 4.0], (1.0, 4.0)),
    ],
)
def test_a_scale_goes_from_tenth_to_tenth_and_holds_all_in_at_least_half_a_level(levels, held):
    assert LevelFrame.levels_around(levels) == held


def test_years_are_told_where_there_is_room():
    assert FRAME.told_years == [2018, 2022, 2025]
    assert LevelFrame(110, 50, (2021, 2025), (1.0, 4.0), 3, breaks=(2022,)).told_years == [2021, 2025]


@pytest.mark.parametrize(
    "paces, held", [([], (-0.1, 0.1)), ([0.12, 0.31], (0.0, 0.4)), ([-0.02, 0.1], (-0.1, 0.1)), ([-0.2], (-0.2, 0.0))]
)
def test_a_scale_of_paces_holds_all_and_0(paces, held):
    frame = PaceFrame.around(100, 40, paces)
    assert frame.paces == pytest.approx(held)
    assert all(frame.pad <= frame.x(pace) <= 100 - frame.pad for pace in [0, *paces])
