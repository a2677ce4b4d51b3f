"""Certifiering: who reaches the goal, how sure that is, what is in the way, and what is foretold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from math import ceil

import pytest

from analytics.dialogue.certification import stages
from analytics.maturity.examples import goal_examples
from analytics.maturity.forecast import Forecast, forecasts
from analytics.maturity.forecast import told as told_forecasts
from analytics.maturity.methods.prediction import LEAST_MOVES
from analytics.model.dialogue import Event
from analytics.model.frameworks import Goal
from analytics.model.provenance import Missing
from pages.talks.certification import forecast as certification_forecast
from pages.talks.certification import page as certification
from pages.talks.certification.routine import routine_block, running_out
from pages.ui.content import Ask, Block, Content
from tests.pages.reading import markup, opened, said, unfolded, words_of

YEAR = 2025


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


def page(ask: Ask, year: int = YEAR, framework: str = "vebs-2022", sort: str = "namn", **of: str) -> Content:
    return opened(ask, certification.compose(ask, framework, year, of.get("district"), of.get("stage"), sort, 1))


def block(content: Content, key: str) -> Block:
    return next(block for block in content.blocks if block.key == key)


SHOWN = "Would a new round show it?"


def column(found: Block, heading: str) -> list:
    place = [c.heading for c in found.table.columns].index(heading)
    return [row[place] for row in found.table.rows]


def test_the_answer_counts_schools_by_the_raw_rule_and_by_how_sure_it_is(ask):
    rows = ask.view.rows(
        "select outcome, ready from school_round where framework = 'vebs-2022' and year = ?"
        " and outcome <> 'cannot_tell'",
        [YEAR],
    )
    met = [ready for outcome, ready in rows if outcome == "met"]
    sure, probable = sum(r >= 0.95 for r in met), sum(0.8 <= r < 0.95 for r in met)
    barely, near = sum(r < 0.2 for r in met), sum(r >= 0.2 for outcome, r in rows if outcome == "not_met")
    even = len(met) - sure - probable - barely
    assert sure and probable and even and barely and near, "the demo has them all"
    content = page(ask)
    told = words_of(block(content, "reckoning"))
    assert (
        f"{len(met)} of {len(rows)} schools reach level 3 (Confident) on every criterion: {sure} surely,"
        f" {probable} probably, {even} too close to call and {barely} only just. Of the {len(rows) - len(met)} that do"
        f" not, {near} {'is' if near == 1 else 'are'} so close that chance decides." in told
    )
    headline = block(content, "ready").headline
    assert headline.startswith(f"{sure + probable} of ") and f"; {even + barely} reach it too narrowly" in headline
    assert f"; {len(rows) - len(met)} do not reach it, {near} of them so close" in headline


def test_every_school_is_in_one_of_four_lists_a_link_with_a_reason(ask):
    content = page(ask)
    found = str(content.table.drawing)
    rows = ask.view.rows(
        "select school_id, outcome, ready, shown - at_goal from school_round"
        " where framework = 'vebs-2022' and year = ?",
        [YEAR],
    )
    can = {id_ for id_, outcome, ready, _ in rows if outcome == "met" and ready >= 0.8}
    near = {
        id_
        for id_, outcome, ready, left in rows
        if outcome != "cannot_tell" and id_ not in can and (outcome == "met" or ready >= 0.2 or left <= 3)
    }
    cannot = {id_ for id_, outcome, *_ in rows if outcome == "cannot_tell"}
    sections = found.split("<section")[1:]
    headings = [re.search(r">([^<]+) \((\d+)\)</h3>", part).groups() for part in sections]
    expected = [can, near, {id_ for id_, *_ in rows} - can - near - cannot, cannot]
    assert headings == [
        (name, str(len(ids)))
        for name, ids in zip(("Can apply", "Near", "Far to go", "Cannot be determined"), expected, strict=True)
    ]
    for part, ids in zip(sections, expected, strict=True):
        links = re.findall(r'href="skola\?framework=vebs-2022&amp;year=2025&amp;school=([^&]+)&amp;lang=en"', part)
        assert set(links) == ids and len(links) == len(ids)
        assert all(re.findall(r'class="kd-why">([^<]*)<', part)), "with a reason each"
    waiting = re.search(r"^(\d+) of \d+ schools can apply", content.answer)
    assert int(waiting[1]) == len(can) and f"{len(near)} more are near." in content.answer


def test_a_schools_standing_follows_the_rule_and_its_share_of_new_rounds(ask):
    found = block(page(ask), "ready")
    names, met, standings, shares = (
        column(found, heading)
        for heading in ("School", "Goal met on every criterion", SHOWN, "Share of new rounds at the goal")
    )
    words = {
        "surely": ("yes", 0.95, 1.01),
        "probably": ("yes", 0.8, 0.95),
        "too close to call": ("yes", 0.2, 0.8),
        "only just": ("yes", 0, 0.2),
        "so close that chance decides": ("no", 0.2, 1.01),
        "seldom": ("no", 0, 0.2),
        "cannot be determined": ("cannot be determined", 0, 1.01),
    }
    assert standings[names.index("Selenitskolan")] == "" and shares[names.index("Selenitskolan")] is Missing.HIDDEN
    told = [row for row in zip(met, standings, shares, strict=True) if row[2] is not Missing.HIDDEN]
    assert {standing for _, standing, _ in told} >= {"surely", "only just", "so close that chance decides", "seldom"}
    for rule, standing, share in told:
        expected, low, high = words[standing]
        assert rule == expected and low <= share < high, standing


def test_beside_it_stands_whether_the_school_is_there_in_words_and_as_a_chance(ask):
    found = block(page(ask), "ready")
    words = {
        "there": (0.95, 1.01),
        "probably there": (0.8, 0.95),
        "cannot be determined": (0.0, 1.01),
        "not yet": (0.0, 0.2),
    }
    rows = zip(*(column(found, heading) for heading in ("Are we there?", "Chance of being there")), strict=True)
    told = [row for row in rows if row[1] is not Missing.HIDDEN]
    assert {word for word, _ in told} == set(words)
    for word, chance in told:
        low, high = words[word]
        assert low <= chance < high
    met = dict(zip(column(found, "School"), column(found, "Goal met on every criterion"), strict=True))
    there = dict(zip(column(found, "School"), column(found, "Are we there?"), strict=True))
    assert any(met[school] == "no" and there[school] != "not yet" for school in met), (
        "the rule misses, the school may not"
    )


def test_a_school_that_is_not_sure_has_what_is_most_in_its_way_below_its_row_by_name(ask):
    """Read without pointing: the share; and of those that have any chance what is in the way, with no code."""
    found = block(page(ask, sort="sakrast"), "ready")
    drawn = found.figure.to_dict()["layout"]["annotations"]
    shares, below = ([unescape(a["text"]).replace("<br>", " ") for a in drawn if a["x"] == x] for x in (103, 0))
    told, expected = [text for text in below if text.startswith("In the way: ")], []
    columns = (column(found, h) for h in ("Share of new rounds at the goal", SHOWN, "Most in the way"))
    for share, standing, way in zip(*columns, strict=True):
        if share is not Missing.HIDDEN and share >= 0.01 and standing != "surely":
            first = re.sub(r"^\S+ | \([^()]*\)$", "", way.split("; ")[0])
            expected.append(f"In the way: {first}")
    assert len(told) == len(expected) > 5
    for line, whole in zip(told, expected, strict=True):
        assert line == whole or (line.endswith("…") and whole.startswith(line.rstrip(" …")))
    texts = [share for share in column(found, "Share of new rounds at the goal") if share is not Missing.HIDDEN]
    said = [">99%" if share > 0.99 else ask.say.percent(share) for share in texts if share >= 0.01]
    assert shares == said


def test_schools_with_next_to_no_chance_are_named_below_the_picture_each_a_link(ask):
    """Most of them; every school of the table is drawn or named, and none is both."""
    found = block(page(ask), "ready")
    shares = dict(zip(column(found, "School"), column(found, "Share of new rounds at the goal"), strict=True))
    slight = [school for school, share in shares.items() if share is not Missing.HIDDEN and share < 0.01]
    assert re.findall(r'<a href="skola[^"]*"[^>]*>([^<]+)</a>', found.rest) == slight and len(slight) > 20
    drawn = found.figure.to_dict()["layout"]["yaxis"]["ticktext"]
    assert list(drawn) == [school for school in shares if school not in slight]
    told = f"{len(slight)} schools have less than a 1% chance"
    assert f"<summary>{told}</summary>" in found.rest and f"{told}, by name below the picture." in found.alt


def test_a_few_schools_with_next_to_no_chance_are_drawn_as_the_others(ask):
    rounds = block(page(ask, district="Östanvind", stage="F-9"), "ready")
    assert not rounds.rest and "below the picture" not in rounds.alt
    assert len(rounds.figure.to_dict()["layout"]["yaxis"]["ticktext"]) == len(column(rounds, "School"))


def test_a_small_school_is_told_why_it_is_harder_in_counted_figures(ask):
    small, large = (ask.say.percent(chance.share) for chance in goal_examples())
    told = words_of(block(page(ask), "reckoning"))
    assert f"a {small} chance of reaching level 3 on every one with 15 answers, and {large} with 60" in told


def test_what_is_in_the_way_is_the_criteria_that_new_rounds_miss_the_most(ask):
    found = block(page(ask), "ready")
    ways = dict(zip(column(found, "School"), column(found, "Most in the way"), strict=True))
    sql = (
        "select criterion, n, mean from cell join school on school.id = school_id where framework = 'vebs-2022'"
        " and year = ? and school.name = ?"
    )
    by_share = sql + " and ready < 0.95 order by round(ready, 2), mean limit 2"
    by_mean = sql + " and ready is null and not goal_met order by mean limit 2"  # under ten answers on each
    for school, sql in (("Hematitskolan", by_share), ("Agatskolan", by_mean), ("Ädelstensskolan", by_share)):
        rows = ask.view.rows(sql, [YEAR, school])
        expected = [(criterion, f"({mean:.1f})" if n is None else f"({mean:.2f})") for criterion, n, mean in rows]
        named = [(part.split()[0], part.split()[-1]) for part in ways[school].split("; ") if part]
        assert named == expected, school


def test_those_who_did_not_answer_are_told_what_it_would_take(ask):
    """Hematitskolan: one criterion is left; the mean that the silent ones need, counted here by hand."""
    found = block(page(ask), "ready")
    text = dict(zip(column(found, "School"), column(found, "Those who did not answer"), strict=True))["Hematitskolan"]
    ((invited, responded, n, mean),) = ask.view.rows(
        "select invited, responded, n, mean from cell join school_round using (framework, year, school_id)"
        " where framework = 'vebs-2022' and year = ? and school_id = 'hematitskolan'"
        " order by round(cell.ready, 2), mean limit 1",
        [YEAR],
    )
    people = invited - responded
    assert f"If the {people} who did not answer lie at 2.50–3.50" in text
    low, high = ((n * mean + people * level) / (n + people) for level in (2.5, 3.5))
    assert f"lands on {low:.2f}–{high:.2f}" in text
    needed = ceil(100 * (3 * (n + people) - n * mean) / people) / 100
    assert f"need to lie at {needed:.2f} or more" in text


def test_the_second_criterion_that_misses_the_goal_is_told_too(ask):
    """Pulsarskolan misses on two; what the silent ones need on each, rounded upwards: less would not do."""
    found = block(page(ask), "ready")
    text = dict(zip(column(found, "School"), column(found, "Those who did not answer"), strict=True))["Pulsarskolan"]
    rows = ask.view.rows(
        "select criterion, invited - responded, n, mean from cell join school_round using (framework, year, school_id)"
        " where framework = 'vebs-2022' and year = ? and school_id = 'pulsarskolan' and not goal_met"
        " order by round(cell.ready, 2), mean",
        [YEAR],
    )
    (_, first), (second, also) = (
        (criterion, ceil(100 * (3 * (n + people) - n * mean) / people) / 100) for criterion, people, n, mean in rows
    )
    assert f"need to lie at {first:.2f} or more on average, and on {second} at {also:.2f} or more." in text


def test_schools_stand_by_name_unless_asked_otherwise(ask):
    by_name, surest = (block(page(ask, sort=sort), "ready") for sort in ("namn", "sakrast"))
    order = [school.name for school in ask.catalogue.schools]
    assert [order.index(name) for name in column(by_name, "School")] == sorted(
        order.index(name) for name in column(by_name, "School")
    )
    shares = [-1 if s is Missing.HIDDEN else s for s in column(surest, "Share of new rounds at the goal")]
    assert shares == sorted(shares, reverse=True)
    assert by_name.headline == surest.headline


def test_a_district_shows_its_own_schools_and_says_so(ask):
    content = page(ask, district="Östanvind", stage="F-9")
    found = block(content, "ready")
    assert set(column(found, "District")) == {"Östanvind"} and set(column(found, "Stage")) == {"F-9"}
    assert content.answer.startswith("Östanvind, F-9:")
    assert block(content, "forecast").headline == block(page(ask), "forecast").headline, "of the whole city"


def test_the_forecast_says_what_was_foretold_and_how_it_held(ask):
    told = forecasts(ask.view, ask.viewer, "vebs-2022")
    ahead = told[-1]
    assert ahead.actual is None
    found = block(page(ask), "forecast")
    assert (
        f"In {ahead.year}, {ahead.low} to {ahead.high} of {ahead.schools} schools would reach the goal"
        in found.headline
    )
    assert f"if {ahead.year} asks the same as {YEAR}" in found.headline, "the framework's last year"
    held = sum(f.low <= f.actual <= f.high for f in told[:-1])
    assert f"Tried on {len(told) - 1} earlier rounds, its range held in {held}." in found.headline
    assert column(found, "Held")[1:] == ["yes" if f.held else "no" for f in told[:-1]] + ["not yet known"]


def test_an_earlier_round_is_told_with_what_came_of_it_and_nothing_later(ask):
    found = block(page(ask, 2024), "forecast")
    assert found.headline.startswith("From the round of 2024,") and "it became" in found.headline
    assert column(found, "Year") == [2022, 2023, 2024, 2025]


@pytest.mark.parametrize("framework, year, why", [
    ("dsoe-2018", 2018, "so far there are 0"),
    ("dsoe-2018", 2020, "so far there are 2"),
    ("dsoe-2018", 2021, "the framework was replaced by"),
])  # fmt: skip
def test_where_nothing_can_be_foretold_it_says_why(ask, framework, year, why):
    found = block(page(ask, year, framework), "forecast")
    assert found.headline.startswith("There is no forecast") and why in found.headline
    assert not any(trace["type"] == "bar" for trace in found.figure.to_dict()["data"])
    assert not any("Väntas" in f.label or "Foretold" in f.label for f in page(ask, year, framework).figures)


def test_a_goal_that_is_no_mean_has_no_forecast(ask):
    framework = replace(ask.catalogue.framework("vebs-2022"), goal=Goal(3, "share", 0.8))
    assert "the goal is no mean" in certification_forecast.why_none(ask, framework, YEAR)
    assert LEAST_MOVES == 3


def test_a_range_that_says_little_is_called_so(ask):
    framework = ask.catalogue.framework("vebs-2022")
    wide = Forecast("vebs-2022", 2026, YEAR, 40, 20.0, 5, 35, None, 3, "respondents")
    assert "says next to nothing" in certification_forecast.forecast_block(ask, framework, YEAR, [wide]).headline
    narrow = replace(wide, low=15, high=25)
    assert "next to nothing" not in certification_forecast.forecast_block(ask, framework, YEAR, [narrow]).headline


def test_a_forecast_that_has_not_held_is_not_told(ask):
    """Of ranges that hold nine times in ten two of three miss in 3 cases of 100; one of three in 27."""
    framework = ask.catalogue.framework("vebs-2022")
    ahead = Forecast("vebs-2022", 2026, YEAR, 40, 20.0, 15, 25, None, 6, "respondents")
    been = [Forecast("vebs-2022", year, year - 1, 40, 8.0, 5, 10, 7, 4, "respondents") for year in (2023, 2024, 2025)]
    missed = [replace(been[0], actual=20), replace(been[1], actual=20)]
    for record, held in ((been, 3), ([missed[0], *been[1:]], 2), ([*missed, been[2]], 1)):
        headline = certification_forecast.forecast_block(ask, framework, YEAR, [*record, ahead]).headline
        assert f"range held in {held}." in headline
        assert ("cannot be determined" in headline) == (held == 1) and ("15 to 25" in headline) == (held > 1)
    assert certification_forecast.worth_telling([*missed, been[2], ahead], YEAR) is None
    early = replace(ahead, moves=2)
    assert certification_forecast.worth_telling([early], YEAR) is None, "too few moves to go by"


def test_what_is_only_assumed_is_not_told():
    assumed = Forecast("vebs-2022", 2025, 2024, 40, 20.0, 15, 25, 20, 6, "assumed")
    known = replace(assumed, basis="borrowed")
    assert told_forecasts([assumed, known]) == (known,)


def test_the_choice_of_order_stands_in_the_address(open_demo):
    app = open_demo("certifiering", sort="sakrast", lang="en")
    assert app.session_state["choice_sort"] == "sakrast" and not app.exception
    assert re.search(r"surely or probably reach the goal", said(unfolded(app)))


def test_a_filter_that_leaves_no_school_says_so(open_demo):
    for path in ("certifiering", "stod"):
        app = open_demo(path, district="Östanvind", stage="7-9", lang="en")
        assert not app.exception
        empty = "No school fits the choices." in app.info[0].value if app.info else False
        assert empty == (not any("kd-lists" in drawn or "kd-trends" in drawn for drawn in markup(app)))


def test_the_routine_says_who_takes_each_step_and_how_many_have_come_to_it(ask):
    framework = ask.catalogue.framework("vebs-2022")
    register = stages(ask.view, ask.viewer, date(2025, 12, 31))
    block = routine_block(ask, framework, register)
    assert block and block.headline == "Digital school: 5 steps. For how long it is valid is not said."
    applied = sum(any(row.event is Event.APPLIED for row in stage.events) for stage in register)
    rows = {row[1]: row for row in block.table.plain()}
    assert rows["The application"][2] == "Principal" and rows["The application"][-1] == str(applied) != "0"
    assert rows["The assessment"][5] == "Certified, by a decision"
    assert routine_block(ask, ask.catalogue.framework("dsoe-2018"), register) is None
    certified = next(stage for stage in register if stage.certified)
    three = replace(framework.certification, valid_years=3)
    last = max(row.day for row in certified.events if row.event in (Event.CERTIFIED, Event.RENEWED))
    assert running_out(three, certified) == three.until(last).isoformat() and running_out(three, None) == ""
