"""Loads that nearly repeat what has been published: two versions side by side would tell a few people's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from analytics.intake.files import Intake
from analytics.intake.rounds import ROUND
from analytics.loads.changed_people import people_changed
from analytics.loads.checks import rounds_of
from analytics.loads.cuts import Cut
from analytics.loads.lookalikes import OfRound, counted, lookalikes, may_be_told_apart
from analytics.model.errors import Problem, StoreBroken
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.store.reading import InTurn
from analytics.store.versions import Published
from analytics.words.language import Words

Round = tuple[str, int, str]
"""(framework, year, school)."""

# The sheets of answers that are there otherwise often before and now, a sheet being all that a person answered on the
# criteria that anybody answered both times. What a file called a person is not stored, and need not be. Once of the
# levels alone, and once with don't knows too: how many they are is told as well, and who has nothing else is somebody.
SHEETS = """
    create or replace temp table {table} as
    with held as (
        select framework, year, school_id, respondent::varchar as person, criterion, {level} as level from answer
        semi join arriving_answer using (framework, year, school_id) where {level} is not null
    ),
    come as (
        select framework, year, school_id, respondent as person, criterion, {level} as level from arriving_answer
        where {level} is not null
    ),
    sheets as (
        select framework, year, school_id, person, earlier,
            list({{criterion: criterion, level: level}} order by criterion) as sheet
        from (select *, true as earlier from held union all select *, false as earlier from come)
        where (framework, year, school_id, criterion) in (select (framework, year, school_id, criterion) from held)
          and (framework, year, school_id, criterion) in (select (framework, year, school_id, criterion) from come)
        group by framework, year, school_id, person, earlier
    )
    select framework, year, school_id, sheet, sum(earlier::int) as before, sum((not earlier)::int) as now
    from sheets group by framework, year, school_id, sheet
"""
PEOPLE = """
    select framework, year, school_id, sum(before), sum(now),
        greatest(sum(greatest(before - now, 0)), sum(greatest(now - before, 0)))
    from {table} group by framework, year, school_id
"""
LEVELS = {"table": "moved_sheet", "level": "level"}
WITH_DONT_KNOWS = {"table": "whole_sheet", "level": "coalesce(level, 0)"}
# The answers of those that differ, and how many more times each sheet was there before; the rounds, sheets and criteria
# by number. Criteria that are not shown both times are left out: nothing can be told on them.
MOVED = """
    with given as (
        select framework, year, school_id, row_number() over () as sheet, before, now, unnest(sheet) as answer
        from moved_sheet
    ),
    shown as (
        select framework, year, school_id, answer.criterion as criterion from given
        group by all having least(sum(before), sum(now)) >= $floor
    )
    select
        dense_rank() over (order by framework, year, school_id) - 1 as round,
        dense_rank() over (order by sheet) - 1 as sheet,
        dense_rank() over (order by criterion) - 1 as criterion, (before - now)::integer as more, answer.level as level,
        framework, year, school_id
    from given join shown using (framework, year, school_id)
    where answer.criterion = shown.criterion and before <> now
"""
# Where either came as counts people cannot be told apart: `people` have at least changed on a criterion, and `told` of
# those who answered it. Where so few are told on most criteria, they are the same few.
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
        select framework, year, school_id, criterion, level, sum(before) as before, sum(now) as now
        from levels group by framework, year, school_id, criterion, level
    ),
    moved as (
        select framework, year, school_id, criterion,
            sum(before) filter (level > 0) as before, sum(now) filter (level > 0) as now,
            greatest(sum(greatest(before - now, 0)), sum(greatest(now - before, 0))) as people,
            greatest(
                sum(greatest(before - now, 0)) filter (level > 0), sum(greatest(now - before, 0)) filter (level > 0)
            ) as told
        from each_level group by framework, year, school_id, criterion
    )
    select framework, year, school_id from moved
    where before >= $floor and now >= $floor and (framework, year, school_id) in (
        select (framework, year, school_id) from arriving_level_count
        union select (framework, year, school_id) from level_count
    )
    group by framework, year, school_id
    having bool_or(people between 1 and $floor - 1)
        or 2 * count(*) filter (told between 1 and $floor - 1) >= count(*)
"""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A school-round that arrives as a version has it, but for one to four people. `brought`: the version that the
    round came with as it was; `other`: what it is called there, where it is another school, year or framework."""

    round: Round
    brought: int
    other: Round | None = None


def near_copies(
    folder: Path, published: Sequence[Published], intake: Intake, cuts: Mapping[str, Cut], files: InTurn
) -> list[NearCopy]:
    """The arriving rounds that differ by one to four people from what any version holds of them, one a version that
    brought the round. Of rounds with fewer than five people nothing was published, so nothing can be told. `cuts`:
    those of the frameworks after the load."""
    if intake.answers is None and intake.counts is None:
        return []
    found, seen, come = [], set(), {}
    for name in dict.fromkeys(version.answers for version in reversed(published)):
        # A file that nobody can read: no version that stands on it can be put in force.
        with suppress(StoreBroken), files.opened(folder / name, has="round_source") as stored:
            found += _in_file(stored, intake, seen, come, cuts)
    return found


def _in_file(
    stored: duckdb.DuckDBPyConnection,
    intake: Intake,
    seen: set[tuple[Round, int]],
    come: dict[Round, OfRound],
    cuts: Mapping[str, Cut],
) -> list[NearCopy]:
    """What one file tells of the arriving rounds that no file looked into before has told (`seen`); `come`: what
    arrives, counted when the first file asks."""
    brought = {
        (framework, year, school): version
        for framework, year, school, version in stored.execute(
            "select framework, year, school_id, version from round_source"
        ).fetchall()
    }
    anew = set(brought.items()) - seen
    if not anew:
        return []
    near, told_here = [], any((key, brought.get(key)) in anew for key in _rounds(intake))
    if told_here or not come:
        for part, table in ((intake.answers, "answer"), (intake.counts, "level_count")):
            _arriving(stored, part, table)
    if told_here:
        near = [*_of_people(stored), *stored.execute(COUNTS, {"floor": HIDE_BELOW_FLOOR}).fetchall()]
    found = [NearCopy(key, brought[key]) for key in near if (key, brought.get(key)) in anew]
    if not come:
        come |= counted(stored, "arriving_")
    if may_be_told_apart(come):
        columns = zip(*(key for key, _ in anew), strict=True)
        stored.register("anew", pa.table(dict(zip(ROUND, map(list, columns), strict=True))))
        alike = lookalikes(come, counted(stored, "", "semi join anew using (framework, year, school_id)"), cuts)
        found += [NearCopy(key, brought[other], other) for key, other in alike.items()]
    seen |= anew  # of a file that breaks off here another may tell
    return found


def _rounds(intake: Intake) -> Iterator[Round]:
    for row in rounds_of(intake, intake.answers, intake.counts).to_pylist():
        yield row["framework"], row["year"], row["school_id"]


def _of_people(stored: duckdb.DuckDBPyConnection) -> list[Round]:
    """The rounds, answers both times, in which one to four people have changed: as a whole, or on any criterion."""
    told, changed = _changed(stored, LEVELS)
    _, with_dont_knows = _changed(stored, WITH_DONT_KNOWS)
    few = {
        key for found in (changed, with_dont_knows) for key, people in found.items() if 0 < people < HIDE_BELOW_FLOOR
    } & told
    return [*few, *(key for key in _few_on_a_criterion(stored) if changed.get(key) and key in told and key not in few)]


def _changed(stored: duckdb.DuckDBPyConnection, of: Mapping[str, str]) -> tuple[set[Round], dict[Round, int]]:
    """The rounds in which five or more answered both times, and how many people's sheets differ in each round."""
    stored.execute(SHEETS.format(**of))
    told, changed = set(), {}
    for framework, year, school, before, now, people in stored.execute(PEOPLE.format(**of)).fetchall():
        changed[framework, year, school] = people
        if min(before, now) >= HIDE_BELOW_FLOOR:
            told.add((framework, year, school))
    return told, changed


