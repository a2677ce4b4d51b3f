"""Min skola: the school beside the city and its like, what has changed, whether it can apply, what people answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from analytics.maturity.changes import school_changes
from analytics.maturity.trends import school_trends
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.words.schools import no_answers
from pages.figures.school.comparison import SchoolComparison, compared
from pages.figures.school.consensus import answers_block
from pages.figures.school.criteria import criteria_block
from pages.figures.school.development import development_block, is_developed
from pages.figures.school.in_short import agreed, areas_beside, criteria_beside, of_the_similar
from pages.figures.school.others import has_others, others_fold
from pages.figures.school.pictures import areas_block
from pages.figures.school.readiness import is_told, ready_block, ready_figure
from pages.figures.school.reckoning import reckoning, remark
from pages.figures.school.sentences import answer, key_figures
from pages.figures.school.similar import similar_block
from pages.figures.school.table import table_block
from pages.figures.school.to_dialogue import to_dialogue
from pages.figures.school.trend import trend_block
from pages.shared.change_words import change_block
from pages.shared.find_school import find_school
from pages.shared.in_short import directions, moved
from pages.shared.marks import as_of, marks_line
from pages.shared.parts import FIRST, LAST, compared_words
from pages.shared.rounds import schools_ever, schools_in_round
from pages.shared.school_links import ways_on
from pages.shared.trend_words import too_early
from pages.ui import access, controls, html, notices
from pages.ui.content import Ask, Block, Content, Fold, Subject, Ways, provenance_of
from pages.ui.head import page_head
from pages.ui.titles import address, questions, titles

AHEAD = 500  # schools whose pages are composed before anybody asks: some seconds of a core after each new version


def render(ask: Ask) -> None:
    say, everything, ask = ask.say, ask, ask.of_figures
    with page_head(say, questions(say)["skola"], [(titles(say)["skolor"], address("skolor", say))]) as head:
        chosen = controls.choose_round(ask)
        ask, everything = (one.of_rounds(chosen.framework) for one in (ask, everything))
        say = ask.say
        there = access.composed(schools_in_round, ask, chosen.framework, chosen.year)
        ever = access.composed(schools_ever, ask, chosen.framework)
        school = controls.choose_school(ask, ever)
        if school is None:
            head.finish(say)
            find_school(ask, ever, "skola", listed=True)
            return
        names = controls.school_names(ask.catalogue)
        head.title = head.tab = names[school]
        chosen = controls.choose_area(ask, chosen, say("Trend on"))
        since = _choose_since(ask, chosen, school)
        others = [id_ for id_ in ever if id_ in there and id_ != school]
        own_set: tuple[str, ...] = ()
        if others:
            own_set = controls.choose_several(
                "similar",
                say("Compare with"),
                others,
                names.__getitem__,
                say("Those chosen by the page"),
                say("Type the school's name"),
            )
    if school not in there:
        name = ask.catalogue.school(school).name
        text = no_answers(name, chosen.year, say)
        notices.empty_state(say, text, say("Choose another year or school."))
        html.show(ways_on(ask, school))
        return
    parameters = (chosen.framework, chosen.year, school, chosen.area, since)
    content = access.composed(compose, ask, *parameters, controls.SEPARATOR.join(sorted(own_set)) or None)
    day = as_of(ask, chosen.framework, chosen.year).isoformat()
    marks = access.composed(
        marks_line, everything, chosen.framework, school, day
    )  # may change where no figure does, as what follows
    beside: tuple[Ways, ...] = ()  # of another school figures are told, and not what it talks about
    if ask.viewer.may_see(school):
        beside = access.composed(to_dialogue, everything, chosen.framework, chosen.year, school, day)
    told = tuple(filter(None, [marks, *content.notices]))
    notices.draw(ask, replace(content, notices=told, beside=beside))


def _choose_since(ask: Ask, chosen: controls.Selection, school: str) -> str | None:
    """What changes are held against, where there are two rounds to choose between; None: the round before."""
    say = ask.say
    compared = access.composed(compared_with, ask, chosen.framework, chosen.year, school)
    years = [say.round(year) for year in compared]
    if len(years) < 2:
        return None
    written = {
        LAST: say("{year}, the round before", year=years[-1]),
        FIRST: say("{year}, the first round", year=years[0]),
    }

    def told(value: str) -> str:
        return say("compared with {year}", year=years[0 if value == FIRST else -1])

    since = controls.choose("since", say("Changes since"), written, LAST, told=told)
    return None if since == LAST else since


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: every school in the latest round, for the week when every principal comes; none
    where they are more than would be kept until then. What the dialogue's register has to do with comes last, as it is
    made anew whenever somebody has saved there."""
    everything, ask = ask, ask.of_figures
    for latest in ask.catalogue.rounds[-1:]:
        ask, everything = (one.of_rounds(latest.framework) for one in (ask, everything))
        round_, day = (latest.framework, latest.year), as_of(ask, latest.framework, latest.year).isoformat()
        schools = sorted(access.composed(schools_in_round, ask, *round_))
        if len(schools) > AHEAD:
            return
        for school in schools:
            yield compose, ask, *round_, school, None, None, None
            yield compared_with, ask, *round_, school
        for school in schools:
            yield marks_line, everything, latest.framework, school, day
            yield to_dialogue, everything, *round_, school, day


