"""Taking back one load of answers: its rounds as they were before it, and all that has come since stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.loads.load import NewView, in_steps
from analytics.loads.near_copies import Round
from analytics.loads.told_starts import round_starts
from analytics.model.errors import KvalitetError
from analytics.model.versions import WithdrawObstacle as Why
from analytics.store.reading import Store, View, open_answers, version_record
from analytics.store.reference import read_frameworks
from analytics.store.versions import Current, Published, read_current
from analytics.store.writing import locked, write_version

OF_ROUNDS = ("answer", "level_count", "round_source")
COUNTED = "participation"
KEY = ("framework", "year", "school_id")
OF_A_LOAD = "select framework, year, school_id from round_source where version = ?"
ANSWERS_OF_A_LOAD = f"""
    select (select count(*) from answer where ({", ".join(KEY)}) in ({OF_A_LOAD}))
        + (select coalesce(sum(answers), 0)::bigint from level_count where ({", ".join(KEY)}) in ({OF_A_LOAD}))
"""


class CannotWithdraw(KvalitetError):
    """The load stays."""

    def __init__(self, why: Why):
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What taking a load back means: the rounds whose answers, and those whose invited, become as they were before it;
    those that stay, as a later load has replaced them; how many answers those rounds have, don't knows among them."""

    version: int
    rounds: tuple[Round, ...]
    counted: tuple[Round, ...]
    stay: tuple[Round, ...]
    answers: int


def what_goes(folder: Path, number: int) -> Withdrawal:
    """Changes nothing. Raises KeyError for a version that there is not, CannotWithdraw, StoreMissing or StoreBroken."""
    return _planned(folder, number)[0]


def withdraw(folder: Path, number: int, *, withdrawn_by: str) -> tuple[int, Withdrawal]:
    """Takes the load back as a new version, whose number is returned, with what went. Raises as `what_goes`, and
    StoreBusy."""
    from analytics.maturity.publish.version import publish  # scipy takes seconds to import

    with locked(folder):
        planned, before = _planned(folder, number)
        view = Store(folder).current()
        limit = version_record(view).hide_below
        kept = [(table, _of(before, table, planned.rounds)) for table in OF_ROUNDS]
        kept.append((COUNTED, _of(before, COUNTED, planned.counted)))

        def change_answers(connection: duckdb.DuckDBPyConnection, number: int) -> bool:
            for table, rows in kept:
                connection.register("gone", _keys(planned.counted if table == COUNTED else planned.rounds))
                connection.execute(f"delete from {table} where ({', '.join(KEY)}) in (from gone)")
                if rows is not None:
                    connection.register("before", rows)
                    connection.execute(f"insert into {table} by name from before")
            return True

        def change_view(connection: duckdb.DuckDBPyConnection, number: int) -> pa.Table:
            frameworks = read_frameworks(NewView(connection))
            worked_out = publish(connection, frameworks, limit, in_steps=in_steps(folder))
            round_starts(connection)
            return worked_out

        made = write_version(
            folder,
            loaded_by=withdrawn_by,
            action="withdraw",
            sources=(),
            hide_below=limit,
            change_answers=change_answers,
            change_view=change_view,
        )
        return made, planned


