"""The cut of what is told of few answers, which a framework keeps for as long as rounds have been told by it.

The share of few answers is told at the goal's level, and bounds at the ends of the scale. Told at another level too,
in another version, the two say how many answered between them: of 10-19 answers most sets would be the only one left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from analytics.intake.files import Intake
from analytics.loads.checks import arriving
from analytics.model.errors import Problem, StoreBroken
from analytics.model.frameworks import Framework
from analytics.store.in_turn import InTurn
from analytics.store.versions import Published
from analytics.words.language import Words

Cut = tuple[int, int, int]
"""The goal's level, the lowest level and the highest."""

TOLD = """
    select id, goal_level, scale_min, scale_max from framework
    where id in (select framework from school_round)
"""


def cuts_of(frameworks: Iterable[Framework]) -> dict[str, Cut]:
    return {f.id: (f.goal.level, f.scale_min, f.scale_max) for f in frameworks}


def refuse_other_cuts(
    folder: Path,
    published: Sequence[Published],
    intake: Intake,
    known: Sequence[Framework],
    files: InTurn,
    say: Words,
) -> list[Problem]:
    """A problem for each framework that arrives with another cut than a version has told rounds by, or else for each
    round that arrives under one."""
    if not intake.frameworks and intake.answers is None and intake.counts is None:
        return []
    now = cuts_of(known) | cuts_of(arriving(intake).values())
    moved = {id_ for id_, cut in _told(folder, published, files) if now.get(id_, cut) != cut}
    if not moved:
        return []
    text = say(
        "Rounds have been published at another goal level or scale: the two side by side would tell what few answered."
    )
    hint = say("Keep the goal's level and the scale, or give the new edition an id of its own.")
    found = [
        Problem(file, None, "goal", str(framework.goal.level), text, hint)
        for file, framework in intake.frameworks
        if framework.id in moved
    ]
    return found or [
        Problem(file, row, "framework", key[0], text, hint)
        for part in (intake.answers, intake.counts)
        if part is not None
        for key, file, row in intake.first_rows(part)
        if key[0] in moved
    ]


def _told(folder: Path, published: Sequence[Published], files: InTurn) -> set[tuple[str, Cut]]:
    """(framework, the cut that its rounds are told by), of all versions that can be read."""
    found = set()
    for version in published:
        with suppress(StoreBroken), files.opened(folder / version.view, has="version") as told:
            found |= {(id_, tuple(cut)) for id_, *cut in told.execute(TOLD).fetchall()}
    return found
