"""Översikt: how mature are the city's schools now, and how has that moved?"""

from __future__ import annotations

from collections.abc import Iterator

from pages.figures.overview.board import report_fold
from pages.figures.overview.changes import change_fold, is_compared
from pages.figures.overview.city_round import CityRound, city_round
from pages.figures.overview.gaps import gaps_fold
from pages.figures.overview.goal import goal_fold
from pages.figures.overview.in_short import at_the_goal, gaps, lowest_and_highest, schools_then_and_now
from pages.figures.overview.next_steps import next_steps
from pages.figures.overview.pictures import area_trend, spread_fold
from pages.figures.overview.reckoning import reckoning
from pages.figures.overview.release import release_box
from pages.figures.overview.sentences import answer, key_figures
from pages.figures.overview.table import criteria_fold
from pages.shared.in_short import moved
from pages.shared.parts import LAST, choose_since, compared_words
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, Fold, Subject, provenance_of
from pages.ui.head import page_head
from pages.ui.phrases import left_out_notice
from pages.ui.titles import questions


def render(ask: Ask) -> None:
    say, in_force, ask = ask.say, ask, ask.of_figures
    with page_head(say, questions(say)["oversikt"]):
        chosen = controls.choose_round(ask)
        ask = ask.of_rounds(chosen.framework)
        since = choose_since(ask, chosen.framework, chosen.year)
        chosen = controls.choose_area(ask, chosen, say("Differences between schools on"))
    notices.draw(ask, access.composed(compose, ask, chosen.framework, chosen.year, since, chosen.area))
    report_fold(in_force.of_rounds(chosen.framework), chosen.framework, chosen.year)
    release_box(ask, chosen.framework, chosen.year)


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: the latest round."""
    for latest in ask.catalogue.rounds[-1:]:
        yield compose, ask.of_figures.of_rounds(latest.framework), latest.framework, latest.year, LAST, None


def _chosen(ask: Ask, city: CityRound, since: str, area: str | None) -> tuple[tuple[str, str], ...]:
    """What the files of the blocks that show it say of the choices that are not the page's own."""
    before = compared_words(ask.say, since, city.before.year if city.before else None)
    of = city.framework.area(area).title.in_(ask.say.language) if area else ""
    return (*((key, before) for key in ("area_trend", "criteria", "city_change", "gaps")), ("gaps", of))


def compose(ask: Ask, framework_id: str, year: int, since: str = LAST, area: str | None = None) -> Content:
    """The page for one round; `since` says what it is held against, `area` where the schools' differences are shown."""
    say, city = ask.say, city_round(ask, framework_id, year, since)
    of = (framework_id, year, since)
    criteria = say("All {n} criteria", n=len(city.now))
    folds = [
        Fold("criteria", criteria, criteria_fold, of, at_the_goal(city, say)),
        Fold(
            "gaps",
            say("Are the differences between schools growing?"),
            gaps_fold,
            (*of, area),
            gaps(city, area, say),
        ),
        Fold(
            "criteria_now",
            say("The criteria, and how far apart the schools are"),
            spread_fold,
            of,
            lowest_and_highest(city, say),
        ),
        Fold(
            "goal_by_round",
            say("Schools at the goal, year by year"),
            goal_fold,
            (framework_id, year),
            schools_then_and_now(city, say),
        ),
    ]
    if is_compared(city):
        title = say("Changes since {year}", year=say.round(city.changes[0].before_year))
        folds.append(Fold("city_change", title, change_fold, of, moved(city.changes, say)))
    folds.append(Fold("reckoning", say("How the figures are calculated"), reckoning, of))
    return Content(
        answer=answer(ask, city),
        about=Subject(year=year, framework=framework_id, more=_chosen(ask, city, since, area)),
        provenance=provenance_of(row.provenance for row in city.rounds),
        first=area_trend(ask, city),
        figures=key_figures(ask, city),
        beside=next_steps(ask, city),
        blocks=tuple(folds),
        notices=tuple(filter(None, [left_out_notice(city.round.hidden_schools, ask.catalogue, say)])),
    )
