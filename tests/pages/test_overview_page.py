"""Översikt: what is said of the city's changes, its goal rules, and the differences between its schools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from analytics.maturity.changes import CityChange, city_changes, round_changes, since_first, since_last
from analytics.maturity.city import CityArea, at_goal, city_areas, city_cells, clearly_different
from analytics.maturity.city_words import areas_moved, drawn_apart, gap_since
from analytics.maturity.rounds import school_rounds
from analytics.maturity.support import Need, criterion_needs, school_needs
from analytics.model.frameworks import WHOLE, Goal
from analytics.model.present import present
from analytics.words.goals import goal_level, goal_rule
from pages.figures.overview import page as overview
from pages.figures.overview.changes import criteria_block
from pages.figures.overview.city_round import CityRound, city_round
from pages.figures.overview.pictures import area_trend, criteria_now
from pages.figures.overview.reckoning import how_sure, moved_with_needed, reckoned
from pages.figures.overview.sentences import answer
from pages.shared.parts import FIRST, LAST, city_moved, on_one_scale
from pages.ui.content import Ask, Block, Content
from tests.pages.reading import Blocks

NEW, OLD = "vebs-2022", "dsoe-2018"


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


@pytest.fixture(scope="module")
def page(ask) -> Content:
    return overview.compose(ask, NEW, 2025)


@pytest.fixture(scope="module")
def block(ask) -> Callable[[Content, str], Block]:
    """A block of the page, made if it is made on opening."""
    return lambda content, key: Blocks(ask, content).of(key)


@pytest.fixture(scope="module")
def city(ask) -> CityRound:
    return city_round(ask, NEW, 2025, LAST)


def column(found: Block, heading: str) -> list:
    place = [c.heading for c in found.table.columns].index(heading)
    return [row[place] for row in found.table.rows]


def change(difference: float, needed: float | None, clear: bool, area: str = "") -> CityChange:
    return CityChange(NEW, 2025, area, "", NEW, 2024, "", 71, 2.8, 2.8 + difference, difference, needed, clear, 25, 0)


def test_a_change_is_never_told_without_what_it_would_have_taken(ask):
    """In the reckoning, that is: a headline says that it is more than chance explains, or that none is clear."""
    said = {name: moved_with_needed(found, ask.say) for name, found in CHANGES.items()}
    needed = "A clear change takes at least 0.03."
    assert said["risen"].endswith(f"has risen since 2024, from 2.80 to 2.93, more than chance explains. {needed}")
    assert said["fallen"].endswith(f"has fallen since 2024, from 2.80 to 2.67, more than chance explains. {needed}")
    assert said["noise"].endswith(f"was 2.80 in 2024 and is 2.82 now: no clear change. {needed}")
    assert "cannot tell whether it is a change" in said["unknown"]
    assert all("In the 71 schools of both rounds" in text for text in said.values())


CHANGES = {
    "risen": change(0.13, 0.03, clear=True),
    "fallen": change(-0.13, 0.03, clear=True),
    "noise": change(0.02, 0.03, clear=False),
    "unknown": change(0.02, None, clear=False),
}


@pytest.mark.parametrize(("since", "chosen"), [(LAST, since_last), (FIRST, since_first)])
def test_how_the_whole_has_moved_is_told_as_it_is_published(ask, since, chosen):
    """It is behind "How the figures are calculated": the answer has two sentences and no reckoning."""
    (whole,) = [
        found
        for found in chosen(city_changes(ask.view, ask.viewer, NEW, 2025))
        if found.area == WHOLE and not found.criterion
    ]
    assert any(
        text.startswith(city_moved(whole, ask.say)) for text in reckoned(city_round(ask, NEW, 2025, since), ask.say)
    )
    assert (
        overview.compose(ask, NEW, 2025, since).figures[1].note == f"+{whole.difference:.2f} since {whole.before_year}"
    )


def test_the_answer_is_two_short_sentences_without_a_reckoning(asks):
    for language, ask in asks.items():
        for found in ask.catalogue.rounds:
            said = overview.compose(ask, found.framework, found.year).answer
            sentences = [sentence.split() for sentence in said.rstrip(".").split(". ")]
            assert len(sentences) <= 2 and all(len(words) <= 20 for words in sentences), (language, said)
            assert "(" not in said, said


def test_the_first_round_of_all_is_compared_with_nothing(ask, block):
    content = overview.compose(ask, OLD, 2018)
    keys = ["area_trend", "criteria", "gaps", "criteria_now", "goal_by_round", "reckoning"]
    assert [found.key for found in content.all_blocks(ask)] == keys
    assert "since" not in content.answer.lower()
    assert set(column(block(content, "area_trend"), "Change in words")) == {""}


def test_a_new_frameworks_first_round_is_compared_on_the_same_words_alone(ask, block):
    content = overview.compose(ask, NEW, 2022)
    same = {c.id for c in ask.catalogue.framework(NEW).criteria if c.change == "identical"}
    assert set(column(block(content, "city_change"), "Id")) == same
    assert "since" not in content.answer.lower(), "the two frameworks' means are not compared"


def test_the_criteria_then_and_now_are_those_of_the_round_that_is_chosen(ask, block, page):
    later = block(overview.compose(ask, NEW, 2025, FIRST), "city_change")
    assert len(column(block(page, "city_change"), "Mean 2024")) == 25
    assert len(column(later, "Mean 2022")) == 25


def test_schools_that_have_moved_are_counted_as_judged_over_the_city(ask, block, page):
    found = since_last(round_changes(ask.view, ask.viewer, NEW, 2025))
    raised = sum(row.clear_in_city and row.difference > 0 for row in found)
    lowered = sum(row.clear_in_city and row.difference < 0 for row in found)
    assert 0 < raised + lowered < sum(row.clear for row in found)
    said = f"Of the {len(found)} schools that can be compared over all areas, {raised} have clearly risen and {lowered}"
    note = block(page, "city_change").note
    assert said in note and "any is counted in at most one comparison in twenty" in note


def test_what_is_compared_on_some_of_the_criteria_says_so(ask, city):
    told = tuple(replace(c, compared=23, left_out=2) if not c.area and not c.criterion else c for c in city.changes)
    note = criteria_block(ask, replace(city, changes=told)).note
    assert "compared on the 23 criteria asked and shown both times; 2 are left out" in note
    assert "left out" not in criteria_block(ask, city).note


def test_areas_that_moved_are_named_or_counted_and_no_more_is_claimed(ask, city):
    """What each takes is told where the figures are reckoned."""

    def told(*changes: CityChange) -> str:
        return areas_moved(replace(city, changes=changes), ask.say)

    moved = [change(0.2, 0.1, True, "kultur"), change(-0.2, 0.1, True, "ledarskap")]
    rest = [change(0.05, 0.1, False, "undervisning"), change(0.04, 0.1, False, "fortbildning")]
    titles = {area.id: area.title.en for area in city.framework.areas}
    assert told(*moved, *rest) == f"{titles['kultur']} has risen and {titles['ledarskap']} has fallen"
    assert told(change(0.2, 0.1, True, "kultur"), change(0.2, 0.1, True, "ledarskap"), *rest) == "2 areas have risen"
    assert told(*rest) == "no area shows a clear change"
    assert told(*(change(0.2, 0.1, True, area.id) for area in city.framework.areas)) == "every area has risen"
    assert told(*(change(-0.2, 0.1, True, area.id) for area in city.framework.areas)) == "every area has fallen"
    assert told() == ""


def test_whether_schools_draw_apart_is_told_as_their_fold_tells_it(asks, city):
    """The whole's change: none that is not clear, and none where there is no round before."""
    say, change = asks["en"].say, gap_since(city)
    assert change is not None and change.now.area == WHOLE
    needed = change.needed
    assert needed > 0 and not change.clear
    assert drawn_apart(city, say) == "the differences between schools show no clear change"
    assert answer(asks["sv"], city).endswith("; skillnaderna mellan skolorna visar ingen säker förändring.")
    for by, said in ((1.0, "have grown"), (-1.0, "have shrunk")):
        areas = [wider(row, by) if (row.area, row.year) == (WHOLE, city.year) else row for row in city.areas]
        assert drawn_apart(replace(city, areas=tuple(areas)), say) == f"the differences between schools {said}"
    assert drawn_apart(replace(city, before=None), say) == ""


