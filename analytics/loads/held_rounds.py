"""What versions hold of the rounds that arrive, put aside out of their files, and how the two differ.

A question to DuckDB takes as long of one version's round as of ten: the files are gone through once, and asked of is
what was put aside of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa

from analytics.intake.rounds import ROUND
from analytics.loads.changed_people import people_changed
from analytics.model.figures import HIDE_BELOW_FLOOR

# What of the arriving rounds is held, each as a version brought it, at a place of its own.
HELD = """
    create or replace temp table held_round (place integer, framework varchar, year smallint, school_id varchar);
    create or replace temp table held_answer (place integer, respondent integer, criterion varchar, level utinyint);
    create or replace temp table held_level_count (place integer, criterion varchar, level utinyint, answers integer);
"""
HOLD = (
    "insert into held_answer select place, respondent, criterion, level from answer {join}",
    "insert into held_level_count select place, criterion, level, answers from level_count {join}",
    "insert into held_round from to_hold",  # last: of a file that breaks off nothing is compared
)
AT_ONCE = 500_000  # rows held: a question takes as long of one version as of ten, but has room for so many

# The sheets of answers that are there otherwise often before and now, a sheet being all that a person answered on the
# criteria that anybody answered both times. What a file called a person is not stored, and need not be. Once of the
# levels alone, and once with don't knows too: how many they are is told as well, and who has nothing else is somebody.
SHEETS = """
    create or replace temp table {table} as
    with held as (
        select place, respondent::varchar as person, criterion, {level} as level from held_answer
        semi join held_round using (place) where {level} is not null
    ),
    come as (
        select place, respondent as person, criterion, {level} as level
        from arriving_answer join held_round using (framework, year, school_id) where {level} is not null
    ),
    sheets as (
        select place, person, earlier,
            list({{criterion: criterion, level: level}} order by criterion) as sheet
        from (select *, true as earlier from held union all select *, false as earlier from come)
        where (place, criterion) in (select (place, criterion) from held)
          and (place, criterion) in (select (place, criterion) from come)
        group by place, person, earlier
    )
    select place, sheet, sum(earlier::int) as before, sum((not earlier)::int) as now
    from sheets group by place, sheet
"""
PEOPLE = """
    select place, sum(before), sum(now),
        greatest(sum(greatest(before - now, 0)), sum(greatest(now - before, 0)))
    from {table} group by place
"""
LEVELS = {"table": "moved_sheet", "level": "level"}
WITH_DONT_KNOWS = {"table": "whole_sheet", "level": "coalesce(level, 0)"}
# The answers of those that differ, and how many more times each sheet was there before; the rounds, sheets and criteria
# by number. Criteria that are not shown both times are left out: nothing can be told on them.
MOVED = """
    with given as (
        select place, row_number() over () as sheet, before, now, unnest(sheet) as answer
        from moved_sheet
    ),
    shown as (
        select place, answer.criterion as criterion from given
        group by all having least(sum(before), sum(now)) >= $floor
    )
    select
        dense_rank() over (order by place) - 1 as round,
        dense_rank() over (order by sheet) - 1 as sheet,
        dense_rank() over (order by criterion) - 1 as criterion, (before - now)::integer as more, answer.level as level,
        place
    from given join shown using (place)
    where answer.criterion = shown.criterion and before <> now
"""
# Where either came as counts people cannot be told apart: `people` have at least changed on a criterion, and `told` of
# those who answered it. Where so few are told on most criteria, they are the same few.
COUNTS = """
    with held as (
        select place, criterion, level, answers from held_level_count
        union all
        select place, criterion, level, count(*) from held_answer group by all
    ),
    come as (
        select framework, year, school_id, criterion, level, answers from arriving_level_count
        union all
        select framework, year, school_id, criterion, level, count(*) from arriving_answer group by all
    ),
    levels as (
        select place, criterion, coalesce(level, 0) as level, answers as before, 0 as now
        from held semi join held_round using (place)
        union all
        select place, criterion, coalesce(level, 0), 0, answers
        from come join held_round using (framework, year, school_id)
    ),
    each_level as (
        select place, criterion, level, sum(before) as before, sum(now) as now
        from levels group by place, criterion, level
    ),
    moved as (
        select place, criterion,
            sum(before) filter (level > 0) as before, sum(now) filter (level > 0) as now,
            greatest(sum(greatest(before - now, 0)), sum(greatest(now - before, 0))) as people,
            greatest(
                sum(greatest(before - now, 0)) filter (level > 0), sum(greatest(now - before, 0)) filter (level > 0)
            ) as told
        from each_level group by place, criterion
    )
    select place from moved
    where before >= $floor and now >= $floor and place in (
        select place from held_round semi join arriving_level_count using (framework, year, school_id)
        union select place from held_level_count
    )
    group by place
    having bool_or(people between 1 and $floor - 1)
        or 2 * count(*) filter (told between 1 and $floor - 1) >= count(*)
