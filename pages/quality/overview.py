"""Översikt: how mature are the city's schools now, and how has that moved?"""

from __future__ import annotations

from collections.abc import Iterator

from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.rounds import Round, lineage
from analytics.model import WHOLE, Framework
from pages.quality.overview_pictures import area_trend, criteria_now, goal_by_round, ranked_areas
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, KeyFigure, provenance_of
from pages.ui.phrases import goal_level, left_out_notice

SAME_SCHOOLS = 0.05  # above this difference in the number of schools, two rounds' counts are not subtracted


def render(ask: Ask) -> None:
    with controls.choices(ask.say):
        chosen = controls.choose_round(ask)
    notices.draw(ask, access.composed(compose, ask, chosen.framework, chosen.year))


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: the latest round."""
    for latest in ask.catalogue.rounds[-1:]:
        yield compose, latest.framework, latest.year


def compose(ask: Ask, framework_id: str, year: int) -> Content:
    """The page for one round."""
    chain = lineage(ask.catalogue.frameworks, framework_id)
    framework, ids = chain[-1], [older.id for older in chain]
    areas = [row for row in city_areas(ask.view, ask.viewer, ids) if row.year <= year]
    cells = city_cells(ask.view, ask.viewer, [(framework.id, criterion.id) for criterion in framework.criteria])
    this_round = ask.catalogue.round(framework.id, year)
    by_area = {row.area: row for row in areas if row.framework == framework.id and row.year == year}
    now = [cell for cell in cells if cell.year == year]
    return Content(
        answer=_answer(ask, framework, this_round, by_area, areas),
        provenance=provenance_of(
            [row.provenance for row in ask.catalogue.rounds if row.framework in ids and row.year <= year]
        ),
        figures=_key_figures(ask, framework, this_round, by_area, now, areas),
        notices=tuple(filter(None, [left_out_notice(this_round.hidden_schools, ask.catalogue, ask.say)])),
        blocks=(
            area_trend(ask, chain, areas, by_area),
            criteria_now(ask, framework, now),
            goal_by_round(ask, chain, year),
        ),
    )


def _round_before(ask: Ask, this: Round) -> Round | None:
    earlier = [r for r in ask.catalogue.rounds if r.framework == this.framework and r.year < this.year]
    return earlier[-1] if earlier else None


def _since_before(ask: Ask, this: Round) -> str:
    """How the number of schools at the goal compares with the round before, in words."""
    say, before = ask.say, _round_before(ask, this)
    if before is None:
        return ""
    told, told_before = this.met + this.not_met, before.met + before.not_met
    if abs(told - told_before) > SAME_SCHOOLS * told:
        return say("{part} of {whole} in {year}", part=before.met, whole=told_before, year=before.year)
    more = this.met - before.met
    if more == 0:
        return say("as many as in {year}", year=before.year)
    text = say.plural("{n} more than in {year}", "{n} more than in {year}", more, year=before.year)
    return (
        text
        if more > 0
        else say.plural("{n} fewer than in {year}", "{n} fewer than in {year}", -more, year=before.year)
    )


def _answer(ask: Ask, framework: Framework, this: Round, by_area: dict[str, CityArea], areas: list[CityArea]) -> str:
    say = ask.say
    goal = goal_level(framework, say)
    first = say.plural(
        "{met} of {n} school reaches {goal} on every criterion",
        "{met} of {n} schools reach {goal} on every criterion",
        this.met + this.not_met,
        met=say.integer(this.met),
        goal=goal,
    )
    since = _since_before(ask, this)
    sentences = [f"{first}, {since}." if since else f"{first}."]
    ranked = ranked_areas(framework, by_area)
    if len(ranked) > 1:
        titles = {area.id: area.title.in_(say.language) for area in framework.areas}
        best, worst = ranked[-1], ranked[0]
        sentences.append(
            say(
                "{best} ({high}) pulls the city's mean up, {worst} ({low}) pulls it down.",
                best=titles[best.area],
                high=say.number(best.mean),
                worst=titles[worst.area],
                low=say.number(worst.mean),
            )
        )
    own = [row for row in areas if row.framework == framework.id and row.area == WHOLE and row.mean is not None]
    if len(own) > 1:
        sentences.append(
            say(
                "Since the framework's first round in {year}, the city's mean has gone from {then} to {now}.",
                year=own[0].year,
                then=say.number(own[0].mean),
                now=say.number(own[-1].mean),
            )
        )
    return " ".join(sentences)


def _key_figures(
    ask: Ask,
    framework: Framework,
    this: Round,
    by_area: dict[str, CityArea],
    now: list[CityCell],
    areas: list[CityArea],
) -> tuple[KeyFigure, ...]:
    say, whole, before = ask.say, by_area.get(WHOLE), _round_before(ask, this)
    told = this.met + this.not_met
    note = _since_before(ask, this)
    if this.cannot_tell:
        cannot = say.plural("{n} cannot be told", "{n} cannot be told", this.cannot_tell)
        note = f"{note}; {cannot}" if note else cannot
    figures = [
        KeyFigure(
            say("Schools at the goal on every criterion"),
            say("{part} of {whole}", part=say.integer(this.met), whole=say.integer(told)),
            note,
        )
    ]
    if whole and whole.mean is not None:
        earlier = {row.year: row for row in areas if row.framework == framework.id and row.area == WHOLE}
        note = say.plural("mean of {n} school", "mean of {n} schools", whole.schools)
        if before and before.year in earlier and earlier[before.year].mean is not None:
            note += "; " + say("{value} in {year}", value=say.number(earlier[before.year].mean), year=before.year)
        figures.append(KeyFigure(say("The city's mean, all criteria"), say.number(whole.mean), note))
    at_goal = sum(cell.mean is not None and cell.mean >= framework.goal.level for cell in now)
    figures.append(
        KeyFigure(
            say("Criteria where the city's mean is at the goal"),
            say("{part} of {whole}", part=say.integer(at_goal), whole=say.integer(len(now))),
            say("goal: {goal}", goal=goal_level(framework, say)),
        )
    )
    if this.invited:
        share = say.percent(this.responded_of_invited / this.invited)
        figures.append(
            KeyFigure(
                say("Responded"),
                share,
                say(
                    "{responded} of {invited} invited",
                    responded=say.integer(this.responded_of_invited),
                    invited=say.integer(this.invited),
                ),
            )
        )
    elif this.responded:
        figures.append(
            KeyFigure(say("Responded"), say.integer(this.responded), say("how many were invited is not known"))
        )
    return tuple(figures)
