"""Skolor: every school on every area or criterion, and what of their differences is more than noise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analytics.maturity.funnel import AreaCount, area_chance
from analytics.maturity.rounds import RoundGroup, group_outcomes, round_groups
from analytics.maturity.schools import area_figures
from analytics.model.figures import GoalOutcome, Status
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.language import Words
from pages.figures.schools.development import UNSURE_FIGURES, schools_table
from pages.figures.schools.found import BY_DISTRICT, BY_NAME, SchoolsShown, schools_shown
from pages.figures.schools.noise import halves_of, has_places
from pages.figures.schools.shown import (
    EVERY_CRITERION,
    dots_fold,
    funnel_fold,
    heat_fold,
    heat_told,
    places_fold,
    schools_now,
    table_of_all,
)
from pages.shared.in_short import halves, outside_chance, sides_counted
from pages.shared.ready_words import at_goal_figure, few_left, most_left, schools_at_goal
from pages.shared.schools_choice import (
    BY_LEVEL,
    BY_PACE,
    choose_page,
    none_fits,
    on_page,
    page_words,
    schools_in,
    where,
)
from pages.shared.trend_words import too_early
from pages.ui import access, controls, notices
from pages.ui.content import (
    Ask,
    Content,
    Fold,
    KeyFigure,
    Subject,
    provenance_of,
)
from pages.ui.head import page_head
from pages.ui.later import LaterRows
from pages.ui.phrases import left_out_notice
from pages.ui.titles import questions


def render(ask: Ask) -> None:
    say, ask = ask.say, ask.of_figures
    with page_head(say, questions(say)["skolor"]):
        chosen = controls.choose_round(ask)
        ask = ask.of_rounds(chosen.framework)
        framework = ask.catalogue.framework(chosen.framework)
        titles = {controls.ALL: say("Areas"), EVERY_CRITERION: say("All criteria")}
        titles |= {area.id: area.title.in_(say.language) for area in framework.areas}
        area = controls.choose("area", say("Show"), titles, _area_asked(framework))
        chosen = controls.choose_group(ask, chosen)
        orders = {BY_NAME: say("Name"), BY_DISTRICT: say("District"), BY_LEVEL: say("Mean, lowest first")}
        orders[BY_PACE] = say("Pace, fastest upwards first")
        sort = controls.choose("sort", say("Sort by"), orders, BY_NAME)
        criterion = _choose_criterion(ask, framework, area)
        found = access.composed(schools_in, ask, chosen.framework, chosen.year, chosen.district, chosen.stage)
        page = choose_page(ask, found)
    if not found:
        none_fits(say)
        return
    parameters = (chosen.framework, chosen.year, chosen.district, chosen.stage, area, sort, page, criterion)
    notices.draw(ask, access.composed(compose, ask, *parameters))


def _area_asked(framework: Framework) -> str:
    """The area of the criterion that the address names, else all of them: a link to a criterion need not tell both."""
    areas = {criterion.id: criterion.area for criterion in framework.criteria}
    return areas.get(controls.asked("criterion") or "", controls.ALL)


def _choose_criterion(ask: Ask, framework: Framework, area: str) -> str | None:
    """One of the area's criteria for the development; None: the area as such. Asked only where an area is shown."""
    criteria = [criterion for criterion in framework.criteria if criterion.area == area]
    if not criteria:
        return None
    titles = {controls.ALL: ask.say("The whole area")}
    titles |= {criterion.id: f"{criterion.id} {criterion.title.in_(ask.say.language)}" for criterion in criteria}
    chosen = controls.choose("criterion", ask.say("Development on"), titles, controls.ALL)
    return None if chosen == controls.ALL else chosen


