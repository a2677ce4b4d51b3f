"""Publishing trends as they were before each framework's last round, for those who may not see that yet.

A pace and a smoothed level are made of all rounds at once, so that those of a round that is held back cannot be left
out of them afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from analytics.maturity.publish.backtest import backtest_tables
from analytics.maturity.publish.kept import KeptFigures
from analytics.maturity.publish.shown import Figures
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.publish.together import Together
from analytics.maturity.publish.trends import trend_tables
from analytics.model.frameworks import Framework

LAST_ROUNDS = "select framework, max(year) from cell group by framework"


def tables_before_last(
    frameworks: Sequence[Framework],
    figures: dict[str, Figures],
    last: Mapping[str, int],
    together: dict[str, Together],
    kept: KeptFigures,
) -> dict[str, pa.Table]:
    """The rows of trend_before, trend_level_before and trend_backtest_before; `last`: each framework's last round."""
    rated = [framework for framework in frameworks if framework.id in last]
    grids = {framework.id: ShownRounds(framework, figures, before=last[framework.id]) for framework in rated}
    found = {}
    for make in (trend_tables, backtest_tables):
        for table, rows in make(rated, grids, together, kept).items():
            before = pa.array([last[id_] for id_ in rows["framework"].to_pylist()], pa.int16())
            found[f"{table}_before"] = rows.append_column("before", before)
    return found
