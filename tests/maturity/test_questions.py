"""What pages and exports ask: each answer against the twin or a hand table; and who may not see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, replace

import pytest

from analytics.maturity.city import at_goal, city_areas, city_cells, city_levels
from analytics.maturity.results import city_table, results_table
from analytics.maturity.rounds import (
    SchoolRound,
    group_outcomes,
    lineage,
    outcomes,
    round_groups,
    rounds,
    school_rounds,
    schools_of_round,
)
from analytics.maturity.schools import (
    area_figures,
    cell_figures,
    means_reached,
    round_areas,
    round_cells,
    school_areas,
    school_cells,
)
from analytics.model.errors import NotAllowed
from analytics.model.figures import GoalOutcome
from analytics.model.frameworks import Goal
from analytics.model.schools import Viewer
from tests.maturity import twin
from tests.maturity.worlds import Counts, People, World, framework_of, publish
from tests.maturity.worlds import SchoolRound as Key

OLD = framework_of("old", {"lead": ("A1",), "teach": ("B1",)}, years=(2018, 2021))
NEW = framework_of("new", {"lead": ("A1",), "teach": ("B1", "B10", "B2")}, years=(2022, None), previous="old")

ALL, LIMITED, NOBODY = Viewer("all", None), Viewer("limited", frozenset({"å", "elsewhere"})), Viewer("nobody")


#   school -> answers on levels 1-4, a criterion each
ROUNDS = {
    ("old", 2020): {
        "ö": ((0, 0, 10, 0), (0, 0, 10, 0)),
        "å": ((0, 5, 0, 0), (0, 0, 5, 0)),
    },
    ("old", 2021): {
        "ö": ((0, 0, 10, 10), (0, 0, 20, 0)),
    },
    ("new", 2022): {
        "ö": ((0, 0, 10, 10), (0, 0, 20, 0), (0, 0, 0, 20), (0, 0, 20, 0)),  # met
        "z": ((0, 0, 10, 0), (0, 0, 10, 0), (0, 0, 0, 10), (0, 0, 3, 0)),  # cannot tell
        "ä": ((0, 0, 3, 0), (0, 0, 3, 0), (0, 0, 0, 3), (0, 0, 3, 0)),  # hidden
        "å": ((2, 8, 0, 0), (0, 0, 10, 0), (0, 0, 0, 10), (0, 0, 10, 0)),  # not met
    },
}
PEOPLE = {
    Key("old", 2020, "ö"): People(20),
    Key("new", 2022, "ö"): People(25, 20),
    Key("new", 2022, "z"): People(30, 12),
    Key("new", 2022, "ä"): People(9, 3),
}


def world() -> World:
    ids = {framework.id: [criterion.id for criterion in framework.criteria] for framework in (OLD, NEW)}
    counts = [
        Counts(Key(framework, year, school), criterion, levels)
        for (framework, year), schools in ROUNDS.items()
        for school, given in schools.items()
        for criterion, levels in zip(ids[framework], given, strict=True)
    ]
    return World((OLD, NEW), ("ö", "z", "ä", "å"), counts=counts, people=dict(PEOPLE))


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    return publish(world(), tmp_path_factory.mktemp("questions"))


@pytest.fixture(scope="module")
def wanted():
    return twin.publish(world())


IN_THE_TABLE = {"shrunken": "pulled_mean", "between_sd": "between_school_sd", "within_sd": "within_school_sd"}


def agrees(record, row: dict, **names: str) -> bool:
    """Whether a record holds what the twin's row does; `names` are fields that the row calls otherwise."""
    said = asdict(record)
    names = {field: name for field, name in IN_THE_TABLE.items() if name in row} | names
    wanted = {field: row[names.get(field, field)] for field in said}
    drawn = {field for field, value in wanted.items() if isinstance(value, twin.Near | twin.Place)}
    assert all(wanted[field].holds(said[field]) for field in drawn)
    return said == pytest.approx(wanted | {field: said[field] for field in drawn}, nan_ok=False)


# Rounds -------------------------------------------------------------------------------------------------------------


def test_rounds(view):
    found = [asdict(round_) for round_ in rounds(view)]
    names = ("framework", "year", "schools", "met", "not_met", "cannot_tell", "hidden_schools")
    people = ("invited", "responded_of_invited", "responded")
    assert [tuple(round_[name] for name in names) for round_ in found] == [
        ("old", 2020, 2, 1, 1, 0, 0),
        ("old", 2021, 1, 1, 0, 0, 0),
        ("new", 2022, 4, 1, 1, 2, 1),
    ]
    assert [tuple(round_[name] for name in people) for round_ in found] == [
        (20, 10, 17),  # seven for the few; only one of the two schools knows how many were invited
        (None, None, 20),
        (55, 32, 42),  # å does not know; ä is hidden
    ]
    assert {round_["provenance"] for round_ in found} == {"imported"}


