"""Lär av varandra: which schools clearly stand higher on a criterion and share what they do, what they did, and whom a
school that shares could help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.dialogue.learning import Lesson, SchoolsToHelp, help_wanted, lesson, works
from analytics.maturity.readiness import in_the_way
from analytics.maturity.rounds import school_rounds
from analytics.maturity.schools import school_cells
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.words.cells import answers_text, mean_text
from analytics.words.frameworks import criterion_title
from analytics.words.goals import goal_level
from analytics.words.schools import no_answers
from pages.shared.find_school import find_school
from pages.shared.marks import as_of, marks_of
from pages.shared.rounds import schools_ever, schools_in_round
from pages.shared.words_block import reckoned_block
from pages.talks.learning.lists import done_of, done_text
from pages.talks.learning.pictures import SchoolFacts, help_block, lesson_block
from pages.talks.learning.schools import lesson_table, lessons, lessons_block
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, KeyFigure, Subject, provenance_of
from pages.ui.head import page_head
from pages.ui.titles import address, questions, titles

NAMED = 2  # schools that the answer names; the table has them all


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
        ask, figures = (one.of_rounds(chosen.framework) for one in (ask, figures))
        say = ask.say
        there = access.composed(schools_in_round, figures, chosen.framework, chosen.year)
        ever = access.composed(schools_ever, figures, chosen.framework)
        school = controls.choose_school(ask, ever)
        if school is None:
            head.finish(say)
            find_school(ask, ever, "lara", listed=True)
            return
        name = ask.catalogue.school(school).name
        of = {"framework": chosen.framework, "year": chosen.year}
        head.tab = f"{name} – {titles(say)['lara']}"
        criteria = {
            criterion.id: f"{criterion.id} {criterion.title.in_(say.language)}"
            for criterion in ask.catalogue.framework(chosen.framework).criteria
        }
        most = access.composed(most_in_the_way, figures, chosen.framework, chosen.year, school)
        criterion = controls.choose("criterion", say("Criterion"), criteria, most)
        framework = ask.catalogue.framework(chosen.framework)
        head.crumbs = (
            (name, address("skola", say, **of, school=school)),
            (criterion_title(framework, criterion, say), address("kriterier", say, **of, criterion=criterion)),
        )
    if school not in there:
        name = ask.catalogue.school(school).name
        text = no_answers(name, chosen.year, say)
        notices.empty_state(say, text, say("Choose another year or school."))
        return
    parameters = (chosen.framework, chosen.year, school, criterion)
    # By the version in force: agreements and certifications change where no figure does.
    notices.draw(ask, access.composed(compose, ask, *parameters, as_of(ask, chosen.framework, chosen.year).isoformat()))


def most_in_the_way(ask: Ask, framework_id: str, year: int, school_id: str) -> str:
    """The criterion that most stands in the school's way to the goal; the framework's first where none does."""
    ways = in_the_way(school_cells(ask.view, ask.viewer, school_id, framework_id, year))
    return ways[0].criterion if ways else ask.catalogue.framework(framework_id).criteria[0].id


def compose(
    ask: Ask, framework_id: str, year: int, school_id: str, criterion: str, looked_at: str | None = None
) -> Content:
    """The page for a school on a criterion in a round; stages and labels as on the day `looked_at` (ISO; None: the last
    of the year)."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    chosen = LearningChoice(framework, year, ask.catalogue.school(school_id), criterion)
    question = (ask.view, ask.viewer, ask.catalogue.schools, framework_id, year, school_id, criterion)
    found = lesson(*question)
    names = controls.school_names(ask.catalogue)
    day = date.fromisoformat(looked_at) if looked_at else framework.calendar.ends(year)
    marks = marks_of(ask, framework_id, day)
    shares = bool(chosen.school.shares_practice) or marks.is_certified(school_id)
    wanted = help_wanted(*question) if shares and found.own and found.own.at_goal else None
    named = [*found.alike, *found.others, *(wanted.asking + wanted.others if wanted else ())]
    did = works(ask.view, ask.viewer, framework_id, criterion, [row.school_id for row in named])
    lines = {id_: done_text(done_of(framework, rows, say)) for id_, rows in did.items()}
    known = SchoolFacts(names, marks, lines)
    told = lessons(ask, framework, year, found, did, known)
    blocks = (
        lessons_block(told, say),
        lesson_block(ask, framework, criterion, chosen.school, found, known),
        help_block(ask, framework, criterion, chosen.school, found.own, wanted, known)
        if wanted and found.own
        else None,
        reckoned_block([*_not_named(ask, found), _helping(ask, chosen, found, wanted, shares)], say),
    )
    (round_,) = school_rounds(ask.view, ask.viewer, framework_id, year, [school_id])
    sources = [marks.provenance[row.school_id] for row in named if row.school_id in marks.provenance]
    sources += [work.agreement.provenance for rows in did.values() for work in rows]
    return Content(
        answer=_answer(ask, chosen, found, names),
        provenance=provenance_of([round_.provenance, *sources]),
        figures=_key_figures(ask, chosen, found),
        about=Subject(chosen.school.name, year, framework_id, school=chosen.school.name),
        table=lesson_table(ask, framework, year, found, known),
        blocks=tuple(block for block in blocks if block is not None),
    )


