"""Kriterier: a criterion's change in words, how far staffs agree, the funnel of chance, the crosswalk."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import pytest

from analytics.maturity.changes import city_changes, school_changes, schools_moved
from analytics.maturity.city import city_cells
from analytics.maturity.methods.consensus import consensus
from analytics.maturity.schools import round_cells
from analytics.model.provenance import Missing
from analytics.model.schools import Viewer
from pages.figures.criteria import page as criteria
from pages.figures.criteria.funnel import funnel_block
from pages.ui.content import Ask, Block, Content
from tests.pages.reading import opened

NEW, OLD = "vebs-2022", "dsoe-2018"
SAME, REWORDED, ADDED = "A1", "A2", "A5"


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


@pytest.fixture(scope="module")
def page(ask) -> Content:
    return opened(ask, criteria.compose(ask, NEW, 2025, SAME))


def block(content: Content, key: str) -> Block:
    return next(block for block in (content.first, *content.blocks) if block and block.key == key)


@pytest.fixture(scope="module")
def every(ask) -> Content:
    return criteria.compose_all(ask, NEW, 2025)


def column(found: Block, heading: str) -> list:
    place = [c.heading for c in found.table.columns].index(heading)
    return [row[place] for row in found.table.rows]


def test_the_change_is_told_since_the_round_before_and_since_the_first(ask, page):
    found = [c for c in city_changes(ask.view, ask.viewer, NEW, 2025) if c.criterion == SAME]
    first, last = sorted(found, key=lambda change: change.before_year)
    trend = block(page, "criterion_trend")
    assert trend.headline.endswith("more than chance explains.") and "since 2024" in trend.headline
    assert f"({ask.say.number(last.needed)} is needed" in column(trend, "Change in words")[-1]
    assert trend.note.startswith(f"Since 2022 {ask.say.signed(first.difference)}, a clear change")
    assert [bool(text) for text in column(trend, "Change in words")] == [False] * 7 + [True]


@pytest.mark.parametrize("criterion", [REWORDED, ADDED])
def test_another_wording_is_compared_with_nothing(ask, criterion):
    trend = block(opened(ask, criteria.compose(ask, NEW, 2022, criterion)), "criterion_trend")
    assert trend.headline == "It takes two rounds of the same wording to tell a change"
    assert set(column(trend, "Change in words")) == {""} and "clearly" not in trend.note


def test_the_same_words_are_compared_across_the_frameworks(ask):
    trend = block(opened(ask, criteria.compose(ask, NEW, 2022, SAME)), "criterion_trend")
    assert "in 2021 and is" in trend.headline and trend.headline.endswith("no clear change.")


def test_schools_that_moved_on_the_criterion_are_counted(ask, page):
    found = [
        row
        for school in ask.catalogue.schools
        for row in school_changes(ask.view, ask.viewer, school.id, NEW, 2025)
        if row.criterion == SAME and row.needed is not None
    ]
    counted = schools_moved(ask.view, ask.viewer, NEW, 2025, SAME)
    note = block(page, "criterion_trend").note
    for year in (2024, 2022):
        rows = [row for row in found if row.before_year == year]
        assert len({row.school_id for row in rows}) == len(rows) > 60
        raised, lowered = (sum(row.clear_in_city and sign * row.difference > 0 for row in rows) for sign in (1, -1))
        assert counted[year] == (len(rows), raised, lowered)
        assert f"Since {year} {raised} of the {len(rows)} schools that can be compared" in note
        assert f"and {lowered} clearly fallen" in note


def test_a_viewer_sees_the_changes_of_the_own_schools_alone(ask):
    own = Viewer("a head", frozenset({"kvartsskolan"}))
    assert [of.schools for of in schools_moved(ask.view, own, NEW, 2025, SAME).values()] == [1, 1]
    assert schools_moved(ask.view, Viewer("nobody"), NEW, 2025, SAME) == {}


def test_the_whiskers_are_the_means_interval_and_the_band_the_schools(ask, page):
    cells = {c.year: c for c in city_cells(ask.view, ask.viewer, [(NEW, SAME), (OLD, "L1")])}
    band, line = block(page, "criterion_trend").figure.to_dict()["data"]
    whiskers = zip(line["x"], line["y"], line["error_y"]["array"], strict=True)
    assert all(y + up == pytest.approx(cells[year].ci_high) for year, y, up in whiskers)
    assert list(band["y"])[: len(cells)] == [cells[year].p10 for year in sorted(cells)]


def test_staffs_that_agree_are_counted(ask, page):
    cells = round_cells(ask.view, ask.viewer, NEW, 2025, SAME)
    kinds = [consensus(cell.levels).kind for cell in cells if cell.levels is not None]
    answers = block(page, "criterion_answers")
    headings = ("Schools where the staff agree", "Schools in two camps", "Schools spread out")
    found = [column(answers, heading)[0] for heading in headings]
    assert found == [kinds.count(kind) for kind in ("agreed", "divided", "spread")] and sum(found) == len(kinds)
    assert f"In the {len(kinds)} schools with twenty answers or more the staff agree in {found[0]}," in answers.note
    spread = block(page, "criterion_spread")
    said = [
        what for year, what in zip(column(spread, "Year"), column(spread, "The staff"), strict=True) if year == 2025
    ]
    assert said.count("agreed") == found[0]
    assert said.count("not given") + said.count(Missing.HIDDEN) == len(cells) - len(kinds)


def test_the_funnel_counts_the_schools_outside_what_chance_gives(ask, page):
    (city,) = [c for c in city_cells(ask.view, ask.viewer, [(NEW, SAME)]) if c.year == 2025]
    cells = [c for c in round_cells(ask.view, ask.viewer, NEW, 2025, SAME) if c.mean is not None]
    outside = [c for c in cells if abs(c.mean - city.mean) > 1.95996 * city.within_school_sd / sqrt(c.noise_n)]
    funnel = block(page, "criterion_funnel")
    assert funnel.headline.startswith(f"{len(outside)} of {len(cells)} schools lie outside")
    assert f"against about {round(0.05 * len(cells))} " in funnel.headline
    assert len([side for side in column(funnel, "Against chance") if side in ("above", "below")]) == len(outside)
    assert all("pulled towards the city" in hover for hover in hovers(funnel))


def hovers(found: Block) -> list[str]:
    return [text for trace in found.figure.to_dict()["data"] for text in trace.get("hovertext") or ()]


def test_without_anything_that_tells_of_chance_there_is_no_funnel(ask):
    (city,) = [c for c in city_cells(ask.view, ask.viewer, [(NEW, SAME)]) if c.year == 2025]
    cells = round_cells(ask.view, ask.viewer, NEW, 2025, SAME)
    framework = ask.catalogue.framework(NEW)
    assert funnel_block(ask, framework, replace(city, within_school_sd=None), cells) is None
    assert funnel_block(ask, framework, replace(city, within_school_sd=0.0), cells) is None


def test_the_crosswalk_holds_every_criterion_of_both_frameworks(ask, every):
    crosswalk, old, new = block(every, "crosswalk"), ask.catalogue.framework(OLD), ask.catalogue.framework(NEW)
    assert [id_ for id_ in column(crosswalk, "Id") if id_] == [c.id for c in new.criteria]
    assert sorted(id_ for id_ in column(crosswalk, "Id before") if id_) == sorted(c.id for c in old.criteria)
    changes = column(crosswalk, "Change")
    counted = {kind: changes.count(kind) for kind in set(changes)}
    assert counted == {"in the same words": 10, "reworded": 9, "new": 6, "dropped": 2}
    assert crosswalk.headline == (
        "Of the 25 criteria 10 are in the same words, 9 are reworded and 6 are new; 2 of the old were dropped"
    )


def test_the_crosswalk_draws_a_former_mean_as_comparable_only_where_the_words_are_the_same(every):
    marks = {t["marker"]["symbol"]: t for t in block(every, "crosswalk").figure.to_dict()["data"] if "marker" in t}
    assert {symbol: len(t["x"]) for symbol, t in marks.items()} == {"circle-open": 10, "diamond-open": 9, "circle": 25}


def test_each_side_of_the_crosswalk_has_its_own_round_goal_and_interval(ask, every):
    crosswalk = block(every, "crosswalk")
    then = {
        c.criterion: c for c in city_cells(ask.view, ask.viewer, [(OLD, c) for c in ("L1", "R4")]) if c.year == 2021
    }
    row = next(row for row in crosswalk.table.rows if row[0] == SAME)
    assert row[5:9] == (then["L1"].mean, then["L1"].ci_low, then["L1"].ci_high, "mean at least 3")
    added = next(row for row in crosswalk.table.rows if row[0] == ADDED)
    assert added[3:9] == ("", "", *[Missing.NOT_APPLICABLE] * 3, "")
    dropped = next(row for row in crosswalk.table.rows if row[3] == "R4")
    assert dropped[5] == then["R4"].mean and dropped[9:13] == (*[Missing.NOT_APPLICABLE] * 3, "")


def test_a_framework_that_replaced_none_has_no_crosswalk(ask):
    assert [found.key for found in criteria.compose(ask, OLD, 2018, "L1").all_blocks(ask)] == [
        "criterion_trend",
        "criterion_answers",
        "criterion_spread",
        "criterion_funnel",
    ]


def test_the_ribbon_names_the_frameworks_over_every_picture_of_years(page):
    for key, eras in (("criterion_trend", ("2018–2021", "2022–2025")), ("criterion_spread", ("2022–2025",))):
        texts = [a.get("hovertext", "") for a in block(page, key).figure.to_dict()["layout"]["annotations"]]
        assert all(any(era in text for text in texts) for era in eras), key
