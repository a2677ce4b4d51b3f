"""Publishing: the figures of a version, computed once, with everything that must be hidden already hidden.

Reads individual answers, writes the figures that pages read. Aggregates are built from the written cells, so that no
hidden answer can be won back from them by subtraction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.maturity.methods.disclosure import CERTAIN_FROM, FEW_BELOW, RESPONSE_FROM
from analytics.maturity.methods.together import ASSUMED
from analytics.maturity.publish.areas import publish_areas
from analytics.maturity.publish.backtest import publish_backtests
from analytics.maturity.publish.cells import NOISE, publish_cells
from analytics.maturity.publish.changes import publish_changes
from analytics.maturity.publish.forecast import ForecastDraws, write_forecasts
from analytics.maturity.publish.readiness import publish_readiness
from analytics.maturity.publish.shown import shown_figures
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.publish.trends import publish_trends
from analytics.maturity.publish.true_levels import publish_true_levels
from analytics.model.figures import HIDE_BELOW_FLOOR, N_BAND, Basis
from analytics.model.frameworks import Framework

SQL = Path(__file__).parent / "sql"


def publish(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Iterable[Framework],
    hide_below: int,
    on_step: Callable[[], None] = lambda: None,
) -> None:
    """Fills the published tables of the new view from the answers file attached as `answers`.

    Hides cells with fewer than `hide_below` answers, and with fewer than five whatever it says.
    """
    frameworks, hide_below = list(frameworks), max(hide_below, HIDE_BELOW_FLOOR)

    def run(name: str, **parameters: float | str) -> None:
        connection.execute((SQL / name).read_text("utf-8"), parameters)
        on_step()

    run("level_answers.sql")
    run("round_people.sql", hide_below=hide_below)
    noise = []
    for framework in frameworks:
        noise += publish_cells(connection, framework, hide_below)
        on_step()
    connection.register("cell_noise", pa.Table.from_pylist(noise, NOISE))
    run("city.sql")
    run("area_cell.sql", hide_below=hide_below)
    areas = publish_areas(connection, frameworks, connection.execute("select * from area_parts").to_arrow_table())
    run("city_area.sql")
    figures = shown_figures(connection, areas)
    publish_changes(connection, frameworks, figures)
    grids = {framework.id: ShownRounds(framework, figures) for framework in frameworks}
    publish_trends(connection, frameworks, grids, areas.together)
    publish_backtests(connection, frameworks, grids, areas.together)
    on_step()
    forecasts = [ForecastDraws(connection, frameworks, figures)]
    if assumed := [f for f in frameworks if areas.together[f.id].basis is Basis.ASSUMED]:
        forecasts.append(ForecastDraws(connection, assumed, shown_figures(connection, areas.assuming(ASSUMED[0]))))
    publish_true_levels(connection, frameworks, grids, areas.together)
    publish_readiness(connection, frameworks, areas.together, forecasts, on_step)
    write_forecasts(connection, forecasts)
    run(
        "school_round.sql",
        hide_below=hide_below,
        few_below=FEW_BELOW,
        few_band=N_BAND,
        response_from=RESPONSE_FROM,
        certain_from=CERTAIN_FROM,
    )
    for registered in ("cell_noise", "noise", "round_ready", "round_there"):
        connection.unregister(registered)
