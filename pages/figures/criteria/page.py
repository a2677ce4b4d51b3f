"""Kriterier: one criterion across years and schools: what people answered, how it moved, how schools differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from analytics.maturity.changes import city_changes, schools_moved
from analytics.maturity.city import CityCell, city_cells, city_levels
from analytics.maturity.funnel import chance, criterion_count
from analytics.maturity.rounds import lineage
from analytics.maturity.schools import round_cells
from analytics.maturity.trends import city_trends
from analytics.model.frameworks import Change, Framework
from analytics.model.present import present
from analytics.words.figures import interval
from analytics.words.goals import goal_level
from analytics.words.language import N_, Words
from pages.figures.criteria.beside import NAMED, to_schools
from pages.figures.criteria.crosswalk import crosswalk_block
from pages.figures.criteria.development import all_answer, criteria_table
from pages.figures.criteria.funnel import funnel_block
from pages.figures.criteria.pictures import Edition, Schools, answers_block, spread_block
from pages.figures.criteria.trend import trend_block
from pages.shared.in_short import outside_chance
from pages.shared.trend_words import too_early
from pages.ui import access, controls, notices
from pages.ui.content import (
    Ask,
    Block,
    Content,
    Fold,
    KeyFigure,
    Subject,
    provenance_of,
)
from pages.ui.head import SUBJECT, page_head
from pages.ui.phrases import left_out_notice
from pages.ui.titles import address, questions, titles

FROM_BEFORE = {  # what happened to a criterion that an earlier framework had
    Change.IDENTICAL: N_("{year}: new framework, the criterion unchanged; the line goes on."),
    Change.REWORDED: N_("{year}: reworded, before “{old}”; the line is dashed, as the levels may not be comparable."),
    Change.SPLIT: N_("{year}: split off from “{old}”; the line is broken."),
    Change.MERGED: N_("{year}: merged with others, before “{old}”; the line is broken."),
    Change.NEW: None,
}


def render(ask: Ask) -> None:
    say, ask = ask.say, ask.of_figures
    with page_head(say, questions(say)["kriterier"]) as head:
        chosen = controls.choose_round(ask)
        ask = ask.of_rounds(chosen.framework)
        framework = ask.catalogue.framework(chosen.framework)
        named = {
            criterion.id: f"{criterion.id} {criterion.title.in_(say.language)}" for criterion in framework.criteria
        }
        offered = {controls.ALL: say("All criteria")} | named
        criterion = controls.choose(
            "criterion",
            say("Criterion"),
            offered,
            controls.ALL,
            told=lambda _: say("Choose a criterion"),
            place=SUBJECT,
        )
        if criterion != controls.ALL:
            head.title = head.tab = framework.criterion(criterion).title.in_(say.language)
            head.crumbs = ((titles(say)["kriterier"], address("kriterier", say, framework=framework.id)),)
    if criterion == controls.ALL:
        notices.draw(ask, access.composed(compose_all, ask, chosen.framework, chosen.year))
    else:
        notices.draw(ask, access.composed(compose, ask, chosen.framework, chosen.year, criterion))


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: all criteria in the latest round."""
    for latest in ask.catalogue.rounds[-1:]:
        yield compose_all, ask.of_figures.of_rounds(latest.framework), latest.framework, latest.year


def compose_all(ask: Ask, framework_id: str, year: int) -> Content:
    """The page for every criterion in a round."""
    say, chain = ask.say, lineage(ask.catalogue.frameworks, framework_id)
    framework = chain[-1]
    keys = [(framework.id, criterion.id) for criterion in framework.criteria]
    now = [cell for cell in city_cells(ask.view, ask.viewer, keys) if cell.year == year]
    crosswalk = crosswalk_block(ask, chain, year)
    return Content(
        answer=all_answer(framework, now, say),
        about=Subject(year=year, framework=framework_id),
        provenance=ask.catalogue.round(framework_id, year).provenance,
        table=criteria_table(ask, chain, year, now),
        notices=tuple(filter(None, [too_early(bool(city_trends(ask.view, ask.viewer, framework.id)), say)])),
        blocks=(replace(crosswalk, title=say("What became of the previous framework's criteria?")),)
        if crosswalk
        else (),
    )


