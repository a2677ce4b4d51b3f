"""What an agreement starts from, no finer than the school's figure is told.

Of under twenty answers a mean is told roughly, as with n and more decimals it could be turned back into them. What was
agreed may have been written while it was told finer, or by somebody who knows the answers.
"""

from __future__ import annotations

import json
from fractions import Fraction
from math import floor

import duckdb

from analytics.loads.register_rows import as_text
from analytics.maturity.methods.coarse import rounded
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.model.figures import Bound
from analytics.store.history import WHOLE

ROUGH = """
    select row_id, from_level, to_level, cell.n is null as few, goal_statistic = 'share' as of_shares,
        if(goal_statistic = 'share', share_at_goal, mean) as figure,
        if(goal_statistic = 'share', share_bound, mean_bound) as bound
    from agreement join cell using (framework, year, school_id, criterion)
    join framework on framework.id = agreement.framework
    where from_level is not null and cell.mean is not null and coalesce(cell.n, 0) < ?
"""


def round_starts(connection: duckdb.DuckDBPyConnection) -> None:
    """Rounds what agreements in the new view start from, where the figure is told roughly, and what is said of them in
    the history. Of a hidden figure nobody is told any; what people write there is theirs."""
    for row_id, start, to, few, of_shares, figure, bound in connection.execute(ROUGH, [CERTAIN_FROM]).fetchall():
        told = _told(start, to, few, of_shares, figure, bound)
        if told != start:
            connection.execute("update agreement set from_level = ? where row_id = ?", [told, row_id])
            _in_the_history(connection, row_id, as_text(start), as_text(told))


def _told(start: float, to: float, few: bool, of_shares: bool, figure: float | None, bound: str | None) -> float | None:
    """None where nothing of it is told, or where it would be no lower than what is aimed at."""
    if of_shares:
        told = None if figure is None else start
    else:
        decimals = 1 if few else 2
        told = float(rounded(Fraction(str(start)), decimals))
        if told >= to:
            told = floor(start * 10**decimals) / 10**decimals
    if told is not None and bound:
        told = max(told, figure or 0) if bound == Bound.AT_MOST else min(told, figure or 0)
    return None if told is None or told >= to else told


def _in_the_history(connection: duckdb.DuckDBPyConnection, row_id: str, finer: str, told: str) -> None:
    """Puts the rounded text in place of the finer one wherever the row's history has it."""
    entries = connection.execute(
        "select rowid, field, before, after from register_change"
        " where kind = 'agreements' and row_id = ? and field in (?, 'from_level')",
        [row_id, WHOLE],
    ).fetchall()
    for entry, field, *texts in entries:
        told_texts = [_retold(text, field, finer, told) for text in texts]
        if told_texts[0] == told_texts[1]:  # nothing that is told has changed
            connection.execute("delete from register_change where rowid = ?", [entry])
        elif told_texts != texts:
            connection.execute("update register_change set before = ?, after = ? where rowid = ?", [*told_texts, entry])


def _retold(text: str | None, field: str, finer: str, told: str) -> str | None:
    if text is None or field != WHOLE:
        return told if text == finer else text
    columns = json.loads(text)
    if columns.get("from_level") == finer:
        columns["from_level"] = told
    return json.dumps({name: value for name, value in columns.items() if value}, ensure_ascii=False)
