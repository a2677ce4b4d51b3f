"""The school beside the city and similar schools, in words and as a picture; its strongest sides."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.brief.strengths import Strength
from analytics.documents.brief.names import area_name, criterion_name
from analytics.documents.brief.roughly_words import mean_of_few_text
from analytics.documents.paper.shapes import (
    Block,
    Heading,
    Paragraph,
    Tone,
)
from analytics.documents.paper.table import PaperColumn, PaperTable
from analytics.model.figures import Status
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.figures import CITY_SIDE, ROUND, hidden_note
from analytics.words.goal_figure import figure_text
from analytics.words.language import Words
from analytics.words.schools import no_answers, nothing_shown, other_areas_alike


def place_sentence(brief: Brief, say: Words) -> str:
    """Where the school stands beside the city, by how much, and on what it can be told apart."""
    whole, about = brief.position.whole, (brief.school.name, brief.year)
    if brief.round is None:
        return f"{no_answers(*about, say)} {_earlier(brief, say)}".rstrip()
    if whole.mean is None:
        return f"{nothing_shown(*about, say)} {_earlier(brief, say)}".rstrip()
    stands = say(
        "{school} has the mean {mean} over all areas ({low}–{high}, allowing for chance).",
        school=brief.school.name,
        mean=say.number(whole.mean),
        low=say.number(present(whole.low)),
        high=say.number(present(whole.high)),
    )
    return " ".join(filter(None, [stands, _beside(brief, say), _sides(brief, say)]))


def _earlier(brief: Brief, say: Words) -> str:
    """The latest figures there are, where this round has none."""
    if brief.earlier is None:
        return ""
    mean = say.number(brief.earlier.mean)
    return say(
        "Its latest figures are of {year}: the mean over all areas was {mean}.",
        year=say.round(brief.earlier.year),
        mean=mean,
    )


def _beside(brief: Brief, say: Words) -> str:
    """The city's and the similar schools' means."""
    whole = brief.position.whole
    if whole.city is None:
        return ""
    if whole.similar is None:
        return say("The city has {city}.", city=say.number(whole.city))
    if brief.position.whole_stage:
        return say.plural(
            "The city has {city}, and the one other school of the same stage {similar}.",
            "The city has {city}, and the {n} other schools of the same stage {similar} together.",
            brief.position.similar_schools,
            city=say.number(whole.city),
            similar=say.number(whole.similar),
        )
    return say.plural(
        "The city has {city}, and a similar school {similar}.",
        "The city has {city}, and {n} similar schools {similar} together.",
        brief.position.similar_schools,
        city=say.number(whole.city),
        similar=say.number(whole.similar),
    )


def _sides(brief: Brief, say: Words) -> str:
    """The areas on which the school lies clearly above or below the city."""
    told = [place for place in brief.position.areas if place.city_side]
    every = len(brief.position.areas)
    above, below = (_differences(brief, side, say) for side in (1, -1))
    if not told:
        return say("The school is level with the city in every area.")
    if every > 1 and len(above) == every:
        return say("It is clearly above the city in every area.")
    if every > 1 and len(below) == every:
        return say("It is clearly below the city in every area.")
    if above and below:
        text = say(
            "It is clearly above the city on {above} and below it on {below}.",
            above=say.listing(above),
            below=say.listing(below),
        )
    elif above:
        text = say("It is clearly above the city on {above}.", above=say.listing(above))
    else:
        text = say("It is clearly below the city on {below}.", below=say.listing(below))
    rest = other_areas_alike(say) if len(told) < every else ""
    return " ".join(filter(None, [text, rest]))


def _differences(brief: Brief, side: int, say: Words) -> list[str]:
    return [
        f"{area_name(brief.framework, place.area, say)} ({say.signed(present(place.mean) - place.city)})"
        for place in brief.position.areas
        if place.city_side == side and place.city is not None
    ]


def people_sentence(brief: Brief, say: Words) -> str:
    """How many answered, and what must be said of that."""
    of = brief.round
    if of is None:
        return ""
    if of.status == Status.HIDDEN or not of.shown:
        return hidden_note(brief.hide_below, say)
    parts = []
    if of.responded is not None and of.invited is not None and of.response_rate is not None:
        parts.append(
            say(
                "{responded} of {invited} invited have answered ({share}).",
                responded=say.integer(of.responded),
                invited=say.integer(of.invited),
                share=say.percent(of.response_rate),
            )
        )
    elif of.responded_band:
        parts.append(say("Between five and nine people have answered."))
    elif of.responded is not None:
        parts.append(
            say.plural(
                "{n} person has answered; how many were invited is not known.",
                "{n} people have answered; how many were invited is not known.",
                of.responded,
            )
        )
    parts.append(say.marked(ROUND[Status(of.status)]))
    if of.shown < of.asked:
        parts.append(
            say.plural(
                "{n} of {whole} criteria is hidden, as fewer than {limit} answered on it.",
                "{n} of {whole} criteria are hidden, as fewer than {limit} answered on them.",
                of.asked - of.shown,
                whole=of.asked,
                limit=brief.hide_below,
            )
        )
    return " ".join(filter(None, parts))


def strength_blocks(brief: Brief, say: Words) -> Iterator[Block]:
    """The strongest sides, or where one of them is no strength the highest; nothing where no figure is shown."""
    if not brief.strengths:
        return
    yield Heading(_strength_heading(brief.strengths, say))
    above = any(strength.above_city for strength in brief.strengths)
    side = say.marked(CITY_SIDE[1])
    columns: tuple[PaperColumn[Strength], ...] = (
        PaperColumn(say("Criterion"), lambda found: criterion_name(brief.framework, found.criterion, say), 9),
        PaperColumn(say("The school"), lambda found: _mean(found, brief.framework, say), 2, True),
        PaperColumn(say("The city"), lambda found: "" if found.city is None else say.number(found.city), 2, True),
        PaperColumn(say("Beside the city"), lambda found: side if found.above_city else "", 4, optional=True),
    )
    yield PaperTable.of("", columns, brief.strengths)
    note = " ".join(_strength_notes(brief.strengths, above, say))
    if note:
        yield Paragraph(note, Tone.NOTE)


def _mean(strength: Strength, framework: Framework, say: Words) -> str:
    """The mean, which is the goal's own figure where the goal is about means."""
    if framework.goal.statistic == "mean" and strength.roughly is None:
        return figure_text(strength.mean, framework, say)
    return mean_of_few_text(strength.mean, strength.roughly, say)


