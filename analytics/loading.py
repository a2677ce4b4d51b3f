"""A load, from files to a published version: checked as a whole, then all of it or none of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.intake.files import FileReport, Intake, Reading, take_in
from analytics.intake.readers import Sheet
from analytics.language import Words
from analytics.model import Change, Framework, Problem, Refused, StoreMissing
from analytics.store.reading import SourceFile, Store, version_record
from analytics.store.reference import read_frameworks, read_schools, write_frameworks, write_schools
from analytics.store.versions import read_current
from analytics.store.writing import locked, write_version

ROUND = ("framework", "year", "school_id")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check or a load came to. `version` is the one in force afterwards."""

    version: int | None
    reports: tuple[FileReport, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def check(
    folder: Path, files: Sequence[Path | Sheet], reading: Reading, say: Words, on_step: Callable = lambda: None
) -> Outcome:
    """Validates files against the store and changes nothing. What is loaded already is no problem here."""
    view = Store(folder).current()
    intake = take_in(files, read_frameworks(view), read_schools(view), reading, say, on_step)
    _check_frameworks(intake, read_frameworks(view), None, say)
    return Outcome(view.number, tuple(intake.reports), tuple(intake.problems))


def load(
    folder: Path,
    files: Sequence[Path | Sheet],
    reading: Reading,
    say: Words,
    *,
    loaded_by: str,
    action: str = "load",
    replace: bool = False,
    new_store: bool = False,
    hide_below: int | None = None,
    on_step: Callable[[], None] = lambda: None,
) -> Outcome:
    """Loads files as one new version; raises Refused with every problem, StoreBusy, StoreMissing or StoreBroken.

    `new_store` makes the store; without it there must be one.
    """
    with locked(folder):
        frameworks: tuple[Framework, ...] = ()
        schools, base = (), None
        try:
            view = Store(folder).current()
            frameworks, schools = read_frameworks(view), read_schools(view)
            base = folder / read_current(folder).in_force.answers
            hide_below = hide_below or version_record(view).hide_below
        except StoreMissing:
            if not new_store:
                raise
        intake = take_in(files, frameworks, schools, reading, say, on_step)
        with duckdb.connect(str(base), read_only=True) if base else duckdb.connect() as stored:
            _check_frameworks(intake, frameworks, stored if base else None, say)
            _check_both_ways(intake, say)
            if base and not replace:
                _refuse_what_is_there(intake, frameworks, schools, stored, say)
        if intake.problems:
            raise Refused(intake.problems)

        from analytics.maturity.publish import publish  # statsmodels takes a second to import: only a load pays for it

        after = {framework.id: framework for framework in (*frameworks, *intake.frameworks)}
        hide_below = hide_below or 0

        def change_view(connection: duckdb.DuckDBPyConnection, _: int) -> None:
            write_frameworks(connection, intake.frameworks)
            write_schools(connection, intake.schools)
            publish(connection, after.values(), hide_below, on_step)

        number = write_version(
            folder,
            loaded_by=loaded_by,
            action=action,
            sources=[SourceFile(r.file, r.sha256, r.kind, r.rows) for r in intake.reports],
            hide_below=hide_below,
            change_answers=lambda connection, number: _change_answers(connection, number, intake, reading),
            change_view=change_view,
            on_step=on_step,
        )
        return Outcome(number, tuple(intake.reports), ())


def _change_answers(connection: duckdb.DuckDBPyConnection, number: int, intake: Intake, reading: Reading) -> None:
    """Puts the load's rounds in, each in place of what the store had of it."""
    if intake.participation is not None:
        connection.register("rows", intake.participation.drop_columns(["file", "row"]))
        connection.execute(
            "delete from participation where (framework, year, school_id) in (select framework, year, school_id from rows)"
        )
        connection.execute("insert into participation by name select * from rows")
    rounds = [part.select(ROUND) for part in (intake.answers, intake.counts) if part is not None]
    if not rounds:
        return
    connection.register("rounds", pa.concat_tables(rounds).group_by(list(ROUND)).aggregate([]))
    for table in ("answer", "level_count", "round_source"):
        connection.execute(
            f"delete from {table} where (framework, year, school_id) in (select framework, year, school_id from rounds)"
        )
    for table, part in (("answer", intake.answers), ("level_count", intake.counts)):
        if part is not None:
            connection.register("rows", part.drop_columns(["file", "row"]))
            connection.execute(f"insert into {table} by name select * from rows")
    connection.execute(
        "insert into round_source select framework, year, school_id, ?, ? from rounds",
        [reading.provenance.value, number],
    )


def _check_frameworks(
    intake: Intake, known: Sequence[Framework], stored: duckdb.DuckDBPyConnection | None, say: Words
) -> None:
    """A framework's links must lead somewhere, and a new edition must keep what answers stand under."""
    after = {framework.id: framework for framework in (*known, *intake.frameworks)}
    file_of = {
        f.id: r.file
        for f, r in zip(intake.frameworks, (r for r in intake.reports if r.kind == "framework"), strict=True)
    }
    for framework in intake.frameworks:
        file = file_of[framework.id]
        previous = after.get(framework.previous or "")
        if framework.previous and previous is None:
            text = say("The previous framework is not known.")
            hint = say("Load it in the same call, or before.")
            intake.problems.append(Problem(file, None, "previous", framework.previous, text, hint))
        ids = {criterion.id for criterion in previous.criteria} if previous else set()
        for criterion in framework.criteria:
            if previous and criterion.change is not Change.NEW and criterion.previous not in ids:
                text = say("The previous framework has no such criterion.")
                hint = say("Its criteria are: {ids}.", ids=", ".join(sorted(ids)))
                intake.problems.append(Problem(file, None, f"{criterion.id}.previous", criterion.previous, text, hint))
        if stored is None:
            continue
        for table in ("answer", "level_count"):
            for criterion_id, low, high, first, last in stored.execute(
                f"select criterion, min(level), max(level), min(year), max(year) from {table} where framework = ? group by all order by all",
                [framework.id],
            ).fetchall():
                fits = criterion_id in {criterion.id for criterion in framework.criteria} and (
                    low is None or (low >= framework.scale_min and high <= framework.scale_max)
                )
                if not (fits and framework.covers(first) and framework.covers(last)):
                    text = say("The store holds answers that do not fit the new edition of the framework.")
                    hint = say(
                        "Keep the criterion, its levels and its years, or give the new edition an id of its own."
                    )
                    intake.problems.append(Problem(file, None, "criterion", criterion_id, text, hint))


def _check_both_ways(intake: Intake, say: Words) -> None:
    """One school-round comes as answers or as counts, not as both."""
    if intake.answers is None or intake.counts is None:
        return
    answered = set(zip(*(intake.answers[name].to_pylist() for name in ROUND), strict=True))
    for key, file, row in _first_rows(intake.counts):
        if key in answered:
            text = say("The files hold the round both as answers and as counts.")
            intake.problems.append(Problem(file, row, "school", key[2], text, say("Keep one of them.")))


def _refuse_what_is_there(
    intake: Intake,
    frameworks: Sequence[Framework],
    schools: Sequence,
    stored: duckdb.DuckDBPyConnection,
    say: Words,
) -> None:
    hint = say("Add --replace to replace it.")
    reports = [report for report in intake.reports if report.kind == "framework"]
    known = {framework.id for framework in frameworks}
    for framework, report in zip(intake.frameworks, reports, strict=True):
        if framework.id in known:
            text = say("The framework is in the store already.")
            intake.problems.append(Problem(report.file, None, "id", framework.id, text, hint))
    registered = {school.id for school in schools}
    file = next((report.file for report in intake.reports if report.kind == "schools"), "")
    for school in intake.schools:
        if school.id in registered:
            text = say("The school is in the store already.")
            intake.problems.append(Problem(file, None, "school_id", school.id, text, hint))
    for part, table in (
        (intake.answers, "round_source"),
        (intake.counts, "round_source"),
        (intake.participation, "participation"),
    ):
        if part is None:
            continue
        there = set(stored.execute(f"select framework, year, school_id from {table}").fetchall())
        for key, file, row in _first_rows(part):
            if key in there:
                text = say("{framework} {year} is in the store already for the school.", framework=key[0], year=key[1])
                intake.problems.append(Problem(file, row, "school", key[2], text, hint))


def _first_rows(part: pa.Table) -> list[tuple[tuple, str, int]]:
    """(school-round, file, first row), one a school-round."""
    first = part.group_by(list(ROUND), use_threads=False).aggregate([("file", "first"), ("row", "min")])
    rows = zip(*(first[name].to_pylist() for name in (*ROUND, "file_first", "row_min")), strict=True)
    return [((framework, year, school), file, row) for framework, year, school, file, row in rows]