def wider(row: CityArea, by: float) -> CityArea:
    """The same round with schools that lie so many levels further from each other."""
    moved = {name: present(getattr(row, name)) + by for name in ("between_sd", "between_low", "between_high")}
    return replace(row, **moved)


def test_every_mean_of_an_area_has_its_interval_and_the_last_its_change(block, page):
    trend = block(page, "area_trend")
    for low, mean, high in zip(
        *(column(trend, h) for h in ("Interval from", "Mean of schools", "Interval to")), strict=True
    ):
        assert low < mean < high
    said = {row[1]: row[-1] for row in trend.table.rows if row[-1]}
    assert len(said) == 6 and all("since 2024" in text for text in said.values())


def test_every_mean_and_share_of_a_criterion_has_its_interval(block, page):
    now = block(page, "criteria_now")
    ends = ("Mean of schools", "Mean of answers")
    for what in ends:
        rows = zip(*(column(now, h) for h in (f"{what}, from", what, f"{what}, to")), strict=True)
        assert all(low <= mean <= high for low, mean, high in rows)
    shares = ("Share at the goal, from", "Share of answers at the goal", "Share at the goal, to")
    assert all(0 <= low < share < high <= 1 for low, share, high in zip(*(column(now, h) for h in shares), strict=True))


def test_both_goal_rules_stand_beside_each_other(ask, block, page):
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