@pytest.mark.parametrize("likely", [0.0, 0.8, 1.01])
def test_schools_at_the_goal_are_sure_from_a_share_of_the_resamples(view, likely):
    for found in rounds(view, likely):
        schools = school_rounds(view, ALL, found.framework, found.year)
        told = [row for row in schools if row.outcome == "met" and row.ready is not None]
        assert found.sure == sum(row.ready >= likely for row in told)
        assert found.sure == {0.0: len(told), 1.01: 0}.get(likely, found.sure)


@pytest.mark.parametrize(
    ("goal", "mean", "share", "reached"),
    [
        (Goal(3, "mean"), 3.0, 0.2, True),
        (Goal(3, "mean"), 2.99, 0.9, False),
        (Goal(3, "share", 0.5), 2.4, 0.5, True),
        (Goal(3, "share", 0.5), 3.1, 0.49, False),
        (Goal(3, "median"), 2.4, 0.51, True),
        (Goal(3, "median"), 3.1, 0.5, False),  # the lower of the two in the middle is below the level
    ],
)
def test_the_city_is_at_the_goal_by_the_goals_own_statistic(view, goal, mean, share, reached):
    (cell,) = [cell for cell in city_cells(view, ALL, [("new", "A1")])]
    assert at_goal(replace(cell, mean=mean, share_at_goal=share), goal) is reached
    assert at_goal(replace(cell, mean=None, share_at_goal=None), goal) is False


def test_school_rounds_by_name_in_swedish(view, wanted):
    found = school_rounds(view, ALL, "new", 2022)
    assert [row.school_id for row in found] == ["z", "å", "ä", "ö"]
    assert [row.outcome for row in found] == ["cannot_tell", "not_met", "cannot_tell", "met"]
    for row in found:
        assert agrees(row, wanted["school_round"]["new", 2022, row.school_id])
    assert outcomes(found) == {GoalOutcome.MET: 1, GoalOutcome.NOT_MET: 1, GoalOutcome.CANNOT_TELL: 2}
    assert school_rounds(view, ALL, "new", 2021) == ()


def test_outcomes_names_them_all():
    assert outcomes([]) == dict.fromkeys(GoalOutcome, 0)


def chain(**previous: str | None) -> list:
    return [replace(OLD, id=id_, previous=before) for id_, before in previous.items()]


@pytest.mark.parametrize(
    ("frameworks", "asked", "found"),
    [
        (chain(a=None, b="a", c="b"), "c", "abc"),
        (chain(a=None, b="a", c="b"), "b", "ab"),
        (chain(a=None), "a", "a"),
        (chain(b="lost"), "b", "b"),
        (chain(a="a"), "a", "a"),
        (chain(a="c", b="a", c="b"), "c", "abc"),  # a circle ends where it closes
        (chain(a="b", b="a", c="b"), "c", "abc"),
        (chain(a=None), "unknown", ""),
    ],
)
def test_lineage(frameworks, asked, found):
    assert "".join(framework.id for framework in lineage(frameworks, asked)) == found


# The city -----------------------------------------------------------------------------------------------------------


def test_city_areas(view, wanted):
    found = city_areas(view, Viewer("all", None), ["new", "old"])
    assert [(row.year, row.area) for row in found] == [
        (year, area) for year in (2020, 2021, 2022) for area in ("", "lead", "teach")
    ]
    for row in found:
        assert agrees(row, wanted["city_area"][row.framework, row.year, row.area], mean="mean_of_schools",
                      left_out="left_out_schools")  # fmt: skip
    assert [row.year for row in city_areas(view, Viewer("all", None), ["old"])] == [2020] * 3 + [2021] * 3
    assert city_areas(view, Viewer("all", None), []) == ()


def test_city_cells(view, wanted):
    asked = [("new", "A1"), ("old", "A1"), ("new", "B2")]
    found = city_cells(view, Viewer("all", None), asked)
    assert [(row.framework, row.year, row.criterion) for row in found] == [
        ("old", 2020, "A1"),
        ("old", 2021, "A1"),
        ("new", 2022, "A1"),
        ("new", 2022, "B2"),
    ]
    for row in found:
        its = wanted["city_cell"][row.framework, row.year, row.area, row.criterion]
        assert agrees(row, its, mean="mean_of_schools", left_out="left_out_schools")
    assert city_cells(view, Viewer("all", None), []) == city_cells(view, Viewer("all", None), [("old", "B2")]) == ()


