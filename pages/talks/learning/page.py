"""Lär av varandra: which schools clearly stand higher on a criterion and share what they do, what they did, and whom a
school that shares could help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analytics.dialogue.learning import AgreedWork, ClearDifference, Lesson, SchoolsToHelp, help_wanted, lesson, works
from analytics.maturity.readiness import in_the_way
from analytics.maturity.rounds import school_rounds
from analytics.maturity.schools import school_cells
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.words.cells import answers_text, mean_text
from analytics.words.goals import goal_level
from analytics.words.schools import no_answers
from pages.shared.find_school import find_school
from pages.shared.marks import as_of, marks_of
from pages.shared.rounds import schools_ever, schools_in_round
from pages.talks.learning.lists import SchoolLesson, done_of, done_text, lessons_html
from pages.talks.learning.pictures import LIKE_DRAWN, SchoolFacts, help_block, lesson_block
from pages.ui import access, controls, html, notices
from pages.ui.content import Ask, Content, KeyFigure, provenance_of
from pages.ui.head import page_head
from pages.ui.titles import address, questions, titles

NAMED = 3  # schools that the answer names
TOLD = 4  # schools of another kind whose doings are listed; the table has all


@dataclass(frozen=True)
class Learning:
    """The page as plain values: its content, and what the schools that it names did, in lists."""

    content: Content
    told: tuple[SchoolLesson, ...] = ()


@dataclass(frozen=True)
class LearningChoice:
    """What is asked: a school on a criterion in a round."""

    framework: Framework
    year: int
    school: School
    criterion: str

    def title(self, language: str) -> str:
        return self.framework.criterion(self.criterion).title.in_(language).rstrip(".")


def render(ask: Ask) -> None:
    say, figures = ask.say, ask.of_figures
    with page_head(say, questions(say)["lara"]) as head:
        chosen = controls.choose_round(ask)
        there = access.composed(schools_in_round, figures, chosen.framework, chosen.year)
        ever = access.composed(schools_ever, figures, chosen.framework)
        school = controls.choose_school(ask, ever)
        if school is None:
            head.finish(say)
            find_school(ask, ever, "lara", listed=True)
            return
        name = ask.catalogue.school(school).name
        head.crumbs = ((name, address("skola", say, school=school)),)
        head.tab = f"{name} – {titles(say)['lara']}"
        criteria = {
            criterion.id: f"{criterion.id} {criterion.title.in_(say.language)}"
            for criterion in ask.catalogue.framework(chosen.framework).criteria
        }
        most = access.composed(most_in_the_way, figures, chosen.framework, chosen.year, school)
        criterion = controls.choose("criterion", say("Criterion"), criteria, most)
    if school not in there:
        name = ask.catalogue.school(school).name
        text = no_answers(name, chosen.year, say)
        notices.empty_state(say, text, say("Choose another year or school."))
        return
    parameters = (chosen.framework, chosen.year, school, criterion)
    # By the version in force: agreements and certifications change where no figure does.
    page = access.composed(compose, ask, *parameters, as_of(ask, chosen.year).isoformat())
    first = [block for block in page.content.blocks if block.key == "learn_from"]
    notices.draw(ask, replace(page.content, blocks=tuple(first)))
    if page.told:
        html.show(lessons_html(page.told, say))
    for block in page.content.blocks:
        if block not in first:
            notices.draw_block(ask, block, page.content.provenance)


def most_in_the_way(ask: Ask, framework_id: str, year: int, school_id: str) -> str:
    """The criterion that most stands in the school's way to the goal; the framework's first where none does."""
    ways = in_the_way(school_cells(ask.view, ask.viewer, school_id, framework_id, year))
    return ways[0].criterion if ways else ask.catalogue.framework(framework_id).criteria[0].id


def compose(
    ask: Ask, framework_id: str, year: int, school_id: str, criterion: str, looked_at: str | None = None
) -> Learning:
    """The page for a school on a criterion in a round; stages and labels as on the day `looked_at` (ISO; None: the last
    of the year)."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    chosen = LearningChoice(framework, year, ask.catalogue.school(school_id), criterion)
    question = (ask.view, ask.viewer, ask.catalogue.schools, framework_id, year, school_id, criterion)
    found = lesson(*question)
    names = controls.school_names(ask.catalogue)
    day = date.fromisoformat(looked_at) if looked_at else date(year, 12, 31)
    marks = marks_of(ask, day)
    shares = bool(chosen.school.shares_practice) or marks.is_certified(school_id)
    wanted = help_wanted(*question) if shares and found.own and found.own.at_goal else None
    named = [*found.alike, *found.others, *(wanted.asking + wanted.others if wanted else ())]
    did = works(ask.view, ask.viewer, framework_id, criterion, [row.school_id for row in named])
    lines = {id_: done_text(done_of(framework, rows, say)) for id_, rows in did.items()}
    known = SchoolFacts(names, marks, lines)
    blocks = [lesson_block(ask, framework, criterion, chosen.school, found, known)]
    if wanted and found.own:
        blocks.append(help_block(ask, framework, criterion, chosen.school, found.own, wanted, known))
    (round_,) = (row for row in school_rounds(ask.view, ask.viewer, framework_id, year) if row.school_id == school_id)
    sources = [marks.provenance[row.school_id] for row in named if row.school_id in marks.provenance]
    sources += [work.agreement.provenance for rows in did.values() for work in rows]
    content = Content(
        answer=_answer(ask, chosen, found, names),
        provenance=provenance_of([round_.provenance, *sources]),
        figures=_key_figures(ask, chosen, found),
        notices=tuple(filter(None, [_helping(ask, chosen, found, wanted, shares)])),
        blocks=tuple(block for block in blocks if block is not None),
    )
    return Learning(content, _told(ask, framework, found, did, names, marks.lines))


