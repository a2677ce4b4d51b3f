"""Schools that lack something: too few answers, one round alone, a year that was skipped, nobody in the filter."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from analytics.maturity.rounds import school_rounds
from analytics.model.provenance import Missing
from pages.figures.school import page as school
from pages.figures.schools import page as schools
from pages.ui.content import Ask, Block
from tests.pages.reading import Blocks, figures, heat_map_of, markup, said, shaded_rows, unfolded

HIDDEN, HIDDEN_YEAR = "selenitskolan", 2025


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["sv"]


@pytest.fixture(scope="module")
def hidden_page(ask):
    return whole(ask, "vebs-2022", HIDDEN_YEAR, HIDDEN)


def whole(ask: Ask, *parameters):
    """A school's page; its blocks are made when they are looked at."""
    content = school.compose(ask, *parameters)
    return replace(content, blocks=Blocks(ask, content))


def block(content, key: str) -> Block:
    return content.blocks.of(key)


def column(found: Block, heading: str) -> list:
    place = [c.heading for c in found.table.columns].index(heading)
    return [row[place] for row in found.table.rows]


def test_a_hidden_school_says_so_and_has_no_key_figures(hidden_page):
    assert hidden_page.answer == "Selenitskolan har för få svar 2025 för att några siffror ska kunna visas."
    assert hidden_page.figures == ()
    assert len(hidden_page.notices) == 1


def test_a_hidden_schools_tables_hold_the_citys_figures_alone(hidden_page):
    own = {
        "areas": ["Medelvärde", "Intervall från", "Intervall till", "Svarande"],
        "criteria": ["Medelvärde", "Intervall från", "Intervall till", "Andel svar på målnivå eller över", "Svar"],
        "answers": ["1 Påbörjad", "2 Aktiverad", "3 Trygg", "4 Välutvecklad", "Vet ej", "Svar"],
    }
    for key, headings in own.items():
        for heading in headings:
            assert set(column(block(hidden_page, key), heading)) == {Missing.HIDDEN}, (key, heading)
    trend = block(hidden_page, "school_trend")
    this_year = [row for row in trend.table.rows if row[0] == HIDDEN_YEAR]
    assert [row[2:5] for row in this_year] == [(Missing.HIDDEN,) * 3]


def test_a_hidden_schools_pictures_hold_no_dot_and_no_bar_of_its_own(hidden_page):
    for key in ("areas", "criteria"):
        assert own_dots(block(hidden_page, key).figure.to_dict()) == []
    assert block(hidden_page, "answers").figure is None, "there is nothing to draw"
    line = own_line(block(hidden_page, "school_trend"))
    assert line[HIDDEN_YEAR] is None and line[2024] is not None


def test_a_hidden_schools_figures_are_in_nothing_that_is_sent(open_demo):
    page = unfolded(open_demo("skola", school=HIDDEN, year=str(HIDDEN_YEAR), framework="vebs-2022"))
    every_school = unfolded(open_demo("skolor", year=str(HIDDEN_YEAR), framework="vebs-2022", area="kriterier"))
    assert "för få svar" in said(page) and 'class="value"' not in "".join(markup(page))
    pictures = figures(page)
    assert pictures and [own_dots(picture) for picture in pictures] == [[]] * len(pictures)
    assert [trace["x"] for picture in pictures for trace in picture["data"] if trace["type"] == "bar"] == []
    hovers = [hover for picture in figures(every_school) for hover in texts_in(picture) if "Selenitskolan<br>" in hover]
    assert len(hovers) >= 25
    assert [hover for hover in hovers if not hover.endswith("dolt (för få svar)")] in ([], ["Selenitskolan<br>"])


def texts_in(thing) -> list[str]:
    """Every string in a figure's dictionary."""
    if isinstance(thing, str):
        return [thing]
    parts = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
    return [text for part in parts for text in texts_in(part)]


def test_a_hidden_school_is_hatched_among_the_others(open_demo):
    heat = heat_of(open_demo("skolor", year="2025"))
    row = list(heat["layout"]["yaxis"]["ticktext"]).index("Selenitskolan")
    *texts, hatched, reasons = (trace for trace in heat["data"] if trace["type"] == "scatter")
    assert row not in shaded_rows(heat) | {y for text in texts for y in text["y"]}
    assert {y for y in reasons["y"]} == {row} and len(reasons["x"]) == 5
    assert all("dolt (för få svar)" in hover for hover in reasons["hovertext"])
    assert {round(y) for y in hatched["y"] if y is not None} == {row}


