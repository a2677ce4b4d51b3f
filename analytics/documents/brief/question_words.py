"""The three open questions in words."""

from __future__ import annotations

from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.brief.questions import DialogueQuestion, OpenQuestion, QuestionKind
from analytics.documents.brief.names import agreed_name, area_name, criterion_name
from analytics.documents.brief.roughly_words import goal_figure_text, mean_of_few_text
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.words.frameworks import levels_text
from analytics.words.goal_figure import figure_text
from analytics.words.language import N_, Marked, Words

ASK = {
    QuestionKind.TWO_CAMPS: N_(
        "{criterion}: {lower} answer {low} and {upper} answer {high}. What do the two groups see differently, and what"
        " would bring them closer?"
    ),
    QuestionKind.NOT_REACHED: N_(
        "In {year} you agreed to reach {target} on {criterion}; it is now {now}. What has stood in the way, and does"
        " the goal still hold?"
    ),
    QuestionKind.IN_THE_WAY: N_(
        "{criterion} is below the goal ({figure}). What would it take to get there, and who needs to take part?"
    ),
    QuestionKind.FALL: N_(
        "{name} has clearly fallen since {year} ({difference}). What has happened, and do you see it in everyday work?"
    ),
    QuestionKind.DONT_KNOW: N_(
        "{share} answer don't know on {criterion}. Is the question unclear, or is the work not seen by everyone?"
    ),
    QuestionKind.LOW_RESPONSE: N_(
        "{share} of the staff responded. Whose voices are missing, and how can more be given the time next year?"
    ),
    QuestionKind.RISE: N_(
        "{name} has clearly risen since {year} ({difference}). What did you do, and which school could learn from it?"
    ),
    QuestionKind.APPLY: N_(
        "The goal is reached on every criterion. Is it time to apply for certification, and what is left to prepare?"
    ),
    QuestionKind.ABOVE_CITY: N_(
        "{name}: you have {own}, clearly above the city's {city}. What lies behind it, and who could you share it with?"
    ),
    QuestionKind.BELOW_CITY: N_(
        "{name}: you have {own}, clearly below the city's {city}. What is hardest there, and what support would help"
        " the most?"
    ),
    QuestionKind.STRONGEST: N_(
        "{name} is one of your strongest sides ({figure}). What makes it work, and can it lift something that is"
        " weaker?"
    ),
    QuestionKind.RECOGNISED: N_("Do you recognise the school in these figures? What surprises you?"),
    QuestionKind.SUPPORT: N_("What support would you like from the administration this year?"),
    QuestionKind.NEXT_YEAR: N_("If you could raise one thing before the next self-assessment, what would it be?"),
}
NOT_REACHED_HIDDEN = N_(
    "In {year} you agreed to reach {target} on {criterion}, and the day has passed. What has stood in the way, and does"
    " the goal still hold?"
)
LOW_RESPONSE_HIDDEN = N_("Few responded. Whose voices are missing, and how can more be given the time next year?")
ASK_WITHOUT = {
    OpenQuestion.HINDRANCE: N_(
        "What kept the self-assessment from being made in {year}, and what is needed for it to be made next time?"
    ),
    OpenQuestion.FEW_ANSWERS: N_(
        "Why did so few answer in {year}, and what would make it feel safe and worth while to answer?"
    ),
    OpenQuestion.TIME: N_("How do all staff get time to answer the next self-assessment?"),
    OpenQuestion.LAST_AGREEMENTS: N_("How has it gone with what you agreed on in {year}, and how do you know?"),
    OpenQuestion.OWN_PICTURE: N_(
        "Without figures: what do you yourselves see as your greatest strength, and what do you want to develop?"
    ),
}


def question_text(question: DialogueQuestion, brief: Brief, say: Words) -> str:
    """The question as it is put to the school."""
    if isinstance(question.kind, OpenQuestion):
        return say.marked(ASK_WITHOUT[question.kind], year=say.round(question.year or brief.year))
    if question.kind is QuestionKind.NOT_REACHED:
        return _not_reached(question, brief, say)
    name = _name(question, brief.framework, say)
    values = {"name": name, "criterion": name, "year": say.round(question.year)}
    return say.marked(_asked(question.kind, question.figure), **values, **_figures(question, brief.framework, say))


def _asked(kind: QuestionKind, figure: float | None) -> Marked:
    return LOW_RESPONSE_HIDDEN if kind is QuestionKind.LOW_RESPONSE and figure is None else ASK[kind]


def _figures(question: DialogueQuestion, framework: Framework, say: Words) -> dict[str, str]:
    """The figures that a question names, as it writes them."""
    figure = question.figure
    match question.kind:
        case QuestionKind.TWO_CAMPS:
            return {
                "lower": say.percent(present(figure)),
                "low": levels_text(framework.scale_min, present(question.low)),
                "upper": say.percent(present(question.beside)),
                "high": levels_text(present(question.high), framework.scale_max),
            }
        case QuestionKind.IN_THE_WAY:
            return {"figure": goal_figure_text(figure, question.roughly, framework, say)}
        case QuestionKind.FALL | QuestionKind.RISE:
            return {"difference": say.signed(present(figure))}
        case QuestionKind.DONT_KNOW | QuestionKind.LOW_RESPONSE if figure is not None:
            return {"share": say.percent(figure)}
        case QuestionKind.ABOVE_CITY | QuestionKind.BELOW_CITY:
            return {
                "own": mean_of_few_text(present(figure), question.roughly, say),
                "city": say.number(present(question.beside)),
            }
        case QuestionKind.STRONGEST:
            return {"figure": mean_of_few_text(present(figure), question.roughly, say)}
    return {}


def _not_reached(question: DialogueQuestion, brief: Brief, say: Words) -> str:
    agreed = next(each for each in present(brief.last).agreements if each.number == question.agreement)
    framework = next((each for each in brief.chain if each.id == agreed.framework), brief.framework)
    return say.marked(
        NOT_REACHED_HIDDEN if question.figure is None else ASK[QuestionKind.NOT_REACHED],
        year=say.round(question.year),
        criterion=agreed_name(agreed, say),
        target=figure_text(agreed.to_level, framework, say, agreed.to_level),
        now="" if question.figure is None else figure_text(question.figure, framework, say, agreed.to_level),
    )


def _name(question: DialogueQuestion, framework: Framework, say: Words) -> str:
    """The criterion that a question is about, or the area."""
    if question.criterion:
        return criterion_name(framework, question.criterion, say)
    if question.area == WHOLE:
        return say("The school as a whole")
    return say("The area {area}", area=area_name(framework, question.area, say)) if question.area else ""
