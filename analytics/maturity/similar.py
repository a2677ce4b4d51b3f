"""Which schools are like a school: the same stage first, then the nearest by size and by what was loaded of context.

Gower's distance: a mean over the measures that both schools have of their difference, each as a part of the measure's
range. (J. C. Gower: A general coefficient of similarity and some of its properties. Biometrics 27, 1971, 857-871.)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from analytics.model.schools import School

COUNT = 10  # schools that are shown, of the same stage where they are many
FEWEST, MOST = 8, 12  # up to MOST of the same stage are shown, all of them; under FEWEST other stages fill up
SIZE = ("pupils", "staff")
SAME = 9  # decimals; distances that differ by less are ties


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A similar school; `distance` 0 (alike in every measure) to 1 (as different as any two), None where the two have
    no measure in common that tells schools apart: then nothing says how near it is."""

    school_id: str
    distance: float | None
    same_stage: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """The similar schools, those of the same stage first, the nearest before others; and how they were chosen.

    `measures`: what was compared: "pupils", "staff", names of context. `same_stage`, `others`: numbers of schools.
    `of_stage`: how many of the stage there are to choose from, `not_compared` those of them with nothing to compare by
    that were passed over. `as_near`: schools left out though as near as the last one of their kind that was chosen,
    which only comes first by id.
    """

    neighbours: tuple[Neighbour, ...]
    measures: tuple[str, ...]
    same_stage: int
    others: int
    of_stage: int
    not_compared: int
    as_near: int

    @property
    def whole_stage(self) -> bool:
        """Whether they are every school of the stage and no other: then none was chosen for being near."""
        return 0 < self.same_stage == self.of_stage and not self.others

    @property
    def too_few(self) -> bool:
        """Whether there are not the eight that a comparison should have, whatever the stage."""
        return len(self.neighbours) < FEWEST


def similar_schools(schools: Sequence[School], school_id: str, among: Collection[str]) -> Similar | None:
    """The schools `among` these ids (those with figures in the round) that are most like the school.

    The ten nearest of the same stage; all of them where they are 8 to 12; where they are fewer, as many of the nearest
    of other stages as make 8. Nearness chooses only where it tells schools apart: where it is not known of more than
    ten of the stage, or they are all as far, the whole stage is the group, and of other stages none is. Ties are broken
    by id, and counted. Where a stage is not known, no stage is the same. None: the school is not in the register.
    """
    register = {school.id: school for school in schools}
    if school_id not in register:
        return None
    own, stage = _measures(register[school_id]), _stage(register[school_id].stage)
    others = [register[id_] for id_ in set(among) if id_ != school_id and id_ in register]
    known = {name: _known(others, name) for name in own}
    ranges = _ranges(own, known)
    same = {written for written in {each.stage for each in schools} if stage is not None and _stage(written) == stage}

    def found(same_stage: bool) -> list[Neighbour]:
        ids = [school.id for school in others if (school.stage in same) is same_stage]
        return _nearest_first(Neighbour(id_, _distance(own, id_, known, ranges), same_stage) for id_ in ids)

    alike = found(same_stage=True)
    near = [neighbour for neighbour in alike if neighbour.distance is not None]
    if len(alike) > MOST and len(near) > COUNT and _tells_apart(near):
        return _similar(near[:COUNT], near, ranges, len(alike))
    if len(alike) >= FEWEST:
        return _similar(alike, alike, ranges, len(alike))
    room = FEWEST - len(alike)
    rest = [neighbour for neighbour in found(same_stage=False) if neighbour.distance is not None]
    if len(rest) > room and not _tells_apart(rest):
        rest = []  # nothing but their names would choose among them
    return _similar([*alike, *rest[:room]], rest, ranges, len(alike))


def _nearest_first(neighbours: Iterable[Neighbour]) -> list[Neighbour]:
    """Those of whom nothing says how near they are come last; ties by id."""
    return sorted(neighbours, key=lambda n: (n.distance is None, n.distance or 0.0, n.school_id))


def _tells_apart(near: Sequence[Neighbour]) -> bool:
    """Whether some of them, the nearest first, are nearer than others."""
    return near[0].distance != near[-1].distance


def _similar(
    chosen: Sequence[Neighbour], ranked: Sequence[Neighbour], measures: Iterable[str], of_stage: int
) -> Similar:
    """`ranked`: those that the last ones chosen were taken from, the nearest first."""
    taken = {neighbour.school_id for neighbour in chosen}
    left_out = [neighbour.distance for neighbour in ranked if neighbour.school_id not in taken]
    same_stage = sum(neighbour.same_stage for neighbour in chosen)
    cut = len(chosen) < of_stage
    return Similar(
        tuple(chosen),
        tuple(measures),
        same_stage,
        len(chosen) - same_stage,
        of_stage,
        of_stage - len(ranked) if cut else 0,
        left_out.count(chosen[-1].distance) if left_out else 0,
    )


def _measures(school: School) -> dict[str, float]:
    """What is known of a school's size and context; its own pupils and staff go before context that is called so."""
    size = {name: getattr(school, name) for name in SIZE}
    known = {name: value for name, value in size.items() if value is not None}
    return known | {name: value for name, value in school.context if name not in known}


def _stage(written: str | None) -> str | None:
    """The stage as it is compared: F-9, F–9 and f 9 are the same."""
    return " ".join(re.findall(r"\w+", (written or "").casefold())) or None


def _known(schools: Iterable[School], measure: str) -> dict[str, float]:
    """Of the schools that it is known of, by id. One measure after the other: a nation's schools are thousands."""
    column = {}
    if measure in SIZE:
        column = {school.id: value for school in schools if (value := getattr(school, measure)) is not None}
    for school in schools:
        if school.id not in column and measure in (context := dict(school.context)):
            column[school.id] = context[measure]
    return column


def _ranges(own: Mapping[str, float], known: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The school's measures that tell schools apart -> the largest less the smallest."""
    values = {name: [own[name], *known[name].values()] for name in own}
    return {name: max(each) - min(each) for name, each in values.items() if max(each) > min(each)}


def _distance(
    own: Mapping[str, float], other: str, known: Mapping[str, Mapping[str, float]], ranges: Mapping[str, float]
) -> float | None:
    """Gower's distance, 0 to 1; None without a measure in common that tells schools apart."""
    parts = [abs(own[name] - known[name][other]) / ranges[name] for name in ranges if other in known[name]]
    return round(fsum(parts) / len(parts), SAME) if parts else None