def _planned(folder: Path, number: int) -> tuple[Withdrawal, Path | None]:
    """What it means, and the answers file of the version before; None where there was no store before it."""
    current = read_current(folder)
    version, in_force = current.version(number), current.in_force
    before = _before(folder, version)
    with open_answers(folder / version.answers) as stored:
        brought = _rounds(stored, OF_A_LOAD, number)
        invited = _counted(stored)
    with open_answers(folder / in_force.answers) as stored:
        there = _rounds(stored, OF_A_LOAD, number)
        invited_now = _counted(stored)
        ((answers,),) = stored.execute(ANSWERS_OF_A_LOAD, [number, number]).fetchall()
    invited_before = {}
    if before is not None:
        with open_answers(before) as stored:
            invited_before = _counted(stored)
    counted = {key for key, said in invited.items() if invited_before.get(key) != said}
    own = version.answers == f"answers-{number}.duckdb"  # else the file is another load's, which stays
    if not own or not (brought or counted):
        raise CannotWithdraw(Why.NOTHING_OF_ROUNDS)
    still = {key for key in counted if invited_now.get(key) == invited[key]}
    if not (there or still):
        raise CannotWithdraw(_why_nothing_is_left(folder, number, current, {key: invited[key] for key in counted}))
    view = View(folder / in_force.view, in_force.number)
    try:
        told = {tuple(row) for row in view.rows("select framework, year, school_id from near_copy")}
    finally:
        view.close()
    if told & there:
        raise CannotWithdraw(Why.TELLS)
    stay = sorted({*(brought - there), *(counted - still)})
    return Withdrawal(number, tuple(sorted(there)), tuple(sorted(still)), tuple(stay), answers), before


def _why_nothing_is_left(folder: Path, number: int, current: Current, counted: Mapping[Round, tuple]) -> Why:
    """Whether it was taken back, or replaced, or is none of those that the version in force was made from."""
    at: int | None = current.number
    while at is not None and at > number:
        try:
            view = View(folder / current.version(at).view, at)
            try:
                record = version_record(view)
            finally:
                view.close()
            if record.action == "withdraw" and record.parent is not None:
                before, after = (current.version(one).answers for one in (record.parent, at))
                if _is_left(folder / before, number, counted) and not _is_left(folder / after, number, counted):
                    return Why.TAKEN_BACK
        except KeyError:  # tidied away: what came before cannot be told
            return Why.ALL_REPLACED
        at = record.parent
    return Why.ALL_REPLACED if at == number else Why.NOT_IN_FORCE


def _is_left(answers: Path, number: int, counted: Mapping[Round, tuple]) -> bool:
    """Whether a version holds anything that the load brought, its numbers of invited too."""
    with open_answers(answers) as stored:
        there = _rounds(stored, OF_A_LOAD, number)
        invited = _counted(stored)
    return bool(there) or any(invited.get(key) == said for key, said in counted.items())


def _before(folder: Path, version: Published) -> Path | None:
    """The answers of the version that it was made from; raises CannotWithdraw where they are gone."""
    view = View(folder / version.view, version.number)
    try:
        parent = version_record(view).parent
    finally:
        view.close()
    if parent is None:
        return None
    try:
        return folder / read_current(folder).version(parent).answers
    except KeyError:
        raise CannotWithdraw(Why.BEFORE_IS_GONE) from None


def _rounds(stored: duckdb.DuckDBPyConnection, sql: str, number: int) -> set[Round]:
    return {(framework, year, school) for framework, year, school in stored.execute(sql, [number]).fetchall()}


def _counted(stored: duckdb.DuckDBPyConnection) -> dict[Round, tuple]:
    rows = stored.execute(f"select {', '.join(KEY)}, invited, responded from {COUNTED}").fetchall()
    return {(framework, year, school): tuple(said) for framework, year, school, *said in rows}


def _of(answers: Path | None, table: str, rounds: Sequence[Round]) -> pa.Table | None:
    """A table's rows of these rounds, as they were; None where there were none."""
    if answers is None or not rounds:
        return None
    with open_answers(answers) as stored:
        stored.register("wanted", _keys(rounds))
        return stored.execute(
            f"select * from {table} where ({', '.join(KEY)}) in (from wanted) order by rowid"
        ).to_arrow_table()


def _keys(rounds: Sequence[Round]) -> pa.Table:
    columns = list(zip(*rounds, strict=True)) or [(), (), ()]
    return pa.table(dict(zip(KEY, map(pa.array, columns, (pa.string(), pa.int16(), pa.string())), strict=True)))