def _answer(ask: Ask, chosen: LearningChoice, found: Lesson, names: Mapping[str, str]) -> str:
    """How many to ask, and whom first: two sentences."""
    say = ask.say
    of = {"school": chosen.school.name, "criterion": chosen.title(say.language)}
    if found.own is None:
        return say(
            "{school} has no figure to hold others against on “{criterion}”: it is hidden, or was not asked.", **of
        )
    there = found.alike or found.others
    if not there:
        return say("No school that reaches the goal and shares is clearly higher than {school} on “{criterion}”.", **of)
    first = say.plural(
        "{n} school that shares what it does is clearly higher than {school} on “{criterion}”.",
        "{n} schools that share what they do are clearly higher than {school} on “{criterion}”.",
        len(found.alike) + len(found.others),
        **of,
    )
    listed = say.listing([names[row.school_id] for row in there[:NAMED]])
    second = (
        say.plural(
            "Ask {names} first, which is like it.", "Ask {names} first, which are like it.", len(there[:NAMED]),
            names=listed,
        )
        if found.alike
        else say("None of them is like it; ask {names} first.", names=listed)
    )  # fmt: skip
    return f"{first} {second}"


def _not_named(ask: Ask, found: Lesson) -> list[str]:
    """How many stand clearly higher and are no school to learn from, and why; empty where there are none."""
    say, parts = ask.say, []
    if found.silent:
        parts.append(
            say.plural(
                "{n} more is clearly higher but has not said that it shares.",
                "{n} more are clearly higher but have not said that they share.",
                found.silent,
            )
            if found.alike or found.others
            else say.plural(
                "{n} is clearly higher but has not said that it shares.",
                "{n} are clearly higher but have not said that they share.",
                found.silent,
            )
        )
    if found.below:
        parts.append(
            say.plural(
                "{n} more is clearly higher but does not reach the goal itself, and is not named.",
                "{n} more are clearly higher but do not reach the goal themselves, and are not named.",
                found.below,
            )
            if found.alike or found.others or found.silent
            else say.plural(
                "{n} is clearly higher but does not reach the goal itself, and is not named.",
                "{n} are clearly higher but do not reach the goal themselves, and are not named.",
                found.below,
            )
        )
    return parts


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
            say("Similar schools, clearly higher"),
            say.integer(len(found.alike)),
            say("all at the goal; schools to call first") if found.alike else say("none on this criterion"),
        ),
        KeyFigure(
            say("Other schools, clearly higher"),
            say.integer(len(found.others)),
            say("all at the goal; what they do may not fit as it is")
            if found.others
            else say("none on this criterion"),
        ),
        KeyFigure(
            say("Clearly higher, have not said that they share"),
            say.integer(found.silent),
            say.plural(
                "at the goal, of {n} school compared",
                "at the goal, of {n} schools compared",
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
        return say("Whether {school} meets the goal here cannot be determined, so no school is named for it to "
                   "help.",
                   school=school)  # fmt: skip
    if not found.own.at_goal:
        return say("{school} is itself below the goal here, so no school is named for it to help.", school=school)
    return say("No school like {school} is clearly lower here, so there is nobody for it to help.", school=school)
