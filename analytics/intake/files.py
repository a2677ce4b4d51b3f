"""All the files of one load, checked together: every problem of every file at once, or what the files hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, islice
from operator import attrgetter

import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.checked_tables import narrowed, together
from analytics.intake.columns import SheetCheck
from analytics.intake.file_report import report_of
from analytics.intake.form import check_form
from analytics.intake.frameworks import MadeFramework
from analytics.intake.kinds import (
    KOLADA,
    LISTS_OF_SCHOOLS,
    PROJECT_LIST,
    SCHOOL_UNITS,
)
from analytics.intake.known_rows import KnownRows
from analytics.intake.limits import (
    MOST_FAULTS,
    too_many_faults,
)
from analytics.intake.opened import FileToLoad, Intake, kinds_told, numbered_rounds, read_files
from analytics.intake.outside.kolada import check_kolada
from analytics.intake.outside.project_list import sheets_of_list
from analytics.intake.outside.school_units import check_school_units
from analytics.intake.parsed import repeated_rows
from analytics.intake.raw import Unreadable, file_name
from analytics.intake.readers import TextTable
from analytics.intake.reading_options import ReadingOptions
from analytics.intake.register import CityVocabulary
from analytics.intake.rounds import (
    ROUND,
    check_answers,
    check_counts,
    check_participation,
    number_respondents,
    repeated_cells,
)
from analytics.intake.rows import check_registers
from analytics.intake.rows_between import without_sums
from analytics.intake.school_links import with_links
from analytics.intake.schools import check_schools, said_twice
from analytics.intake.waiting import WaitingTables
from analytics.model.dialogue import Dialogues
from analytics.model.frameworks import Framework
from analytics.model.funding import Funding
from analytics.model.provenance import Provenance
from analytics.model.schools import School
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.field import FileKind
from analytics.registers.funding import FUNDING
from analytics.registers.kinds import KIND_OF, REGISTERS
from analytics.words.language import Words


def take_in(
    files: Sequence[FileToLoad],
    known_frameworks: Iterable[Framework],
    known_schools: Iterable[School],
    reading: ReadingOptions,
    say: Words,
    on_file: Callable[[], None] = lambda: None,
    known_funding: Funding | None = None,
    known_dialogues: Dialogues | None = None,
    waiting: WaitingTables | None = None,
) -> Intake:
    """Reads and checks files (or tables made in memory) in the light of what the store holds already. `waiting`: where
    large ones are until their turn comes; None: in memory."""
    intake = Intake()
    frameworks = {framework.id: framework for framework in known_frameworks}
    keep = waiting.put if waiting else lambda table: table
    sheets = read_files(files, frameworks, reading, say, intake, on_file, keep)
    frameworks.update((framework.id, framework) for _, framework in intake.frameworks)
    recognised = kinds_told(sheets, CityVocabulary(frameworks.values(), (), say), reading, say, intake)
    register = CityVocabulary(
        frameworks.values(), _take_schools(recognised, known_schools, reading, say, intake).values(), say
    )
    recognised = [(without_sums(sheet.as_kept(), register.knows_school, say), kind) for sheet, kind in recognised]
    tables: dict[str, list[pa.Table]] = {"answers": [], "counts": [], "participation": []}
    funding = known_funding or Funding()
    listed = _take_project_lists(recognised, funding, register, reading, say, intake)
    known = KnownRows(funding, known_dialogues or Dialogues())
    _take_registers(recognised, listed, known, register, reading, say, intake)
    for sheet, kind in recognised:
        if kind not in (*LISTS_OF_SCHOOLS, PROJECT_LIST, *REGISTERS):
            check = SheetCheck(sheet.as_kept(), kind, register, say)
            part, table = _check_round(check, reading)
            if table.num_rows:
                tables[part].append(narrowed(table))
            _put_down(check, intake)
            del check, table  # the next one's texts are not to be there beside this one's
            if waiting:
                waiting.let_go()
        on_file()
    for name, parts in tables.items():
        setattr(intake, name, together(parts) if parts else None)
    _check_repeated(intake, say)
    _in_order(intake, files, say)
    return intake


def _take_schools(
    recognised: Sequence[tuple[TextTable, FileKind]],
    known: Iterable[School],
    reading: ReadingOptions,
    say: Words,
    intake: Intake,
) -> dict[str, School]:
    """Checks what tells of schools; returns the register as it will be."""
    before = {school.id: school for school in known}
    for sheet, kind in ((sheet, kind) for sheet, kind in recognised if kind in LISTS_OF_SCHOOLS):
        sheet = without_sums(sheet, lambda _: False, say)
        check = SheetCheck(sheet, kind, CityVocabulary((), (), say), say)
        said = check, sheet.provenance or reading.provenance, before
        if kind is SCHOOL_UNITS:
            intake.schools.extend(check_school_units(*said, reading.municipality))
        else:
            intake.schools.extend(check_kolada(*said) if kind is KOLADA else check_schools(*said))
        _put_down(check, intake)
    intake.problems.extend(said_twice(intake.schools, before, say))
    intake.schools, problems = with_links(intake.schools, before, say)
    intake.problems.extend(problems)
    return before | {row.school.id: row.school for row in intake.schools}


def _take_project_lists(
    recognised: Sequence[tuple[TextTable, FileKind]],
    known: Funding,
    register: CityVocabulary,
    reading: ReadingOptions,
    say: Words,
    intake: Intake,
) -> list[SheetCheck]:
    """The sheets of registers that are in lists of projects."""
    found = []
    for sheet, kind in recognised:
        if kind is PROJECT_LIST:
            check = SheetCheck(sheet, kind, register, say)
            sheets = sheets_of_list(check, reading.projects, known)
            found += [SheetCheck(own, own_kind, register, say) for own, own_kind in sheets]
            _put_down(check, intake)
    return found


def _take_registers(
    recognised: Sequence[tuple[TextTable, FileKind]],
    listed: Sequence[SheetCheck],
    known: KnownRows,
    register: CityVocabulary,
    reading: ReadingOptions,
    say: Words,
    intake: Intake,
) -> None:
    """Checks the files of the registers together, as they lean on each other."""

    def where_from(check: SheetCheck) -> Provenance:
        return check.sheet.provenance or reading.provenance

    checks = [SheetCheck(sheet, kind, register, say) for sheet, kind in recognised if kind in REGISTERS]
    rows = check_registers([*checks, *listed], known, where_from)
    intake.funding = [one for one in rows if KIND_OF[type(one.row)] in FUNDING]
    intake.dialogues = [one for one in rows if KIND_OF[type(one.row)] in DIALOGUE]
    for check in checks:
        _put_down(check, intake)
    intake.problems.extend(problem for check in listed for problem in check.problems)
    intake.problems.extend(repeated_rows(rows, say))


def _check_round(check: SheetCheck, reading: ReadingOptions) -> tuple[str, pa.Table]:
    """Which of the intake's tables the sheet belongs to, and what it adds."""
    match check.kind.name:
        case "counts":
            return "counts", check_counts(check)
        case "participation":
            return "participation", check_participation(check)
        case "form":
            return "answers", check_form(check, reading.framework, reading.year, reading.school)
    return "answers", check_answers(check)


