"""The school beside the city and similar schools, in words and as a picture; its strongest sides."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.dialogue.brief import Brief
from analytics.dialogue.brief_stand import Place
from analytics.documents.brief.names import area_name, criterion_name, cut, goal_level
from analytics.documents.paper.shapes import (
    Block,
    Column,
    DotLine,
    Dots,
    Field,
    Fields,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from analytics.language import Words
from analytics.model import Status

AREAS = 9  # rows of the picture


def place_sentence(brief: Brief, say: Words) -> str:
    """Where the school stands beside the city, by how much, and on what it can be told apart."""
    whole, figures = brief.position.whole, {"school": brief.school.name, "year": brief.year}
    if brief.round is None:
        return f"{say('{school} has no answers for {year}.', **figures)} {_earlier(brief, say)}".rstrip()
    if whole.mean is None:
        few = say("{school} has too few answers in {year} for any figure to be shown.", **figures)
        return f"{few} {_earlier(brief, say)}".rstrip()
    stands = say(
        "{school} has the mean {mean} over all areas ({low}–{high} when chance is reckoned with).",
        school=brief.school.name,
        mean=say.number(whole.mean),
        low=say.number(whole.low),
        high=say.number(whole.high),
    )
    return " ".join(filter(None, [stands, _beside(brief, say), _sides(brief, say)]))


def _earlier(brief: Brief, say: Words) -> str:
    """The latest figures there are, where this round has none."""
    if brief.earlier is None:
        return ""
    mean = say.number(brief.earlier.mean)
    return say(
        "Its latest figures are of {year}: the mean over all areas was {mean}.", year=brief.earlier.year, mean=mean
    )


def _beside(brief: Brief, say: Words) -> str:
    """The city's and the similar schools' means."""
    whole = brief.position.whole
    if whole.city is None:
        return ""
    if whole.similar is None:
        return say("The city has {city}.", city=say.number(whole.city))
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
        return say("No area can be told apart from the city's.")
    if every > 1 and len(above) == every:
        return say("It lies clearly above the city on every area.")
    if every > 1 and len(below) == every:
        return say("It lies clearly below the city on every area.")
    if above and below:
        text = say(
            "It lies clearly above the city on {above} and below it on {below}.",
            above=say.listing(above),
            below=say.listing(below),
        )
    elif above:
        text = say("It lies clearly above the city on {above}.", above=say.listing(above))
    else:
        text = say("It lies clearly below the city on {below}.", below=say.listing(below))
    rest = say("On the other areas no difference can be seen.") if len(told) < every else ""
    return " ".join(filter(None, [text, rest]))


def _differences(brief: Brief, side: int, say: Words) -> list[str]:
    return [
        f"{area_name(brief.framework, place.area, say)} ({say.signed(place.mean - place.city)})"
        for place in brief.position.areas
        if place.city_side == side and place.city is not None
    ]


def people_sentence(brief: Brief, say: Words) -> str:
    """How many answered, and what must be said of that."""
    of = brief.round
    if of is None:
        return ""
    if of.status == Status.HIDDEN or not of.shown:
        return say(
            "Figures that fewer than {n} answers stand behind are hidden, so that nobody can be picked out.",
            n=brief.hide_below,
        )
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
    elif of.responded is not None:
        parts.append(
            say.plural(
                "{n} person has answered; how many were invited is not known.",
                "{n} people have answered; how many were invited is not known.",
                of.responded,
            )
        )
    if of.status == Status.LOW_RESPONSE:
        parts.append(
            say("Under half of the invited responded: those who did may think differently from those who did not.")
        )
    if of.status == Status.UNCERTAIN:
        parts.append(say("Few people responded: the figures are uncertain, as the intervals show."))
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
    return " ".join(parts)


def key_figures(brief: Brief, say: Words) -> Iterator[Fields]:
    """The four figures that the eye looks for first; none where nothing is shown."""
    of, whole = brief.round, brief.position.whole
    if of is None or whole.mean is None:
        return
    fields = [Field(say("The school's mean, all criteria"), (say.number(whole.mean),), 3)]
    if whole.city is not None:
        beside = [say.number(value) for value in (whole.city, whole.similar) if value is not None]
        label = say("The city") if whole.similar is None else say("The city; similar schools")
        fields.append(Field(label, ("; ".join(beside),), 3))
    reached = say("{part} of {whole}", part=say.integer(of.at_goal), whole=say.integer(of.shown))
    fields.append(Field(say("Criteria at the goal"), (reached,), 3))
    if of.responded is not None:
        answered = say.integer(of.responded)
        if of.invited is not None:
            answered = say("{part} of {whole}", part=answered, whole=say.integer(of.invited))
        fields.append(Field(say("Have answered"), (answered,), 3))
    yield Fields((tuple(fields),))


def dots_block(brief: Brief, say: Words) -> Dots:
    """The areas and all of them together on the level scale."""
    framework, places = brief.framework, brief.position.areas[:AREAS]
    lines = [_line(brief, brief.position.whole, say("All areas"), say, bold=True)]
    lines += [_line(brief, place, area_name(framework, place.area, say), say) for place in places]
    left_out = len(brief.position.areas) - len(places)
    note = (
        say.plural(
            "{n} more area is on the page My school (/skola).",
            "{n} more areas are on the page My school (/skola).",
            left_out,
        )
        if left_out
        else ""
    )
    names = framework.labels(say.language)
    return Dots(
        caption=say("The areas in {year}, means", year=brief.year),
        alt=say(
            "Dots with intervals per area: the school, the city and similar schools. {lines}.",
            lines="; ".join(_told(line, say) for line in lines),
        ),
        lowest=framework.scale_min,
        names=tuple(cut(name, 24) for name in names),
        goal=framework.goal.level,
        goal_name=say("the goal: {goal}", goal=goal_level(framework, say)),
        lines=tuple(lines),
        value_name=say("the school, with a 95 % interval"),
        city_name=say.plural(
            "the city, mean of {n} school", "the city, mean of {n} schools", brief.position.city_schools
        ),
        similar_name=say.plural(
            "similar schools, mean of {n}", "similar schools, mean of {n}", brief.position.similar_schools
        )
        if brief.position.similar_schools
        else "",
        note=note,
    )


def _line(brief: Brief, place: Place, label: str, say: Words, bold: bool = False) -> DotLine:
    absent = "" if place.mean is not None else say("too few answers") if place.asked else say("no answers")
    return DotLine(label, place.mean, place.low, place.high, place.city, place.similar, absent, bold)


def _told(line: DotLine, say: Words) -> str:
    """A row of the picture in words."""
    figures = []
    if line.value is None:
        figures.append(line.absent)
    else:
        low, high = say.number(line.low), say.number(line.high)
        figures.append(say("{value} ({low}–{high})", value=say.number(line.value), low=low, high=high))
    if line.city is not None:
        figures.append(say("the city {value}", value=say.number(line.city)))
    if line.similar is not None:
        figures.append(say("similar schools {value}", value=say.number(line.similar)))
    return f"{line.label}: {', '.join(figures)}"


def strength_blocks(brief: Brief, say: Words) -> Iterator[Block]:
    """The strongest sides; nothing where no figure is shown."""
    if not brief.strengths:
        return
    yield Heading(
        say.plural("The one criterion that is shown", "{n} strengths", len(brief.strengths))
        if len(brief.strengths) != 3
        else say("Three strengths")
    )
    above = any(strength.above_city for strength in brief.strengths)
    rows = [
        (
            criterion_name(brief.framework, strength.criterion, say),
            say.number(strength.mean),
            "" if strength.city is None else say.number(strength.city),
            *([say("clearly above the city") if strength.above_city else ""] if above else []),
        )
        for strength in brief.strengths
    ]
    columns = (
        Column(say("Criterion"), 9),
        Column(say("The school"), 2, True),
        Column(say("The city"), 2, True),
        *([Column(say("Beside the city"), 4)] if above else []),
    )
    yield Table("", columns, tuple(rows))
    if not above:
        yield Paragraph(say("The school's own highest; none of them is clearly above the city."), Tone.NOTE)