def test_city_levels(view):
    assert city_levels(view, Viewer("all", None), [("old", "A1"), ("new", "A1"), ("new", "B2")]) == {
        ("old", 2021, "A1"): (0, 0, 10, 10),  # the year before ten and five answered, and show no distribution
        ("new", 2022, "A1"): (0, 0, 10, 10),
        ("new", 2022, "B2"): (0, 0, 20, 0),
    }
    assert city_levels(view, Viewer("all", None), []) == {}


# Schools ------------------------------------------------------------------------------------------------------------


def test_school_cells(view, wanted):
    found = school_cells(view, ALL, "ö", "new", 2022)
    assert [cell.criterion for cell in found] == ["A1", "B1", "B10", "B2"]
    for cell in found:
        row = wanted["cell"]["new", 2022, "ö", cell.area, cell.criterion]
        levels = row["levels"] and tuple(row["levels"])
        assert cell.levels == levels
        assert agrees(replace(cell, levels=None), row | {"levels": None})
    assert [cell.levels for cell in found][-2:] == [(0, 0, 0, 20), (0, 0, 20, 0)]
    assert {cell.levels for cell in school_cells(view, ALL, "z", "new", 2022)} == {None}
    assert school_cells(view, ALL, "ä", "old", 2020) == school_cells(view, ALL, "unheard-of", "new", 2022) == ()


def test_school_areas(view, wanted):
    found = school_areas(view, ALL, "ö", ["old", "new"])
    assert [(row.year, row.area) for row in found] == [
        (y, a) for y in (2020, 2021, 2022) for a in ("", "lead", "teach")
    ]
    for row in found:
        assert agrees(row, wanted["area_cell"][row.framework, row.year, "ö", row.area])
    assert {row.framework for row in school_areas(view, ALL, "ö", ["new"])} == {"new"}
    assert school_areas(view, ALL, "ö", []) == ()


def test_round_areas_and_cells_are_those_of_the_schools(view):
    schools = ["z", "ä", "å", "ö"]  # by id
    by_school = [school_cells(view, ALL, school, "new", 2022) for school in schools]
    assert round_cells(view, ALL, "new", 2022) == sum(by_school, ())
    assert round_cells(view, ALL, "new", 2022, "B2") == tuple(cells[-1] for cells in by_school)
    assert round_cells(view, ALL, "new", 2022, "no such") == ()
    areas = [school_areas(view, ALL, school, ["new"]) for school in schools]
    assert round_areas(view, ALL, "new", 2022) == sum(areas, ())


# Who may see what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("viewer", "school"), [(NOBODY, "å"), (LIMITED, "ö"), (LIMITED, "unheard-of")])
def test_other_schools_are_not_allowed(view, viewer, school):
    with pytest.raises(NotAllowed):
        school_cells(view, viewer, school, "new", 2022)
    with pytest.raises(NotAllowed):
        school_areas(view, viewer, school, ["new"])


@pytest.mark.parametrize(("viewer", "seen"), [(NOBODY, set()), (LIMITED, {"å"}), (ALL, {"ö", "z", "ä", "å"})])
def test_lists_hold_only_the_viewers_schools(view, viewer, seen):
    assert {row.school_id for row in school_rounds(view, viewer, "new", 2022)} == seen
    assert {row.school_id for row in round_areas(view, viewer, "new", 2022)} == seen
    assert {row.school_id for row in round_cells(view, viewer, "new", 2022)} == seen
    assert {row.school_id for row in round_cells(view, viewer, "new", 2022, "A1")} == seen
    assert set(results_table(view, viewer, "new")["school_id"].to_pylist()) == seen
    assert schools_of_round(view, viewer, "new", 2022) == seen
    assert set(area_figures(view, viewer, "new", 2022, "")) == seen
    assert set(cell_figures(view, viewer, "new", 2022, "A1")) == seen
    reached = means_reached(view, viewer, "new", 2022, 1, ["ö", "z", "ä", "å"], on_areas=True)
    assert {count.schools for count in reached.values()} <= set(range(len(seen) + 1)) and bool(reached) == bool(seen)
    assert sum(group.schools for group in round_groups(view, viewer, "new", 2022)) == len(seen)