def test_those_at_the_goal_are_counted_with_how_sure_it_is(ask, city, page):
    schools = [row for row in school_rounds(ask.view, ask.viewer, NEW, 2025) if row.outcome == "met"]
    sure = sum(row.ready is not None and row.ready >= 0.8 for row in schools)
    assert 0 < sure < len(schools)
    told = reckoned(city, ask.say)[0]
    assert f"For {sure} of them it is sure or likely. The number of schools moves by chance too." in told
    assert page.figures[0].note == f"sure or likely for {sure}"


def test_how_sure_it_is_where_none_is_and_where_none_meets_the_goal(ask, city):
    alone = replace(city, last=None)
    none = replace(alone, round=replace(city.round, sure=0, cannot_tell=0))
    assert how_sure(none, ask.say) == ["For none of them is it sure or likely."]
    assert how_sure(replace(none, round=replace(none.round, met=0)), ask.say) == []


def test_those_who_responded_where_nobody_counted_the_invited_are_told_of(ask, city):
    this = replace(city.round, invited=1400, responded_of_invited=1000, responded=1000)
    more = "more responded at schools with under ten answers, or where nobody has counted the invited."
    assert not any(more in text for text in reckoned(replace(city, round=this), ask.say))
    said = reckoned(replace(city, round=replace(this, responded=1012)), ask.say)
    assert said[-1] == f"12 {more}"


def test_each_key_figure_has_its_course_over_the_rounds(asks):
    for ask in asks.values():
        courses = [figure.course for figure in overview.compose(ask, NEW, 2025).figures]
        assert all('role="img"' in course for course in courses)
    assert 'aria-label="2018–2025: from 2.32 to 2.92"' in courses[1]
    assert [figure.course for figure in overview.compose(ask, OLD, 2018).figures] == [None] * 4


def test_what_to_do_next_is_what_support_finds(ask, city, page):
    needs = criterion_needs(ask.view, ask.viewer, city.framework, 2025)
    efforts, visits = page.beside
    first = [need for need in needs if need.need is Need.CITY][:5]
    assert [f"criterion={need.criterion}&" in way.address for need, way in zip(first, efforts.ways, strict=True)] == [
        True
    ] * 5
    assert [way.note.replace("\N{NO-BREAK SPACE}", " ").split(" · ")[1] for way in efforts.ways] == [
        f"{need.below} of {need.schools}" for need in first
    ]
    listed = school_needs(ask.view, ask.viewer, city.framework, 2025, needs)[:5]
    assert [f"school={need.school_id}&" in way.address for need, way in zip(listed, visits.ways, strict=True)] == [
        True
    ] * 5


def test_the_one_table_has_every_criterion_and_its_chips_count_rows(ask, block, city, page):
    drawn, framework = block(page, "criteria").drawing, city.framework
    below = [cell for cell in city.now if not at_goal(cell, framework.goal)]
    assert drawn.count("<tr") == len(framework.criteria) + 1
    assert drawn.count('data-kinds="under') == len(below) == 17
    assert f'data-kind="under" aria-pressed="false">Below the goal <b>{len(below)}</b>' in drawn
    assert all(f"criterion={criterion.id}&amp;" in drawn for criterion in framework.criteria)


@pytest.mark.parametrize("half", [0.001, 5.0])
def test_highest_and_lowest_are_named_only_where_their_intervals_do_not_meet(ask, city, half):
    def with_interval(row):
        return replace(row, ci_low=row.mean - half, ci_high=row.mean + half)

    apart = replace(
        city, areas=tuple(map(with_interval, city.areas)), cells=tuple(map(with_interval, city.cells)), changes=()
    )
    told = (
        area_trend(ask, apart).headline,
        criteria_now(ask, apart.framework, apart.now).headline,
        answer(ask, apart),
    )
    named = ("stands highest and", "Highest: ", "is lowest")
    alike = ("The areas are level", "The criteria are level", "The areas are level with each other;")
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
    other = replace(ask, catalogue=replace(ask.catalogue, frameworks=frameworks))
    content = overview.compose(other, NEW, 2025)
    assert f" schools reach {reached} on every criterion" in str(content.all_blocks(other)[-1].drawing)
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
def test_differences_between_schools_are_the_published_ones(ask, block, area):
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


def test_the_differences_are_said_to_change_for_the_last_round_alone(block, page):
    gaps = block(page, "gaps")
    said = [(row[0], row[-1]) for row in gaps.table.rows if row[-1]]
    assert len(said) == 6 and all(year == 2025 and "since 2024" in text for year, text in said)


def test_the_ribbon_names_the_frameworks_over_every_picture_of_years(block, page):
    for key in ("area_trend", "goal_by_round", "gaps"):
        hovers = [a.get("hovertext", "") for a in block(page, key).figure.to_dict()["layout"]["annotations"]]
        assert sum("2018–2021" in text for text in hovers) >= 1 and sum("2022–2025" in text for text in hovers) >= 1, (
            key
        )
