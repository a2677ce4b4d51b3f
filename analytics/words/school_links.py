"""What became of a school, and what became part of it, in words: the same on pages and on paper."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.model.schools import GoneSchool, SchoolLink
from analytics.words.language import Words


def link_sentence(link: SchoolLink, school_id: str, names: Mapping[str, str], say: Words) -> str:
    """A link as it is told of one of the two; `names`: of both."""
    said = {
        "school": names[link.school],
        "other": names[link.other],
        "day": say.day(link.day),
        "year": say.round(link.first_year),
    }
    if link.school == school_id:
        return _of_itself(link, said, say)
    if link.merged:
        return say(
            "{school} became part of {other} on {day}: figures from {year} on are of both together, and are not"
            " compared with those before.",
            **said,
        )
    return say(
        "{school} was made out of {other} on {day}: figures from {year} on are without it, and are not compared with"
        " those before.",
        **said,
    )


def name_now(school_id: str, names: Mapping[str, str], gone: Mapping[str, GoneSchool], say: Words) -> str:
    """The school's name; of one that is no more, with what has become of it. What was agreed with it stays its own, and
    whoever looks for it must be told where to."""
    name, went = names.get(school_id, school_id), gone.get(school_id)
    if went is None:
        return name
    if went.into is None:
        return say("{school} (closed on {day})", school=name, day=say.day(went.last))
    return say("{school} (now part of {other})", school=name, other=names.get(went.into, went.into))


def _of_itself(link: SchoolLink, said: dict[str, str], say: Words) -> str:
    if link.merged:
        return say("{school} became part of {other} on {day}.", **said)
    return say("{school} was made out of {other} on {day}.", **said)
