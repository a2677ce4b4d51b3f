"""Publishing: the figures of a version, computed once, with everything that must be hidden already hidden.

Reads individual answers, writes the figures that pages read. Aggregates are built from the written cells, so that no
hidden answer can be won back from them by subtraction.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from threadpoolctl import threadpool_limits

from analytics.maturity.methods.disclosure import CERTAIN_FROM, FEW_BELOW, RESPONSE_FROM
from analytics.maturity.methods.together import ASSUMED
from analytics.maturity.publish.areas import publish_areas
from analytics.maturity.publish.backtest import backtest_tables
from analytics.maturity.publish.before_last import LAST_ROUNDS, tables_before_last
from analytics.maturity.publish.cells import NOISE, publish_cells
from analytics.maturity.publish.changes import publish_changes
from analytics.maturity.publish.counted import count_rounds, responded_table
from analytics.maturity.publish.disposed import put_back, take_over
from analytics.maturity.publish.followed import SAID, digests_of_rounds, keep_followed, take_over_followed
from analytics.maturity.publish.forecast import ForecastDraws, write_forecasts
from analytics.maturity.publish.kept import KeptFigures
from analytics.maturity.publish.readiness import publish_readiness
from analytics.maturity.publish.rows import put_in
from analytics.maturity.publish.school_breaks import breaks_of_schools, since_the_last
from analytics.maturity.publish.shown import shown_figures, shown_rows
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.publish.trends import trend_tables
from analytics.maturity.publish.true_levels import goal_grids, true_level_tables
from analytics.maturity.readiness import IN_THE_WAY
from analytics.maturity.rounds import REACHED, lineage
from analytics.model.figures import HIDE_BELOW_FLOOR, N_BAND, Basis
from analytics.model.frameworks import Framework

SQL = Path(__file__).parent / "sql"
AREA_PARTS = (SQL / "area_cell.sql").read_text("utf-8")
"""What areas are made of, of the tables cell, framework, answers.answer and followed_before."""

UNSAID_WAYS = """
    update school_round set in_the_way = made.in_the_way from in_its_way as made
    where school_round.in_the_way is null and school_round.framework = made.framework
        and school_round.year = made.year and school_round.school_id = made.school_id
