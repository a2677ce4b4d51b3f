"""What shows only when the files of a load are seen together with each other and with what the store holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from analytics.intake.files import Intake
from analytics.model.errors import Problem
from analytics.model.frameworks import Change, Framework
from analytics.model.schools import School
from analytics.store.disposals import disposed_rounds
from analytics.words.frameworks import no_such_criterion
from analytics.words.language import Words

ROUNDS = pa.schema([("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string())])


def arriving(intake: Intake) -> dict[str, Framework]:
    return {framework.id: framework for _, framework in intake.frameworks}


def rounds_of(intake: Intake, *parts: pa.Table | None) -> pa.Table:
    """The different school-rounds of these tables of an intake's."""
    rounds = dict.fromkeys(key for part in parts if part is not None for key, _, _ in intake.first_rows(part))
    columns = zip(*rounds, strict=True) if rounds else [(), (), ()]
    return pa.Table.from_arrays(
        [pa.array(column, one.type) for column, one in zip(columns, ROUNDS, strict=True)], schema=ROUNDS
    )


def check_against_the_store(
    intake: Intake, frameworks: Sequence[Framework], stored: duckdb.DuckDBPyConnection | None, say: Words
) -> None:
    """What shows only when the files are seen together with each other and with what the store holds."""
    _check_links(intake, frameworks, say)
    _check_both_ways(intake, say)
    if stored:
        _refuse_rounds_without_answers(intake, frameworks, stored, say)
        _check_that_answers_fit(intake, {framework.id for framework in frameworks}, stored, say)


def _check_links(intake: Intake, known: Sequence[Framework], say: Words) -> None:
    """A framework's links must lead somewhere, those of frameworks that stand on a replaced one too."""
    after = {framework.id: framework for framework in known} | arriving(intake)
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
        elif overlap := _overlap(framework, after):
            text = say(
                "{later} and {earlier}, which it follows on, would both be valid in {year}.",
                later=framework.id, earlier=overlap.id, year=framework.valid_from,
            )  # fmt: skip
            hint = say("Let the one end before the other begins: a year has one round in a line.")
            intake.problems.append(Problem(file, None, "valid_from", str(framework.valid_from), text, hint))
        ids = [criterion.id for criterion in previous.criteria]
        for criterion in framework.criteria:
            if criterion.change is not Change.NEW and criterion.previous not in ids:
                text, hint = no_such_criterion(ids, say)
                where = (
                    f"{criterion.id}.previous" if framework.id in file_of else f"{framework.id}.{criterion.id}.previous"
                )
                intake.problems.append(Problem(file, None, where, criterion.previous, text, hint))


def _overlap(framework: Framework, frameworks: Mapping[str, Framework]) -> Framework | None:
    """The nearest of those that it follows on, step by step, which is valid in a year of its own: a year would have two
    rounds in one line."""
    here, seen = frameworks.get(framework.previous or ""), set()
    while here is not None and here.id not in seen:
        if here.valid_to is None or here.valid_to >= framework.valid_from:
            return here
        seen.add(here.id)
        here = frameworks.get(here.previous or "")
    return None


def _in_a_circle(start: str, frameworks: Mapping[str, Framework]) -> bool:
    """Whether a framework comes back to itself along its previous ones."""
    seen, here = set(), frameworks[start].previous
    while here is not None and here in frameworks and here not in seen:
        if here == start:
            return True
        seen.add(here)
        here = frameworks[here].previous
    return False


def _check_that_answers_fit(intake: Intake, known: set[str], stored: duckdb.DuckDBPyConnection, say: Words) -> None:
    """A new edition of a framework must keep what answers stand under, unless the call replaces those rounds too."""
    there = [(file, framework) for file, framework in intake.frameworks if framework.id in known]
    if there:
        stored.register("arriving", rounds_of(intake, intake.answers, intake.counts))
    for file, framework in there:
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
        for criterion, low, high, *_ in held:
            if criterion not in ids:
                text = say("The criterion has answers, and would be gone.")
                hint = say("Keep it, with its id, or give the new edition an id of its own.")
                intake.problems.append(Problem(file, None, "criterion", criterion, text, hint))
            elif low is not None and not framework.scale_min <= low <= high <= framework.scale_max:
                text = say("The criterion has answers at levels that the scale would no longer have.")
                hint = say("Keep the scale, or give the new edition an id of its own.")
                intake.problems.append(Problem(file, None, "criterion", criterion, text, hint))
        outside = {year for *_, first, last in held for year in (first, last) if not framework.covers(year)}
        if outside:
            text = say("There are answers of {years}, when the framework would not be valid.",
                       years=say.listing(map(str, sorted(outside))))  # fmt: skip
            hint = say("Keep its years, or give the new edition an id of its own.")
            column = "valid_from" if min(outside) < framework.valid_from else "valid_to"
            intake.problems.append(Problem(file, None, column, str(getattr(framework, column)), text, hint))


