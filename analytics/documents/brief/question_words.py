"""The three open questions in words."""

from __future__ import annotations

from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.brief.questions import Ask, AskWithout, Question
from analytics.documents.brief.moved_words import levels_text
from analytics.documents.brief.names import agreed_name, area_name, criterion_name, figure_text
from analytics.model.frameworks import Framework
from analytics.words.language import Words


def question_text(question: Question, brief: Brief, say: Words) -> str:
    """The question as it is put to the school."""
    if isinstance(question.kind, AskWithout):
        return _without_figures(question, brief, say)
    if question.kind in (Ask.TWO_CAMPS, Ask.NOT_REACHED, Ask.IN_THE_WAY, Ask.DONT_KNOW):
        return _of_trouble(question, brief, say)
    if question.kind in (Ask.FALL, Ask.RISE, Ask.ABOVE_CITY, Ask.BELOW_CITY, Ask.STRONGEST):
        return _of_place(question, brief, say)
    if question.kind is Ask.LOW_RESPONSE:
        if question.figure is None:
            return say("Few responded. Whose voices are missing, and how can more be given the time next year?")
        return say(
            "{share} of the staff responded. Whose voices are missing, and how can more be given the time next year?",
            share=say.percent(question.figure),
        )
    return {
        Ask.APPLY: say(
            "The goal is reached on every criterion. Is it time to apply for certification, and what is left to"
            " prepare?"
        ),
        Ask.RECOGNISED: say("Do you recognise the school in these figures? What surprises you?"),
        Ask.SUPPORT: say("What support would you like from the administration this year?"),
        Ask.NEXT_YEAR: say("If you could raise one thing until the next self-assessment, what would it be?"),
    }[question.kind]


def _of_trouble(question: Question, brief: Brief, say: Words) -> str:
    framework = brief.framework
    match question.kind:
        case Ask.TWO_CAMPS:
            return say(
                "{criterion}: {lower} answer {low} and {upper} answer {high}. What do the two groups see differently,"
                " and what would bring them closer?",
                criterion=criterion_name(framework, question.criterion, say),
                lower=say.percent(question.figure),
                low=levels_text(framework.scale_min, question.low),
                upper=say.percent(question.beside),
                high=levels_text(question.high, framework.scale_max),
            )
        case Ask.NOT_REACHED:
            return _not_reached(question, brief, say)
        case Ask.IN_THE_WAY:
            return say(
                "{criterion} is below the goal ({figure}). What would it take to get there, and who needs to take"
                " part?",
                criterion=criterion_name(framework, question.criterion, say),
                figure=figure_text(question.figure, framework, say),
            )
    return say(
        "{share} answer don't know on {criterion}. Is the question unclear, or is the work not seen by everyone?",
        share=say.percent(question.figure),
        criterion=criterion_name(framework, question.criterion, say),
    )


def _not_reached(question: Question, brief: Brief, say: Words) -> str:
    agreed = next(each for each in brief.last.agreements if each.number == question.agreement)
    framework = next((each for each in brief.chain if each.id == agreed.framework), brief.framework)
    name = agreed_name(agreed, say)
    target = figure_text(agreed.to_level, framework, say, agreed.to_level)
    figures = {"year": question.year, "criterion": name, "target": target}
    if question.figure is None:
        return say(
            "In {year} you agreed to reach {target} on {criterion}, and the day has passed. What has stood in the way,"
            " and does the goal still hold?",
            **figures,
        )
    return say(
        "In {year} you agreed to reach {target} on {criterion}; it is now {now}. What has stood in the way, and does"
        " the goal still hold?",
        now=figure_text(question.figure, framework, say, agreed.to_level),
        **figures,
    )


def _of_place(question: Question, brief: Brief, say: Words) -> str:
    name = _name(question, brief.framework, say)
    match question.kind:
        case Ask.FALL:
            return say(
                "{name} has clearly fallen since {year} ({difference}). What has happened, and do you see it in"
                " everyday work?",
                name=name,
                year=question.year,
                difference=say.signed(question.figure),
            )
        case Ask.RISE:
            return say(
                "{name} has clearly risen since {year} ({difference}). What did you do, and which school could learn"
                " from it?",
                name=name,
                year=question.year,
                difference=say.signed(question.figure),
            )
        case Ask.ABOVE_CITY:
            return say(
                "{name}: you have {own}, clearly above the city's {city}. What lies behind it, and who could you share"
                " it with?",
                name=name,
                own=say.number(question.figure),
                city=say.number(question.beside),
            )
        case Ask.BELOW_CITY:
            return say(
                "{name}: you have {own}, clearly below the city's {city}. What is hardest there, and what support would"
                " help the most?",
                name=name,
                own=say.number(question.figure),
                city=say.number(question.beside),
            )
    return say(
        "{name} is one of your strongest sides ({figure}). What makes it work, and can it lift something that is"
        " weaker?",
        name=name,
        figure=say.number(question.figure),
    )


def _name(question: Question, framework: Framework, say: Words) -> str:
    if question.criterion:
        return criterion_name(framework, question.criterion, say)
    return say("The area {area}", area=area_name(framework, question.area, say))


def _without_figures(question: Question, brief: Brief, say: Words) -> str:
    match question.kind:
        case AskWithout.HINDRANCE:
            return say(
                "What kept the self-assessment from being made in {year}, and what is needed for it to be made next"
                " time?",
                year=brief.year,
            )
        case AskWithout.FEW_ANSWERS:
            return say(
                "Why did so few answer in {year}, and what would make it feel safe and worth while to answer?",
                year=brief.year,
            )
        case AskWithout.TIME:
            return say("How is all the staff given time to answer the next self-assessment?")
        case AskWithout.LAST_AGREEMENTS:
            return say("How has it gone with what you agreed on in {year}, and how do you know?", year=question.year)
    return say("Without figures: what do you yourselves see as your strongest side, and what do you want to develop?")
