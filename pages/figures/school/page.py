"""Min skola: the school beside the city and its like, what has changed, whether it can apply, what people answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analytics.maturity.changes import school_changes, since_first, since_last
from analytics.model.frameworks import WHOLE
from analytics.words.schools import no_answers
from pages.figures.school.comparison import school_comparison
from pages.figures.school.consensus import answers_block
from pages.figures.school.criteria import criteria_block
from pages.figures.school.development import development_block
from pages.figures.school.pictures import areas_block
from pages.figures.school.readiness import ready_block
from pages.figures.school.sentences import answer, key_figures, remarks
from pages.figures.school.similar import similar_block
from pages.figures.school.trend import trend_block
from pages.shared.change_words import change_block
from pages.shared.find_school import find_school
from pages.shared.marks import as_of, marks_line
from pages.shared.parts import FIRST, LAST
from pages.shared.rounds import schools_ever, schools_in_round
from pages.shared.trend_words import too_early
from pages.ui import access, controls, html, notices
from pages.ui.content import Ask, Content, provenance_of
from pages.ui.head import page_head
from pages.ui.titles import address, questions, titles


def render(ask: Ask) -> None:
    say, everything, ask = ask.say, ask, ask.of_figures
    with page_head(say, questions(say)["skola"], [(titles(say)["skolor"], address("skolor", say))]) as head:
        chosen = controls.choose_round(ask)
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
        own_set = controls.choose_several(
            "similar", say("Put beside"), others, names.__getitem__, say("Those that the page chooses")
        )
    if school not in there:
        name = ask.catalogue.school(school).name
        text = no_answers(name, chosen.year, say)
        notices.empty_state(say, text, say("Choose another year or school."))
        return
    parameters = (chosen.framework, chosen.year, school, chosen.area, since)
    content = access.composed(compose, ask, *parameters, controls.SEPARATOR.join(sorted(own_set)) or None)
    day = as_of(ask, chosen.year).isoformat()
    marks = access.composed(marks_line, everything, school, day)  # may change where no figure does
    notices.draw(ask, replace(content, notices=(marks, *content.notices)) if marks else content)
    there = address("dialog", say, framework=chosen.framework, year=chosen.year, school=school)
    html.show(html.note(html.link(say("On to the quality dialogue: the brief, goals and actions."), there)))


def _choose_since(ask: Ask, chosen: controls.Selection, school: str) -> str | None:
    """What changes are held against, where there are two rounds to choose between; None: the round before."""
    say = ask.say
    years = access.composed(compared_with, ask, chosen.framework, chosen.year, school)
    if len(years) < 2:
        return None
    written = {
        LAST: say("{year}, the round before", year=years[-1]),
        FIRST: say("{year}, the first round", year=years[0]),
    }
    since = controls.choose("since", say("Changes since"), written, LAST)
    return None if since == LAST else since


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: every school in the latest round, for the week when every principal comes."""
    ask = ask.of_figures
    for latest in ask.catalogue.rounds[-1:]:
        for school_id in sorted(access.composed(schools_in_round, ask, latest.framework, latest.year)):
            yield compose, ask, latest.framework, latest.year, school_id, None, None, None


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
    changes = school_changes(ask.view, ask.viewer, school_id, framework_id, year)
    chosen = since_first(changes) if since == FIRST else since_last(changes)
    ids = own_set.split(controls.SEPARATOR) if own_set else ()
    comparison = school_comparison(ask, framework_id, year, school_id, ids, chosen)
    development = development_block(ask, comparison)
    blocks = (
        areas_block(ask, comparison),
        change_block(ask, "change", comparison.school.name, comparison.framework, chosen),
        ready_block(ask, comparison),
        criteria_block(ask, comparison),
        answers_block(ask, comparison),
        trend_block(ask, comparison, changes, area),
        similar_block(ask, comparison.school, comparison.areas.get(WHOLE), comparison.group),
    )
    frameworks = [framework.id for framework in comparison.chain]
    return Content(
        answer=answer(ask, comparison),
        provenance=provenance_of(
            [comparison.round.provenance]
            + [
                found.provenance
                for found in ask.catalogue.rounds
                if found.framework in frameworks and found.year <= year
            ]
        ),
        first=development,
        figures=key_figures(ask, comparison),
        notices=tuple(filter(None, [too_early(development is not None, ask.say), *remarks(ask, comparison)])),
        blocks=tuple(block for block in blocks if block is not None),
    )