def test_a_hidden_school_is_no_dot_among_a_criterions_schools(open_demo):
    page = unfolded(open_demo("kriterier", year="2025", criterion="A1"))
    strip = next(found for found in figures(page) if any("Selenitskolan" in text for text in texts_in(found)))
    latest = [hover for hover in strip["data"][0]["hovertext"] if "Selenitskolan" in hover]
    assert len(latest) <= 3, "2022, 2023 and 2024 may be shown, 2025 may not"
    assert len(strip["data"][0]["hovertext"]) == sum(ask_counts(open_demo, year) for year in range(2022, 2026))


def heat_of(app) -> dict:
    return heat_map_of(unfolded(app))


def ask_counts(open_demo, year: int) -> int:
    """Schools that are shown in a round, by the table of dots of the schools page."""
    heat = heat_of(open_demo("skolor", year=str(year), area="ledarskap"))
    return len(shaded_rows(heat))


def test_a_school_with_one_round_has_one_point_and_no_trend_to_speak_of(ask):
    first = {}
    for found in ask.catalogue.rounds:
        for row in school_rounds(ask.view, ask.viewer, found.framework, found.year):
            first.setdefault(row.school_id, (row.framework, row.year))
    newest = max(first, key=lambda id_: first[id_][1])
    framework, year = first[newest]
    assert year > 2018, "the demo has schools that opened later"
    content = whole(ask, framework, year, newest)
    trend = block(content, "school_trend")
    assert [value for value in own_line(trend).values() if value is not None] == [own_line(trend)[year]]
    assert trend.headline == ask.say("It takes two rounds that can be shown to see a trend")
    before = [row[2:5] for row in trend.table.rows if row[0] < year]
    assert before and set(before) == {(Missing.NOT_COLLECTED,) * 3}


def test_a_skipped_year_is_a_gap_in_the_line_and_not_known_in_the_table(ask):
    trend = block(whole(ask, "dsoe-2018", 2021, "stratusskolan"), "school_trend")
    line = own_line(trend)
    assert line[2020] is None and all(line[year] is not None for year in (2018, 2019, 2021))
    assert [row[2:5] for row in trend.table.rows if row[0] == 2020] == [(Missing.NOT_COLLECTED,) * 3]
    drawn = trend.figure.to_dict()["data"]
    assert all(trace["connectgaps"] is False for trace in drawn if "connectgaps" in trace)


def test_a_skipped_year_says_so_where_it_is_asked_for(open_demo):
    app = open_demo("skola", framework="dsoe-2018", year="2020", school="stratusskolan")
    assert not app.exception and figures(app) == []
    assert "Stratusskolan har inga svar för 2020" in said(app)
    assert "Välj" in app.info[0].value
    assert app.selectbox(key="choice_school").value == "stratusskolan", "the choice stands"


def test_filters_that_leave_no_school(open_demo, asks):
    ask = asks["sv"]
    there = {(s.district, s.stage) for s in schools.schools_in(ask, "vebs-2022", 2025, None, None)}
    districts, stages = ({pair[i] for pair in there} for i in (0, 1))
    district, stage = sorted(set(product(districts, stages)) - there)[0]
    app = open_demo("skolor", district=district, stage=stage)
    assert not app.exception and figures(app) == []
    assert "Ingen skola stämmer med urvalet" in said(app)
    assert app.selectbox(key="choice_district").value == district, "the filters stay, to be changed"


def own_dots(figure: dict) -> list[float]:
    filled = [trace for trace in figure["data"] if trace.get("marker", {}).get("symbol") == "circle"]
    return [x for trace in filled for x in trace["x"]]


def own_line(trend: Block) -> dict[int, float | None]:
    """Year -> the school's own value: its line is the one with whiskers."""
    traces = [t for t in trend.figure.to_dict()["data"] if t.get("error_y")]
    return {year: value for trace in traces for year, value in zip(trace["x"], trace["y"], strict=True)}
