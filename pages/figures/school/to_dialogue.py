"""What to take along to the quality dialogue: strengths, obstacles and questions, as the school's brief picks them."""

from __future__ import annotations

from datetime import date

from analytics.dialogue.brief.facts import Brief, brief
from analytics.dialogue.brief.questions import DialogueQuestion, OpenQuestion, QuestionKind
from analytics.maturity.schools import school_cells
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.words.cells import mean_text
from analytics.words.frameworks import criterion_title
from analytics.words.language import N_, Words
from pages.shared.briefs import shared
from pages.shared.ready_words import figure_beside_goal
from pages.ui.content import Ask, Way, Ways
from pages.ui.titles import address

LISTED = 3  # criteria in the way that stand here: the page's table has all, the brief the first five
SHORT = {  # the brief's questions in a line; `name`: the criterion, area or goal that they are about
    QuestionKind.TWO_CAMPS: N_("Why two camps: {name}?"),
    QuestionKind.NOT_REACHED: N_("What has stood in the way: {name}?"),
    QuestionKind.IN_THE_WAY: N_("What would it take to get there: {name}?"),
    QuestionKind.FALL: N_("What has happened: {name}?"),
    QuestionKind.DONT_KNOW: N_("Why do so many not know: {name}?"),
    QuestionKind.LOW_RESPONSE: N_("Whose voices are missing?"),
    QuestionKind.RISE: N_("Who could learn from you: {name}?"),
    QuestionKind.APPLY: N_("Is it time to apply for certification?"),
    QuestionKind.ABOVE_CITY: N_("What lies behind it: {name}?"),
    QuestionKind.BELOW_CITY: N_("What support would help: {name}?"),
    QuestionKind.STRONGEST: N_("What makes it work: {name}?"),
    QuestionKind.RECOGNISED: N_("Do you recognise the school in the figures?"),
    QuestionKind.SUPPORT: N_("What support would you like this year?"),
    QuestionKind.NEXT_YEAR: N_("What is the one thing to raise before next time?"),
}
SHORT_WITHOUT = {  # where there are no figures
    OpenQuestion.HINDRANCE: N_("What kept the self-assessment from being made?"),
    OpenQuestion.FEW_ANSWERS: N_("Why did so few answer?"),
    OpenQuestion.TIME: N_("How do all staff get time to answer?"),
    OpenQuestion.LAST_AGREEMENTS: N_("How has it gone with what you agreed on?"),
    OpenQuestion.OWN_PICTURE: N_("What do you see as your greatest strength?"),
}


def to_dialogue(ask: Ask, framework_id: str, year: int, school_id: str, day: str) -> tuple[Ways, ...]:
    """For an Ask of the version in force: questions are about what was agreed too. `day` (ISO): what is open after it
    is late."""
    say = ask.say
    found = brief(ask.view, ask.viewer, school_id, framework_id, year, date.fromisoformat(day), of=shared(ask))
    there = address("dialog", say, framework=framework_id, year=year, school=school_id)
    asked = tuple(Way(_question(question, found, say), there) for question in found.questions)
    criteria = [ways for ways in _criteria(ask, found) if ways.ways]
    heading = say.plural("{n} question for the dialogue", "{n} questions for the dialogue", len(asked))
    more = Way(say("To the quality dialogue"), there)
    return (*criteria, *([Ways(heading, asked, more, folded=bool(criteria), above=True)] if asked else []))


def _criteria(ask: Ask, found: Brief) -> tuple[Ways, Ways]:
    """The strongest sides, and what stands in the way of the goal or most easily would."""
    say, framework, way = ask.say, found.framework, found.way
    cells = school_cells(ask.view, ask.viewer, found.school.id, framework.id, found.year)
    by_id = {cell.criterion: cell for cell in cells}

    def link(criterion: str, note: str) -> Way:
        there = address("kriterier", say, framework=framework.id, year=found.year, criterion=criterion)
        return Way(criterion_title(framework, criterion, say), there, note)

    there = address("lara", say, framework=framework.id, year=found.year, school=found.school.id)
    learn = Way(say("Who to learn from"), there)  # on what is most in the way
    holds = all(strength.holds for strength in found.strengths)
    named = {each.criterion for each in way.misses or way.unsure}  # of few criteria, all may be: none stands twice
    strengths = tuple(
        link(s.criterion, mean_text(by_id[s.criterion], say)) for s in found.strengths if s.criterion not in named
    )
    obstacles = tuple(
        link(each.criterion, figure_beside_goal(by_id[each.criterion], framework.goal, say))
        for each in (way.misses or way.unsure)[:LISTED]
    )
    heading = say("In the way of the goal") if way.misses else say("Closest to the goal's limit")
    part, whole = len(obstacles), len(way.misses) + way.more
    if way.misses and part < whole:
        heading = say("In the way of the goal: {part} of {whole}", part=part, whole=whole)
    return (
        Ways(say("Strengths") if holds else say("The school's highest ratings"), strengths),
        Ways(heading, obstacles, learn, above=True),
    )


def _question(question: DialogueQuestion, found: Brief, say: Words) -> str:
    if isinstance(question.kind, OpenQuestion):
        return say.marked(SHORT_WITHOUT[question.kind])
    return say.marked(SHORT[question.kind], name=_about(question, found, say))


def _about(question: DialogueQuestion, found: Brief, say: Words) -> str:
    """What a question is about, by name; empty where it is about the whole round."""
    if question.agreement is not None:
        agreed = next(each for each in present(found.last).agreements if each.number == question.agreement)
        return agreed.title.in_(say.language).rstrip(".")
    if question.criterion:
        return criterion_title(found.framework, question.criterion, say)
    if question.area:
        titles = {area.id: area.title.in_(say.language) for area in found.framework.areas}
        return titles[question.area]
    return say("the school as a whole") if question.area == WHOLE else ""
