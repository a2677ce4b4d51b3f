"""A load, from files to a published version: checked as a whole, then all of it or none of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from analytics.intake.file_report import FileReport
from analytics.intake.files import FileToLoad, Intake, ReadingOptions, take_in
from analytics.intake.guard import get_ready
from analytics.intake.pipes import read_through
from analytics.intake.waiting import WaitingTables
from analytics.loads.budget_goals import check_that_goals_stay
from analytics.loads.changed_schools import tell_changed_schools
from analytics.loads.changes import changes
from analytics.loads.checks import arriving, check_against_the_store, rounds_of
from analytics.loads.dialogue import ClearedDialogues, check_that_dialogues_fit
from analytics.loads.funding import ClearedFunding
from analytics.loads.inspection import NO_DIALOGUES_CLEARED, NOTHING_CLEARED, Against, inspect, leave_what_is_there
from analytics.loads.look_back import LooksBack
from analytics.loads.nothing_new import holds_anything, is_there_already
from analytics.loads.part_steps import check_parts
from analytics.loads.placing import of_files
from analytics.loads.told_starts import round_starts
from analytics.loads.whose import refuse_others_schools
from analytics.model.errors import Problem, Refused, StoreBroken, StoreMissing
from analytics.store.dialogue import read_dialogues
from analytics.store.funding import read_funding
from analytics.store.history import write_changes
from analytics.store.openness import openness_file
from analytics.store.reading import Store, View, open_answers, version_record
from analytics.store.reference import read_frameworks, read_schools, write_frameworks, write_schools
from analytics.store.registers import Registers, read_registers, write_registers
from analytics.store.sources import SourceFile
from analytics.store.turns import LONGEST, PATIENCE
from analytics.store.versions import read_current
from analytics.store.writing import locked, write_version
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a check or a load came to. `version` is the one in force afterwards; `differing`: the tables in which what
    the same program had published came out otherwise as it was counted anew."""

    version: int | None
    reports: tuple[FileReport, ...]
    problems: tuple[Problem, ...]
    differing: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


class LoadRefused(Refused):
    """A load that was refused, with what became of each file and the version that is still in force."""

    def __init__(self, outcome: LoadOutcome):
        super().__init__(list(outcome.problems))
        self.outcome = outcome


def check(
    folder: Path,
    files: Sequence[FileToLoad],
    reading: ReadingOptions,
    say: Words,
    on_step: Callable = lambda: None,
    add: bool = False,
) -> LoadOutcome:
    """Validates files against the store and changes nothing. What is loaded already is no problem here; with `add` the
    reports' notes say how much of the registers it is."""
    get_ready(files)
    view = Store(folder).current()
    frameworks, schools = read_frameworks(view), read_schools(view)
    funding, dialogues = read_funding(view), read_dialogues(view)
    waiting = WaitingTables(folder)
    intake = take_in(files, frameworks, schools, reading, say, on_step, funding, dialogues, waiting)
    tell_changed_schools(intake, schools, say)
    if add:
        leave_what_is_there(intake, read_registers(view), say)
    intake.problems.extend(refuse_others_schools(folder, intake.schools, say, divided=reading.divided))
    with open_answers(folder / read_current(folder).version(view.number).answers) as stored:
        check_against_the_store(intake, frameworks, stored, say)
    intake.problems.extend(check_that_dialogues_fit(intake.frameworks, intake.dialogues, dialogues, say))
    intake.problems.extend(check_that_goals_stay(intake.funding, funding, say))
    intake.problems.extend(check_parts(intake.funding, funding, NOTHING_CLEARED, say))
    return LoadOutcome(view.number, tuple(intake.reports), tuple(intake.problems))