def _refuse_rounds_without_answers(
    intake: Intake, known: Sequence[Framework], stored: duckdb.DuckDBPyConnection, say: Words
) -> None:
    """A round whose answers have been taken away (kvalitet gallra) stays as it was published: nothing comes to it, and
    what it was told by is kept."""
    closed = {(framework, year) for framework, year, _ in disposed_rounds(stored)}
    if not closed:
        return
    for part in (intake.answers, intake.counts, intake.participation):
        if part is None:
            continue
        for (framework, year, school), file, row in intake.first_rows(part):
            if (framework, year) in closed:
                text = say(
                    "The answers of {framework} {year} have been removed; its figures stand as they were published.",
                    framework=framework,
                    year=year,
                )
                hint = say(
                    "To load the whole round anew, take its figures away first: kvalitet gallra --with-figures --round"
                    " {framework}/{year}",
                    framework=framework,
                    year=year,
                )
                intake.problems.append(Problem(file, row, "school", school, text, hint))
    before = {framework.id: framework for framework in known}
    for file, framework in intake.frameworks:
        years = [year for id_, year in closed if id_ == framework.id]
        if years and not _tells_the_same(before[framework.id], framework, years):
            text = say("Rounds of the framework are kept as they were published, without their answers.")
            hint = say("Keep its criteria, areas, scale, goal and years, or give the new edition an id of its own.")
            intake.problems.append(Problem(file, None, "id", framework.id, text, hint))


def _tells_the_same(before: Framework, after: Framework, years: Sequence[int]) -> bool:
    """Whether what was published of these years' rounds by the one may stand under the other."""

    def asked(framework: Framework) -> set[tuple]:
        return {(c.area, c.id, c.previous, c.change) for c in framework.criteria}

    return (
        (before.levels, before.goal) == (after.levels, after.goal)
        and asked(before) <= asked(after)
        and all(map(after.covers, years))
    )


def _check_both_ways(intake: Intake, say: Words) -> None:
    """One school-round comes as answers or as counts, not as both."""
    if intake.answers is None or intake.counts is None:
        return
    answered = {key for key, _, _ in intake.first_rows(intake.answers)}
    for key, file, row in intake.first_rows(intake.counts):
        if key in answered:
            text = say("The files hold the round both as answers and as counts.")
            intake.problems.append(Problem(file, row, "school", key[2], text, say("Keep one of them.")))


def refuse_rounds_that_are_there(
    intake: Intake,
    frameworks: Sequence[Framework],
    schools: Sequence[School],
    stored: duckdb.DuckDBPyConnection | None,
    say: Words,
) -> list[Problem]:
    """A problem for each framework, school and school-round that the store has already. `stored`: its answers, which
    rounds alone are looked for in."""
    hint, found = say("Add --replace to replace it."), []
    known = {framework.id for framework in frameworks}
    for file, framework in intake.frameworks:
        if framework.id in known:
            text = say("The framework is already in the store.")
            found.append(Problem(file, None, "id", framework.id, text, hint))
    registered = {school.id for school in schools}
    for row in intake.schools:
        if row.school.id in registered and not row.adds:
            text = row.otherwise or say("The school is already in the store.")
            found.append(Problem(row.file, row.row, row.column, row.called or row.school.id, text, hint))
    for part, table in (
        (intake.answers, "round_source"),
        (intake.counts, "round_source"),
        (intake.participation, "participation"),
    ):
        if part is None or stored is None:
            continue
        there = set(stored.execute(f"select framework, year, school_id from {table}").fetchall())
        for key, file, row in intake.first_rows(part):
            if key in there:
                text = say("{framework} {year} is already in the store for the school.", framework=key[0], year=key[1])
                found.append(Problem(file, row, "school", key[2], text, hint))
    return found
