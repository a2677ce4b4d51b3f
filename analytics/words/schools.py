"""What schools' stages are called, and that there is nothing to show of a school."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.words.language import N_, Words

STAGE = {  # the register may have stages of its own besides
    "preschool": N_("Preschool"),
    "compulsory": N_("Compulsory school"),
    "upper_secondary": N_("Upper secondary school"),
    "adult": N_("Adult education"),
}


def stage_name(stage: str, say: Words) -> str:
    """A stage as people call it; those that are no word of ours stand as they are in the register."""
    return say.marked(STAGE[stage]) if stage in STAGE else stage


def no_answers(school: str, year: int, say: Words) -> str:
    """The school took no part in the round."""
    return say("{school} has no answers for {year}.", school=school, year=say.round(year))


def nothing_shown(school: str, year: int, say: Words) -> str:
    """Every figure of the school's round is hidden."""
    return say(
        "{school} has too few answers in {year} for any figure to be shown.", school=school, year=say.round(year)
    )


def other_areas_alike(say: Words) -> str:
    """Of the areas that have not been named beside the city's."""
    return say("In the other areas it is level with the city.")


KOLADA = "(Kolada "


def of_kolada(measure: str, kpi: str) -> str:
    """What a figure of Kolada's is called among a school's measures: by that its source is known."""
    return f"{measure} {KOLADA}{kpi})"


def source_of(measures: Iterable[str], say: Words) -> str:
    """Where measures of schools come from, as Kolada asks to be named; '' where none is Kolada's."""
    return say("Source: Kolada.") if any(KOLADA in measure for measure in measures) else ""