def load(
    folder: Path,
    files: Sequence[FileToLoad],
    reading: ReadingOptions,
    say: Words,
    *,
    loaded_by: str,
    action: str = "load",
    replace: bool = False,
    add: bool = False,
    i_know: bool = False,
    new_store: bool = False,
    typed: bool = False,
    hide_below: int | None = None,
    cleared: ClearedFunding = NOTHING_CLEARED,
    cleared_dialogues: ClearedDialogues = NO_DIALOGUES_CLEARED,
    unless: Callable[[View | None, Registers], None] = lambda view, registers: None,
    begun: Begun | None = None,
    loaded_already: Collection[str] = (),
    forbidden: Callable[[Registers, Registers], list[Problem]] = lambda before, after: [],
    on_step: Callable[[], None] = lambda: None,
    looks: LooksBack | None = None,
    wait_seconds: float = PATIENCE,
    longest: float = LONGEST,
) -> LoadOutcome:
    """Loads files as one new version; raises LoadRefused with every problem, StoreBusy, StoreMissing or StoreBroken.

    What comes through a pipe is read to its end before the store is held.
    `replace`: what the files hold takes the place of what is there; `add`: of the registers, what is there stays, and
    what is not is put in (no version is made where that is nothing).
    `typed`: the files are what somebody typed on a page, and are noted nowhere as files.
    `i_know`: a round may differ by one to four people from what has been published of it; it is marked (near_copy).
    `new_store` makes the store; without it there must be one. `cleared` and `cleared_dialogues` go from the
    registers first; `unless` sees the version in force once nobody else may write, and stops the load by raising;
    `forbidden` sees the registers before and after, and says what may not become so. `begun`: what whoever saves has
    read of a version, for what is still in force not to be read again. `loaded_already`: SHA-256 of files; where those
    alone come and would `replace` what is there by the same, no version is made. `looks`: as `inspect` has it.
    """
    files = [read_through(file, say) for file in files]
    get_ready(files)
    with locked(folder, wait_seconds, make=new_store, longest=longest):
        view = _in_force(folder, new_store, begun)
        registers = begun.registers if begun and begun.view is view else _registers_of(view)
        unless(view, registers)
        found = inspect(
            folder, view, registers, files, reading, say,
            cleared=cleared, cleared_dialogues=cleared_dialogues, add=add, on_step=on_step, looks=looks,
        )  # fmt: skip
        intake, after, copies = found.intake, found.after, found.copies
        problems = [*intake.problems, *Against(replace, add, i_know).said_by(found)]
        if problems:
            number = view.number if view else None
            raise LoadRefused(LoadOutcome(number, tuple(intake.reports), tuple(problems)))

        nothing_goes = cleared == NOTHING_CLEARED and cleared_dialogues == NO_DIALOGUES_CLEARED
        if view is not None and (add or (files and nothing_goes)):
            known = replace and intake.reports and all(report.sha256 in loaded_already for report in intake.reports)
            there = known and is_there_already(folder, view, registers, intake, reading.provenance)
            if there or not holds_anything(intake):
                return LoadOutcome(view.number, tuple(intake.reports), ())
        figures_stay = view is not None and not hide_below and _figures_stay(view, intake)
        limit = hide_below or (version_record(view).hide_below if view else 0)

        def gone(row: Any) -> bool:
            return cleared.gone(row) or cleared_dialogues.gone(row)

        def change_view(connection: duckdb.DuckDBPyConnection, number: int) -> pa.Table | None:
            worked_out = None
            write_frameworks(connection, arriving(intake).values())
            write_schools(connection, [row.school for row in intake.schools])
            told = (*intake.funding, *intake.dialogues)
            changed = of_files(registers, told, gone, reading.provenance, number, add=add)
            if refused := forbidden(registers, changed):
                raise LoadRefused(LoadOutcome(view.number if view else None, tuple(intake.reports), tuple(refused)))
            write_registers(connection, registers, changed)
            write_changes(connection, changes(registers, changed))
            for round_ in {copy.round for copy in copies if not copy.other}:
                connection.execute("insert into near_copy values (?, ?, ?, ?)", [*round_, number])
            if not figures_stay:
                from analytics.maturity.publish.version import publish  # scipy and statsmodels take seconds to import

                worked_out = publish(connection, after, limit, on_step, in_steps=in_steps(folder))
            round_starts(connection)
            return worked_out

        number = write_version(
            folder,
            loaded_by=loaded_by,
            action=action,
            sources=() if typed else [SourceFile(r.file, r.sha256, r.kind, r.rows) for r in intake.reports],
            hide_below=limit,
            change_answers=lambda connection, number: _change_answers(connection, number, intake, reading),
            change_view=change_view,
            figures_stay=figures_stay,
            begins_as_before=True,
            funding_stays=figures_stay and not intake.funding and cleared == NOTHING_CLEARED,
            names_stay=not intake.frameworks,
            on_step=on_step,
        )
        return LoadOutcome(number, tuple(intake.reports), ())


