"""Loads that nearly repeat what has been published: two versions side by side would tell a few people's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.intake.files import Intake
from analytics.loads.checks import first_rows, rounds_of
from analytics.model.errors import Problem, StoreBroken
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.store.reading import open_answers
from analytics.store.versions import Published
from analytics.words.language import Words

Round = tuple[str, int, str]
"""(framework, year, school)."""

# How many sheets of answers are gone and how many have come, a sheet being all that a person answered on the criteria
# that anybody answered both times. What a file called a person is not stored, and need not be.
PEOPLE = """
    with held as (
        select framework, year, school_id, respondent::varchar as person, criterion, level from answer
        semi join arriving_answer using (framework, year, school_id) where level is not null
    ),
    come as (
        select framework, year, school_id, respondent as person, criterion, level from arriving_answer
        where level is not null
    ),
    sheets as (
        select framework, year, school_id, person, list((criterion, level) order by criterion) as sheet, earlier
        from (select *, true as earlier from held union all select *, false as earlier from come)
        where (framework, year, school_id, criterion) in (select (framework, year, school_id, criterion) from held)
          and (framework, year, school_id, criterion) in (select (framework, year, school_id, criterion) from come)
        group by framework, year, school_id, person, earlier
    ),
    alike as (
        select framework, year, school_id, sum(earlier::int) as before, sum((not earlier)::int) as now
        from sheets group by framework, year, school_id, sheet
    )
    select framework, year, school_id, sum(before), sum(now),
        greatest(sum(greatest(before - now, 0)), sum(greatest(now - before, 0)))
    from alike group by framework, year, school_id
"""
# Where either came as counts people cannot be told apart: at least as many have changed as on the criterion where most
# have.
COUNTS = """
    with held as (
        select framework, year, school_id, criterion, level, answers from level_count
        union all
        select framework, year, school_id, criterion, level, count(*) from answer group by all
    ),
    come as (
        select framework, year, school_id, criterion, level, answers from arriving_level_count
        union all
        select framework, year, school_id, criterion, level, count(*) from arriving_answer group by all
    ),
    levels as (
        select framework, year, school_id, criterion, coalesce(level, 0) as level, answers as before, 0 as now from held
        union all
        select framework, year, school_id, criterion, coalesce(level, 0), 0, answers from come
    ),
    each_level as (
        select framework, year, school_id, criterion, sum(before) as before, sum(now) as now
        from levels group by framework, year, school_id, criterion, level
    ),
    moved as (
        select framework, year, school_id, sum(before) as before, sum(now) as now,
            greatest(sum(greatest(before - now, 0)), sum(greatest(now - before, 0))) as people
        from each_level group by framework, year, school_id, criterion
    )
    select framework, year, school_id, max(before), max(now), max(people) from moved
    where before > 0 and now > 0 and (framework, year, school_id) in (
        select (framework, year, school_id) from arriving_level_count
        union select (framework, year, school_id) from level_count
    )
    group by framework, year, school_id
"""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A school-round that arrives as a version has it, but for one to four people. `brought`: the version that the
    round came with as it was."""

    round: Round
    brought: int


def near_copies(folder: Path, published: Sequence[Published], intake: Intake) -> list[NearCopy]:
    """The arriving rounds that differ by one to four people from what any version holds of them, one a version that
    brought the round. Of rounds with fewer than five people nothing was published, so nothing can be told."""
    if intake.answers is None and intake.counts is None:
        return []
    found, seen = [], set()
    for name in dict.fromkeys(version.answers for version in reversed(published)):
        try:
            with open_answers(folder / name) as stored:
                found += _in_file(stored, intake, seen)
        except StoreBroken:
            continue  # nobody can read it, and no version that stands on it can be put in force
    return found


def _in_file(stored: duckdb.DuckDBPyConnection, intake: Intake, seen: set[tuple[Round, int]]) -> list[NearCopy]:
    stored.register("arriving", rounds_of(intake.answers, intake.counts))
    brought = {
        (framework, year, school): version
        for framework, year, school, version in stored.execute(
            "select framework, year, school_id, version from round_source semi join arriving "
            "using (framework, year, school_id)"
        ).fetchall()
    }
    anew = set(brought.items()) - seen
    seen |= anew
    if not anew:
        return []
    for part, table in ((intake.answers, "answer"), (intake.counts, "level_count")):
        _arriving(stored, part, table)
    found = []
    for question in (PEOPLE, COUNTS):
        for framework, year, school, before, now, people in stored.execute(question).fetchall():
            key = (framework, year, school)
            shown = min(before, now) >= HIDE_BELOW_FLOOR
            if shown and 0 < people < HIDE_BELOW_FLOOR and (key, brought.get(key)) in anew:
                found.append(NearCopy(key, brought[key]))
    return found


def _arriving(stored: duckdb.DuckDBPyConnection, part: pa.Table | None, table: str) -> None:
    """The part of the load that goes to the table, as `arriving_TABLE`; empty where there is none."""
    if part is None:
        stored.execute(f"create temp table arriving_{table} as from {table} limit 0")
    else:
        stored.register(f"arriving_{table}", part)


def refuse_near_copies(copies: Sequence[NearCopy], intake: Intake, say: Words) -> list[Problem]:
    """A problem for the first row of each round that nearly repeats what has been published."""
    earlier: dict[Round, int] = {}
    for copy in copies:
        earlier.setdefault(copy.round, copy.brought)
    hint = say(
        "Wait until five people or more have changed, or load it with --i-know: the earlier versions are then marked, "
        "and kvalitet purge takes them away."
    )
    return [
        Problem(
            file,
            row,
            "school",
            key[2],
            say(
                "{framework} {year} differs by one to four people from what came with version {n}: the two versions "
                "side by side would tell what they answered.",
                framework=key[0],
                year=key[1],
                n=earlier[key],
            ),
            hint,
        )
        for part in (intake.answers, intake.counts)
        if part is not None
        for key, file, row in first_rows(part)
        if key in earlier
    ]
