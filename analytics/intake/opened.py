"""Files as they are opened: what each holds, before anything in it has been checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.intake.apart import combined, first_places
from analytics.intake.file_report import FileReport
from analytics.intake.frameworks import MadeFramework, read_framework
from analytics.intake.kinds import COUNTS, FRAMEWORK_FILE, known_headings, most_rows, tell_kind
from analytics.intake.level_shares import as_counts
from analytics.intake.level_tables import with_levels
from analytics.intake.limits import check_rows
from analytics.intake.parsed import ParsedRow
from analytics.intake.raw import LeftFile, Unreadable, file_name
from analytics.intake.readers import TextTable, as_saved, headings_of, read_sheet
from analytics.intake.reading_options import ReadingOptions
from analytics.intake.register import CityVocabulary
from analytics.intake.round_said import with_round
from analytics.intake.rounds import ROUND
from analytics.intake.schools import SchoolRow
from analytics.model.errors import Problem, Refused
from analytics.model.frameworks import Framework
from analytics.registers.field import FileKind
from analytics.words.language import Words

FirstRows = tuple[tuple[tuple[str, int, str], str, int], ...]


@dataclass
class Intake:
    """What the files hold, checked. The tables have the columns of the answers file, plus `file` and `row`."""

    frameworks: list[tuple[str, Framework]] = field(default_factory=list)  # with the file each is in
    schools: list[SchoolRow] = field(default_factory=list)
    answers: pa.Table | None = None
    counts: pa.Table | None = None
    participation: pa.Table | None = None
    funding: list[ParsedRow] = field(default_factory=list)
    dialogues: list[ParsedRow] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _first: dict[int, tuple[pa.Table, FirstRows]] = field(default_factory=dict, repr=False)

    def let_go(self) -> None:
        """Forgets the answers and counts, which are stored."""
        self.answers = self.counts = None
        self._first.clear()

    def first_rows(self, part: pa.Table, rounds: np.ndarray | None = None) -> FirstRows:
        """(school-round, file, row) where each school-round of one of the tables stands first. It is asked again and
        again, and a table may have a million rows: so it is kept, with the table that it is of. `rounds`: which each
        row is of, where that is known."""
        if id(part) not in self._first:
            rounds = numbered_rounds(part) if rounds is None else rounds
            first = part.take(pa.array(first_places(rounds)))
            framework, year, school, file, row = (first[name].to_pylist() for name in (*ROUND, "file", "row"))
            found = tuple(zip(zip(framework, year, school, strict=True), file, row, strict=True))
            self._first[id(part)] = part, found
        return self._first[id(part)][1]


def numbered_rounds(part: pa.Table) -> np.ndarray:
    """A number a row, which rows of the same school-round have in common."""
    return combined(*(part[name] for name in ROUND))


FileToLoad = Path | LeftFile | TextTable | MadeFramework
"""A file on disk or left on a page, a table that has been read or was made in memory, or a framework."""


def read_files(
    files: Sequence[FileToLoad],
    known: Mapping[str, Framework],
    reading: ReadingOptions,
    say: Words,
    intake: Intake,
    on_file: Callable[[], None] = lambda: None,
    keep: Callable[[TextTable], TextTable] = lambda table: table,
) -> list[TextTable]:
    """The tables in files, as they stand there, each that is read kept as somebody wants it. Frameworks, and what
    cannot be read, go to the intake."""
    frameworks, sheets = dict(known), []
    are_read = not all(isinstance(file, TextTable | MadeFramework) for file in files)
    for framework_files in (True, False):  # what criteria are called tells where a table's headings are
        headings = known_headings(frameworks.values(), say) | headings_of(reading.saved) if are_read else set()
        for file in files:
            if _is_framework(file, reading) is not framework_files:
                continue
            try:
                if isinstance(file, MadeFramework):
                    _take_framework(file.file, file.framework, file.sha256, (), say, intake)
                elif framework_files and not isinstance(file, TextTable):
                    framework, unused, sha256 = read_framework(file, say)
                    _take_framework(file_name(file), framework, sha256, unused, say, intake)
                elif isinstance(file, TextTable):
                    sheets.append(as_saved(file, reading.saved))
                else:
                    sheets.append(keep(as_saved(read_sheet(file, say, reading.sheet, headings), reading.saved)))
            except Refused as refused:
                intake.problems.extend(refused.problems)
            on_file()
        frameworks.update((framework.id, framework) for _, framework in intake.frameworks)
    return sheets


def _is_framework(file: FileToLoad, reading: ReadingOptions) -> bool:
    if isinstance(file, TextTable | MadeFramework):
        return isinstance(file, MadeFramework)
    return file.suffix.lower() == ".toml" or reading.as_ == FRAMEWORK_FILE


def _take_framework(
    name: str, framework: Framework, sha256: str, unused: Sequence[str], say: Words, intake: Intake
) -> None:
    if framework.id in {other.id for _, other in intake.frameworks}:
        text = say("Two of the files hold the framework {framework}.", framework=framework.id)
        raise Refused([Problem(name, None, "id", framework.id, text, say("Keep one of them."))])
    dropped = tuple((key, say("is no key of a framework file; not stored")) for key in unused)
    intake.frameworks.append((name, framework))
    intake.reports.append(FileReport(name, sha256, FRAMEWORK_FILE, len(framework.criteria), dropped))


def kinds_told(
    sheets: Sequence[TextTable], register: CityVocabulary, reading: ReadingOptions, say: Words, intake: Intake
) -> list[tuple[TextTable, FileKind]]:
    """The sheets whose kind is clear, with it."""
    recognised = []
    for sheet in sheets:
        try:
            sheet = with_levels(sheet, register, reading.framework)
            if sheet.told and reading.as_ in (None, COUNTS.name):
                check_rows(len(sheet.rows), say, most_rows(COUNTS))
                sheet = as_counts(sheet, reading, register, say)
            sheet = with_round(sheet, reading)
            kind = tell_kind(sheet, register, say, reading.as_, reading.framework)
            check_rows(len(sheet.rows), say, most_rows(kind))
            recognised.append((sheet, kind))
        except Unreadable as error:
            intake.problems.extend(error.refused(sheet.file).problems)
        except Refused as refused:
            intake.problems.extend(refused.problems)
    return recognised