def compose(
    ask: Ask,
    framework_id: str,
    year: int,
    district: str | None,
    stage: str | None,
    show: str,
    sort: str,
    page: int,
    criterion: str | None = None,
) -> Content:
    """The page for one round, filtered and sorted; `criterion`: what the development is of, else what is shown."""
    say, of = ask.say, (framework_id, year, district, stage, show, sort, page, criterion)
    shown = schools_shown(ask, *of)
    framework, count = shown.framework, shown.count
    groups = round_groups(ask.view, ask.viewer, framework_id, year, shown.among)
    hidden = sum(group.schools for group in groups if group.status == Status.HIDDEN)
    # The files are of every page's schools, and the same on each.
    rows = LaterRows(table_of_all, ask, framework_id, year, district, stage, show, sort, 1, criterion)
    now = schools_now(ask, shown, on_page(shown.in_order, page))
    table = schools_table(ask, now, shown, sort, rows)
    folds = [Fold("heat", say("Every area or criterion in colours"), heat_fold, of, heat_told(ask, shown))]
    if shown.city:
        title = say("How sure each school's figure is")
        beside = sides_counted(count.beside, count.above, count.below, say)
        folds.append(Fold("dots", title, dots_fold, of, beside))
        if count.counted and area_chance(shown.city):
            outside = outside_chance(count.outside, count.counted, say)
            folds.append(Fold("funnel", say("Which differences are more than chance?"), funnel_fold, of, outside))
        here = [school.id for school in on_page(shown.found, page)]
        figures = area_figures(ask.view, ask.viewer, framework_id, year, shown.area, here).values()
        if has_places(figures):
            sure = halves(*halves_of(figures, shown.city), say)
            folds.append(Fold("places", say("Which places could a school have?"), places_fold, of, sure))
    return Content(
        answer=_answer(ask, framework, groups, where(ask, district, stage)),
        about=_about(ask, *of),
        provenance=provenance_of([group.provenance for group in groups]),
        table=table,
        figures=_key_figures(ask, groups, count),
        notices=tuple(
            filter(
                None,
                [
                    too_early(now.has_trends, say),
                    left_out_notice(hidden, ask.catalogue, say),
                    _without_pace(shown, say),
                ],
            )
        ),
        blocks=tuple(folds),
    )


def _about(
    ask: Ask,
    framework_id: str,
    year: int,
    district: str | None,
    stage: str | None,
    show: str,
    _: str,
    page: int,
    criterion: str | None,
) -> Subject:
    """Every file of the page is of the schools and the area that are chosen; of a criterion the development alone."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    areas = {area.id: area.title.in_(say.language) for area in framework.areas}
    of = (where(ask, district, stage), areas.get(show, ""), page_words(say, page))
    more = [("heat", say("All criteria") if show == EVERY_CRITERION else ""), ("development", criterion or "")]
    return Subject(", ".join(filter(None, of)), year, framework_id, more=tuple(more))


def _without_pace(shown: SchoolsShown, say: Words) -> str:
    """How many are shown and have no direction, which the headline does not count; empty where all have."""
    n = shown.moves[None]
    if not n:
        return ""
    return say.plural(
        "{n} school has too few rounds or answers for a direction.",
        "{n} schools have too few rounds or answers for a direction.",
        n,
    )


def _answer(ask: Ask, framework: Framework, groups: Sequence[RoundGroup], of: str) -> str:
    say, count = ask.say, group_outcomes(groups)
    told = count[GoalOutcome.MET] + count[GoalOutcome.NOT_MET]
    sentence = schools_at_goal(count[GoalOutcome.MET], told, framework, say)
    sentence = f"{of}: {sentence}." if of else f"{sentence}."
    close = Counter[int]()
    for group in groups:
        if group.outcome == GoalOutcome.NOT_MET and group.shown - group.at_goal <= most_left(group.shown):
            close[group.shown] += group.schools
    return " ".join(filter(None, [sentence, few_left(close, say)]))


def _key_figures(ask: Ask, groups: Sequence[RoundGroup], count: AreaCount) -> tuple[KeyFigure, ...]:
    say = ask.say
    figures = [at_goal_figure(group_outcomes(groups), say)]
    if count.mean is not None:
        note = say.plural("of {n} school", "of {n} schools", count.shown)
        figures.append(KeyFigure(say("Mean of the schools shown"), say.number(count.mean), note))
        lowest_to_highest = f"{say.number(present(count.lowest))}–{say.number(present(count.highest))}"
        figures.append(
            KeyFigure(say("Lowest and highest mean of a school"), lowest_to_highest, say("how sure: further down"))
        )
    unsure = sum(group.schools for group in groups if group.status in UNSURE_FIGURES)
    figures.append(
        KeyFigure(say("Schools with uncertain figures"), say.integer(unsure), say("under 20 answers or half the staff"))
    )
    return tuple(figures)
