"""All the files of one load, checked together: every problem of every file at once, and what they hold if there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from analytics.intake.columns import Check
from analytics.intake.frameworks import read_framework
from analytics.intake.kinds import FORM, FRAMEWORK_FILE, Kind, ignored_headings, tell_kind
from analytics.intake.readers import Sheet, read_sheet, sha256_of
from analytics.intake.register import Register
from analytics.intake.rounds import check_answers, check_counts, check_form, check_participation, number_respondents
from analytics.intake.schools import check_schools, taken_over
from analytics.language import Words
from analytics.model import Framework, Problem, Provenance, Refused, School


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are to be read: what the caller said outright, and where the data comes from."""

    as_: str | None = None
    framework: str | None = None
    year: int | None = None
    sheet: str | None = None
    provenance: Provenance = Provenance.IMPORTED


@dataclass
class FileReport:
    """What became of one file: its kind and rows, and the columns that were not stored, with the reason."""

    file: str
    sha256: str
    kind: str
    rows: int
    dropped: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Intake:
    """What the files hold, checked. The tables have the columns of the answers file, plus `file` and `row`."""

    frameworks: list[Framework] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    answers: pa.Table | None = None
    counts: pa.Table | None = None
    participation: pa.Table | None = None
    reports: list[FileReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def take_in(
    files: Sequence[Path | Sheet],
    known_frameworks: Iterable[Framework],
    known_schools: Iterable[School],
    reading: Reading,
    say: Words,
    on_file: Callable[[], None] = lambda: None,
) -> Intake:
    """Reads and checks files (or tables made in memory) in the light of what the store holds already."""
    intake = Intake()
    sheets = _read_all(files, reading, say, intake, on_file)
    frameworks = {framework.id: framework for framework in known_frameworks}
    frameworks.update((framework.id, framework) for framework in intake.frameworks)
    schools = {school.id: school for school in known_schools}
    for sheet, kind in sheets:
        if kind.name == "schools":
            check = Check(sheet, kind, Register(frameworks.values(), schools.values(), say), say)
            for school in check_schools(check, reading.provenance):
                school = taken_over(school, schools.get(school.id))
                schools[school.id] = school
                intake.schools.append(school)
            intake.problems.extend(check.problems)
    register = Register(frameworks.values(), schools.values(), say)
    tables: dict[str, list[pa.Table]] = {"answers": [], "counts": [], "participation": []}
    for sheet, kind in sheets:
        try:
            _check_round(sheet, kind, register, reading, say, intake, tables)
        except Refused as refused:
            intake.problems.extend(refused.problems)
        on_file()
    for name, parts in tables.items():
        parts = [part for part in parts if part.num_rows]
        setattr(intake, name, pa.concat_tables(parts) if parts else None)
    if intake.answers is not None:
        numbers, problems = number_respondents(intake.answers, say)
        intake.problems.extend(problems)
        place = intake.answers.column_names.index("respondent")
        intake.answers = intake.answers.set_column(place, "respondent", numbers)
    return intake


def _read_all(
    files: Sequence[Path | Sheet], reading: Reading, say: Words, intake: Intake, on_file: Callable[[], None]
) -> list[tuple[Sheet, Kind]]:
    sheets = []
    for file in files:
        try:
            if isinstance(file, Path) and (file.suffix.lower() == ".toml" or reading.as_ == FRAMEWORK_FILE):
                framework, unused = read_framework(file, say)
                if framework.id in {other.id for other in intake.frameworks}:
                    text = say("Two of the files hold the framework {framework}.", framework=framework.id)
                    raise Refused([Problem(str(file), None, "id", framework.id, text, say("Keep one of them."))])
                intake.frameworks.append(framework)
                dropped = [(key, say("is no key of a framework file; not stored")) for key in unused]
                criteria = len(framework.criteria)
                intake.reports.append(FileReport(str(file), sha256_of(file), FRAMEWORK_FILE, criteria, dropped))
                continue
            sheet = file if isinstance(file, Sheet) else read_sheet(file, say, reading.sheet)
            sheets.append((sheet, tell_kind(sheet, say, reading.as_, reading.framework is not None)))
        except Refused as refused:
            intake.problems.extend(refused.problems)
        finally:
            on_file()
    return sheets


def _check_round(
    sheet: Sheet, kind: Kind, register: Register, reading: Reading, say: Words, intake: Intake, tables: dict
) -> None:
    dropped = [(heading, say("is no column of the kind; not stored")) for heading in ignored_headings(sheet, kind)]
    check = Check(sheet, kind, register, say)
    match kind.name:
        case "answers":
            tables["answers"].append(check_answers(check))
        case "counts":
            tables["counts"].append(check_counts(check))
        case "participation":
            tables["participation"].append(check_participation(check))
        case FORM.name:
            table, problems, dropped = check_form(sheet, register, say, reading.framework, reading.year)
            tables["answers"].append(table)
            check.problems.extend(problems)
    intake.reports.append(FileReport(sheet.file, sheet.sha256, kind.name, len(sheet.rows), dropped))
    intake.problems.extend(check.problems)