def _few_on_a_criterion(stored: duckdb.DuckDBPyConnection) -> Iterator[Round]:
    """The rounds in which one to four people's answers differ on any criterion that is shown both times."""
    moved = stored.execute(MOVED, {"floor": HIDE_BELOW_FLOOR}).to_arrow_table()
    if not moved.num_rows:
        return
    round_, sheet, criterion, more, level = (moved[name].to_numpy() for name in moved.column_names[:5])
    sheets = np.zeros((sheet.max() + 1, criterion.max() + 1), dtype=np.uint8)
    sheets[sheet, criterion] = level
    times, of_round = (np.zeros(len(sheets), dtype=np.int64) for _ in range(2))
    times[sheet], of_round[sheet] = more, round_
    _, first = np.unique(round_, return_index=True)
    keys = moved.select(list(ROUND)).take(first).to_pylist()
    for place, key in enumerate(keys):
        own, its = sheets[of_round == place], times[of_round == place]
        asked = own.any(axis=0)
        before, now = (np.repeat(own[:, asked], np.maximum(its * way, 0), axis=0) for way in (1, -1))
        people = people_changed(before, now)
        if ((people > 0) & (people < HIDE_BELOW_FLOOR)).any():
            yield key["framework"], key["year"], key["school_id"]


def _arriving(stored: duckdb.DuckDBPyConnection, part: pa.Table | None, table: str) -> None:
    """The part of the load that goes to the table, as `arriving_TABLE`; empty where there is none."""
    if part is None:
        stored.execute(f"create or replace temp table arriving_{table} as from {table} limit 0")
    else:
        stored.register(f"arriving_{table}", part)


def refuse_near_copies(copies: Sequence[NearCopy], intake: Intake, say: Words) -> list[Problem]:
    """A problem for the first row of each round that nearly repeats what has been published."""
    if not copies:
        return []
    earlier: dict[Round, NearCopy] = {}
    for copy in copies:
        earlier.setdefault(copy.round, copy)
    return [
        Problem(file, row, "school", key[2], *_told(earlier[key], say))
        for part in (intake.answers, intake.counts)
        if part is not None
        for key, file, row in intake.first_rows(part)
        if key in earlier
    ]


def _told(copy: NearCopy, say: Words) -> tuple[str, str]:
    """The problem, and what to do."""
    framework, year, _ = copy.round
    if copy.other:
        of_framework, of_year, school = copy.other
        return say(
            "{framework} {year} holds the answers of {school}, {of_framework} {of_year}, that came with version {n}, or"
            " all but one to four people's: the two side by side would tell what they answered.",
            framework=framework, year=year, school=school, of_framework=of_framework, of_year=of_year, n=copy.brought,
        ), say(
            "Check the school, the year and the framework. If these are other people's answers, load with --i-know."
        )  # fmt: skip
    return say(
        "{framework} {year} differs by one to four people, on all or on some criterion, from what came with version"
        " {n}: the two versions side by side would tell what they answered.",
        framework=framework, year=year, n=copy.brought,
    ), say(
        "Wait until five people or more have changed on each criterion that changes, or load it with --i-know: the"
        " earlier versions are then marked, and kvalitet purge takes them away."
    )  # fmt: skip
