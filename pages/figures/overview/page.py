"""Översikt: how mature are the city's schools now, and how has that moved?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.maturity.changes import CityChange, city_changes
from analytics.maturity.city import CityArea, CityCell, at_goal, city_areas, city_cells, clearly_different
from analytics.maturity.rounds import Round, lineage
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.words.figures import interval
from analytics.words.goals import goal_level
from analytics.words.language import Words
from pages.figures.overview.changes import criteria_block, since_of, whole_change
from pages.figures.overview.gaps import gaps_block
from pages.figures.overview.goal import goal_by_round
from pages.figures.overview.pictures import area_trend, criteria_now, ranked_areas
from pages.shared.parts import FIRST, LAST, choose_since, city_moved
from pages.shared.ready_words import schools_at_goal
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, KeyFigure, provenance_of
from pages.ui.head import page_head
from pages.ui.phrases import left_out_notice
from pages.ui.titles import questions

SAME_SCHOOLS = 0.05  # above this difference in the number of schools, two rounds' counts are not subtracted


def render(ask: Ask) -> None:
    say, ask = ask.say, ask.of_figures
    with page_head(say, questions(say)["oversikt"]):
        chosen = controls.choose_round(ask)
        since = choose_since(ask, chosen.framework, chosen.year)
        chosen = controls.choose_area(ask, chosen, say("Differences between schools on"))
    notices.draw(ask, access.composed(compose, ask, chosen.framework, chosen.year, since, chosen.area))


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: the latest round."""
    for latest in ask.catalogue.rounds[-1:]:
        yield compose, ask.of_figures, latest.framework, latest.year, LAST, None


def compose(ask: Ask, framework_id: str, year: int, since: str = LAST, area: str | None = None) -> Content:
    """The page for one round; `since` says what it is held against, `area` where the schools' differences are shown."""
    chain = lineage(ask.catalogue.frameworks, framework_id)
    framework, ids = chain[-1], [older.id for older in chain]
    areas = [row for row in city_areas(ask.view, ask.viewer, ids) if row.year <= year]
    cells = city_cells(ask.view, ask.viewer, [(framework.id, criterion.id) for criterion in framework.criteria])
    changes = since_of(city_changes(ask.view, ask.viewer, framework.id, year), since)
    this_round = ask.catalogue.round(framework.id, year)
    by_area = {row.area: row for row in areas if row.framework == framework.id and row.year == year}
    now = [cell for cell in cells if cell.year == year]
    before = _held_against(ask, this_round, since)
    blocks = (
        area_trend(ask, chain, areas, by_area, changes),
        goal_by_round(ask, chain, year),
        criteria_block(ask, framework, year, changes),
        gaps_block(ask, chain, areas, year, before and before.year, area or WHOLE),
        criteria_now(ask, framework, now),
    )
    return Content(
        answer=_answer(ask, framework, this_round, by_area, changes),
        provenance=provenance_of(
            [row.provenance for row in ask.catalogue.rounds if row.framework in ids and row.year <= year]
        ),
        figures=_key_figures(ask, framework, this_round, by_area, now, changes),
        notices=tuple(filter(None, [left_out_notice(this_round.hidden_schools, ask.catalogue, ask.say)])),
        blocks=tuple(block for block in blocks if block),
    )


def _held_against(ask: Ask, this: Round, since: str) -> Round | None:
    """The round of the same framework that this one is held against."""
    earlier = [r for r in ask.catalogue.rounds if r.framework == this.framework and r.year < this.year]
    return earlier[0 if since == FIRST else -1] if earlier else None


def _round_before(ask: Ask, this: Round) -> Round | None:
    return _held_against(ask, this, LAST)


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
    if more > 0:
        return say.plural("{n} more than in {year}", "{n} more than in {year}", more, year=before.year)
    return say.plural("{n} fewer than in {year}", "{n} fewer than in {year}", -more, year=before.year)