def compared_with(ask: Ask, framework_id: str, year: int, school_id: str) -> tuple[int, ...]:
    """The years that the school's round is compared with, in order; none where there is nothing to compare."""
    found = school_changes(ask.view, ask.viewer, school_id, framework_id, year)
    return tuple(sorted({change.before_year for change in found}))


def compose(
    ask: Ask,
    framework_id: str,
    year: int,
    school_id: str,
    area: str | None = None,
    since: str | None = None,
    own_set: str | None = None,
) -> Content:
    """The page for one school in one round; the trend is that of the area, or of all of them.

    `since`: FIRST for changes since the first round, else since the one before. `own_set`: ids of schools to be put
    beside, as they stand in the address; None: the similar ones.
    """
    say, of = ask.say, (framework_id, year, school_id, since, own_set)
    comparison = compared(ask, *of)
    changes = school_changes(ask.view, ask.viewer, school_id, framework_id, year)
    developed = is_developed(ask, framework_id)
    frameworks = [framework.id for framework in comparison.chain]
    rounds = [row for row in ask.catalogue.rounds if row.framework in frameworks and row.year <= year]
    return Content(
        answer=answer(ask, comparison),
        about=Subject(
            controls.school_names(ask.catalogue)[school_id],
            year,
            framework_id,
            school=comparison.school.name,
            more=_chosen(ask, comparison, area, since, own_set),
        ),
        provenance=provenance_of([comparison.round.provenance, *(found.provenance for found in rounds)]),
        first=trend_block(ask, comparison, changes, area),
        figures=key_figures(ask, comparison),
        table=table_block(ask, comparison),
        notices=tuple(filter(None, [too_early(developed, say), remark(ask, comparison)])),
        blocks=_folds(ask, comparison, of, developed),
    )


def _chosen(
    ask: Ask, comparison: SchoolComparison, area: str | None, since: str | None, own_set: str | None
) -> tuple[tuple[str, str], ...]:
    """What the files of the blocks that show it say of the choices that are not the page's own."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    before = compared_words(say, since, comparison.changes[0].before_year if comparison.changes else None)
    ids = own_set.split(controls.SEPARATOR) if own_set else ()
    others = say("beside {schools}", schools=", ".join(names[id_] for id_ in ids)) if ids else ""
    return (
        ("school_trend", comparison.framework.area(area).title.in_(say.language) if area else ""),
        *((key, before) for key in ("school_criteria", "change")),
        *((key, others) for key in ("areas", "criteria", "similar")),
    )


def _folds(
    ask: Ask, comparison: SchoolComparison, of: tuple[str | int | None, ...], developed: bool
) -> tuple[Fold, ...]:
    """What is made when somebody asks for it; `of`: what it is made for."""
    say = ask.say
    folds = [
        Fold("answers", say("What people answered"), answers_fold, of, agreed(comparison, say)),
        Fold("areas", say("The areas compared with the city"), areas_fold, of, areas_beside(comparison, say)),
        Fold("criteria", say("The criteria with their intervals"), criteria_fold, of, criteria_beside(comparison, say)),
    ]
    if any(change.criterion for change in comparison.changes):
        before = comparison.changes[0].before_year
        title = say("Changes since {year}", year=say.round(before))
        folds.append(Fold("change", title, change_fold, of, moved(comparison.changes, say)))
    if is_told(comparison):
        ready = present(ready_figure(ask, comparison))
        folds.append(Fold("ready", say("Can the school apply?"), ready_fold, of, ready.value))
    if has_others(ask, comparison):
        folds.append(Fold("others", say("The city's other schools"), others_fold, of))
    if ask.viewer.sees_schools:  # who may see their own alone would read that the city has none like it
        folds.append(Fold("similar", say("Similar schools"), similar_fold, of, of_the_similar(comparison, say)))
    if developed:
        trends = school_trends(ask.view, ask.viewer, comparison.school.id, comparison.framework.id)
        ways = directions((trend.direction for trend in trends if trend.criterion), say)
        folds.append(Fold("development", say("How each criterion has developed"), development_fold, of, ways))
    if comparison.round.shown:
        folds.append(Fold("reckoning", say("How the figures are calculated"), reckoning, of))
    return tuple(folds)


def answers_fold(ask: Ask, *of: Any) -> Block:
    return answers_block(ask, compared(ask, *of))


def areas_fold(ask: Ask, *of: Any) -> Block:
    return areas_block(ask, compared(ask, *of))


def criteria_fold(ask: Ask, *of: Any) -> Block:
    return criteria_block(ask, compared(ask, *of))


def change_fold(ask: Ask, *of: Any) -> Block:
    found = compared(ask, *of)
    return present(change_block(ask, "change", found.school.name, found.framework, found.changes))


def ready_fold(ask: Ask, *of: Any) -> Block:
    return ready_block(ask, compared(ask, *of))


def similar_fold(ask: Ask, *of: Any) -> Block:
    found = compared(ask, *of)
    own = found.areas.get(WHOLE)
    return similar_block(ask, found.school, own, found.group, found.digits(own) if own else 2, found.round)


def development_fold(ask: Ask, *of: Any) -> Block:
    return present(development_block(ask, compared(ask, *of)))
