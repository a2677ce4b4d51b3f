"""Min skola: the school beside the city, its own trend, what people answered, what stands before the goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.maturity.city import city_areas, city_cells
from analytics.maturity.rounds import lineage, school_rounds
from analytics.maturity.schools import Cell, school_areas, school_cells
from analytics.model import WHOLE, GoalOutcome, Status
from pages.quality.school_criteria import answers_block, criteria_block
from pages.quality.school_pictures import Beside, areas_block, clearly, trend_block
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, KeyFigure, provenance_of
from pages.ui.phrases import goal_level

NAMED = 3  # areas or criteria that a sentence names


def render(ask: Ask) -> None:
    with controls.choices(ask.say):
        chosen = controls.choose_round(ask)
        there = access.composed(schools_in_round, ask, chosen.framework, chosen.year)
        ever = access.composed(schools_ever, ask, chosen.framework)
        default = next((id_ for id_ in ever if id_ in there), ever[0])
        chosen = controls.choose_school(ask, chosen, ever, default)
        chosen = controls.choose_area(ask, chosen, ask.say("Trend on"))
    if chosen.school not in there:
        name = ask.catalogue.school(chosen.school).name
        text = ask.say("{school} has no answers for {year}.", school=name, year=chosen.year)
        notices.empty_state(ask.say, text, ask.say("Choose another year or school."))
        return
    notices.draw(ask, access.composed(compose, ask, chosen.framework, chosen.year, chosen.school, chosen.area))


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: every school in the latest round, for the week when every principal comes."""
    for latest in ask.catalogue.rounds[-1:]:
        for school_id in sorted(access.composed(schools_in_round, ask, latest.framework, latest.year)):
            yield compose, latest.framework, latest.year, school_id, None


def schools_ever(ask: Ask, framework_id: str) -> tuple[str, ...]:
    """The ids of the schools that any of the framework's rounds has, and that the viewer may see, by name."""
    there = set()
    for year in ask.catalogue.years(framework_id):
        there |= access.composed(schools_in_round, ask, framework_id, year)
    return tuple(school.id for school in ask.catalogue.schools if school.id in there)


def schools_in_round(ask: Ask, framework_id: str, year: int) -> frozenset[str]:
    """The ids of the schools that the round has, and that the viewer may see."""
    return frozenset(row.school_id for row in school_rounds(ask.view, ask.viewer, framework_id, year))


def compose(ask: Ask, framework_id: str, year: int, school_id: str, area: str | None = None) -> Content:
    """The page for one school in one round; the trend is that of the area, or of all of them."""
    chain = lineage(ask.catalogue.frameworks, framework_id)
    framework, ids = chain[-1], [older.id for older in chain]
    own_areas = [row for row in school_areas(ask.view, ask.viewer, school_id, ids) if row.year <= year]
    the_city = [row for row in city_areas(ask.view, ask.viewer, ids) if row.year <= year]
    criteria = city_cells(ask.view, ask.viewer, [(framework.id, criterion.id) for criterion in framework.criteria])
    this = (framework.id, year)
    beside = Beside(
        framework,
        year,
        ask.catalogue.school(school_id),
        next(row for row in school_rounds(ask.view, ask.viewer, framework.id, year) if row.school_id == school_id),
        {cell.criterion: cell for cell in school_cells(ask.view, ask.viewer, school_id, framework.id, year)},
        {row.area: row for row in own_areas if (row.framework, row.year) == this},
        {cell.criterion: cell for cell in criteria if cell.year == year},
        {row.area: row for row in the_city if (row.framework, row.year) == this},
    )
    return Content(
        answer=_answer(ask, beside),
        provenance=provenance_of(
            [beside.round.provenance]
            + [found.provenance for found in ask.catalogue.rounds if found.framework in ids and found.year <= year]
        ),
        figures=_key_figures(ask, beside),
        notices=tuple(_notices(ask, beside)),
        blocks=(
            areas_block(ask, beside),
            trend_block(ask, beside, chain, own_areas, the_city, area),
            criteria_block(ask, beside),
            answers_block(ask, beside),
        ),
    )


