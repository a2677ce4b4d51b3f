"""Funding beside maturity: two groups of schools in a hand-made view, the statistics against scipy's own."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest
from scipy import stats

import analytics.store
from analytics.funding.maturity_comparison import (
    in_words,
    maturity_comparison,
    mean_change,
    schools_that_took_part,
    warning,
    welch,
)
from analytics.model.errors import NotAllowed
from analytics.model.funding import Participant
from analytics.model.schools import Viewer
from analytics.store.reading import View
from analytics.words.language import words
from tests.funding.worlds import paid, project, world

SAY, ALL = words("en"), Viewer("all", None)
SCHEMA = Path(analytics.store.__file__).parent / "view.sql"
INSIDE = {f"in-{n}": change for n, change in enumerate((0.6, 0.5, 0.7, 0.4, 0.6, 0.8))}
OUTSIDE = {f"out-{n}": change for n, change in enumerate((0.1, 0.0, 0.2, -0.1, 0.15))}


def view_of(folder: Path, changes: dict[str, float | None], more: tuple = ()) -> View:
    """A view in which each school stands at 2.0 in 2020 and at 2.0 + its change in 2022 (None: hidden)."""
    path = folder / f"view-{len(changes)}-{len(more)}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(SCHEMA.read_text("utf-8"))
        version = "(1, null, now()::timestamp, 'test', 'build', 5, '', 1, 1, 1, null)"
        connection.execute(f"insert into version values {version}")
        rows = [("vebs", 2020, school, "", 2.0) for school in changes]
        rows += [("vebs", 2022, school, "", None if c is None else 2.0 + c) for school, c in changes.items()]
        for row in (*rows, *more):
            connection.execute(
                "insert into area_cell (framework, year, school_id, area, mean, shown, asked)"
                " values (?, ?, ?, ?, ?, 1, 1)",
                row,
            )
    return View(path, 1)


def funding_of(*schools: str, **changes):
    return world(
        projects=(project(start="2021-01-01", end="2021-12-31", **changes),),
        participants=tuple(Participant("sol", school) for school in schools),
        payments=(),
    )


def ask(view, *schools, viewer=ALL, years=(2020, 2022), framework="vebs"):
    return maturity_comparison(view, viewer, funding_of(*(schools or INSIDE)), framework, *years)


def test_the_two_groups_and_their_difference_are_scipys(tmp_path):
    found = ask(view_of(tmp_path, INSIDE | OUTSIDE))
    one, other = list(INSIDE.values()), list(OUTSIDE.values())
    assert (found.took_part.schools, found.others.schools, found.left_out) == (6, 5, 0)
    for group, values in ((found.took_part, one), (found.others, other)):
        low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
        got = (group.change.mean, group.change.low, group.change.high)
        assert got == pytest.approx((np.mean(values), low, high))
    test = stats.ttest_ind(one, other, equal_var=False)
    interval = test.confidence_interval(0.95)
    difference = (found.difference.low, found.difference.high)
    assert difference == pytest.approx((interval.low, interval.high))
    assert found.clear is True


def test_words_with_a_difference_and_always_the_warning(tmp_path):
    text = in_words(ask(view_of(tmp_path, INSIDE | OUTSIDE)), SAY)
    assert (
        "the 6 schools that took part in projects changed on average, in levels, by +0.60 (95% interval +0.45 to +0.75)"
        in text
    )
    assert "is larger than chance alone would usually give" in text
    assert text.endswith(warning(SAY))


def test_no_difference_is_said_to_be_none(tmp_path):
    alike = INSIDE | {f"out-{n}": change for n, change in enumerate((0.6, 0.45, 0.75, 0.4, 0.7))}
    found = ask(view_of(tmp_path, alike))
    assert found.clear is False
    text = in_words(found, SAY)
    assert "is not clear" in text and text.endswith(warning(SAY))


def test_with_under_five_schools_in_a_group_neither_gets_a_figure(tmp_path):
    found = ask(view_of(tmp_path, INSIDE | OUTSIDE), "in-0", "in-1", "in-2", "in-3")
    assert (found.took_part.schools, found.others.schools) == (4, 7)
    assert (found.took_part.change, found.others.change, found.difference, found.clear) == (None,) * 4
    text = in_words(found, SAY)
    assert "4 schools" in text and "fewer than 5" in text and text.endswith(warning(SAY))
    five = ask(view_of(tmp_path, INSIDE | OUTSIDE | {"out-9": 0.1}), *list(INSIDE)[:5])
    assert five.took_part.change is not None


def test_hidden_rounds_and_other_areas_frameworks_and_years_are_left_out(tmp_path):
    more = (
        ("vebs", 2022, "new", "", 3.0),  # was not asked in 2020
        ("vebs", 2022, "in-0", "ledarskap", 4.0),
        ("dsoe", 2022, "in-1", "", 4.0),
        ("vebs", 2021, "in-2", "", 4.0),
    )
    found = ask(view_of(tmp_path, INSIDE | OUTSIDE | {"hidden": None}, more))
    assert (found.took_part.schools, found.others.schools, found.left_out) == (6, 5, 2)
    assert found.took_part.change.mean == pytest.approx(0.6)
    assert "2 schools without a figure for both years are left out." in in_words(found, SAY)


def test_nothing_to_compare_is_none(tmp_path):
    view = view_of(tmp_path, INSIDE | OUTSIDE)
    assert ask(view, years=(2022, 2020)) is None
    assert ask(view, years=(2022, 2022)) is None
    assert ask(view, years=(2018, 2019)) is None
    assert ask(view, framework="lika") is None


def test_denied_unless_some_school_may_be_seen(tmp_path):
    view = view_of(tmp_path, INSIDE | OUTSIDE)
    with pytest.raises(NotAllowed):
        ask(view, viewer=Viewer("nobody"))
    assert ask(view, viewer=Viewer("one", frozenset({"in-0"}))) == ask(view)


def test_who_took_part():
    """Participants and schools that were paid, in projects that ran in any part of the years."""
    funding = world(
        projects=(
            project("a", "2019-01-01", "2020-01-31"),
            project("b", "2022-12-01", "2024-01-01"),
            project("early", "2015-01-01", "2019-12-31"),
            project("late", "2023-01-01", "2024-01-01"),
        ),
        participants=tuple(Participant(id_, f"school-{id_}") for id_ in ("a", "b", "early", "late")),
        payments=(paid("1", 2021, project_id="b", school_id="paid"), paid("1", 2021, project_id="b")),
    )
    assert schools_that_took_part(funding, 2020, 2022) == {"school-a", "school-b", "paid"}


def test_no_spread_at_all_is_no_error():
    assert welch([0.5] * 5, [0.25] * 5).low == pytest.approx(0.25)
    assert mean_change([0.5] * 5).high == 0.5
