"""Översikt: what is said of the city's changes, its goal rules, and the differences between its schools."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.maturity.changes import CityChange, city_changes, round_changes, since_first, since_last
from analytics.maturity.city import city_areas, city_cells, clearly_different
from analytics.maturity.rounds import school_rounds
from analytics.model.frameworks import WHOLE, Goal
from analytics.words.goals import goal_level, goal_rule
from pages.figures.overview import page as overview
from pages.figures.overview.changes import area_summary, criteria_block
from pages.figures.overview.pictures import area_trend, criteria_now
from pages.shared.parts import FIRST, LAST, city_moved, on_one_scale
from pages.ui.content import Ask, Block, Content

NEW, OLD = "vebs-2022", "dsoe-2018"


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


@pytest.fixture(scope="module")
def page(ask) -> Content:
    return overview.compose(ask, NEW, 2025)


def block(content: Content, key: str) -> Block:
    return next(block for block in content.blocks if block.key == key)


def column(found: Block, heading: str) -> list:
    place = [c.heading for c in found.table.columns].index(heading)
    return [row[place] for row in found.table.rows]


def change(difference: float, needed: float | None, clear: bool, area: str = "") -> CityChange:
    return CityChange(NEW, 2025, area, "", NEW, 2024, "", 71, 2.8, 2.8 + difference, difference, needed, clear, 25, 0)


def test_a_change_is_never_told_without_what_it_would_have_taken(ask):
    said = {name: city_moved(found, ask.say) for name, found in CHANGES.items()}
    assert said["risen"].endswith("has clearly risen since 2024, from 2.80 to 2.93 (0.03 was needed).")
    assert said["fallen"].endswith("has clearly fallen since 2024, from 2.80 to 2.67 (0.03 was needed).")
    assert "was 2.80 in 2024 and is 2.82 now: less than the 0.03 that it takes" in said["noise"]
    assert "cannot tell whether it is a change" in said["unknown"]
    assert all("In the 71 schools of both rounds" in text for text in said.values())


CHANGES = {
    "risen": change(0.13, 0.03, clear=True),
    "fallen": change(-0.13, 0.03, clear=True),
    "noise": change(0.02, 0.03, clear=False),
    "unknown": change(0.02, None, clear=False),
}


@pytest.mark.parametrize(("since", "chosen"), [(LAST, since_last), (FIRST, since_first)])
def test_the_answer_says_what_the_published_change_says(ask, since, chosen):
    (whole,) = [
        found
        for found in chosen(city_changes(ask.view, ask.viewer, NEW, 2025))
        if found.area == WHOLE and not found.criterion
    ]
    assert overview.compose(ask, NEW, 2025, since).answer.endswith(city_moved(whole, ask.say))


def test_the_first_round_of_all_is_compared_with_nothing(ask):
    content = overview.compose(ask, OLD, 2018)
    assert [found.key for found in content.blocks] == ["area_trend", "goal_by_round", "gaps", "criteria_now"]
    assert "since" not in content.answer.lower()
    assert set(column(block(content, "area_trend"), "Change in words")) == {""}


def test_a_new_frameworks_first_round_is_compared_on_the_same_words_alone(ask):
    content = overview.compose(ask, NEW, 2022)
    same = {c.id for c in ask.catalogue.framework(NEW).criteria if c.change == "identical"}
    assert set(column(block(content, "city_change"), "Id")) == same
    assert "since" not in content.answer.lower(), "the two frameworks' means are not compared"


def test_the_criteria_then_and_now_are_those_of_the_round_that_is_chosen(ask, page):
    later = block(overview.compose(ask, NEW, 2025, FIRST), "city_change")
    assert len(column(block(page, "city_change"), "Mean 2024")) == 25
    assert len(column(later, "Mean 2022")) == 25


def test_schools_that_have_moved_are_counted_as_judged_over_the_city(ask, page):
    found = since_last(round_changes(ask.view, ask.viewer, NEW, 2025))
    raised = sum(row.clear_in_city and row.difference > 0 for row in found)
    lowered = sum(row.clear_in_city and row.difference < 0 for row in found)
    assert 0 < raised + lowered < sum(row.clear for row in found)
    said = f"Of the {len(found)} schools that can be compared over all areas, {raised} have clearly risen and {lowered}"
    note = block(page, "city_change").note
    assert said in note and "any is counted in at most one comparison in twenty" in note


def test_what_is_compared_on_some_of_the_criteria_says_so(ask):
    framework, changes = ask.catalogue.framework(NEW), city_changes(ask.view, ask.viewer, NEW, 2025)
    told = [replace(c, compared=23, left_out=2) if not c.area and not c.criterion else c for c in since_last(changes)]
    note = criteria_block(ask, framework, 2025, told).note
    assert "compared on the 23 criteria asked and shown both times; 2 are left out" in note
    assert "left out" not in criteria_block(ask, framework, 2025, since_last(changes)).note


def test_areas_that_moved_are_named_and_the_rest_are_noise(ask):
    framework = ask.catalogue.framework(NEW)
    moved = [change(0.2, 0.1, True, "kultur"), change(-0.2, 0.1, True, "ledarskap")]
    rest = [change(0.05, 0.1, False, "undervisning"), change(0.04, 0.1, False, "fortbildning")]
    said = area_summary(framework, moved + rest, ask.say)
    titles = {area.id: area.title.en for area in framework.areas}
    assert said == (
        f"Clearly up since 2024: {titles['kultur']} (+0.20). Clearly down since 2024: {titles['ledarskap']} (−0.20)."
        " On the other 2 areas no change can be told from noise."
    )
    assert area_summary(framework, rest, ask.say) == "Since 2024 no area's change can be told from noise."
    assert area_summary(framework, moved[:1] * 1, ask.say).startswith("Clearly up since 2024")
    raised = [change(0.2, 0.1, True, area.id) for area in framework.areas]
    assert area_summary(framework, raised, ask.say) == "Since 2024 every area has clearly risen."
    assert area_summary(framework, [], ask.say) == ""


def test_every_mean_of_an_area_has_its_interval_and_the_last_its_change(page):
    trend = block(page, "area_trend")
    for low, mean, high in zip(
        *(column(trend, h) for h in ("Interval from", "Mean of schools", "Interval to")), strict=True
    ):
        assert low < mean < high
    said = {row[1]: row[-1] for row in trend.table.rows if row[-1]}
    assert len(said) == 6 and all("since 2024" in text for text in said.values())


def test_every_mean_and_share_of_a_criterion_has_its_interval(page):
    now = block(page, "criteria_now")
    ends = ("Mean of schools", "Mean of answers")
    for what in ends:
        rows = zip(*(column(now, h) for h in (f"{what}, from", what, f"{what}, to")), strict=True)
        assert all(low <= mean <= high for low, mean, high in rows)
    shares = ("Share at the goal, from", "Share of answers at the goal", "Share at the goal, to")
    assert all(0 <= low < share < high <= 1 for low, share, high in zip(*(column(now, h) for h in shares), strict=True))


def test_both_goal_rules_stand_beside_each_other(ask, page):
    goal = block(page, "goal_by_round")
    rules = {found: goal_rule(ask.catalogue.framework(found), ask.say) for found in (OLD, NEW)}
    assert rules[OLD] == "a mean of at least level 3 (Confident), on each of 21 criteria"
    assert all(f"{rule}." in goal.note for rule in rules.values())
    assert set(column(goal, "Goal")) == set(rules.values())


def test_a_goal_rule_may_be_of_another_kind(ask):
    framework = ask.catalogue.framework(NEW)
    median = replace(framework, goal=Goal(3, "median"))
    share = replace(framework, goal=Goal(3, "share", 0.75))
    assert goal_rule(median, ask.say) == "a median of at least level 3 (Confident), on each of 25 criteria"
    assert (
        goal_rule(share, ask.say)
        == "at least 75% of the answers at level 3 (Confident) or above, on each of 25 criteria"
    )


def test_what_is_reached_is_said_by_the_goals_own_statistic(ask):
    framework = ask.catalogue.framework(NEW)
    goals = {
        Goal(3, "mean"): "level 3 (Confident)",
        Goal(3, "share", 0.5): "at least 50% at level 3 (Confident)",
        Goal(3, "median"): "a median of level 3 (Confident)",
    }
    assert {goal: goal_level(replace(framework, goal=goal), ask.say) for goal in goals} == goals


def test_those_at_the_goal_are_counted_with_how_sure_it_is(ask, page):
    schools = [row for row in school_rounds(ask.view, ask.viewer, NEW, 2025) if row.outcome == "met"]
    sure = sum(row.ready is not None and row.ready >= 0.8 for row in schools)
    assert 0 < sure < len(schools)
    assert f"For {sure} of them it is sure or likely. The number of schools moves by chance too." in page.answer
    assert f"sure or likely for {sure}" in page.figures[0].note


def test_how_sure_it_is_where_none_is_and_where_none_meets_the_goal(ask):
    this = ask.catalogue.round(NEW, 2025)
    assert overview._how_sure(replace(this, sure=0), "", ask.say) == ["For none of them is it sure or likely."]
    assert overview._how_sure(replace(this, met=0, sure=0), "", ask.say) == []


def test_those_who_responded_where_nobody_counted_the_invited_are_told_of(ask):
    this = replace(ask.catalogue.round(NEW, 2025), invited=1400, responded_of_invited=1000, responded=1000)
    assert overview._responded_note(this, ask.say) == "1,000 of 1,400 invited"
    said = overview._responded_note(replace(this, responded=1012), ask.say)
    assert said == "1,000 of 1,400 invited; and 12 more at schools where the number invited is not known"


@pytest.mark.parametrize("half", [0.001, 5.0])
def test_highest_and_lowest_are_named_only_where_their_intervals_do_not_meet(ask, half):
    framework, this = ask.catalogue.framework(NEW), ask.catalogue.round(NEW, 2025)

    def with_interval(row):
        return replace(row, ci_low=row.mean - half, ci_high=row.mean + half)

    areas = [with_interval(row) for row in city_areas(ask.view, ask.viewer, [NEW]) if row.year == 2025]
    by_area = {row.area: row for row in areas}
    cells = city_cells(ask.view, ask.viewer, [(NEW, criterion.id) for criterion in framework.criteria])
    now = [with_interval(cell) for cell in cells if cell.year == 2025]
    told = (
        area_trend(ask, (framework,), areas, by_area, ()).headline,
        criteria_now(ask, framework, now).headline,
        overview._answer(ask, framework, this, by_area, ()),
    )
    named = ("stands highest and", "Highest: ", "pulls the city's mean up")
    alike = ("The areas cannot be told apart", "The criteria cannot be told apart", "The areas cannot be told apart.")
    assert [words in said for words, said in zip(named, told, strict=True)] == [half < 1] * 3
    assert [words in said for words, said in zip(alike, told, strict=True)] == [half > 1] * 3


def test_without_an_interval_nothing_is_told_apart(ask):
    low, high = city_areas(ask.view, ask.viewer, [NEW])[:2]
    low, high = replace(low, ci_low=1.0, ci_high=1.2), replace(high, ci_low=1.3, ci_high=1.4)
    assert clearly_different(low, high) and not clearly_different(high, low)
    assert not clearly_different(replace(low, ci_high=None), high) and not clearly_different(
        low, replace(high, ci_low=None)
    )


@pytest.mark.parametrize(
    ("goal", "reached", "criteria"),
    [
        (Goal(3, "share", 0.5), "at least 50% at level 3 (Confident)", lambda cell: cell.share_at_goal >= 0.5),
        (Goal(3, "median"), "a median of level 3 (Confident)", lambda cell: cell.share_at_goal > 0.5),
    ],
)
def test_a_city_with_a_goal_of_another_kind_is_described_by_it(ask, goal, reached, criteria):
    frameworks = tuple(replace(f, goal=goal) if f.id == NEW else f for f in ask.catalogue.frameworks)
    content = overview.compose(replace(ask, catalogue=replace(ask.catalogue, frameworks=frameworks)), NEW, 2025)
    assert f" schools reach {reached} on every criterion" in content.answer
    (figure,) = [found for found in content.figures if found.label == "Criteria where the city is at the goal"]
    asked = [(NEW, criterion.id) for criterion in ask.catalogue.framework(NEW).criteria]
    at_goal = [cell for cell in city_cells(ask.view, ask.viewer, asked) if cell.year == 2025 and criteria(cell)]
    assert (figure.value, figure.note) == (f"{len(at_goal)} of 25", f"goal: {reached}")


def test_frameworks_on_another_scale_are_not_drawn_on_the_axis_of_the_new(ask):
    old, new = ask.catalogue.framework(OLD), ask.catalogue.framework(NEW)
    wider = replace(old, scale_max=5)
    assert on_one_scale((old, new)) == (old, new)
    assert on_one_scale((wider, new)) == (new,) and on_one_scale((old, wider, new)) == (new,)


@pytest.mark.parametrize("area", [None, "kultur"])
def test_differences_between_schools_are_the_published_ones(ask, area):
    gaps = block(overview.compose(ask, NEW, 2025, FIRST, area), "gaps")
    areas = city_areas(ask.view, ask.viewer, [OLD, NEW])
    assert column(gaps, "Between schools (SD)") == [row.between_sd for row in areas]
    wanted = [row for row in areas if row.area == (area or WHOLE)]
    drawn = [t for t in gaps.figure.to_dict()["data"] if t.get("yaxis") == "y2"]
    assert [y for trace in drawn for y in trace["y"]] == [row.between_sd for row in wanted]
    assert len(drawn) == 2, "no line joins two frameworks"
    then, now = (next(r for r in wanted if r.framework == NEW and r.year == year) for year in (2022, 2025))
    shown = [word.rstrip(",") for word in gaps.headline.split()]
    digits = 3 if ask.say.number(now.between_sd, 3) in shown else 2
    assert {ask.say.number(row.between_sd, digits) for row in (then, now)} <= set(shown)


def test_the_differences_are_said_to_change_for_the_last_round_alone(page):
    gaps = block(page, "gaps")
    said = [(row[0], row[-1]) for row in gaps.table.rows if row[-1]]
    assert len(said) == 6 and all(year == 2025 and "since 2024" in text for year, text in said)


def test_the_ribbon_names_the_frameworks_over_every_picture_of_years(page):
    for key in ("area_trend", "goal_by_round", "gaps"):
        hovers = [a.get("hovertext", "") for a in block(page, key).figure.to_dict()["layout"]["annotations"]]
        assert sum("2018–2021" in text for text in hovers) >= 1 and sum("2022–2025" in text for text in hovers) >= 1, (
            key
        )
