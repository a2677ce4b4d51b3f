"""What was found against what the staff said: held against SciPy's own t-test, and left out where cells are hidden."""

from __future__ import annotations

from datetime import date
from statistics import mean

import pytest
from scipy.stats import false_discovery_control, ttest_1samp

from analytics.dialogue.findings import school_differences, self_against_findings
from analytics.model.dialogue import Finding
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.store.reading import Store, View
from analytics.store.reference import read_frameworks
from tests.dialogue.registers import counts_of, published
from tests.maturity.worlds import World, framework_of

EVERYBODY = Viewer("all", None)
THREE = framework_of("three", {"a": ("A1", "A2", "A3")}, years=(2021, None))
SCHOOLS = tuple(f"s{n}" for n in range(1, 8))
HIGH = [(0, 1, n, 30) for n in range(1, 8)]  # near 4
EVEN = [(0, 10 + n, 10, 18 - n) for n in range(1, 8)]  # near 3
ON = date(2023, 5, 1)


@pytest.fixture(scope="module")
def view(tmp_path_factory) -> View:
    """Seven schools found at 3 on everything in 2023. s7 is hidden on A1 then; s1-s4 alone have findings on A3; s6 was
    found at 1 on A1 before."""
    world = World((THREE,), SCHOOLS)
    for school, high, even in zip(SCHOOLS, HIGH, EVEN, strict=True):
        now = {"A1": (0, 0, 2, 2) if school == "s7" else high, "A2": even, "A3": even}
        world.counts += counts_of("three", 2023, school, now)
        world.counts += counts_of("three", 2022, school, {c: (9, 0, 0, 0) for c in ("A1", "A2", "A3")})
        world.counts += counts_of("three", 2024, school, {c: (9, 0, 0, 0) for c in ("A1", "A2", "A3")})
    rows = [Finding("s6", "three", "A1", date(2023, 2, 1), 1)]
    for school in SCHOOLS:
        rows += [Finding(school, "three", c, ON, 3) for c in ("A1", "A2")]
    rows += [Finding(school, "three", "A3", ON, 3) for school in SCHOOLS[:4]]
    return published(world, tmp_path_factory.mktemp("city"), {"finding": rows})


def own(levels: tuple[int, ...]) -> float:
    return sum(level * n for level, n in enumerate(levels, 1)) / sum(levels)


def test_each_finding_is_held_against_the_round_at_or_before_its_day(view):
    found = {(row.school_id, row.criterion): row for row in school_differences(view, EVERYBODY, THREE)}
    assert {row.year for row in found.values()} == {2023}
    assert found["s1", "A2"].difference == pytest.approx(own(EVEN[0]) - 3)
    assert found["s6", "A1"].level == 3, "its latest finding"
    assert ("s7", "A1") not in found, "hidden in that round, and an older one is about another staff"


def test_before_the_later_finding_the_earlier_one_counts(view):
    (row,) = school_differences(view, EVERYBODY, THREE, date(2023, 4, 30))
    assert (row.school_id, row.criterion, row.level) == ("s6", "A1", 1)


def test_the_difference_is_students_t_over_schools(view):
    found = {row.criterion: row for row in self_against_findings(view, EVERYBODY, THREE)}
    for criterion, told in (("A1", HIGH[:6]), ("A2", EVEN)):
        differences = [own(levels) - 3 for levels in told]
        interval = ttest_1samp(differences, 0).confidence_interval()
        row = found[criterion]
        assert row.schools == len(told) and row.difference == pytest.approx(mean(differences))
        assert (row.low, row.high) == (pytest.approx(interval.low), pytest.approx(interval.high))
        assert row.own - row.found == pytest.approx(row.difference) and row.found == 3
    assert found["A1"].too_high and not found["A2"].clear


def test_fewer_than_five_schools_have_no_figure_together(view):
    (row,) = (row for row in self_against_findings(view, EVERYBODY, THREE) if row.criterion == "A3")
    assert row.schools == 4 and not row.clear and not row.too_high
    assert {row.own, row.found, row.difference, row.low, row.high} == {None}


def test_who_may_see_some_schools_sees_their_own_differences_and_the_citys(view):
    viewer = Viewer("head", frozenset({"s2"}))
    assert {row.school_id for row in school_differences(view, viewer, THREE)} == {"s2"}
    assert self_against_findings(view, viewer, THREE) == self_against_findings(view, EVERYBODY, THREE)
    with pytest.raises(NotAllowed):
        self_against_findings(view, Viewer("nobody"), THREE)


def test_the_demo_rates_three_criteria_too_high_and_no_other(demo_store):
    """As data/demo/README.md says of the findings; claims are those that SciPy makes of the schools' differences."""
    view = Store(demo_store).current()
    framework = next(found for found in read_frameworks(view) if found.id == "vebs-2022")
    told = self_against_findings(view, EVERYBODY, framework)
    assert {row.criterion for row in told if row.too_high} == {"A1", "A3", "A4"} and len(told) == 25
    of: dict[str, list[float]] = {}
    for row in school_differences(view, EVERYBODY, framework):
        of.setdefault(row.criterion, []).append(row.difference)
    p = false_discovery_control([ttest_1samp(of[row.criterion], 0).pvalue for row in told])
    assert [row.clear for row in told] == [value <= 0.05 for value in p]
    assert {row.schools for row in told} == {9}
