"""Stöd: which criterion is low everywhere and which in a few schools, in order of what is left to the goal."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.maturity.city import city_cells
from analytics.maturity.rounds import round_groups
from analytics.maturity.support import (
    CriterionNeed,
    Need,
    SchoolNeed,
    criterion_needs,
    pulled_means,
    school_needs,
    visited_for,
)
from analytics.model.figures import Status
from analytics.model.frameworks import Framework
from analytics.words.frameworks import criterion_title
from pages.figures.support.pictures import every_school, need_block, needs_in_short, to_visit, visits_block
from pages.figures.support.table import needs_table
from pages.shared.schools_choice import none_fits, schools_in, where
from pages.shared.words_block import reckoned_block
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Block, Content, Fold, KeyFigure, Subject, Way, Ways, provenance_of
from pages.ui.head import page_head
from pages.ui.phrases import left_out_notice
from pages.ui.titles import address, questions

TO_VISIT = 5  # schools that stand beside the table; the fold has them all


def render(ask: Ask) -> None:
    say, ask = ask.say, ask.of_figures
    with page_head(say, questions(say)["stod"]):
        chosen = controls.choose_group(ask, controls.choose_round(ask))
        ask = ask.of_rounds(chosen.framework)
    parameters = (chosen.framework, chosen.year, chosen.district, chosen.stage)
    if not access.composed(schools_in, ask, *parameters):
        none_fits(say)
        return
    notices.draw(ask, access.composed(compose, ask, *parameters))


def compose(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> Content:
    """The page for one round and a choice of schools."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    of = (framework_id, year, district, stage)
    among = _among(ask, *of)
    groups = round_groups(ask.view, ask.viewer, framework_id, year, among)
    provenance = provenance_of([group.provenance for group in groups])
    needs = criterion_needs(ask.view, ask.viewer, framework, year, among)
    hidden = sum(group.schools for group in groups if group.status == Status.HIDDEN)
    left_out = left_out_notice(hidden, ask.catalogue, say)
    if not needs:
        return Content(_why_nothing(ask, framework), provenance, notices=tuple(filter(None, [left_out])))
    visits = school_needs(ask.view, ask.viewer, framework, year, needs, among)
    shown = sum(group.schools for group in groups if group.shown)
    folds = (
        Fold("visits", to_visit(len(visits), say), visits_fold, of) if visits else None,
        Fold("needs", every_school(say), needs_fold, of, needs_in_short(needs, say)),
        reckoned_block(_reckoned(ask, framework, needs, visits), say),
    )
    return Content(
        answer=_answer(ask, framework, needs, visits, where(ask, district, stage)),
        about=Subject(where(ask, district, stage), year, framework_id),
        provenance=provenance,
        first=needs_table(ask, framework, year, needs, _city(ask, framework, year)),
        figures=_key_figures(ask, needs, visits, shown),
        beside=_to_visit(ask, framework, year, visits),
        notices=tuple(filter(None, [left_out])),
        blocks=tuple(filter(None, folds)),
    )