"""


def hold(stored: duckdb.DuckDBPyConnection, rounds: Sequence[tuple[str, int, str]], first: int) -> int:
    """Puts aside what an open file has of these rounds, at the places from `first` on; how many rows that is. The first
    time HELD has been made, and what arrives is there as arriving_answer and arriving_level_count."""
    columns = dict(zip(ROUND, map(list, zip(*rounds, strict=True)), strict=True))
    stored.register("to_hold", pa.table({"place": range(first, first + len(rounds)), **columns}))
    join = "join to_hold using (framework, year, school_id)"
    return sum(stored.execute(each.format(join=join)).fetchall()[0][0] for each in HOLD)


def differing_by_few(memory: duckdb.DuckDBPyConnection) -> list[int]:
    """The places of what was put aside that differs by one to four people from what arrives. Then it is let go."""
    by_counts = [place for (place,) in memory.execute(COUNTS, {"floor": HIDE_BELOW_FLOOR}).fetchall()]
    found = [*_of_people(memory), *by_counts]
    for table in ("held_round", "held_answer", "held_level_count"):
        memory.execute(f"delete from {table}")
    return found


def _of_people(memory: duckdb.DuckDBPyConnection) -> list[int]:
    """The places of the rounds, answers both times, in which one to four people have changed: as a whole, or on any
    criterion."""
    told, changed = _changed(memory, LEVELS)
    _, with_dont_knows = _changed(memory, WITH_DONT_KNOWS)
    few = {
        place
        for found in (changed, with_dont_knows)
        for place, people in found.items()
        if 0 < people < HIDE_BELOW_FLOOR
    } & told
    return [*few, *(at for at in _few_on_a_criterion(memory) if changed.get(at) and at in told and at not in few)]


def _changed(memory: duckdb.DuckDBPyConnection, of: Mapping[str, str]) -> tuple[set[int], dict[int, int]]:
    """The rounds in which five or more answered both times, and how many people's sheets differ in each round."""
    memory.execute(SHEETS.format(**of))
    told, changed = set(), {}
    for place, before, now, people in memory.execute(PEOPLE.format(**of)).fetchall():
        changed[place] = people
        if min(before, now) >= HIDE_BELOW_FLOOR:
            told.add(place)
    return told, changed


def _few_on_a_criterion(memory: duckdb.DuckDBPyConnection) -> Iterator[int]:
    """The rounds in which one to four people's answers differ on any criterion that is shown both times."""
    moved = memory.execute(MOVED, {"floor": HIDE_BELOW_FLOOR}).to_arrow_table()
    if not moved.num_rows:
        return
    round_, sheet, criterion, more, level = (moved[name].to_numpy() for name in moved.column_names[:5])
    sheets = np.zeros((sheet.max() + 1, criterion.max() + 1), dtype=np.uint8)
    sheets[sheet, criterion] = level
    times, of_round = (np.zeros(len(sheets), dtype=np.int64) for _ in range(2))
    times[sheet], of_round[sheet] = more, round_
    _, first = np.unique(round_, return_index=True)
    for number, place in enumerate(moved["place"].take(first).to_pylist()):
        own, its = sheets[of_round == number], times[of_round == number]
        asked = own.any(axis=0)
        before, now = (np.repeat(own[:, asked], np.maximum(its * way, 0), axis=0) for way in (1, -1))
        people = people_changed(before, now)
        if ((people > 0) & (people < HIDE_BELOW_FLOOR)).any():
            yield place
