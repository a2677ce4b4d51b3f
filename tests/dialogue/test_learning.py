"""Who can be learnt from: held against SciPy's own Welch test, by kind, by who shares, and what they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from scipy.stats import false_discovery_control, ttest_ind_from_stats

from analytics.dialogue.learning import help_wanted, lesson, works
from analytics.model.dialogue import Action, Agreement, Progress, Responsible
from analytics.model.schools import School, Viewer
from analytics.store.reading import Store, View
from analytics.store.reference import read_schools
from tests.dialogue.registers import counts_of, published
from tests.maturity.worlds import World, framework_of

EVERYBODY = Viewer("all", None)
TWO = framework_of("two", {"a": ("A1", "A2", "A3")}, years=(2021, None))
LOW, MIDDLE, HIGH = (10, 20, 0, 0), (0, 10, 20, 0), (0, 0, 10, 20)
AT_GOAL = (0, 5, 20, 5)  # 3.00, the goal itself
ON_A1 = {"own": LOW, "near": HIGH, "far": AT_GOAL, "quiet": HIGH, "other": HIGH, "alike": LOW, "hidden": (0, 0, 0, 4)}
ON_A1 |= {"below": MIDDLE, "quiet_below": MIDDLE, "other_below": MIDDLE}
ON_A1 |= {f"fill{n}": LOW for n in range(8)}


def school(id_: str) -> School:
    """Of the same stage as `own`, but for those called other and fill; near is nearest in size. Those called quiet have
    not said that they share."""
    stage = "7-9" if id_.startswith(("other", "fill")) else "F-6"
    pupils = {"own": 300, "near": 310, "far": 500, "quiet": 320, "alike": 330}.get(id_, 900)
    return School(
        id_, id_.title(), stage=stage, pupils=pupils, shares_practice=None if id_.startswith("quiet") else True
    )


SCHOOLS = tuple(map(school, ON_A1))
DUE = date(2022, 12, 1)
AGREED = [
    Agreement("near", "two", 2021, 1, "A1", 3.0, DUE, goal="first", status=Progress.DONE, outcome="it went well"),
    Agreement("near", "two", 2021, 2, "A2", 3.0, DUE),
    Agreement("near", "two", 2022, 1, "A1", 3.5, DUE, goal="second"),
    Agreement("alike", "two", 2022, 1, "A1", 3.0, DUE, status=Progress.DONE),
    Agreement("own", "two", 2022, 1, "A1", 3.0, DUE, status=Progress.UNDER_WAY),
]
DID = [
    Action("near", "two", 2021, 1, 1, "visits", Responsible.TEACHING_STAFF, status=Progress.DONE, outcome="all came"),
    Action("near", "two", 2021, 2, 1, "something else", Responsible.STAFF),
    Action("near", "two", 2022, 1, 1, "more visits", Responsible.PRINCIPAL),
]


@pytest.fixture(scope="module")
def view(tmp_path_factory) -> View:
    world = World((TWO,), tuple(ON_A1))
    for id_, levels in ON_A1.items():
        of_one_mind = {"own": (0, 20, 0, 0), "near": (0, 0, 20, 0)}.get(id_, (0, 10, 10, 0))
        world.counts += counts_of("two", 2022, id_, {"A1": levels, "A2": MIDDLE, "A3": of_one_mind})
    return published(world, tmp_path_factory.mktemp("city"), {"agreement": AGREED, "agreed_action": DID})


def asked(view: View, who: str, criterion: str = "A1", viewer: Viewer = EVERYBODY, schools=SCHOOLS):
    return lesson(view, viewer, schools, "two", 2022, who, criterion)


def test_schools_like_it_that_share_come_first_then_those_of_another_kind(view):
    found = asked(view, "own")
    assert [row.school_id for row in found.alike] == ["near", "far"], "the nearest in kind first, not the highest"
    assert [row.school_id for row in found.others] == ["other"]
    assert found.silent == 1, "quiet has not said that it shares, and is counted alone"
    assert found.held_against == len(ON_A1) - 2, "neither itself nor the hidden one"
    assert found.alike[0].difference == pytest.approx(2)


def test_where_only_the_stage_is_known_the_whole_stage_is_alike_and_the_highest_come_first(view):
    """Far has the name that comes first and is lower than near: neither is known to be nearer."""
    bare = tuple(replace(s, pupils=None, stage="F-6") for s in SCHOOLS)
    found = asked(view, "own", schools=bare)
    assert found.similar.whole_stage and len(found.similar.neighbours) == len(ON_A1) - 2
    assert [row.school_id for row in found.alike] == ["near", "other", "far"] and found.others == ()


def test_nobody_is_named_who_does_not_meet_the_goal_however_much_higher(view):
    """2.67 is a whole level above the own 1.67, and below the goal: counted alone, like or not, sharing or not."""
    found = asked(view, "own")
    assert all(row.there.at_goal for row in (*found.alike, *found.others))
    assert found.below == 3, "below, quiet_below and other_below"
    assert found.silent == 1, "who is below the goal and silent too is told of once"


def test_saying_that_one_does_not_share_is_not_sharing(view):
    schools = tuple(replace(s, shares_practice=False) if s.id == "near" else s for s in SCHOOLS)
    found = asked(view, "own", schools=schools)
    assert [row.school_id for row in found.alike] == ["far"] and found.silent == 2


def test_nobody_is_higher_where_the_difference_may_be_chance(view):
    found = asked(view, "own", "A2")
    assert (found.alike, found.others, found.silent, found.below) == ((), (), 0, 0) and found.held_against == len(
        ON_A1
    ) - 1
    top = asked(view, "near")
    assert (top.alike, top.others) == ((), ())


def test_a_staff_of_one_mind_is_taken_to_have_the_noise_of_the_others(view):
    """Both answer without any spread: no error of their own could tell them apart, or keep them from it."""
    near = next(row for row in asked(view, "own", "A3").alike if row.school_id == "near")
    assert near.difference == 1 and 0 < near.needed < 1


def test_a_school_without_a_figure_is_held_against_nobody(view):
    found = asked(view, "hidden")
    assert found.own is None and (found.alike, found.others, found.silent, found.below) == ((), (), 0, 0)
    assert found.held_against == 0
    nobody = help_wanted(view, EVERYBODY, SCHOOLS, "two", 2022, "hidden", "A1")
    assert (nobody.asking, nobody.others, nobody.held_against) == ((), (), 0)


def test_only_schools_that_the_viewer_may_see_are_named_or_counted(view):
    found = asked(view, "own", viewer=Viewer("head", frozenset({"own", "far", "near"})))
    assert {row.school_id for row in found.alike} == {"near", "far"} and found.silent == 0 and found.held_against == 2


def test_what_a_school_did_is_its_agreements_on_the_criterion_the_latest_first(view):
    found = works(view, EVERYBODY, "two", "A1", ["near", "far"])
    assert set(found) == {"near"}
    assert [(w.agreement.goal, [a.text for a in w.actions]) for w in found["near"]] == [
        ("second", ["more visits"]),
        ("first", ["visits"]),
    ]
    assert works(view, Viewer("head", frozenset({"far"})), "two", "A1", ["near", "far"]) == {}


def test_those_that_have_agreed_to_work_on_it_are_helped_first(view):
    found = help_wanted(view, EVERYBODY, SCHOOLS, "two", 2022, "near", "A1")
    assert [row.school_id for row in found.asking] == ["own"], "an agreement that is done asks for nothing"
    assert {row.school_id for row in found.others} > {"alike"}
    assert all(row.difference < 0 and row.alike for row in (*found.asking, *found.others))


@pytest.mark.parametrize("criterion", ["C5", "A1"])
@pytest.mark.parametrize("who", ["agatskolan", "hematitskolan", "zefyrskolan", "kalcedonskolan"])
def test_clear_is_welchs_test_controlled_over_all_the_schools(demo_store, who, criterion):
    view = Store(demo_store).current()
    schools = read_schools(view)
    rows = view.rows(
        "select school_id, mean, noise_sd, noise_n, goal_met from cell where framework = 'vebs-2022' and year = 2025"
        " and criterion = ? and mean is not null",
        [criterion],
    )
    own = next(row for row in rows if row[0] == who)
    others = [row for row in rows if row[0] != who]
    p = [ttest_ind_from_stats(*row[1:4], *own[1:4], equal_var=False).pvalue for row in others]
    clear = false_discovery_control(p) <= 0.05
    higher = {row[0]: row[4] for row, is_clear in zip(others, clear, strict=True) if is_clear and row[1] > own[1]}
    there_yet = {school_id for school_id, met in higher.items() if met}
    found = lesson(view, EVERYBODY, schools, "vebs-2022", 2025, who, criterion)
    named = {row.school_id for row in (*found.alike, *found.others)}
    assert named == {school.id for school in schools if school.id in there_yet and school.shares_practice}
    assert found.silent == len(there_yet) - len(named) and found.below == len(higher) - len(there_yet)
    for row in (*found.alike, *found.others):
        assert row.difference >= row.needed - 1e-12
