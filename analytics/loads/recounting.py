"""Counting all figures anew from the answers: to publish them, or to see whether they are what is published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.loads.load import LoadOutcome, NewView, in_steps
from analytics.loads.told_starts import round_starts
from analytics.store.homes import at_hand
from analytics.store.new_files import differing
from analytics.store.reading import HARDENED, NOTHING_SPILLED, QUIET, SCHEMA, View, quoted, seal, version_record
from analytics.store.reference import read_frameworks
from analytics.store.versions import read_current
from analytics.store.writing import locked, write_version

COUNTED_BY = ("framework", "area", "criterion", "school", "school_link")
"""The tables of a view that figures go by."""


def differing_figures(folder: Path, *, by_any: bool = False) -> tuple[str, ...]:
    """The published tables of the version in force that come out otherwise when nothing is taken over from the one
    before. None where another program published it, whose figures may well be others, unless `by_any` is asked for."""
    from analytics.maturity.publish.kept import KeptFigures
    from analytics.maturity.publish.version import publish  # scipy takes seconds to import

    version = read_current(folder).in_force
    view = View(folder / version.view, version.number)
    try:
        if not view.is_of_this_edition:
            return ()
        limit, before_last = version_record(view).hide_below, bool(view.rows("select 1 from trend_before limit 1"))
        with duckdb.connect(config=HARDENED) as connection:
            for statement in (QUIET, NOTHING_SPILLED, SCHEMA):
                connection.execute(statement)
            for name, file in (("base", version.view), ("answers", version.answers)):
                connection.execute(f"attach '{quoted(at_hand(folder / file))}' as {name} (read_only)")
            seal(connection)
            if not by_any and not KeptFigures.in_answers(connection, "answers").is_of_this_program:
                return ()
            for table in COUNTED_BY:
                connection.execute(f"insert into {table} by name select * from base.{table}")
            publish(connection, read_frameworks(NewView(connection)), limit, in_steps=before_last, anew=True)
            return _otherwise(connection)
    finally:
        view.close()


def _otherwise(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The published tables that do not hold what those of `base` do. Where answers have been taken away what was
    foretold may have been drawn from them, and nobody can tell any more."""
    ((disposed,),) = connection.execute("select count(*) > 0 from answers.disposed_round").fetchall()
    return tuple(table for table in differing(connection) if not (disposed and table == "forecast"))


def republish(folder: Path, *, loaded_by: str, on_step: Callable[[], None] = lambda: None) -> LoadOutcome:
    """Publishes what the store holds once more, as a new version: after a new edition of the program, or to count anew.

    Raises StoreBusy, StoreMissing or StoreBroken.
    """
    from analytics.maturity.publish.kept import KeptFigures
    from analytics.maturity.publish.version import publish

    found: tuple[str, ...] = ()
    with locked(folder):
        published = read_current(folder).in_force
        before = View(folder / published.view, published.number)
        limit, same_edition = version_record(before).hide_below, before.is_of_this_edition

        def change_view(connection: duckdb.DuckDBPyConnection, _: int) -> pa.Table:
            nonlocal found
            frameworks = read_frameworks(NewView(connection))
            worked_out = publish(connection, frameworks, limit, on_step, in_steps=in_steps(folder), anew=True)
            if same_edition and KeptFigures.in_answers(connection, "answers_before").is_of_this_program:
                # Whether rounds are released in steps may have been set since.
                found = tuple(table for table in _otherwise(connection) if not table.endswith("_before"))
            round_starts(connection)
            return worked_out

        number = write_version(
            folder,
            loaded_by=loaded_by,
            action="republish",
            sources=(),
            hide_below=limit,
            change_answers=lambda connection, number: False,
            change_view=change_view,
            on_step=on_step,
        )
        return LoadOutcome(number, (), (), found)
