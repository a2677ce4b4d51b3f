"""A load as it would go, without loading anything: for whoever is asked before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.intake.file_report import FileReport
from analytics.intake.files import FileToLoad, ReadingOptions
from analytics.intake.guard import get_ready
from analytics.loads.adding import NOTHING_REPLACED, AddedRows, ReplacedRows, added_rows, replaced_rows
from analytics.loads.inspection import inspect
from analytics.model.errors import Problem
from analytics.registers.kinds import KIND
from analytics.store.reading import Store
from analytics.store.registers import read_registers
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class LoadTrial:
    """What a load would come to. `problems` must be mended; `there`: what is in the store already, and would have to be
    replaced; `near`: rounds that differ by one to four people from what has been published of them. `answers`: answers
    (a person's on a criterion) that would come, of so many `schools`; `new_schools`: schools that are new;
    `register_rows`: rows of the two registers. `added`: what comes of the registers' rows where they are only added to,
    None where something is there that nothing can be added to; `replaced`: where what is there is replaced."""

    reports: tuple[FileReport, ...]
    problems: tuple[Problem, ...]
    there: tuple[Problem, ...]
    near: tuple[Problem, ...]
    answers: int
    schools: int
    new_schools: int
    register_rows: int = 0
    added: AddedRows | None = None
    replaced: ReplacedRows = NOTHING_REPLACED

    @property
    def adds_something(self) -> bool:
        """Whether anything comes where what is there is left as it is."""
        kinds = {report.kind for report in self.reports}
        return self.added is None or bool(self.added.new) or not kinds <= set(KIND)


def try_out(
    folder: Path,
    files: Sequence[FileToLoad],
    reading: ReadingOptions,
    say: Words,
    on_step: Callable[[], None] = lambda: None,
) -> LoadTrial:
    """Raises StoreMissing or StoreBroken."""
    get_ready(files)
    view = Store(folder).current()
    registers = read_registers(view)
    found = inspect(folder, view, registers, files, reading, say, on_step=on_step)
    intake = found.intake
    rows = (*intake.funding, *intake.dialogues)
    asked = bool(found.there) and not intake.problems
    known = {id_ for (id_,) in view.rows("select id from school")}
    told = 0 if intake.answers is None else len(intake.answers) - intake.answers["level"].null_count
    if intake.counts is not None:
        told += sum(intake.counts["answers"].to_pylist())
    parts = [part["school_id"].to_pylist() for part in (intake.answers, intake.counts) if part is not None]
    return LoadTrial(
        tuple(intake.reports),
        tuple(intake.problems),
        found.there,
        found.near,
        told,
        len({id_ for part in parts for id_ in part}),
        sum(row.school.id not in known for row in intake.schools),
        len(rows),
        added_rows(rows, registers) if asked and not found.whole else None,
        replaced_rows(rows, registers) if asked else NOTHING_REPLACED,
    )
