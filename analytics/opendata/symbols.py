"""What stands in an open CSV where there is no value, as Statistics Sweden (SCB) writes it.

In Parquet and DuckDB such a cell is empty; `status`, where there is one, tells why.
"""

from __future__ import annotations

from enum import StrEnum

from analytics.words.language import N_


class Symbol(StrEnum):
    """Why a cell holds no value."""

    NOTHING = "-"  # there is nothing to tell
    NOT_APPLICABLE = "."  # there can be no value here
    NOT_TOLD = ".."  # not known, too uncertain, or hidden so that nobody can be picked out


MEANING = {
    Symbol.NOTHING: N_("nothing to tell"),
    Symbol.NOT_APPLICABLE: N_("cannot occur here, as in a row about all areas"),
    Symbol.NOT_TOLD: N_("not known, too uncertain, or hidden so that nobody can be picked out"),
}
