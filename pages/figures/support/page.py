"""Stöd: which criterion is low everywhere and which in a few schools, in order of what is left to the goal."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.maturity.city import city_cells
from analytics.maturity.rounds import school_rounds
from analytics.maturity.schools import round_cells
from analytics.maturity.support import CriterionNeed, Need, SchoolNeed, criterion_needs, school_needs
from analytics.model.figures import Status
from analytics.model.frameworks import Framework
from analytics.words.frameworks import criterion_title
from pages.figures.support.pictures import need_block, visits_block
from pages.shared.schools_choice import none_fits, schools_in, where
from pages.ui import access, controls, html, notices
from pages.ui.content import Ask, Content, KeyFigure, provenance_of
from pages.ui.head import page_head
from pages.ui.phrases import left_out_notice
from pages.ui.titles import address, questions

LINKED = 3  # criteria that the page leads on to


def render(ask: Ask) -> None:
    say, ask = ask.say, ask.of_figures
    with page_head(say, questions(say)["stod"]):
        chosen = controls.choose_group(ask, controls.choose_round(ask))
    parameters = (chosen.framework, chosen.year, chosen.district, chosen.stage)
    if not access.composed(schools_in, ask, *parameters):
        none_fits(say)
        return
    notices.draw(ask, access.composed(compose, ask, *parameters))
    links = access.composed(links_onward, ask, *parameters)
    if links:
        onward = html.joined((html.link(text, to) for text, to in links), ", ")
        lead = say("More about the criteria that take the most, over years and schools:")
        html.show(html.note(lead, " ", onward))


def compose(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> Content:
    """The page for one round and a choice of schools."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    ids = {school.id for school in schools_in(ask, framework_id, year, district, stage)}
    rounds = [row for row in school_rounds(ask.view, ask.viewer, framework_id, year) if row.school_id in ids]
    provenance = provenance_of([row.provenance for row in rounds])
    needs = _needs(ask, framework, year, district, stage)
    hidden = sum(row.status == Status.HIDDEN for row in rounds)
    left_out = left_out_notice(hidden, ask.catalogue, say)
    if not needs:
        return Content(_why_nothing(ask, framework), provenance, notices=tuple(filter(None, [left_out])))
    visits = school_needs(framework, needs)
    shown = len({school for need in needs for school in need.shrunken})
    keys = [(framework_id, criterion.id) for criterion in framework.criteria]
    city = {cell.criterion: cell.mean for cell in city_cells(ask.view, ask.viewer, keys) if cell.year == year}
    blocks = (need_block(ask, framework, needs, city), visits_block(ask, framework, visits, shown))
    return Content(
        answer=_answer(ask, framework, needs, visits, where(ask, district, stage)),
        provenance=provenance,
        figures=_key_figures(ask, needs, visits, shown),
        notices=tuple(filter(None, [left_out])),
        blocks=tuple(filter(None, blocks)),
    )


def links_onward(
    ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None
) -> tuple[tuple[str, str], ...]:
    """(criterion, address) of the criteria that take the most."""
    framework = ask.catalogue.framework(framework_id)
    worst = [need for need in _needs(ask, framework, year, district, stage) if need.lift][:LINKED]
    return tuple(
        (
            title_of(framework, need, ask),
            address("kriterier", ask.say, framework=framework_id, year=year, criterion=need.criterion),
        )
        for need in worst
    )


def _needs(
    ask: Ask, framework: Framework, year: int, district: str | None, stage: str | None
) -> tuple[CriterionNeed, ...]:
    ids = {school.id for school in schools_in(ask, framework.id, year, district, stage)}
    cells = round_cells(ask.view, ask.viewer, framework.id, year)
    return criterion_needs(framework, [cell for cell in cells if cell.school_id in ids])


def title_of(framework: Framework, need: CriterionNeed, ask: Ask) -> str:
    return criterion_title(framework, need.criterion, ask.say)


def _why_nothing(ask: Ask, framework: Framework) -> str:
    say = ask.say
    if framework.goal.statistic != "mean":
        return say("The goal of this framework is no mean, so schools' means cannot tell where support pays.")
    return say("No school can be shown.")


def _answer(
    ask: Ask, framework: Framework, needs: Sequence[CriterionNeed], visits: Sequence[SchoolNeed], of: str
) -> str:
    say = ask.say
    everywhere = [need for need in needs if need.need is Need.CITY]
    if everywhere:
        first = everywhere[0]
        sentence = say.plural(
            "An effort for all pays most on “{criterion}”: {below} of {n} school lies below the goal there, by {by}"
            " levels.",
            "An effort for all pays most on “{criterion}”: {below} of {n} schools lie below the goal there, by {by}"
            " levels on average.",
            first.schools,
            criterion=title_of(framework, first, ask),
            below=len(first.below),
            by=say.number(first.lift / len(first.below)),
        )
    elif needs[0].lift:
        sentence = say(
            "No criterion is low in many schools; most is left to do on “{criterion}”.",
            criterion=title_of(framework, needs[0], ask),
        )
    else:
        return say("No school lies below the goal on any criterion.")
    second = (
        say.plural(
            "{n} school needs a visit: it lies clearly below the goal on something that most others manage.",
            "{n} schools need a visit: they lie clearly below the goal on something that most others manage.",
            len(visits),
        )
        if visits
        else say("No school needs a visit for something that most others manage.")
    )
    whole = f"{sentence} {second}"
    return f"{of}: {whole}" if of else whole


def _key_figures(
    ask: Ask, needs: Sequence[CriterionNeed], visits: Sequence[SchoolNeed], shown: int
) -> tuple[KeyFigure, ...]:
    say, of = ask.say, ask.say.integer(len(needs))
    count = {kind: sum(need.need is kind for need in needs) for kind in Need}
    return (
        KeyFigure(
            say("Criteria that are low in many schools"),
            say("{part} of {whole}", part=count[Need.CITY], whole=of),
            say("one effort for all"),
        ),
        KeyFigure(
            say("Criteria that are low in a few schools"),
            say("{part} of {whole}", part=count[Need.VISITS], whole=of),
            say("visits to those schools"),
        ),
        KeyFigure(
            say("Schools to visit"),
            say("{part} of {whole}", part=say.integer(len(visits)), whole=say.integer(shown)),
            say("clearly below the goal where most others are not"),
        ),
    )