@pytest.mark.parametrize("schools", [None, ["ö", "å"], []])
def test_what_is_told_of_many_schools_at_once_is_what_is_told_of_each(view, schools):
    of = (view, ALL, "new", 2022)
    rounds = school_rounds(*of, schools)
    assert {row.school_id for row in rounds} == (set(schools) if schools is not None else schools_of_round(*of))
    counted = Counter((r.outcome, r.status, r.shown, r.at_goal, r.provenance) for r in rounds)
    assert {group[:5]: group.schools for group in round_groups(*of, schools)} == counted
    assert group_outcomes(round_groups(*of, schools)) == outcomes(rounds)
    assert area_figures(*of, "", schools) == {
        cell.school_id: (cell.mean, cell.respondents, cell.rank_low, cell.rank_high, cell.city_side)
        for cell in round_areas(*of, "", schools)
    }
    cells = round_cells(*of, schools=schools)
    for on_areas, on in ((True, "area"), (False, "criterion")):
        of_id = defaultdict(list)
        for row in round_areas(*of, schools=schools) if on_areas else cells:
            of_id[getattr(row, on)] += [] if row.mean is None else [row.mean]
        counted = {id_: (len(means), sum(mean >= 3 for mean in means)) for id_, means in of_id.items()}
        assert means_reached(*of, 3, schools, on_areas=on_areas) == counted
    assert cell_figures(*of, "A1", schools) == {
        cell.school_id: (cell.mean, cell.goal_met, cell.noise_n) for cell in cells if cell.criterion == "A1"
    }


def test_a_viewers_own_school_is_the_same_as_anyones(view):
    assert school_cells(view, LIMITED, "å", "new", 2022) == school_cells(view, ALL, "å", "new", 2022)
    assert school_areas(view, LIMITED, "å", ["old"]) == school_areas(view, ALL, "å", ["old"])
    own = tuple(row for row in school_rounds(view, ALL, "new", 2022) if row.school_id == "å")
    assert school_rounds(view, LIMITED, "new", 2022) == own and isinstance(own[0], SchoolRound)


# Exports ------------------------------------------------------------------------------------------------------------

RESULTS = [
    "framework", "year", "school_id", "school", "criterion", "area", "n", "dont_know", "invited", "response_rate",
    "mean", "ci_low", "ci_high", "share_at_goal", "share_low", "share_high", "median", "pulled_mean", "status",
]  # fmt: skip
CITY = [
    "framework", "year", "criterion", "area", "schools", "answers", "mean_of_schools", "mean_of_answers",
    "share_at_goal", "p10", "p90", "between_school_sd", "left_out_schools",
]  # fmt: skip


def test_results_export(view, wanted):
    table = results_table(view, ALL, "new")
    assert table.column_names[: len(RESULTS)] == RESULTS
    rows = table.to_pylist()
    assert [(row["school"], row["criterion"]) for row in rows] == [
        (f"School {school}", criterion) for school in ("z", "å", "ä", "ö") for criterion in ("A1", "B1", "B10", "B2")
    ]
    for row in rows:
        cell = wanted["cell"]["new", 2022, row["school_id"], row["area"], row["criterion"]]
        people = wanted["school_round"]["new", 2022, row["school_id"]]
        if row["status"] != "hidden":
            cell = cell | {name: people[name] for name in ("invited", "response_rate")}
        for name in set(RESULTS) - {"school"}:
            assert row[name] == pytest.approx(cell.get(name)), name
    assert {row["status"] for row in rows} == {"ok", "uncertain", "low_response", "hidden"}
    for row in rows:
        if row["status"] == "hidden":
            assert [name for name in RESULTS if row[name] is not None] == [
                "framework", "year", "school_id", "school", "criterion", "area", "status"]  # fmt: skip
    assert results_table(view, ALL, "unheard-of").num_rows == 0


def test_city_export(view, wanted):
    table = city_table(view, "old")
    assert table.column_names[: len(CITY)] == CITY
    rows = table.to_pylist()
    assert [(row["year"], row["criterion"]) for row in rows] == [(2020, "A1"), (2020, "B1"), (2021, "A1"), (2021, "B1")]
    for row in rows:
        its = wanted["city_cell"]["old", row["year"], row["area"], row["criterion"]]
        assert {name: row[name] for name in CITY} == pytest.approx({name: its[name] for name in CITY})


def test_a_viewer_who_may_see_nothing_does_not_see_the_city(view):
    nobody, principal = Viewer("nobody"), Viewer("principal", frozenset({"a school"}))
    for question in (city_areas, city_cells, city_levels):
        with pytest.raises(NotAllowed):
            question(view, nobody, [])
        assert len(question(view, principal, [])) == 0