def _answer(ask: Ask, chosen: LearningChoice, found: Lesson, names: Mapping[str, str]) -> str:
    say = ask.say
    of = {"school": chosen.school.name, "criterion": chosen.title(say.language)}
    if found.own is None:
        return say(
            "{school} has no figure to hold others against on “{criterion}”: it is hidden, or was not asked.", **of
        )
    if found.alike:
        first = say.plural(
            "{n} school like {school} stands clearly higher on “{criterion}”, reaches the goal and shares what it does:"
            " {names}.",
            "{n} schools like {school} stand clearly higher on “{criterion}”, reach the goal and share what they do:"
            " {names}.",
            len(found.alike),
            names=_names(ask, found.alike, names),
            **of,
        )
        second = say.plural(
            "So does {n} of another kind, {names}.",
            "So do {n} of another kind, first {names}.",
            len(found.others),
            names=_names(ask, found.others, names),
        )
        parts = [first, second if found.others else ""]
    elif found.others:
        parts = [
            say(
                "No school like {school} that reaches the goal and shares stands clearly higher on “{criterion}”.", **of
            ),
            say.plural(
                "Of another kind {n} does: {names}.",
                "Of another kind {n} do, first {names}.",
                len(found.others),
                names=_names(ask, found.others, names),
            ),
        ]
    else:
        parts = [
            say(
                "No school that reaches the goal and shares stands clearly higher than {school} on “{criterion}”.", **of
            )
        ]
    return " ".join(filter(None, [*parts, *_not_named(ask, found)]))