"""


def publish(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Iterable[Framework],
    hide_below: int,
    on_step: Callable[[], None] = lambda: None,
    *,
    in_steps: bool = False,
    anew: bool = False,
) -> pa.Table:
    """Fills the published tables of the new view from the answers file attached as `answers`; returns what is to be
    kept there for the next version. `in_steps`: rounds are released in steps, so that some are told what there was
    before the last one. What is made of the same as in the version before is taken over from there, unless all is to
    be made `anew`: to the last bit it is the same.

    Hides cells with fewer than `hide_below` answers, and with fewer than five whatever it says. Rounds whose answers
    have been taken away keep the figures that the version before has, attached as `base`.
    """
    # Matrices of a school's size gain nothing from several threads, which wait for each other in loops: that took as
    # much of the processor as all the rest.
    with threadpool_limits(1, user_api="blas"), _nothing_collected():
        kept = KeptFigures() if anew else KeptFigures.in_answers(connection, "answers_before")
        _publish(connection, frameworks, max(hide_below, HIDE_BELOW_FLOOR), on_step, in_steps, kept)
        return kept.rows()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Of the millions of values that are made none hold each other in a circle: to look through them for such, time and
    again, is a sixth of the work."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _publish(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Iterable[Framework],
    hide_below: int,
    on_step: Callable[[], None],
    in_steps: bool,
    kept: KeptFigures,
) -> None:
    def run(name: str, **parameters: float | str) -> None:
        connection.execute((SQL / name).read_text("utf-8"), parameters)
        on_step()

    are_disposed = take_over(connection)
    said = connection.execute(SAID).fetchall()
    frameworks = _rated(connection, frameworks, {framework for framework, *_ in said})
    if not frameworks and not are_disposed:
        return  # every figure is made of cells, and there will be none
    digests = digests_of_rounds(said, frameworks, hide_below)
    counted = count_rounds(connection, frameworks, digests, hide_below, kept)
    on_step()
    connection.register("responded", responded_table(counted))
    run("round_people.sql")
    noise = []
    for framework in frameworks:
        noise += publish_cells(connection, framework, hide_below, counted, kept)
        on_step()
    connection.register("cell_noise", pa.Table.from_pylist(noise, NOISE))
    run("city.sql")
    to_follow = take_over_followed(connection, frameworks, digests, kept)
    run("area_cell.sql", hide_below=hide_below)
    parts = connection.execute("select * from area_parts").to_arrow_table()
    keep_followed(parts, frameworks, digests, to_follow, kept)
    areas = publish_areas(connection, frameworks, parts, kept)
    run("city_area.sql")
    shown = shown_rows(connection, areas)
    figures = shown_figures(shown)
    grids = {framework.id: ShownRounds(framework, figures) for framework in frameworks}
    of_goals = goal_grids(connection, frameworks, grids)
    links = breaks_of_schools(connection)
    of_courses = since_the_last(links, figures)
    courses_of = {f.id: ShownRounds(f, of_courses) for f in frameworks} if links else grids
    # What is made of these alone, by NumPy, is made on another core meanwhile.
    with ThreadPoolExecutor(2) as beside:
        true_levels = beside.submit(true_level_tables, frameworks, of_goals, areas.together, kept)
        courses = [
            beside.submit(make, frameworks, courses_of, areas.together, kept)
            for make in (trend_tables, backtest_tables)
        ]
        if in_steps:
            last = dict(connection.execute(LAST_ROUNDS).fetchall())
            courses.append(beside.submit(tables_before_last, frameworks, of_courses, last, areas.together, kept))
        publish_changes(connection, frameworks, shown, figures, links)
        on_step()
        forecasts = [ForecastDraws(connection, frameworks, figures)]
        if assumed := [f for f in frameworks if areas.together[f.id].basis is Basis.ASSUMED]:
            least = shown_figures(shown_rows(connection, areas.assuming(ASSUMED[0])))
            forecasts.append(ForecastDraws(connection, assumed, least, ASSUMED[0]))
        publish_readiness(connection, frameworks, areas.together, forecasts, digests, kept, on_step)
        write_forecasts(connection, forecasts, kept)
        for name, rows in zip(("cell_there", "round_there"), true_levels.result(), strict=True):
            connection.register(name, rows)
        for course in courses:
            for table, rows in course.result().items():
                put_in(connection, table, rows)
    run("cell_chances.sql")
    run("in_the_way.sql", reached=REACHED, most=IN_THE_WAY)
    run(
        "school_round.sql",
        hide_below=hide_below,
        few_below=FEW_BELOW,
        few_band=N_BAND,
        response_from=RESPONSE_FROM,
        certain_from=CERTAIN_FROM,
    )
    if are_disposed:
        put_back(connection)
        run("in_the_way.sql", reached=REACHED, most=IN_THE_WAY)
        connection.execute(UNSAID_WAYS)  # an earlier edition did not say it
    for registered in ("responded", "cell_noise", "noise", "cell_ready", "cell_there", "round_ready", "round_there"):
        connection.unregister(registered)


def _rated(
    connection: duckdb.DuckDBPyConnection, frameworks: Iterable[Framework], with_answers: set[str]
) -> list[Framework]:
    """Those that there are rounds of, and those that they have come in place of."""
    frameworks = list(frameworks)
    carried = {id_ for (id_,) in connection.execute("select distinct framework from cell").fetchall()}
    needed = {older.id for id_ in with_answers | carried for older in lineage(frameworks, id_)}
    return [framework for framework in frameworks if framework.id in needed]