def _put_down(check: SheetCheck, intake: Intake) -> None:
    """Reports a sheet that was checked."""
    intake.reports.append(report_of(check))
    intake.problems.extend(check.problems)


def _check_repeated(intake: Intake, say: Words) -> None:
    """Nothing may be told twice, whichever files of the call tell it."""
    if intake.answers is not None:
        rounds = numbered_rounds(intake.answers)
        numbers, problems = number_respondents(intake.answers, rounds, say)
        intake.problems.extend(problems)
        place = intake.answers.column_names.index("respondent")
        intake.answers = intake.answers.set_column(place, "respondent", numbers)
        intake.first_rows(intake.answers, rounds)
    if intake.counts is not None:
        rows = intake.counts.filter(pc.is_null(intake.counts["level"]))
        intake.problems.extend(repeated_cells(rows, (*ROUND, "criterion"), "criterion", say))
    if intake.participation is not None:
        intake.problems.extend(repeated_cells(intake.participation, ROUND, "school", say))


def _in_order(intake: Intake, files: Sequence[FileToLoad], say: Words) -> None:
    """Reports and problems as the files were named; problems from the top of a file to its end, as many as are told."""
    place: dict[str, int] = {}
    for file in files:
        name = file.file if isinstance(file, TextTable | MadeFramework) else file_name(file)
        place.setdefault(name, len(place))
    intake.reports.sort(key=lambda report: place[report.file])
    intake.problems.sort(key=lambda problem: (place[problem.file], problem.row or 0))
    told = []
    for file, group in groupby(intake.problems, key=attrgetter("file")):
        problems = list(islice(group, MOST_FAULTS + 1))
        if len(problems) > MOST_FAULTS:
            problems[-1:] = Unreadable(too_many_faults(say)).refused(file).problems
        told += problems
    intake.problems = told