@dataclass(frozen=True)
class Begun:
    """A version, and what it holds of the registers."""

    view: View
    registers: Registers


def _registers_of(view: View | None) -> Registers:
    return read_registers(view) if view else Registers()


class NewView:
    """The new view while it is made, asked as a finished one is."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self._connection = connection

    def rows(self, sql: str) -> list[tuple]:
        return self._connection.execute(sql).fetchall()


def in_steps(folder: Path) -> bool:
    """Whether rounds are released in steps; where that cannot be read nothing is shown, and nothing is lost by it."""
    try:
        return openness_file(folder).said().in_steps
    except StoreBroken:
        return True


def _figures_stay(view: View, intake: Intake) -> bool:
    """Whether nothing arrives that published figures are made of: funding and dialogues alone, and frameworks that no
    round is of, or that are called otherwise and no more."""
    if intake.schools or intake.answers or intake.counts or intake.participation:
        return False
    if not intake.frameworks:
        return True
    with_rounds = {id_ for (id_,) in view.rows("select distinct framework from school_round")}
    before = {framework.id: framework for framework in read_frameworks(view) if framework.id in with_rounds}
    after = {id_: arriving(intake).get(id_, framework) for id_, framework in before.items()}
    return all(before[id_].counted_by == framework.counted_by for id_, framework in after.items())


def _in_force(folder: Path, new_store: bool, begun: Begun | None) -> View | None:
    try:
        if begun and read_current(folder).number == begun.view.number:
            return begun.view
        return Store(folder).current()
    except StoreMissing:
        if new_store:
            return None
        raise


def _change_answers(
    connection: duckdb.DuckDBPyConnection, number: int, intake: Intake, reading: ReadingOptions
) -> bool:
    """Puts the load's rounds in, each in place of what the store had of it; whether it had anything. The intake
    has them no longer."""
    gone_rows = 0
    connection.register("rounds", rounds_of(intake, intake.answers, intake.counts))
    connection.register("counted", rounds_of(intake, intake.participation))
    for table, gone in (
        ("answer", "rounds"),
        ("level_count", "rounds"),
        ("round_source", "rounds"),
        ("participation", "counted"),
    ):
        gone_rows += connection.execute(
            f"delete from {table} where (framework, year, school_id) in (select framework, year, school_id from {gone})"
        ).fetchall()[0][0]
    for table, part in (
        ("answer", intake.answers),
        ("level_count", intake.counts),
        ("participation", intake.participation),
    ):
        if part is not None:
            empty = [name for name in part.column_names if part[name].null_count == part.num_rows]
            connection.register("rows", part.drop_columns(["file", "row", *empty]))
            connection.execute(f"insert into {table} by name select * from rows")
            connection.unregister("rows")
    connection.execute(
        "insert into round_source select framework, year, school_id, ?, ? from rounds",
        [reading.provenance.value, number],
    )
    intake.let_go()  # of millions of answers: publishing takes them from the store
    return bool(gone_rows)
