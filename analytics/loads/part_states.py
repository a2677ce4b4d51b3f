"""How far each administration's part of a year's report is: what it has come to, who did what when, and what of it was
changed after it was handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.funding.administrations import register_of, reporting
from analytics.funding.register import history
from analytics.funding.sums import projects_in
from analytics.loads.register_rows import texts_of_row
from analytics.model.administrations import Administration, PartStatus, ReportPart
from analytics.model.funding import Funding, Project
from analytics.model.schools import Viewer
from analytics.registers.administrations import REPORT_PARTS
from analytics.registers.field import RowKind
from analytics.registers.funding import BUDGETS, PARTICIPANTS, PARTNERS, PAYMENTS, PROJECTS, VISITS
from analytics.registers.of_the_year import COOPERATIONS, NARRATIVES
from analytics.store.history import WHOLE, Entry, with_what_stood
from analytics.store.reading import View
from analytics.store.rows import read_kept
from analytics.store.scoped import whole_of

OF_A_PROJECT = (BUDGETS, PAYMENTS, PARTNERS, PARTICIPANTS, VISITS)
"""The kinds whose rows are a project's, and so its administration's."""
YEAR_OF = {PAYMENTS: "report_year", VISITS: "year"}
"""The column that says which year a project's row is told in: a later year's is no matter of this one."""


@dataclass(frozen=True, slots=True)
class PartState:
    """An administration's part of a year's report. `handed_in` and `approved`: the save that made it so, with its
    version, of a part that is; `changed`: the projects (by id) and the questions and cooperations (as the register has
    them) that are other than in the version that was handed in."""

    administration: Administration
    status: PartStatus
    deadline: date | None
    note: str | None
    registry_number: str | None
    projects: int
    answers: int
    total_sek: Decimal
    handed_in: Entry | None = None
    approved: Entry | None = None
    changed: tuple[str, ...] = ()


def part_states(view: View, viewer: Viewer, funding: Funding, year: int) -> tuple[PartState, ...]:
    """The parts of the year's report, in the register's order; none where the city has one administration alone.
    Raises NotAllowed for a viewer who may see no school. Of a part that the viewer does not see nothing is told."""
    told = {kept.row.administration: kept for kept in read_kept(view, ReportPart, "year = ?", [year])}
    done = history(view, viewer, REPORT_PARTS.name)
    found = []
    for one in reporting(funding, year):
        kept = told.get(one.id)
        row = kept.row if kept else ReportPart(year, one.id)
        own = register_of(funding, one.id)
        answers = {n.question for n in own.narratives if n.year == year and n.text.strip()}
        handed_in = approved = None
        if kept and row.status.is_in:
            handed_in = _made(done, kept.id, PartStatus.HANDED_IN)
            approved = _made(done, kept.id, PartStatus.APPROVED) if row.status is PartStatus.APPROVED else None
        begun = row.status is PartStatus.NOT_BEGUN and answers
        found.append(
            PartState(
                one,
                PartStatus.DRAFT if begun else row.status,
                row.deadline,
                row.note,
                row.registry_number,
                len(projects_in(own, year)),
                len(answers),
                sum((p.amount_sek for p in own.spent if p.report_year == year), Decimal(0)),
                handed_in,
                approved,
                changed_since(whole_of(view), viewer, one.id, year, handed_in.version) if handed_in else (),
            )
        )
    return tuple(found)


def _made(done: tuple[Entry, ...], row: str, status: PartStatus) -> Entry | None:
    """The latest save by which a part got the status."""
    for entry in reversed(done):
        change = entry.change
        said = (
            change.texts.get("status") if change.field == WHOLE else change.after if change.field == "status" else None
        )
        if change.row == row and not change.removed and said == status:
            return entry
    return None


def changed_since(view: View, viewer: Viewer, administration: str, year: int, version: int) -> tuple[str, ...]:
    """The projects, questions and cooperations of an administration's part that are other than they were in a version:
    what was changed and changed back is not."""
    projects = _projects_of(view, viewer, administration, version)
    found: dict[str, None] = {}
    for kind in (PROJECTS, *OF_A_PROJECT, NARRATIVES, COOPERATIONS):
        for before, after in _other_rows(view, viewer, kind, version):
            for texts in (before, after):
                if texts and (about := _about(kind, texts, administration, year, projects)):
                    found[about] = None
    return tuple(found)


def _about(kind: RowKind, texts: Mapping[str, str], administration: str, year: int, projects: set[str]) -> str:
    """What of the part a row is: a project's id, a question, a cooperation; '' where it is none of it."""
    if kind in (NARRATIVES, COOPERATIONS):
        own = texts.get("administration") == administration and texts.get("year") == str(year)
        return texts["question" if kind is NARRATIVES else "cooperation"] if own else ""
    if kind is PROJECTS:
        return texts["project_id"] if texts.get("administration") == administration else ""
    told_in = int(texts.get(YEAR_OF.get(kind, ""), "") or year)
    return texts["project_id"] if texts["project_id"] in projects and told_in <= year else ""


def _projects_of(view: View, viewer: Viewer, administration: str, version: int) -> set[str]:
    """Those that are its now, or were then."""
    found = {kept.row.id for kept in read_kept(view, Project, "administration = ?", [administration])}
    for before, _ in _other_rows(view, viewer, PROJECTS, version):
        if before and before.get("administration") == administration:
            found.add(before["project_id"])
    return found


def _other_rows(
    view: View, viewer: Viewer, kind: RowKind, version: int
) -> Iterator[tuple[Mapping[str, str] | None, Mapping[str, str] | None]]:
    """A kind's rows that are other than in the version: as they were then and as they are now, None where there was or
    is none. Texts of empty cells are left out or ''."""
    now = {kept.id: texts_of_row(kind, kept.row) for kept in read_kept(view, kind.row)}
    entries = [entry for entry in history(view, viewer, kind.name) if entry.version > version]
    then: dict[str, Mapping[str, str] | None] = {}
    for entry, texts in with_what_stood(entries, now):  # the latest first: the last that is told stood in the version
        then[entry.change.row] = None if entry.change.field == WHOLE and entry.change.added else texts
    for row, before in then.items():
        after = now.get(row)
        if _filled(before) != _filled(after):
            yield before, after


def _filled(texts: Mapping[str, str] | None) -> dict[str, str] | None:
    return None if texts is None else {name: text for name, text in texts.items() if text}
