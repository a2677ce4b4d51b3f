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
FARTHEST = 1.0  # where two schools have no measure in common
SAME = 9  # decimals; distances that differ by less are ties


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A similar school; `distance` 0 (alike in every measure) to 1 (as different as any two, or nothing to compare)."""

    school_id: str
    distance: float
    same_stage: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """The similar schools, those of the same stage first, the nearest before others; and how they were chosen.

    `measures`: what was compared: "pupils", "staff", names of context. `same_stage`, `others`: numbers of schools.
    """

    neighbours: tuple[Neighbour, ...]
    measures: tuple[str, ...]
    same_stage: int
    others: int

    @property
    def too_few(self) -> bool:
        """Whether there are not the eight that a comparison should have, whatever the stage."""
        return len(self.neighbours) < FEWEST


def similar_schools(schools: Sequence[School], school_id: str, among: Collection[str]) -> Similar | None:
    """The schools `among` these ids (those with figures in the round) that are most like the school.

    The ten nearest of the same stage; all of them where they are 8 to 12; where they are fewer, as many of the nearest
    of other stages as make 8, so far as they have a measure in common with the school. Ties are broken by id. Where a
    stage is not known, no stage is the same. None: the school is not in the register.
    """
    register = {school.id: school for school in schools}
    if school_id not in register:
        return None
    own, stage = _measures(register[school_id]), _stage(register[school_id])
    others = {id_: _measures(register[id_]) for id_ in set(among) & register.keys() - {school_id}}
    ranges = _ranges(own, others.values())
    neighbours = []
    for id_, measures in others.items():
        same_stage = stage is not None and _stage(register[id_]) == stage
        if same_stage or own.keys() & measures.keys():  # else nothing says that they are alike
            neighbours.append(Neighbour(id_, _distance(own, measures, ranges), same_stage))
    neighbours.sort(key=lambda neighbour: (not neighbour.same_stage, neighbour.distance, neighbour.school_id))
    alike = sum(neighbour.same_stage for neighbour in neighbours)
    chosen = tuple(neighbours[: COUNT if alike > MOST else max(alike, FEWEST)])
    same_stage = min(alike, len(chosen))
    return Similar(chosen, tuple(ranges), same_stage, len(chosen) - same_stage)


def _measures(school: School) -> dict[str, float]:
    """What is known of a school's size and context; its own pupils and staff go before context that is called so."""
    size = {"pupils": school.pupils, "staff": school.staff}
    known = {name: value for name, value in size.items() if value is not None}
    return known | {name: value for name, value in school.context if name not in known}


def _stage(school: School) -> str | None:
    """The stage as it is compared: F-9, F–9 and f 9 are the same."""
    return " ".join(re.findall(r"\w+", (school.stage or "").casefold())) or None


def _ranges(own: Mapping[str, float], others: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The school's measures that tell schools apart -> the largest less the smallest."""
    others = list(others)
    values = {name: [own[name], *(other[name] for other in others if name in other)] for name in own}
    return {name: max(known) - min(known) for name, known in values.items() if max(known) > min(known)}


def _distance(own: Mapping[str, float], other: Mapping[str, float], ranges: Mapping[str, float]) -> float:
    """Gower's distance, 0 to 1."""
    parts = [abs(own[name] - other[name]) / ranges[name] for name in ranges if name in other]
    return round(fsum(parts) / len(parts), SAME) if parts else FARTHEST
