"""What somebody may change who works for some of the city's administrations alone: their own part of the funding
register, as it was and as it becomes; and of the report's part, to hand it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analytics.model.administrations import PartStatus, ReportPart
from analytics.model.errors import Problem
from analytics.model.funding import Cooperation, Narrative, Project
from analytics.model.schools import Viewer
from analytics.registers.field import RowKind
from analytics.registers.kinds import REGISTERS
from analytics.store.registers import Registers
from analytics.words.language import Words

JOIN = "-"
"""Between an administration's id and what it calls a project of its own."""


def not_theirs(viewer: Viewer, before: Registers, after: Registers, say: Words) -> list[Problem]:
    """Why they may not change the registers so; nothing for who may change all."""
    return [] if viewer.administrations is None else list(_not_of(viewer.administrations, before, after, say))


def _not_of(own: frozenset[str], before: Registers, after: Registers, say: Words) -> Iterator[Problem]:
    there, then = ({one.id: one.administration for one in whole.funding.projects} for whole in (after, before))
    for kind in REGISTERS:
        was, now = ({kept.id: kept.row for kept in whole.of(kind)} for whole in (before, after))
        for id_ in dict.fromkeys((*was, *now)):
            old, new = was.get(id_), now.get(id_)
            if old == new:
                continue
            if any(row is not None and _whose(row, of) not in own for row, of in ((old, then), (new, there))):
                text = say("This is another administration's, or the whole city's.")
                hint = say("Your role is limited to some administrations: say which of them it is of.")
                yield _problem(kind, new or old, text, hint, say)
            elif isinstance(new or old, ReportPart) and not _may_become(old, new):
                text = say("Last days, approving and sending back are the city office's.")
                yield _problem(kind, new or old, text, say("You can hand the part in."), say)
            elif isinstance(new, Project) and (old is None or old.id != new.id) and not _is_named(new, after):
                text = say("A new project's id begins with its administration's.")
                hint = say("Write it as {id}.", id=f"{new.administration}{JOIN}{new.id}")
                yield _problem(kind, new, text, hint, say)


def _is_named(project: Project, after: Registers) -> bool:
    """Whether the id is one that no other administration gives: refused because another has it, it would tell that
    there is such a project."""
    ids = sorted((one.id for one in after.funding.administrations), key=len, reverse=True)
    return next((one for one in ids if project.id.startswith(one + JOIN)), None) == project.administration


def _whose(row: Any, projects: dict[str, str | None]) -> str | None:
    """The administration that a row is of; None for what is the whole city's."""
    if isinstance(row, Project | Narrative | Cooperation | ReportPart):
        return row.administration
    project = getattr(row, "project_id", None)
    return projects.get(project) if project else None


def _may_become(old: ReportPart | None, new: ReportPart | None) -> bool:
    """Whether an administration itself may make its part so."""
    if new is None or new.status is PartStatus.APPROVED or (old is not None and old.status.is_in):
        return False
    return new.deadline == (old.deadline if old else None)


def _problem(kind: RowKind, row: Any, text: str, hint: str, say: Words) -> Problem:
    value = getattr(row, "project_id", None) or getattr(row, "id", None) or getattr(row, "administration", None)
    return Problem(say.marked(kind.title), None, kind.problem_column, value, text, hint)
