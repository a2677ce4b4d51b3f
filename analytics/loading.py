"""A load, from files to a published version: checked as a whole, then all of it or none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.intake.files import FileReport, Intake, Reading, take_in
from analytics.intake.readers import Sheet
from analytics.intake.rounds import ROUND
from analytics.language import Words
from analytics.model import Change, Framework, Problem, Refused, School, StoreMissing
from analytics.store.reading import SourceFile, Store, View, open_answers, version_record
from analytics.store.reference import read_frameworks, read_schools, write_frameworks, write_schools
from analytics.store.versions import read_current
from analytics.store.writing import locked, write_version

NO_ROUNDS = pa.schema([("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string())]).empty_table()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check or a load came to. `version` is the one in force afterwards."""

    version: int | None
    reports: tuple[FileReport, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


class LoadRefused(Refused):
    """A load that was refused, with what became of each file and the version that is still in force."""

    def __init__(self, outcome: Outcome):
        super().__init__(list(outcome.problems))
        self.outcome = outcome


def check(
    folder: Path, files: Sequence[Path | Sheet], reading: Reading, say: Words, on_step: Callable = lambda: None
) -> Outcome:
    """Validates files against the store and changes nothing. What is loaded already is no problem here."""
    view = Store(folder).current()
    frameworks = read_frameworks(view)
    intake = take_in(files, frameworks, read_schools(view), reading, say, on_step)
    with open_answers(folder / read_current(folder).version(view.number).answers) as stored:
        _check_beside_the_store(intake, frameworks, stored, say)
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
    """Loads files as one new version; raises LoadRefused with every problem, StoreBusy, StoreMissing or StoreBroken.

    `new_store` makes the store; without it there must be one.
    """
    with locked(folder, make=new_store):
        view = _in_force(folder, new_store)
        frameworks = read_frameworks(view) if view else ()
        schools = read_schools(view) if view else ()
        intake = take_in(files, frameworks, schools, reading, say, on_step)
        answers = open_answers(folder / read_current(folder).in_force.answers) if view else nullcontext()
        with answers as stored:
            _check_beside_the_store(intake, frameworks, stored, say)
            if stored and not replace:
                _refuse_what_is_there(intake, frameworks, schools, stored, say)
        if intake.problems:
            number = view.number if view else None
            raise LoadRefused(Outcome(number, tuple(intake.reports), tuple(intake.problems)))

        from analytics.maturity.publish import publish  # statsmodels takes a second to import: only a load pays for it

        after = {framework.id: framework for framework in (*frameworks, *_arriving(intake).values())}
        limit = hide_below or (version_record(view).hide_below if view else 0)

        def change_view(connection: duckdb.DuckDBPyConnection, _: int) -> None:
            write_frameworks(connection, _arriving(intake).values())
            write_schools(connection, [row.school for row in intake.schools])
            publish(connection, after.values(), limit, on_step)

        number = write_version(
            folder,
            loaded_by=loaded_by,
            action=action,
            sources=[SourceFile(r.file, r.sha256, r.kind, r.rows) for r in intake.reports],
            hide_below=limit,
            change_answers=lambda connection, number: _change_answers(connection, number, intake, reading),
            change_view=change_view,
            on_step=on_step,
        )
        return Outcome(number, tuple(intake.reports), ())


def _in_force(folder: Path, new_store: bool) -> View | None:
    try:
        return Store(folder).current()
    except StoreMissing:
        if new_store:
            return None
        raise


def _arriving(intake: Intake) -> dict[str, Framework]:
    return {framework.id: framework for _, framework in intake.frameworks}


def _rounds(*parts: pa.Table | None) -> pa.Table:
    """The different school-rounds of these tables."""
    rounds = [part.select(ROUND) for part in parts if part is not None]
    return pa.concat_tables(rounds).group_by(list(ROUND)).aggregate([]) if rounds else NO_ROUNDS


def _change_answers(connection: duckdb.DuckDBPyConnection, number: int, intake: Intake, reading: Reading) -> None:
    """Puts the load's rounds in, each in place of what the store had of it."""
    connection.register("rounds", _rounds(intake.answers, intake.counts))
    connection.register("counted", _rounds(intake.participation))
    for table, gone in (
        ("answer", "rounds"),
        ("level_count", "rounds"),
        ("round_source", "rounds"),
        ("participation", "counted"),
    ):
        connection.execute(
            f"delete from {table} where (framework, year, school_id) in (select framework, year, school_id from {gone})"
        )
    for table, part in (
        ("answer", intake.answers),
        ("level_count", intake.counts),
        ("participation", intake.participation),
    ):
        if part is not None:
            connection.register("rows", part.drop_columns(["file", "row"]))
            connection.execute(f"insert into {table} by name select * from rows")
    connection.execute(
        "insert into round_source select framework, year, school_id, ?, ? from rounds",
        [reading.provenance.value, number],
    )


def _check_beside_the_store(
    intake: Intake, frameworks: Sequence[Framework], stored: duckdb.DuckDBPyConnection | None, say: Words
) -> None:
    """What shows only when the files are seen together with each other and with what the store holds."""
    _check_links(intake, frameworks, say)
    _check_both_ways(intake, say)
    if stored:
        _check_that_answers_fit(intake, {framework.id for framework in frameworks}, stored, say)


def _check_links(intake: Intake, known: Sequence[Framework], say: Words) -> None:
    """A framework's links must lead somewhere, those of frameworks that stand on a replaced one too."""
    after = {framework.id: framework for framework in known} | _arriving(intake)
    file_of = {framework.id: file for file, framework in intake.frameworks}
    for framework in after.values():
        file = file_of.get(framework.id) or file_of.get(framework.previous or "")
        if file is None or framework.previous is None:
            continue
        previous = after.get(framework.previous)
        if previous is None:
            text = say("The previous framework is not known.")
            hint = say("Load it in the same call, or before.")
            intake.problems.append(Problem(file, None, "previous", framework.previous, text, hint))
            continue
        if _in_a_circle(framework.id, after):
            text = say("The frameworks replace each other in a circle.")
            intake.problems.append(
                Problem(file, None, "previous", framework.previous, text, say("Name the one before it."))
            )
        ids = [criterion.id for criterion in previous.criteria]
        for criterion in framework.criteria:
            if criterion.change is not Change.NEW and criterion.previous not in ids:
                text = say("The previous framework has no such criterion.")
                hint = say("Its criteria are: {ids}.", ids=", ".join(ids))
                where = (
                    f"{criterion.id}.previous" if framework.id in file_of else f"{framework.id}.{criterion.id}.previous"
                )
                intake.problems.append(Problem(file, None, where, criterion.previous, text, hint))


def _in_a_circle(start: str, frameworks: Mapping[str, Framework]) -> bool:
    """Whether a framework comes back to itself along its previous ones."""
    seen, here = set(), frameworks[start].previous
    while here in frameworks and here not in seen:
        if here == start:
            return True
        seen.add(here)
        here = frameworks[here].previous
    return False


def _check_that_answers_fit(intake: Intake, known: set[str], stored: duckdb.DuckDBPyConnection, say: Words) -> None:
    """A new edition of a framework must keep what answers stand under, unless the call replaces those rounds too."""
    stored.register("arriving", _rounds(intake.answers, intake.counts))
    for file, framework in intake.frameworks:
        if framework.id not in known:
            continue
        held = stored.execute(
            """
            with held as (
                select year, school_id, criterion, level from answer where framework = $framework
                union all
                select year, school_id, criterion, level from level_count where framework = $framework and answers > 0
            )
            select criterion, min(level), max(level), min(year), max(year) from held
            where (year, school_id) not in (select year, school_id from arriving where framework = $framework)
            group by criterion order by criterion
            """,
            {"framework": framework.id},
        ).fetchall()
        ids = {criterion.id for criterion in framework.criteria}
        for criterion, low, high, first, last in held:
            on_scale = low is None or (low >= framework.scale_min and high <= framework.scale_max)
            if not (criterion in ids and on_scale and framework.covers(first) and framework.covers(last)):
                text = say("The store holds answers that do not fit the new edition of the framework.")
                hint = say("Keep the criterion, its levels and its years, or give the new edition an id of its own.")
                intake.problems.append(Problem(file, None, "criterion", criterion, text, hint))


def _check_both_ways(intake: Intake, say: Words) -> None:
    """One school-round comes as answers or as counts, not as both."""
    if intake.answers is None or intake.counts is None:
        return
    answered = {key for key, _, _ in _first_rows(intake.answers)}
    for key, file, row in _first_rows(intake.counts):
        if key in answered:
            text = say("The files hold the round both as answers and as counts.")
            intake.problems.append(Problem(file, row, "school", key[2], text, say("Keep one of them.")))


def _refuse_what_is_there(
    intake: Intake,
    frameworks: Sequence[Framework],
    schools: Sequence[School],
    stored: duckdb.DuckDBPyConnection,
    say: Words,
) -> None:
    hint = say("Add --replace to replace it.")
    known = {framework.id for framework in frameworks}
    for file, framework in intake.frameworks:
        if framework.id in known:
            text = say("The framework is in the store already.")
            intake.problems.append(Problem(file, None, "id", framework.id, text, hint))
    registered = {school.id for school in schools}
    for row in intake.schools:
        if row.school.id in registered:
            text = say("The school is in the store already.")
            intake.problems.append(Problem(row.file, row.row, "school_id", row.school.id, text, hint))
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


def _first_rows(part: pa.Table) -> Iterator[tuple[tuple, str, int]]:
    """(school-round, file, row) where each school-round stands first."""
    first = part.group_by(list(ROUND), use_threads=False).aggregate([("file", "first"), ("row", "first")])
    rows = zip(*(first[name].to_pylist() for name in (*ROUND, "file_first", "row_first")), strict=True)
    return (((framework, year, school), file, row) for framework, year, school, file, row in rows)
