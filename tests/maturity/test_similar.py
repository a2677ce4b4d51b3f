"""Similar schools: by hand, and what holds of any register."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.maturity.similar import Neighbour, similar_schools
from analytics.model.schools import School


def school(id_: str, pupils: int | None = None, staff: int | None = None, stage: str | None = "F-6", **context: float):
    return School(id_, id_.title(), stage=stage, pupils=pupils, staff=staff, context=tuple(sorted(context.items())))


def ids(found) -> list[str]:
    return [neighbour.school_id for neighbour in found.neighbours]


def town(same: int, other: int, **own) -> list[School]:
    """A school `me` of 100 pupils; others of its stage with 101, 102, ... pupils, and of another with 200, 201, ..."""
    return [
        school("me", 100, **own),
        *(school(f"s{n:02d}", 101 + n) for n in range(same)),
        *(school(f"t{n:02d}", 200 + n, stage="7-9") for n in range(other)),
    ]


def around(schools: list[School], school_id: str = "me"):
    return similar_schools(schools, school_id, [school.id for school in schools])


def test_gowers_distance_by_hand():
    """Ranges: pupils 100-500, staff 10-50, poor 0.1-0.5. Far has no staff told, bare has nothing in common."""
    schools = [
        school("me", 100, 20, poor=0.2),
        school("near", 200, 30, poor=0.1),
        school("far", 500, None, poor=0.5),
        school("ends", 300, 50, rich=1.0),
        school("least", None, 10),
        school("bare", rich=2.0),
    ]
    found = around(schools)
    expected = [
        ("least", (10 / 40) / 1),
        ("near", (100 / 400 + 10 / 40 + 0.1 / 0.4) / 3),
        ("ends", (200 / 400 + 30 / 40) / 2),
        ("far", (400 / 400 + 0.3 / 0.4) / 2),
        ("bare", None),
    ]
    assert [n.school_id for n in found.neighbours] == [id_ for id_, _ in expected]
    assert [n.distance for n in found.neighbours[:-1]] == pytest.approx([distance for _, distance in expected[:-1]])
    assert found.neighbours[-1].distance is None, "there is nothing to say how far it is"
    assert found.measures == ("pupils", "staff", "poor")  # rich is not known of the school itself
    assert (found.same_stage, found.others, found.too_few) == (5, 0, True)


def test_the_range_is_of_those_that_have_figures_and_the_school():
    schools = [school("me", 100, 10), school("a", 200, 10), school("b", 100, 14), school("huge", 10_000, 12)]
    assert around(schools).neighbours[0].school_id == "a"  # beside the huge one, 100 pupils are nothing
    found = similar_schools(schools, "me", {"a", "b"})  # the school has no figures itself: compared all the same
    assert found.neighbours == (Neighbour("a", 0.5, True), Neighbour("b", 0.5, True))


@pytest.mark.parametrize(
    ("same", "other", "chosen"),
    [(20, 5, (10, 0)), (13, 5, (10, 0)), (12, 5, (12, 0)), (8, 5, (8, 0)), (7, 5, (7, 1)), (2, 20, (2, 6)),
     (0, 20, (0, 8)), (3, 2, (3, 2)), (0, 0, (0, 0)), (8, 0, (8, 0))],
)  # fmt: skip
def test_the_same_stage_first_then_others_up_to_eight(same, other, chosen):
    found = around(town(same, other))
    assert (found.same_stage, found.others) == chosen
    assert ids(found) == [f"s{n:02d}" for n in range(chosen[0])] + [f"t{n:02d}" for n in range(chosen[1])]
    assert [neighbour.same_stage for neighbour in found.neighbours] == [True] * chosen[0] + [False] * chosen[1]
    assert found.too_few == (sum(chosen) < 8)
    assert found.whole_stage == (0 < same <= 12 and chosen == (same, 0)) and found.as_near == 0


def test_ties_are_broken_by_id_whatever_the_order():
    """Four are near, the other 26 all as far: six of them are taken, and it is told that twenty are no farther."""
    schools = [school("me", 100)] + [school(f"s{n:02d}", 100 + (90 if n < 26 else 10)) for n in range(30)]
    assert ids(around(schools)) == ids(around(schools[::-1])) == ["s26", "s27", "s28", "s29"] + [
        f"s{n:02d}" for n in range(6)]  # fmt: skip
    assert (around(schools).as_near, around(schools).whole_stage) == (20, False)


@pytest.mark.parametrize(
    "others",
    [
        [school(f"s{n:02d}") for n in range(40)],  # only the stage is known
        [school(f"s{n:02d}", 100) for n in range(40)],  # one value for all
        [school(f"s{n:02d}", 100 + (10 if n % 2 else -10)) for n in range(40)],  # all as far
        [school(f"s{n:02d}", None, 20 + n) for n in range(40)],  # known, but not of the school itself
        [school(f"s{n:02d}", 100 + n if n < 10 else None) for n in range(40)],  # known of ten: not chosen by it
        [*(school(f"s{n:02d}", 100) for n in range(40)), *(school(f"t{n}", 200 + n, stage="7-9") for n in range(9))],
    ],
    ids=["only the stage", "one value", "all as far", "not of the school", "of ten alone", "only others differ"],
)
def test_without_anything_that_tells_who_is_near_the_whole_stage_is_the_group(others):
    found = around([school("me", 100), *others])
    assert sorted(ids(found)) == [f"s{n:02d}" for n in range(40)]
    assert found.whole_stage and not found.too_few
    assert (found.same_stage, found.others, found.of_stage, found.as_near, found.not_compared) == (40, 0, 40, 0, 0)


def test_who_cannot_be_compared_is_passed_over_and_counted():
    """Of forty the pupils are known of eleven: the ten nearest of these, and none by its name."""
    schools = [school("me", 100), *(school(f"s{n:02d}", 150 - n if n > 28 else None) for n in range(40))]
    found = around(schools)
    assert ids(found) == [f"s{n}" for n in range(39, 29, -1)]
    assert (found.whole_stage, found.of_stage, found.not_compared, found.as_near) == (False, 40, 29, 0)


def test_other_stages_do_not_fill_up_by_name():
    """Twenty of another stage, all as far: nothing but their names would choose six of them."""
    two = [school("me", 100), school("s0", 110), school("s1", 120)]
    found = around([*two, *(school(f"t{n:02d}", 300, stage="7-9") for n in range(20))])
    assert ids(found) == ["s0", "s1"] and found.whole_stage and found.too_few
    assert ids(around([*two, *(school(f"t{n:02d}", 300, stage="7-9") for n in range(6))]))[2:] == [
        f"t{n:02d}" for n in range(6)]  # fmt: skip
    unknown = [school("me", 100, stage=None), *(school(f"t{n:02d}", 100, stage="7-9") for n in range(20))]
    assert around(unknown).neighbours == () and not around(unknown).whole_stage


def test_what_adds_up_to_the_same_is_a_tie():
    """0.1 + 0.2 + 0.3 in any order, though doubles think otherwise."""
    schools = [
        school("me", a=0, b=0, c=0),
        school("z", a=0.1, b=0.2, c=0.3),
        school("y", a=0.3, b=0.2, c=0.1),
        school("x", a=0.1 + 0.2, b=0.3, c=0),
        school("far", a=1, b=1, c=1),
    ]
    assert ids(around(schools)) == ["x", "y", "z", "far"]


def test_a_measure_that_is_the_same_everywhere_tells_nothing():
    schools = [school("me", 100, 10), school("a", 100, 12), school("b", 100, 11), school("only_pupils", 100)]
    found = around(schools)
    assert found.measures == ("staff",)
    assert [(n.school_id, n.distance) for n in found.neighbours] == [("b", 0.5), ("a", 1.0), ("only_pupils", None)]


def test_without_measures_the_stage_decides_and_then_the_id():
    schools = [school("me"), *(school(f"s{n}") for n in range(3)), *(school(f"t{n}", stage="7-9") for n in range(9))]
    found = around(schools)
    assert found.measures == () and {neighbour.distance for neighbour in found.neighbours} == {None}
    assert ids(found) == ["s0", "s1", "s2"] and found.too_few  # nothing says that those of 7-9 are like it
    assert ids(around([school("me", stage=None), *schools[1:]])) == []


def test_of_other_stages_only_those_with_something_to_compare():
    schools = [
        school("me", 100),
        school("a", None, 50, "7-9"),
        school("b", 900, None, "7-9"),
        school("c", 100, stage="7-9"),
    ]
    assert ids(around(schools)) == ["c", "b"]


@pytest.mark.parametrize("stage", [None, "", " "])
def test_a_stage_that_is_not_known_is_nobodys(stage):
    found = around([school("me", 100, stage=stage), *(school(f"s{n}", 100 + n, stage=stage) for n in range(9))])
    assert (found.same_stage, found.others) == (0, 8)


@pytest.mark.parametrize("stage", ["F–9", "f-9", "F - 9"])
def test_a_stage_may_be_written_in_several_ways(stage):
    found = around([school("me", 1, stage="F-9"), school("a", 2, stage=stage), school("b", 1, stage="F-6")])
    assert [neighbour.same_stage for neighbour in found.neighbours] == [True, False]


def test_a_measure_of_context_that_is_called_as_the_size_fills_in_for_it():
    schools = [
        school("me", 100),
        school("a", 200),
        School("b", "B", stage="F-6", context=(("pupils", 150),)),
    ]
    assert ids(around(schools)) == ["b", "a"]
    both = School("a", "A", stage="F-6", pupils=100, context=(("pupils", 900.0),))
    assert around([school("me", 100), both, school("b", 150)]).neighbours[0] == Neighbour("a", 0.0, True)


def test_only_those_that_have_figures_each_once_and_never_the_school_itself():
    schools = [school("me", 100), school("a", 101), school("b", 102)]
    found = similar_schools(schools, "me", ["b", "b", "me", "gone"])
    assert ids(found) == ["b"]
    assert similar_schools(schools, "gone", ["a"]) is None
    assert similar_schools(schools, "me", ()).neighbours == ()


MEASURE = st.none() | st.integers(0, 600)
REGISTER = st.lists(
    st.builds(
        lambda stage, pupils, staff, context: (stage, pupils, staff, context),
        st.sampled_from((None, "F-3", "F-6", "7-9")),
        MEASURE,
        MEASURE,
        st.dictionaries(st.sampled_from(("x", "y")), st.floats(-1e6, 1e6)),
    ),
    min_size=1,
    max_size=40,
).map(lambda rows: [school(f"s{n:02d}", p, f, stage, **c) for n, (stage, p, f, c) in enumerate(rows)])


def known(school: School) -> set[str]:
    size = {"pupils": school.pupils, "staff": school.staff}
    return {name for name, _ in school.context} | {name for name, value in size.items() if value is not None}


@given(REGISTER, st.data())
def test_whatever_the_register(schools, data):
    me = data.draw(st.sampled_from(schools))
    among = data.draw(st.lists(st.sampled_from([school.id for school in schools])))
    found = similar_schools(schools, me.id, among)
    assert found == similar_schools(data.draw(st.permutations(schools)), me.id, set(among))
    candidates = [school for school in schools if school.id in set(among) - {me.id}]
    chosen = ids(found)
    assert len(set(chosen)) == len(chosen) and set(chosen) <= {school.id for school in candidates}
    same = {school.id for school in candidates if me.stage and school.stage == me.stage}
    comparable = {school.id for school in candidates if known(school) & known(me)}
    assert set(chosen) <= same | comparable
    assert found.same_stage == len(same & set(chosen)) and found.others == len(set(chosen) - same)
    assert not found.others or same <= set(chosen)  # another stage only where the own is used up
    assert found.of_stage == len(same) and found.whole_stage == bool(same and same == set(chosen))
    # Never a choice by name alone: ten of a stage, or what fills up to eight, are nearer than some that are left out.
    assert found.whole_stage or len(chosen) <= 12
    assert len(chosen) == 10 or same <= set(chosen)
    far = {n.distance for n in found.neighbours if found.others == 0 or not n.same_stage}
    left_out = len(same) - len(chosen) - found.not_compared if found.others == 0 else 0
    assert found.as_near <= max(left_out, len(comparable - same - set(chosen)))
    assert left_out <= 0 or (None not in far and (len(far) > 1 or found.as_near < left_out))
    assert all(n.distance is None or 0 <= n.distance <= 1 for n in found.neighbours)
    order = [(not n.same_stage, n.distance is None, n.distance or 0, n.school_id) for n in found.neighbours]
    assert order == sorted(order)


@given(REGISTER.filter(lambda schools: schools[0].stage), st.data())
def test_a_school_that_is_alike_in_everything_comes_first(schools, data):
    me = schools[0]
    twin = replace(me, id="a twin")
    found = similar_schools(data.draw(st.permutations([*schools, twin])), me.id, [s.id for s in (*schools, twin)])
    assert ids(found)[0] == "a twin"