def _answer(
    ask: Ask, framework: Framework, this: Round, by_area: dict[str, CityArea], changes: Sequence[CityChange]
) -> str:
    say = ask.say
    first = schools_at_goal(this.met, this.met + this.not_met, framework, say)
    since = _since_before(ask, this)
    sentences = [f"{first}, {since}." if since else f"{first}.", *_how_sure(this, since, say)]
    ranked = ranked_areas(framework, by_area)
    if len(ranked) > 1:
        titles = {area.id: area.title.in_(say.language) for area in framework.areas}
        best, worst = ranked[-1], ranked[0]
        sentences.append(
            say(
                "{best} ({high}) pulls the city's mean up, {worst} ({low}) pulls it down.",
                best=titles[best.area],
                high=say.number(present(best.mean)),
                worst=titles[worst.area],
                low=say.number(present(worst.mean)),
            )
            if clearly_different(worst, best)
            else say("The areas cannot be told apart.")
        )
    change = whole_change(changes)
    if change:
        sentences.append(city_moved(change, say))
    return " ".join(sentences)


def _how_sure(this: Round, since: str, say: Words) -> list[str]:
    """How many of the schools at the goal are surely or probably there, and that their number moves by chance too."""
    sentences = []
    if this.met:
        sentences.append(
            say("For {n} of them it is sure or likely.", n=say.integer(this.sure))
            if this.sure
            else say("For none of them is it sure or likely.")
        )
    if since:
        sentences.append(say("The number of schools moves by chance too."))
    return sentences


def _key_figures(
    ask: Ask,
    framework: Framework,
    this: Round,
    by_area: dict[str, CityArea],
    now: list[CityCell],
    changes: Sequence[CityChange],
) -> tuple[KeyFigure, ...]:
    say, whole = ask.say, by_area.get(WHOLE)
    told = this.met + this.not_met
    notes = [_since_before(ask, this)]
    if this.met:
        sure = say("sure or likely for {n}", n=say.integer(this.sure))
        notes.append(sure if this.sure else say("sure or likely for none"))
    if this.cannot_tell:
        notes.append(say.plural("{n} cannot be told", "{n} cannot be told", this.cannot_tell))
    figures = [
        KeyFigure(
            say("Schools at the goal on every criterion"),
            say("{part} of {whole}", part=say.integer(this.met), whole=say.integer(told)),
            "; ".join(filter(None, notes)),
        )
    ]
    if whole and whole.mean is not None:
        note = say.plural("mean of {n} school", "mean of {n} schools", whole.schools)
        note = "; ".join(filter(None, [interval(whole.ci_low, whole.ci_high, say), note]))
        figures.append(KeyFigure(say("The city's mean, all criteria"), say.number(whole.mean), note))
    reached = sum(at_goal(cell, framework.goal) for cell in now)
    figures.append(
        KeyFigure(
            say("Criteria where the city is at the goal"),
            say("{part} of {whole}", part=say.integer(reached), whole=say.integer(len(now))),
            say("goal: {goal}", goal=goal_level(framework, say)),
        )
    )
    if this.invited:
        share = say.percent(present(this.responded_of_invited) / this.invited)
        figures.append(KeyFigure(say("Responded"), share, _responded_note(this, say)))
    elif this.responded:
        figures.append(
            KeyFigure(say("Responded"), say.integer(this.responded), say("how many were invited is not known"))
        )
    return tuple(figures)


def _responded_note(this: Round, say: Words) -> str:
    """How many responded of those invited, and how many more where nobody knows how many were."""
    responded = present(this.responded_of_invited)
    note = say(
        "{responded} of {invited} invited",
        responded=say.integer(responded),
        invited=say.integer(present(this.invited)),
    )
    more = present(this.responded) - responded
    if more <= 0:
        return note
    said = say("and {n} more at schools where the number invited is not known", n=say.integer(more))
    return f"{note}; {said}"