def compose(ask: Ask, framework_id: str, year: int, criterion_id: str) -> Content:
    """The page for one criterion, up to and with the chosen year."""
    say = ask.say
    chain = lineage(ask.catalogue.frameworks, framework_id)
    editions = editions_of(chain, criterion_id)
    city = _city(ask, editions, year)
    framework, criterion = editions[-1].framework, editions[-1].criterion
    title = criterion.title.in_(say.language)
    now = next((cell for cell in city if (cell.framework, cell.year) == (framework.id, year)), None)
    if now is None:
        text = say("“{criterion}” was not asked in {year}.", criterion=title, year=say.round(year))
        return Content(text, ask.catalogue.round(framework_id, year).provenance)
    limits = chance(now)
    counted = criterion_count(ask.view, ask.viewer, framework.id, year, criterion.id, limits, NAMED)
    changes = city_changes(ask.view, ask.viewer, framework.id, year, criterion.id)
    moved = schools_moved(ask.view, ask.viewer, framework.id, year, criterion.id)
    of = (framework_id, year, criterion_id)
    folds = [
        Fold("criterion_answers", say("What did people answer?"), answers_fold, of, _share_in_short(now, say)),
        Fold("criterion_spread", say("How far apart do the schools lie?"), spread_fold, of, _spread_in_short(now, say)),
    ]
    if limits and counted.shown:
        outside = outside_chance(counted.outside, counted.shown, say)
        folds.append(Fold("criterion_funnel", say("Which differences are more than chance?"), funnel_fold, of, outside))
    return Content(
        answer=_answer(ask, framework, title, now, counted.at_goal),
        about=Subject(f"{criterion.id} {title}", year, framework_id),
        provenance=provenance_of([ask.catalogue.round(cell.framework, cell.year).provenance for cell in city]),
        first=trend_block(ask, editions, city, changes, moved),
        beside=to_schools(ask, framework, criterion, year, counted),
        figures=_key_figures(ask, framework, now, counted.at_goal),
        notices=tuple(
            filter(
                None,
                [
                    left_out_notice(now.left_out, ask.catalogue, say),
                    *_edition_notices(ask, editions),
                ],
            )
        ),
        blocks=tuple(folds),
    )


def _share_in_short(now: CityCell, say: Words) -> str:
    return "" if now.share_at_goal is None else say("{share} at the goal", share=say.percent(now.share_at_goal))


def _spread_in_short(now: CityCell, say: Words) -> str:
    if now.p10 is None or now.p90 is None:
        return ""
    return say("eight in ten at {low}–{high}", low=say.number(now.p10), high=say.number(now.p90))


def answers_fold(ask: Ask, *of: Any) -> Block:
    editions, city, schools = _over_the_years(ask, *of)
    levels = city_levels(ask.view, ask.viewer, [(edition.framework.id, edition.criterion.id) for edition in editions])
    return answers_block(ask, editions, city, levels, schools)


def spread_fold(ask: Ask, *of: Any) -> Block:
    editions, city, schools = _over_the_years(ask, *of)
    return spread_block(ask, editions[-1].framework, city, schools)


def funnel_fold(ask: Ask, framework_id: str, year: int, criterion_id: str) -> Block:
    now = _city(ask, editions_of(lineage(ask.catalogue.frameworks, framework_id), criterion_id), year)[-1]
    schools = round_cells(ask.view, ask.viewer, framework_id, year, criterion_id)
    return present(funnel_block(ask, ask.catalogue.framework(framework_id), now, schools))


def _over_the_years(
    ask: Ask, framework_id: str, year: int, criterion_id: str
) -> tuple[list[Edition], list[CityCell], Schools]:
    """The criterion in each framework up to the year: as it was worded, the city on it, and the schools."""
    editions = editions_of(lineage(ask.catalogue.frameworks, framework_id), criterion_id)
    city = _city(ask, editions, year)
    schools = {
        (cell.framework, cell.year): round_cells(ask.view, ask.viewer, cell.framework, cell.year, cell.criterion)
        for cell in city
    }
    return editions, city, schools