def _answer(ask: Ask, beside: Beside) -> str:
    say, name = ask.say, beside.school.name
    if beside.round.shown == 0:
        return say("{school} has too few answers in {year} for any figure to be shown.", school=name, year=beside.year)
    above, below = [], []
    for area in beside.framework.areas:
        own, city = beside.areas.get(area.id), beside.city_areas.get(area.id)
        if own is None or own.mean is None or city is None or city.mean is None:
            continue
        difference = f"{area.title.in_(say.language)} ({say.signed(own.mean - city.mean)})"
        side = clearly(own, city.mean)
        (above if side > 0 else below if side < 0 else []).append(difference)
    every = len(beside.framework.areas)
    if every > 1 and len(above) == every:
        text = say("{school} lies above the city on every area.", school=name)
    elif every > 1 and len(below) == every:
        text = say("{school} lies below the city on every area.", school=name)
    elif above and below:
        text = say(
            "{school} lies above the city on {above} and below it on {below}.",
            school=name,
            above=say.listing(above),
            below=say.listing(below),
        )
    elif above:
        text = say("{school} lies above the city on {above}.", school=name, above=say.listing(above))
    elif below:
        text = say("{school} lies below the city on {below}.", school=name, below=say.listing(below))
    else:
        text = say("{school} cannot be told apart from the city on any area.", school=name)
    if (above or below) and len(above) + len(below) < every:
        text += " " + say("On the other areas no difference can be seen.")
    return f"{text} {_goal_sentence(ask, beside)}"


def _goal_sentence(ask: Ask, beside: Beside) -> str:
    say, of = ask.say, beside.round
    goal = goal_level(beside.framework, say)
    if of.outcome == GoalOutcome.MET:
        return say("It reaches {goal} on every criterion.", goal=goal)
    sentence = say("It reaches {goal} on {part} of {whole} criteria.", goal=goal, part=of.at_goal, whole=of.shown)
    if of.shown < of.asked:
        sentence += " " + say.plural("{n} criterion is hidden.", "{n} criteria are hidden.", of.asked - of.shown)
    return sentence


def _key_figures(ask: Ask, beside: Beside) -> tuple[KeyFigure, ...]:
    say, of = ask.say, beside.round
    own, city = beside.areas.get(WHOLE), beside.city_areas.get(WHOLE)
    figures = []
    if own and own.mean is not None:
        note = (
            ""
            if city is None or city.mean is None
            else say("the city: {value}, mean of {n} schools", value=say.number(city.mean), n=city.schools)
        )
        figures.append(KeyFigure(say("The school's mean, all criteria"), say.number(own.mean), note))
        goal = say("{part} of {whole}", part=of.at_goal, whole=of.shown)
        figures.append(
            KeyFigure(say("Criteria at the goal"), goal, say("goal: {goal}", goal=goal_level(beside.framework, say)))
        )
    if of.responded is not None:
        rate = (
            ""
            if of.response_rate is None
            else say(
                "{share} of {invited} invited", share=say.percent(of.response_rate), invited=say.integer(of.invited)
            )
        )
        figures.append(
            KeyFigure(say("Responded"), say.integer(of.responded), rate or say("how many were invited is not known"))
        )
    return tuple(figures)


def _notices(ask: Ask, beside: Beside) -> list[str]:
    say, found = ask.say, []
    if beside.round.shown == 0:
        return [
            say(
                "Figures that fewer than {n} answers stand behind are hidden, so that nobody can be picked out.",
                n=ask.catalogue.hide_below,
            )
        ]
    if beside.round.status == Status.LOW_RESPONSE:
        found.append(
            say("Under half of the invited responded: those who did may think differently from those who did not.")
        )
    if beside.round.status == Status.UNCERTAIN:
        found.append(say("Few people responded: the figures are uncertain, as the intervals show."))
    found.extend(_strongest_and_next(ask, beside))
    return found


def _strongest_and_next(ask: Ask, beside: Beside) -> list[str]:
    """The school's strongest criteria, and those that stand between it and the goal, nearest first."""
    say, framework = ask.say, beside.framework
    shown = sorted((cell for cell in beside.cells.values() if cell.mean is not None), key=lambda cell: -cell.mean)

    def listed(cells: Sequence[Cell]) -> str:
        return "; ".join(
            f"{framework.criterion(c.criterion).title.in_(say.language).rstrip('.')} ({say.number(c.mean)})"
            for c in cells
        )

    texts = [say("Strongest: {criteria}.", criteria=listed(shown[:NAMED]))] if shown else []
    short = [cell for cell in shown if not cell.goal_met]
    if short:
        texts.append(
            say.plural(
                "Between the school and the goal stands {n} criterion: {criteria}.",
                "Between the school and the goal stand {n} criteria that can be shown; furthest from it: {criteria}.",
                len(short),
                criteria=listed(short[::-1][:NAMED]),
            )
        )
    return texts