def _not_named(ask: Ask, found: Lesson) -> list[str]:
    """How many stand clearly higher and are no school to learn from, and why; empty where there are none."""
    say, parts = ask.say, []
    if found.silent:
        parts.append(
            say.plural(
                "{n} more stands clearly higher but has not said that it shares.",
                "{n} more stand clearly higher but have not said that they share.",
                found.silent,
            )
            if found.alike or found.others
            else say.plural(
                "{n} stands clearly higher but has not said that it shares.",
                "{n} stand clearly higher but have not said that they share.",
                found.silent,
            )
        )
    if found.below:
        parts.append(
            say.plural(
                "{n} more stands clearly higher but does not reach the goal itself, and is not named.",
                "{n} more stand clearly higher but do not reach the goal themselves, and are not named.",
                found.below,
            )
            if found.alike or found.others or found.silent
            else say.plural(
                "{n} stands clearly higher but does not reach the goal itself, and is not named.",
                "{n} stand clearly higher but do not reach the goal themselves, and are not named.",
                found.below,
            )
        )
    return parts


def _names(ask: Ask, rows: Sequence[ClearDifference], names: Mapping[str, str]) -> str:
    say = ask.say
    listed = [f"{names[row.school_id]} ({say.signed(row.difference)})" for row in rows[:NAMED]]
    more = len(rows) - NAMED
    if more > 0:
        listed.append(say.plural("{n} more", "{n} more", more))
    return say.listing(listed)


def _key_figures(ask: Ask, chosen: LearningChoice, found: Lesson) -> tuple[KeyFigure, ...]:
    say = ask.say
    if found.own is None:
        return ()
    goal = goal_level(chosen.framework, say)
    return (
        KeyFigure(
            say("The school's own mean"),
            mean_text(found.own, say),
            say("with {answers}; the goal is {goal}", answers=answers_text(found.own, say), goal=goal),
        ),
        KeyFigure(
            say("Like it, clearly higher, and share"),
            say.integer(len(found.alike)),
            say("all at the goal; schools to call first"),
        ),
        KeyFigure(
            say("Of another kind, clearly higher, and share"),
            say.integer(len(found.others)),
            say("all at the goal; what they do may not fit as it is"),
        ),
        KeyFigure(
            say("Clearly higher, have not said that they share"),
            say.integer(found.silent),
            say.plural(
                "at the goal, of {n} school held against it",
                "at the goal, of {n} schools held against it",
                found.held_against,
            ),
        ),
    )


def _helping(ask: Ask, chosen: LearningChoice, found: Lesson, wanted: SchoolsToHelp | None, shares: bool) -> str:
    """Why there is nobody to help, where there is not."""
    say, school = ask.say, chosen.school.name
    if found.own is None or (wanted and (wanted.asking or wanted.others)):
        return ""
    if not shares:
        return say("{school} is not certified and has not said that it shares, so no school is named for it to help.",
                   school=school)  # fmt: skip
    if found.own.at_goal is None:
        return say("Whether {school} meets the goal here cannot be told, so no school is named for it to help.",
                   school=school)  # fmt: skip
    if not found.own.at_goal:
        return say("{school} is itself below the goal here, so no school is named for it to help.", school=school)
    return say("No school like {school} stands clearly lower here, so there is nobody for it to help.", school=school)


def _told(
    ask: Ask,
    framework: Framework,
    found: Lesson,
    did: Mapping[str, tuple[AgreedWork, ...]],
    names: Mapping[str, str],
    marks: Mapping[str, str],
) -> tuple[SchoolLesson, ...]:
    """The schools to learn from: those that are like it, and of another kind those that wrote down what they did."""
    say = ask.say
    others = [row for row in found.others if row.school_id in did][:TOLD]
    told = []
    for row in (*found.alike[:LIKE_DRAWN], *others):
        kind = say("like it") if row.alike else say("of another kind")
        stands = [
            say("{difference} higher, {kind}.", difference=say.number(row.difference), kind=kind),
            marks.get(row.school_id, ""),
            "" if row.school_id in did else say("Nothing is written down of what it did: call and ask."),
        ]
        done = done_of(framework, did.get(row.school_id, ()), say)
        told.append(SchoolLesson(names[row.school_id], " ".join(filter(None, stands)), done))
    return tuple(told)
