"""The dialogues in a view, read as the model's own objects; frozen briefs, one by one."""

from __future__ import annotations

from typing import Any

import duckdb

from analytics.model.dialogue import Dialogues, FrozenBrief
from analytics.registers.dialogue import DIALOGUE
from analytics.store.reading import View
from analytics.store.rows import read_rows


def read_dialogues(view: View) -> Dialogues:
    """Everything the version holds of dialogues, of all schools: for loads and saves, which ask no viewer."""
    parts: dict[str, Any] = {kind.part: read_rows(view, kind.row) for kind in DIALOGUE}
    return Dialogues(**parts)


FROZEN = "select school_id, framework, year, frozen_at, made_from, frozen_by, contents from frozen_brief"


def frozen_brief(view: View, school_id: str, framework: str, year: int) -> FrozenBrief | None:
    """The brief as it was when it was frozen; None where it has not been."""
    where = " where school_id = ? and framework = ? and year = ?"
    found = view.records(FrozenBrief, FROZEN + where, [school_id, framework, year])
    return found[0] if found else None


def tells_beside_later(view: View, brief: FrozenBrief) -> bool:
    """Whether one to four people's answers were changed under the brief since: beside the round as it is now it tells
    what they answered."""
    where = "framework = ? and year = ? and school_id = ? and version > ?"
    key = [brief.framework, brief.year, brief.school_id, brief.made_from]
    return bool(view.rows(f"select 1 from near_copy where {where}", key))


def write_frozen_brief(connection: duckdb.DuckDBPyConnection, brief: FrozenBrief) -> None:
    """Puts a frozen brief in, in place of the round's earlier one (which earlier versions of the store still hold)."""
    key = [brief.school_id, brief.framework, brief.year]
    connection.execute("delete from frozen_brief where school_id = ? and framework = ? and year = ?", key)
    connection.execute(
        "insert into frozen_brief values (?, ?, ?, ?, ?, ?, ?)",
        [*key, brief.frozen_at, brief.made_from, brief.frozen_by, brief.contents],
    )