def _city(ask: Ask, editions: list[Edition], year: int) -> list[CityCell]:
    """The city on the criterion in every round up to the year."""
    keys = [(edition.framework.id, edition.criterion.id) for edition in editions]
    return [cell for cell in city_cells(ask.view, ask.viewer, keys) if cell.year <= year]


def editions_of(chain: tuple[Framework, ...], criterion_id: str) -> list[Edition]:
    """The criterion and what it replaced, oldest first, as far back as the frameworks say."""
    editions: list[Edition] = []
    wanted: str | None = criterion_id
    for framework in reversed(chain):
        if wanted not in {criterion.id for criterion in framework.criteria}:
            break
        criterion = framework.criterion(wanted)
        editions.insert(0, Edition(framework, criterion, criterion.change if criterion.previous else None))
        wanted = criterion.previous
    return editions


def _answer(ask: Ask, framework: Framework, title: str, now: CityCell, at_goal: int) -> str:
    say = ask.say
    if now.mean is None:
        return say(
            "No school has enough answers on “{criterion}” in {year}.", criterion=title, year=say.round(now.year)
        )
    goal = goal_level(framework, say)
    return say.plural(
        "On “{criterion}” {part} of {n} school reaches {goal}; the city's mean is"
        " {mean}, and {share} of the answers are at the goal or above.",
        "On “{criterion}” {part} of {n} schools reach {goal}; the city's mean is"
        " {mean}, and {share} of the answers are at the goal or above.",
        now.schools,
        criterion=title.rstrip("."),
        part=say.integer(at_goal),
        goal=goal,
        mean=say.number(now.mean),
        share=say.percent(present(now.share_at_goal)),
    )


def _key_figures(ask: Ask, framework: Framework, now: CityCell, at_goal: int) -> tuple[KeyFigure, ...]:
    say = ask.say
    if now.mean is None:
        return ()
    figures = [
        KeyFigure(
            say("Share of answers at the goal"),
            say.percent(present(now.share_at_goal)),
            "; ".join(
                filter(
                    None,
                    [
                        interval(now.share_low, now.share_high, say, say.percent),
                        say.plural("{n} answer", "{n} answers", now.answers),
                    ],
                )
            ),
        ),
        KeyFigure(
            say("Mean of schools"),
            say.number(now.mean),
            "; ".join(
                filter(
                    None,
                    [
                        interval(now.ci_low, now.ci_high, say),
                        say("mean of answers: {value}", value=say.number(present(now.mean_of_answers))),
                    ],
                )
            ),
        ),
        KeyFigure(
            say("Schools at the goal"),
            say("{part} of {whole}", part=say.integer(at_goal), whole=say.integer(now.schools)),
            say("goal: {goal}", goal=goal_level(framework, say)),
        ),
    ]
    if now.between_school_sd is not None:
        spread = f"{say.number(present(now.p10))}–{say.number(present(now.p90))}"
        note = say("standard deviation without sampling noise: {value}", value=say.number(now.between_school_sd))
        figures.append(KeyFigure(say("Between schools (P10–P90)"), spread, note))
    return tuple(figures)


def _edition_notices(ask: Ask, editions: list[Edition]) -> list[str]:
    """What happened to the criterion when the framework changed."""
    say, texts = ask.say, []
    for before, after in pairwise(editions):
        old = before.criterion.title.in_(say.language)
        year = after.framework.valid_from
        texts.append(say.marked(FROM_BEFORE[after.criterion.change], year=say.round(year), old=old))
        if after.criterion.note:
            texts.append(after.criterion.note.in_(say.language))
    if len(editions) == 1 and editions[0].framework.previous:
        texts.append(
            say(
                "New in {year}: the framework before had nothing like it.",
                year=say.round(editions[0].framework.valid_from),
            )
        )
    return texts