def needs_fold(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> Block:
    framework, among = ask.catalogue.framework(framework_id), _among(ask, framework_id, year, district, stage)
    needs = criterion_needs(ask.view, ask.viewer, framework, year, among)
    pulled = pulled_means(ask.view, ask.viewer, framework, year, among)
    return need_block(ask, framework, needs, pulled, _city(ask, framework, year))


def visits_fold(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> Block:
    framework, among = ask.catalogue.framework(framework_id), _among(ask, framework_id, year, district, stage)
    needs = criterion_needs(ask.view, ask.viewer, framework, year, among)
    visits = school_needs(ask.view, ask.viewer, framework, year, needs, among)
    criteria = visited_for(ask.view, ask.viewer, framework, year, needs, among)
    groups = round_groups(ask.view, ask.viewer, framework_id, year, among)
    shown = sum(group.schools for group in groups if group.shown)
    return visits_block(ask, framework, year, [(need, criteria[need.school_id]) for need in visits], shown)


def _among(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> set[str] | None:
    """The ids of the schools that are asked of; None: all of the round."""
    if district is None and stage is None:
        return None
    return {school.id for school in schools_in(ask, framework_id, year, district, stage)}


def _city(ask: Ask, framework: Framework, year: int) -> dict[str, float | None]:
    """criterion -> the city's mean."""
    keys = [(framework.id, criterion.id) for criterion in framework.criteria]
    return {cell.criterion: cell.mean for cell in city_cells(ask.view, ask.viewer, keys) if cell.year == year}


def _to_visit(ask: Ask, framework: Framework, year: int, visits: Sequence[SchoolNeed]) -> tuple[Ways, ...]:
    """The schools that a visit would help the most, each with how much there is left to do."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    if not visits:
        return ()
    return (
        Ways(
            say("Schools to visit: levels left to the goal"),
            tuple(
                Way(
                    names[need.school_id],
                    address("skola", say, framework=framework.id, year=year, school=need.school_id),
                    say("{lift} left", lift=say.number(need.lift, 1)),
                )
                for need in visits[:TO_VISIT]
            ),
        ),
    )


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
    """Where an effort for all pays most, how many schools need a visit, and which of them first."""
    say = ask.say
    everywhere = [need for need in needs if need.need is Need.CITY]
    if everywhere:
        first = everywhere[0]
        sentence = say("A joint effort pays off most on “{criterion}”.", criterion=title_of(framework, first, ask))
    elif needs[0].lift:
        sentence = say(
            "No criterion is low in many schools; most is left to do on “{criterion}”.",
            criterion=title_of(framework, needs[0], ask),
        )
    else:
        return say("No school lies below the goal on any criterion.")
    second = (
        say.plural(
            "{n} school needs its own visit: {first}.",
            "{n} schools need their own visit, {first} most of all.",
            len(visits),
            first=controls.school_names(ask.catalogue)[visits[0].school_id],
        )
        if visits
        else say("No school needs its own visit.")
    )
    whole = f"{sentence} {second}"
    return f"{of}: {whole}" if of else whole


def _reckoned(
    ask: Ask, framework: Framework, needs: Sequence[CriterionNeed], visits: Sequence[SchoolNeed]
) -> tuple[str, ...]:
    """What calls for an effort for all, and what for a visit; how far there is to go where it pays most."""
    say, everywhere = ask.say, [need for need in needs if need.need is Need.CITY]
    far = say(
        "On “{criterion}” the schools below the goal have {by} levels left on average.",
        criterion=title_of(framework, everywhere[0], ask),
        by=say.number(everywhere[0].lift / everywhere[0].below),
    ) if everywhere else ""  # fmt: skip
    visited = say("A visit is worth while where a school is clearly below the goal on something that most "
                  "others manage: with the whole of its 95% interval.") if visits else ""  # fmt: skip
    return (
        say("A joint effort is needed where more than a third of the schools are below the goal."),
        visited,
        far,
        say("Schools are counted by their pulled means: drawn towards the city's, the more so the fewer who answered."),
    )


def _key_figures(
    ask: Ask, needs: Sequence[CriterionNeed], visits: Sequence[SchoolNeed], shown: int
) -> tuple[KeyFigure, ...]:
    say, of = ask.say, ask.say.integer(len(needs))
    count = {kind: sum(need.need is kind for need in needs) for kind in Need}
    return (
        KeyFigure(
            say("Criteria low in many schools"),
            say("{part} of {whole}", part=count[Need.CITY], whole=of),
            say("joint effort"),
        ),
        KeyFigure(
            say("Criteria low in a few schools"),
            say("{part} of {whole}", part=count[Need.VISITS], whole=of),
            say("visits to those schools"),
        ),
        KeyFigure(
            say("Schools to visit"),
            say("{part} of {whole}", part=say.integer(len(visits)), whole=say.integer(shown)),
            say("clearly below the goal"),
        ),
    )