def _strength_heading(strengths: tuple[Strength, ...], say: Words) -> str:
    """What is below the goal or clearly below the city is nobody's strength, though it be the school's highest."""
    if len(strengths) == 1:
        return say("The one criterion that is shown")
    if not all(strength.holds for strength in strengths):
        return say("The school's three highest ratings") if len(strengths) == 3 else say("The school's highest ratings")
    return say("Three strengths") if len(strengths) == 3 else say("Two strengths")


def _strength_notes(strengths: tuple[Strength, ...], above: bool, say: Words) -> Iterator[str]:
    """Which of them are below the goal, which clearly below the city, and that none is clearly above it."""
    missed = [strength.criterion for strength in strengths if not strength.met]
    if missed and len(missed) == len(strengths):
        yield say.plural("It lies below the goal.", "All of them lie below the goal.", len(missed))
    elif missed:
        yield say.plural(
            "{criteria} lies below the goal.",
            "{criteria} lie below the goal.",
            len(missed),
            criteria=say.listing(missed),
        )
    below = [strength.criterion for strength in strengths if strength.below_city]
    if below:
        yield say.plural(
            "{criteria} is clearly below the city.",
            "{criteria} are clearly below the city.",
            len(below),
            criteria=say.listing(below),
        )
    elif not above:
        yield say.plural("It is not clearly above the city.", "None of them is clearly above the city.", len(strengths))
