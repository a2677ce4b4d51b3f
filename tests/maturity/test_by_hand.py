"""Figures that a reader can check with pencil: each table goes through a real load and is read from the view file.

t(4) = 2.776445, t(9) = 2.262157 and z = 1.959964 are the 97.5 % quantiles; figures are given to six decimals.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import beta
from statsmodels.stats.proportion import proportion_confint

from analytics.maturity.methods.intervals import share_interval
from analytics.model.frameworks import Goal
from tests.maturity.worlds import Answer, Counts, People, SchoolRound, World, figures, framework_of, publish


def load_counts(folder, schools: dict[str, tuple[int, ...]], *, people=(), **how) -> dict[str, dict[tuple, dict]]:
    """Publishes one round on one criterion, school -> answers per level (and don't-knows last, if any)."""
    framework = framework_of("f", {"a": ("A1",)}, **how)
    wide = len(framework.levels)
    counts = [Counts(SchoolRound("f", 2020, s), "A1", c[:wide], sum(c[wide:])) for s, c in schools.items()]
    told = {SchoolRound("f", 2020, school): People(*numbers) for school, numbers in dict(people).items()}
    return figures(publish(World((framework,), tuple(schools), counts=counts, people=told), folder))


def load_people(folder, people: dict[str, tuple], areas: dict[str, tuple[str, ...]]) -> dict[str, dict[tuple, dict]]:
    """Publishes one school-round: person -> a level on each criterion in turn; None: don't know; '-': no row."""
    criteria = [criterion for ids in areas.values() for criterion in ids]
    round_ = SchoolRound("f", 2020, "s")
    answers = [
        Answer(round_, person, criterion, level)
        for person, levels in people.items()
        for criterion, level in zip(criteria, levels, strict=True)
        if level != "-"
    ]
    return figures(publish(World((framework_of("f", areas),), ("s",), answers), folder))


def near(*values: float):
    return pytest.approx(values, abs=6e-7)


def of_schools(published: dict, column: str) -> dict:
    return {row["school_id"]: row[column] for row in published["cell"].values()}


# Cells --------------------------------------------------------------------------------------------------------------

#   answers on 1 2 3 4    n  sum  squares around the mean
CELLS = {
    "all-three": (0, 0, 20, 0),  # 20, 60, 0
    "spread": (4, 4, 4, 8),  # 20, 56, 4 x (3.24 + 0.64 + 0.04 + 2 x 1.44) = 27.2
    "halves": (10, 0, 0, 10),  # 20, 50, 20 x 2.25 = 45
    "top": (0, 0, 0, 20),  # 20, 80, 0
    "bottom": (20, 0, 0, 0),  # 20, 20, 0
    "even": (8, 4, 0, 12),  # 24, 64, 8 x 25/9 + 4 x 4/9 + 12 x 16/9 = 408/9
}


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    published = load_counts(tmp_path_factory.mktemp("cells"), CELLS)
    return {row["school_id"]: row for row in published["cell"].values()}


@pytest.mark.parametrize(
    ("school", "n", "mean", "variance"),
    [
        ("all-three", 20, 3, 0),
        ("spread", 20, 56 / 20, 27.2 / 19),
        ("halves", 20, 50 / 20, 45 / 19),
        ("top", 20, 4, 0),
        ("even", 24, 64 / 24, 408 / 9 / 23),
    ],
)
def test_mean_and_standard_deviation(cells, school, n, mean, variance):
    cell = cells[school]
    assert cell["n"] == n
    assert (cell["mean"], cell["sd"] ** 2) == near(mean, variance)


def ends(mean: float, variance: float, given: float) -> tuple[float, float]:
    """Of a beta distribution on the levels 1-4 with this mean and variance, widened to hold the mean that was given."""
    at = (mean - 1) / 3
    tells = at * (1 - at) * 9 / variance - 1
    low, high = beta.ppf([0.025, 0.975], at * tells, (1 - at) * tells) * 3 + 1
    return min(low, given), max(high, given)


@pytest.mark.parametrize(
    ("school", "mean", "variance"),
    [
        # A quarter of an answer more on each level; variance: (sum of k^2 a / A - mean^2) / (A + 1), A = n + 1
        ("all-three", 62.5 / 21, (187.5 / 21 - (62.5 / 21) ** 2) / 22),  # 180 + 7.5
        ("spread", 58.5 / 21, (191.5 / 21 - (58.5 / 21) ** 2) / 22),  # 4 + 16 + 36 + 128 + 7.5
        ("halves", 52.5 / 21, (177.5 / 21 - 2.5**2) / 22),  # 10 + 160 + 7.5
        ("top", 82.5 / 21, (327.5 / 21 - (82.5 / 21) ** 2) / 22),  # 320 + 7.5
    ],
)
def test_interval_of_the_mean(cells, school, mean, variance):
    cell = cells[school]
    assert (cell["ci_low"], cell["ci_high"]) == near(*ends(mean, variance, cell["mean"]))


def test_interval_stays_on_the_scale_and_has_a_width(cells):
    assert (cells["top"]["ci_low"], cells["top"]["ci_high"]) == near(3.689764, 4)
    assert (cells["all-three"]["ci_low"], cells["all-three"]["ci_high"]) == near(2.863561, 3.085943)


@pytest.mark.parametrize(
    ("school", "share", "low", "high"),
    [
        # (successes + z^2/2 -+ z x root(n p q + z^2/4)) / (n + z^2), z^2 = 3.841459
        ("halves", 0.5, 0.299298, 0.700702),  # (10 + 1.920729 -+ 1.959964 x root(5 + 0.960365)) / 23.841459
        ("spread", 0.6, 0.386582, 0.781193),  # (12 + 1.920729 -+ 1.959964 x root(4.8 + 0.960365)) / 23.841459
        ("bottom", 0, 0, 0.161125),  # 3.841459 / 23.841459
        ("top", 1, 0.838875, 1),  # 20 / 23.841459
    ],
)
def test_share_at_the_goal_and_wilson_interval(cells, school, share, low, high):
    cell = cells[school]
    assert (cell["share_at_goal"], cell["share_low"], cell["share_high"]) == near(share, low, high)


def test_nobody_and_everybody_are_at_the_ends_to_the_last_digit():
    """Else a file says -0.00000000000000002, or that more than everybody may be at the goal."""
    n = np.arange(1, 5000)
    assert set(share_interval(np.zeros_like(n), n)[0]) == {0.0}
    assert set(share_interval(n, n)[1]) == {1.0}


def test_the_interval_of_a_share_is_the_established_implementations():
    n = np.repeat(np.arange(1, 121), 121)
    successes = np.tile(np.arange(121), 120)
    n, successes = n[successes <= n], successes[successes <= n]
    theirs = np.array(proportion_confint(successes, n, alpha=0.05, method="wilson"))
    ours = np.array(share_interval(successes, n))
    assert ours == pytest.approx(theirs, abs=1e-14)
    worth = np.array([7.3, 0.4, 61.25])  # answers need not be whole: what the staff's correction makes them worth
    assert np.array(share_interval(worth / 3, worth)) == pytest.approx(
        np.array(proportion_confint(worth / 3, np.maximum(worth, 1), alpha=0.05, method="wilson")), abs=1e-14
    )


@pytest.mark.parametrize(
    ("school", "median"),
    [
        ("all-three", 3),
        ("spread", 3),  # 8 of 20 answers are at most 2, 12 of 20 at most 3
        ("halves", 1),  # an even split: half of the answers do not exceed 1
        ("even", 2),  # 12 of 24 are at most 2
        ("top", 4),
    ],
)
def test_median(cells, school, median):
    assert cells[school]["median"] == median


GOALS = [
    (Goal(3, "mean"), {"all-three", "top"}),
    (Goal(3, "median"), {"all-three", "spread", "top"}),
    (Goal(3, "share", 0.5), {"all-three", "spread", "halves", "top", "even"}),
    (Goal(3, "share", 0.6), {"all-three", "spread", "top"}),  # 12 of 20 is 0.6, not a hair less
    (Goal(4, "share", 0.5), {"halves", "top", "even"}),
]


def test_goal_on_a_criterion(tmp_path):
    frameworks = tuple(framework_of(f"goal-{i}", {"a": ("A1",)}, goal=goal) for i, (goal, _) in enumerate(GOALS))
    counts = [Counts(SchoolRound(f.id, 2020, s), "A1", levels) for f in frameworks for s, levels in CELLS.items()]
    published = figures(publish(World(frameworks, tuple(CELLS), counts=counts), tmp_path))
    for framework, (goal, met) in zip(frameworks, GOALS, strict=True):
        cells = [cell for cell in published["cell"].values() if cell["framework"] == framework.id]
        assert {cell["school_id"] for cell in cells if cell["goal_met"]} == met, goal


# Status -------------------------------------------------------------------------------------------------------------

#    answers, (invited, responded), status, whether the distribution is shown
LIMITS = [
    (0, None, "hidden", False),
    (4, None, "hidden", False),
    (5, None, "few", False),
    (9, None, "few", False),
    (10, None, "uncertain", False),
    (19, None, "uncertain", False),
    (20, None, "ok", True),
    (4, (100, 10), "hidden", False),  # hidden goes before low response
    (5, (100, 10), "few", False),  # and so does few
    (10, (100, 10), "low_response", False),  # low response goes before uncertain
    (20, (1000, 499), "low_response", True),  # 49.9 %
    (20, (1000, 500), "ok", True),  # 50 %
    (20, (0, None), "ok", True),  # nobody invited is no response rate
]


def test_status_and_its_limits(tmp_path):
    schools = {f"case{i}": (0, 0, n, 0) for i, (n, *_) in enumerate(LIMITS)}
    people = {f"case{i}": told for i, (_, told, *_) in enumerate(LIMITS) if told}
    published = load_counts(tmp_path, schools, people=people)
    found = {row["school_id"]: (row["status"], row["levels"] is not None) for row in published["cell"].values()}
    assert found == {f"case{i}": (status, has_levels) for i, (*_, status, has_levels) in enumerate(LIMITS)}


@pytest.mark.parametrize(
    ("setting", "hidden"),
    [(0, {"four"}), (7, {"four", "six"}), (12, {"four", "six", "eleven"})],
)
def test_the_limit_is_a_setting_with_five_as_its_floor(tmp_path, setting, hidden):
    framework = framework_of("f", {"a": ("A1",)})
    sizes = {"four": 4, "six": 6, "eleven": 11, "twelve": 12}
    counts = [Counts(SchoolRound("f", 2020, school), "A1", (0, 0, n, 0)) for school, n in sizes.items()]
    published = figures(publish(World((framework,), tuple(sizes), counts=counts, hide_below=setting), tmp_path))
    assert {row["school_id"] for row in published["cell"].values() if row["status"] == "hidden"} == hidden
    assert {row["school_id"] for row in published["cell"].values() if row["n"]} == {"eleven", "twelve"} - hidden
    assert {row["school_id"] for row in published["cell"].values() if row["n_band"]} == {"six"} - hidden
    assert {row["school_id"] for row in published["school_round"].values() if row["status"] == "hidden"} == hidden


def test_response(tmp_path):
    """What is stated wins; else people are counted; else the fullest criterion is taken, don't-knows among it."""
    twelve = {"A1": (1, 2, 3, 4, 4, None) * 2, "A2": (1, 2, 3, 4, 4, 4) * 2}
    framework = framework_of("f", {"a": tuple(twelve)})
    answers = [
        Answer(SchoolRound("f", 2020, school), f"p{person}", criterion, level)
        for school in ("stated", "counted", "not-known", "few")
        for criterion, levels in twelve.items()
        for person, level in enumerate(levels)
    ]
    as_counts = SchoolRound("f", 2020, "fullest")
    counts = [Counts(as_counts, "A1", (2, 2, 2, 4), 6), Counts(as_counts, "A2", (2, 2, 2, 8), 0)]
    people = {
        SchoolRound("f", 2020, "stated"): People(40, 18),
        SchoolRound("f", 2020, "counted"): People(16),
        SchoolRound("f", 2020, "few"): People(16, 9),
        as_counts: People(32),
    }
    world = World((framework,), ("stated", "counted", "not-known", "few", "fullest"), answers, counts, people)
    found = {
        row["school_id"]: (row["invited"], row["responded"], row["response_rate"], row["status"])
        for row in figures(publish(world, tmp_path))["school_round"].values()
    }
    assert found == {
        "stated": (40, 18, 0.45, "low_response"),
        "counted": (16, 12, 0.75, "uncertain"),
        "not-known": (None, 12, None, "uncertain"),
        "few": (None, None, None, "few"),  # whatever the cells say
        "fullest": (32, 16, 0.5, "uncertain"),
    }


# Areas --------------------------------------------------------------------------------------------------------------

#        A1 A2   own mean  from 2.7  squared
KINDS = (
    (1, 2),  # 1.5     -1.2      1.44
    (2, 2),  # 2.0     -0.7      0.49
    (3, 4),  # 3.5      0.8      0.64
    (4, 4),  # 4.0      1.3      1.69
    (2, 3),  # 2.5     -0.2      0.04   together 4.30
)
TWENTY = {f"p{number}": KINDS[number % 5] for number in range(20)}
#  means 2.4 and 3.0; squares around them 20.8 and 16.0


def area(published: dict, area_id: str) -> dict:
    return published["area_cell"]["f", 2020, "s", area_id]


# 20 people and one more at 2.5 who adds 1.25: mean 56.5 / 21, squares 4 x 4.30 + 1.25 + 20 / 21 x 0.2^2 = 18.488095
OF_TWENTY = ends(56.5 / 21, 18.488095 / 21 / 22, 2.7)


def test_area_with_complete_answers_is_told_by_peoples_own_means(tmp_path):
    published = load_people(tmp_path, TWENTY, {"a": ("A1", "A2")})
    for its_id in ("a", ""):
        row = area(published, its_id)
        assert (row["mean"], row["ci_low"], row["ci_high"]) == near(2.7, *OF_TWENTY)
        assert (row["interval_basis"], row["respondents"], row["shown"], row["asked"]) == ("respondents", 20, 2, 2)
        assert row["at_goal"] == 1


def test_area_from_counts_is_told_within_what_is_assumed(tmp_path):
    framework = framework_of("f", {"a": ("A1", "A2")})
    round_ = SchoolRound("f", 2020, "s")
    counts = [Counts(round_, "A1", (4, 8, 4, 4)), Counts(round_, "A2", (0, 8, 4, 8))]
    row = area(figures(publish(World((framework,), ("s",), counts=counts), tmp_path)), "a")
    # errors root(20.8 / 19 / 20) = 0.233959 and root(16 / 19 / 20) = 0.205196, the half of it in common: their squares
    # and the square of their sum, (0.096842 / 2 + 0.192856 / 2) / 4 = 0.036212, is the error's; times 20 x 19
    wide = ends(56.5 / 21, (13.760659 + 1.25 + 20 / 21 * 0.04) / 21 / 22, 2.7)
    assert (row["mean"], row["ci_low"], row["ci_high"]) == near(2.7, *wide)
    assert (row["interval_basis"], row["respondents"]) == ("assumed", None)


def test_area_leaves_hidden_criteria_out(tmp_path):
    """Four on A3: the area is that of A1 and A2, and says that two of three are shown."""
    with_third = {
        person: (*levels, 1 if person in ("p1", "p2", "p3", "p4") else None) for person, levels in TWENTY.items()
    }
    published = load_people(tmp_path, with_third, {"a": ("A1", "A2", "A3")})
    row = area(published, "a")
    assert (row["mean"], row["ci_low"]) == near(2.7, OF_TWENTY[0])
    assert (row["shown"], row["asked"], row["respondents"]) == (2, 3, 20)


def test_area_with_nothing_to_show(tmp_path):
    published = load_people(tmp_path, {f"p{i}": (3, 3) for i in range(4)}, {"a": ("A1", "A2")})
    for its_id in ("a", ""):
        row = area(published, its_id)
        assert (row["shown"], row["asked"]) == (0, 2)
        empty = ("mean", "ci_low", "ci_high", "interval_basis", "respondents", "at_goal")
        assert [row[name] for name in empty] == [None] * len(empty)
    assert published["city_area"]["f", 2020, "a"]["left_out_schools"] == 1


def test_the_whole_is_the_mean_of_criteria_not_of_areas(tmp_path):
    """4 on one criterion of area a, 1 on three of area b: (4 + 1 + 1 + 1) / 4."""
    published = load_people(
        tmp_path, {f"p{i}": (4, 1, 1, 1) for i in range(20)}, {"a": ("A1",), "b": ("B1", "B2", "B3")}
    )
    assert [area(published, its_id)["mean"] for its_id in ("a", "b", "")] == [4, 1, 1.75]


# The city -----------------------------------------------------------------------------------------------------------


def test_city_counts_schools_or_answers(tmp_path):
    #                       1  2  3   4    mean
    schools = {
        "low": (0, 20, 0, 0),  # 2
        "middle": (0, 0, 20, 0),  # 3
        "high": (0, 0, 0, 40),  # 4
        "hidden": (4, 0, 0, 0),
        "nobody": (0, 0, 0, 0, 9),  # nine don't know
    }
    published = load_counts(tmp_path, schools)
    row = published["city_cell"]["f", 2020, "a", "A1"]
    assert (row["schools"], row["answers"], row["left_out_schools"]) == (3, 80, 2)
    assert row["mean_of_schools"] == 3  # (2 + 3 + 4) / 3
    assert row["mean_of_answers"] == 260 / 80  # (20 x 2 + 20 x 3 + 40 x 4) / 80
    assert row["share_at_goal"] == 60 / 80
    assert (row["p10"], row["p90"]) == near(2.2, 3.8)  # a tenth of the way over two gaps: a fifth of a gap from the end
    over_all = published["city_area"]["f", 2020, ""]
    assert (over_all["schools"], over_all["mean_of_schools"], over_all["left_out_schools"]) == (3, 3, 2)
    assert (over_all["p10"], over_all["p90"]) == near(2.2, 3.8)


def test_city_of_one_school_that_may_be_shown(tmp_path):
    published = load_counts(tmp_path, {"alone": (1, 1, 1, 2), "hidden": (2, 2, 0, 0)})
    row = published["city_cell"]["f", 2020, "a", "A1"]
    assert (row["schools"], row["left_out_schools"], row["between_school_sd"]) == (1, 1, None)
    assert row["mean_of_schools"] == row["p10"] == row["p90"] == 2.8
    assert of_schools(published, "pulled_mean") == {"alone": None, "hidden": None}


def test_city_without_any_school_to_show(tmp_path):
    row = load_counts(tmp_path, {"hidden": (2, 2, 0, 0)})["city_cell"]["f", 2020, "a", "A1"]
    assert (row["schools"], row["answers"], row["left_out_schools"]) == (0, 0, 1)
    empty = ("mean_of_schools", "mean_of_answers", "share_at_goal", "p10", "p90", "between_school_sd")
    assert [row[name] for name in empty] == [None] * len(empty)


def test_spread_between_schools_and_pulled_means(tmp_path):
    """With equally many answers REML is the analysis of variance: tau^2 = (between - within) / answers a school.

    Within: 24 / 57. Between: 20 x (1 + 0 + 1) / 2 = 20. tau^2 = (20 - 24 / 57) / 20.
    Were tau known, a share u = 24 / 57 / 20 of each school's distance to the city's 3 would be taken off.
    It may be anything from 0 to 1; flat in tau, its density is u^-1/2 (1 - u)^-1/2 (24 + 40 u)^-29 by the sums of
    squares within and between and 60 answers, which is even in the angle whose squared sine u is.
    """
    sines = [math.sin((i + 0.5) * math.pi / 2000) ** 2 for i in range(1000)]
    density = [(24 + 40 * u) ** -29 for u in sines]
    off = sum(u * d for u, d in zip(sines, density, strict=True)) / sum(density)
    assert 0.005 < off < 0.05
    schools = {
        "low": (4, 12, 4, 0, 0),  # mean 2, squares 8
        "middle": (0, 4, 12, 4, 0),  # 3, 8
        "high": (0, 0, 4, 12, 4),  # 4, 8
    }
    published = load_counts(tmp_path, schools, scale=(1, 5))
    assert published["city_cell"]["f", 2020, "a", "A1"]["between_school_sd"] == pytest.approx(
        (1 - 24 / 57 / 20) ** 0.5, abs=1e-9
    )
    assert of_schools(published, "pulled_mean") == pytest.approx(
        {"low": 2 + off, "middle": 3, "high": 4 - off}, abs=1e-9
    )


# The goal on every criterion ----------------------------------------------------------------------------------------

MET, MISSED, HIDDEN = (0, 0, 5, 0), (0, 1, 4, 0), (0, 0, 4, 0)


OUTCOMES = [  # criteria, at the goal, shown, outcome
    ((MET, MET, MET), 3, 3, "met"),
    ((MET, MET, MISSED), 2, 3, "not_met"),
    ((MET, MET, HIDDEN), 2, 2, "cannot_tell"),
    ((MET, MISSED, HIDDEN), 1, 2, "not_met"),  # whatever is hidden
    ((HIDDEN, HIDDEN, HIDDEN), 0, 0, "cannot_tell"),
    ((MET,), 1, 1, "met"),  # what was never asked is nothing to meet
]


def test_goal_outcome(tmp_path):
    framework = framework_of("f", {"a": ("A1", "A2", "A3")})
    schools = tuple(f"case{i}" for i in range(len(OUTCOMES)))
    counts = [
        Counts(SchoolRound("f", 2020, school), f"A{i}", levels)
        for school, (criteria, *_) in zip(schools, OUTCOMES, strict=True)
        for i, levels in enumerate(criteria, 1)
    ]
    published = figures(publish(World((framework,), schools, counts=counts), tmp_path))["school_round"]
    rows = [published["f", 2020, school] for school in schools]
    found = [(row["asked"], row["at_goal"], row["shown"], row["outcome"]) for row in rows]
    assert found == [(len(criteria), *wanted) for criteria, *wanted in OUTCOMES]
