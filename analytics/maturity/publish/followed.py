"""People are followed over criteria once: where a round's answers are what they were, so is what following said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.maturity.publish.kept import KeptFigures, digest_of
from analytics.model.frameworks import WHOLE, Framework

SchoolRoundKey = tuple[str, int, str]  # framework, year, school

# One row a school-round: all that is stored of its answers, in no order. A hash of DuckDB's is no secret's, but answers
# that came out alike by chance would be one load in 2^64.
SAID = """
    with each as (
        select framework, year, school_id, hash(respondent, criterion, level) as said from answers.answer
        union all
        select framework, year, school_id, hash(criterion, level, answers, 'counted') from answers.level_count
    )
    select framework, year, school_id, count(*) || '-' || bit_xor(said) || '-' || sum(said::hugeint)
    from each group by all
"""
BEFORE = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string()), ("area", pa.string()),
     ("respondents", pa.float64()), ("error", pa.float64())]
)  # fmt: skip


def digests_of_rounds(
    rounds: Sequence[tuple], frameworks: Sequence[Framework], hide_below: int
) -> dict[SchoolRoundKey, bytes]:
    """Of all that a school-round's people say: its answers, what was asked of them, and what is hidden of it. `rounds`:
    rows of SAID."""
    areas = _areas(frameworks)
    asked = {f.id: digest_of(f.levels, areas[f.id], [(c.id, c.area) for c in f.criteria]) for f in frameworks}
    return {(f, *rest): digest_of("round", f, *rest, said, asked[f], hide_below) for f, *rest, said in rounds}


def take_over_followed(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Sequence[Framework],
    digests: Mapping[SchoolRoundKey, bytes],
    kept: KeptFigures,
) -> set[SchoolRoundKey]:
    """Adds to `followed_before` what is known; of a round in which nobody may be followed a row without an area. The
    rounds of which nothing is known."""
    areas, rows, anew = _areas(frameworks), [], set()
    for key, digest in digests.items():
        if (found := kept.known(digest)) is None:
            anew.add(key)
        else:
            told = [(*key, areas[key[0]][at], found[0][at], found[1][at]) for at in np.flatnonzero(~np.isnan(found[0]))]
            rows += told or [(*key, None, None, None)]
    if rows:
        columns = zip(*rows, strict=True)
        made = pa.table([pa.array(each, field.type) for each, field in zip(columns, BEFORE, strict=True)], BEFORE)
        connection.register("rows_before", made)
        connection.execute("insert into followed_before by name from rows_before")
        connection.unregister("rows_before")
    return anew


def keep_followed(
    parts: pa.Table,
    frameworks: Sequence[Framework],
    digests: Mapping[SchoolRoundKey, bytes],
    anew: Collection[SchoolRoundKey],
    kept: KeptFigures,
) -> None:
    """Keeps what following said of the rounds that are followed `anew`; `parts` as area_cell.sql makes them."""
    places = {id_: {area: at for at, area in enumerate(areas)} for id_, areas in _areas(frameworks).items()}
    if not anew:
        return
    found = {key: np.full((2, len(places[key[0]])), np.nan) for key in anew}
    parts = parts.filter(pc.is_valid(parts["followed_error"]))
    names = ("framework", "year", "school_id", "area", "respondents", "followed_error")
    for framework, year, school_id, area, *said in zip(*(parts[name].to_pylist() for name in names), strict=True):
        if (framework, year, school_id) in anew:
            found[framework, year, school_id][:, places[framework][area]] = said
    for key, said in found.items():
        kept.keep(digests[key], (said[0], said[1]))


def _areas(frameworks: Sequence[Framework]) -> dict[str, list[str]]:
    return {framework.id: [WHOLE, *(area.id for area in framework.areas)] for framework in frameworks}
