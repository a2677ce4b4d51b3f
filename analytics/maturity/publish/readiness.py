"""Publishing whether a new round would show each school at the goal, and what the next round may bring."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.claims import numbered
from analytics.maturity.methods.disclosure import CERTAIN_FROM, FEW_BELOW
from analytics.maturity.methods.resampling import Resampled, Resampler
from analytics.maturity.methods.together import ASSUMED
from analytics.maturity.methods.typical import typical_answers, with_share
from analytics.maturity.publish.followed import SchoolRoundKey
from analytics.maturity.publish.forecast import ForecastDraws
from analytics.maturity.publish.kept import Arrays, KeptFigures, digest_of
from analytics.maturity.publish.together import Together
from analytics.model.figures import Basis
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present

# Of the answers at the goal, as near as it is told.
SHARE = """
    case share_bound when 'at_most' then share_at_goal / 2 when 'at_least' then (1 + share_at_goal) / 2
        else coalesce(share_at_goal, case share_band when 'below_half' then 0.2 when 'about_half' then 0.5
            when 'above_half' then 0.8 end) end"""

# One row a shown cell: its answers where they may be told, and under twenty as it is told.
SHOWN = f"""
    select cell.year, cell.school_id, criterion.position, levels, mean, noise_sd, noise_n, {SHARE} as share
    from cell join criterion on criterion.framework = cell.framework and criterion.id = cell.criterion
    where cell.framework = ? and mean is not null order by all
"""

# One row a round of those that are to be drawn from in which people may be followed over the criteria, in the order of
# their `place`.
FOLLOWED = """
    select framework, year, school_id, row_number() over (order by framework, year, school_id) - 1 as place
    from area_cell semi join to_be_drawn using (framework, year, school_id)
    where area = $area and interval_basis = 'respondents' order by place
"""

MAY_BE_FOLLOWED = """
    select framework, year, school_id from area_cell anti join answers.level_count using (framework, year, school_id)
    where area = $area and interval_basis = 'respondents'
"""

# One row an answer of those rounds, in no order.
ANSWERS = f"""
    with followed as ({FOLLOWED}), shown as (
        select framework, year, school_id, cell.criterion, place, position
        from followed join cell using (framework, year, school_id)
        join criterion on criterion.framework = cell.framework and criterion.id = cell.criterion
        where levels is not null
    )
    select place, respondent, position, level
    from answers.answer join shown using (framework, year, school_id, criterion) where level is not null
"""

CELL_READY = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string()), ("criterion", pa.string()),
     ("ready", pa.float64())]
)  # fmt: skip
ROUND_READY = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string()), ("ready", pa.float64()),
     ("ready_low", pa.float64()), ("ready_high", pa.float64()), ("ready_basis", pa.string())]
)  # fmt: skip


def publish_readiness(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Sequence[Framework],
    together: dict[str, Together],
    forecasts: Sequence[ForecastDraws],
    digests: Mapping[SchoolRoundKey, bytes],
    kept: KeptFigures,
    on_step: Callable,
) -> None:
    """Registers the cells' shares as `cell_ready` and each school-round's as `round_ready`, and hands its resamples to
    `forecasts`: where it is assumed how answers go together there are two, the most and the least of it. Only rounds
    are drawn from that a share or a forecast is not `kept` of; `digests`: of what their people said."""
    by_id, resampler = {framework.id: framework for framework in frameworks}, Resampler()
    followed = set(connection.execute(MAY_BE_FOLLOWED, {"area": WHOLE}).fetchall())
    rounds = {
        key: RoundToDraw.of(by_id[key[0]], key, counts, digests.get(key) if key in followed else None, together)
        for key, counts in _counts(connection, by_id).items()
    }
    drawn = {key: each.digest for key, each in rounds.items()}
    shares = {key: kept.known(digest) for key, digest in drawn.items()}
    needed = {key for key, found in shares.items() if found is None}
    for forecast in forecasts:
        needed |= forecast.to_be_drawn_from(drawn, kept)
    people = _people(connection, by_id, needed)
    cells, of_rounds = [], []
    for key, each in rounds.items():
        found = shares[key]
        if key in needed:
            resampled = each.resampled(resampler, people.get(key))
            found = found or kept.keep(each.digest, each.shares(resampled))
            for forecast, means in zip(forecasts, [*resampled, resampled[0]], strict=False):
                forecast.take(key, means.mean)
        of_cells, every = present(found)
        # Of a few answers the share would tell more of who answered what than of how sure the criterion is.
        told = np.rint(each.counts.sum(axis=1)) >= FEW_BELOW
        cells += [(*key, *row) for row, enough in zip(each.named(of_cells), told, strict=True) if enough]
        of_rounds.append((*key, float(np.mean(every)), float(every.min()), float(every.max()), each.basis.value))
        on_step()
    connection.register("cell_ready", _table(cells, CELL_READY))
    connection.register("round_ready", _table(of_rounds, ROUND_READY))


def _table(rows: list[tuple], schema: pa.Schema) -> pa.Table:
    """Rows in the order of the schema's columns."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.table(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


class RoundToDraw(NamedTuple):
    """A round that may be drawn from. `counts`: of its shown criteria, which lie at these `places`; `followed`: of what
    its people said, where they may be followed; `correlations`: as which answers go together where they are not, the
    most and the least where that is assumed. `basis`: by what it is known."""

    framework: Framework
    key: SchoolRoundKey
    places: np.ndarray
    counts: np.ndarray
    followed: bytes | None
    correlations: tuple[float, ...]
    basis: Basis
    digest: bytes

    @classmethod
    def of(
        cls,
        framework: Framework,
        key: SchoolRoundKey,
        counts: np.ndarray,
        followed: bytes | None,
        together: dict[str, Together],
    ) -> RoundToDraw:
        places, of, goal = np.flatnonzero(counts.sum(axis=1)), together[framework.id], framework.goal
        if (np.rint(counts[places].sum(axis=1)) < CERTAIN_FROM).any():  # of so few nobody's answers are asked for
            followed = None
        if followed or len(places) == 1:
            correlations, basis = (0.0,), Basis.RESPONDENTS
        else:
            correlations = ASSUMED[::-1] if of.basis is Basis.ASSUMED else (of.on(WHOLE, ASSUMED[1]),)
            basis = of.basis
        going_by = goal.level, goal.statistic, goal.share, framework.levels, followed, correlations
        digest = digest_of("drawn", key, places, counts[places], going_by)
        return cls(framework, key, places, counts[places], followed, correlations, basis, digest)

    def resampled(self, resampler: Resampler, people: np.ndarray | None) -> list[Resampled]:
        """`people`: a row a person, as _people has them."""
        name, goal = "/".join(map(str, self.key)), self.framework.goal
        if self.followed:
            return [resampler.people(present(people)[:, self.places], goal, name)]
        levels = np.array(self.framework.levels)
        return [resampler.counts(self.counts, levels, goal, each, name) for each in self.correlations]

    def shares(self, resampled: Sequence[Resampled]) -> Arrays:
        """In which part of its resamples each criterion meets the goal, and all do: of each of `resampled`."""
        met = [each.meets(self.framework.goal) for each in resampled]
        every = [each.all(axis=1).mean() for each in met]
        return np.mean([each.mean(axis=0) for each in met], axis=0), np.array(every)

    def named(self, of_criteria: np.ndarray) -> Iterator[tuple[str, float]]:
        criteria = self.framework.criteria
        return zip([criteria[at].id for at in self.places], of_criteria.tolist(), strict=True)


def _counts(
    connection: duckdb.DuckDBPyConnection, frameworks: Mapping[str, Framework]
) -> dict[SchoolRoundKey, np.ndarray]:
    """round -> its answers, a row a criterion and a column a level; only 0 in the rows that are hidden or not asked. Of
    under twenty answers they are such as have what is told of them, and no whole numbers."""
    found: dict[SchoolRoundKey, np.ndarray] = {}
    for id_, framework in sorted(frameworks.items()):
        rows = connection.execute(SHOWN, [id_]).to_arrow_table()
        if not rows.num_rows:
            continue
        keys = [(id_, *key) for key in zip(rows["year"].to_pylist(), rows["school_id"].to_pylist(), strict=True)]
        round_, position = numbered(keys), rows["position"].to_numpy()
        answers = np.zeros((round_[-1] + 1, len(framework.criteria), len(framework.levels)))
        certain = rows["levels"].is_valid().to_numpy()
        levels = rows["levels"].combine_chunks().flatten().to_numpy().reshape(-1, len(framework.levels))
        answers[round_[certain], position[certain]] = levels
        if not certain.all():
            small = rows.filter(pa.array(~certain))
            told = (small[name].cast(pa.float64()).to_numpy() for name in ("mean", "noise_sd", "noise_n", "share"))
            answers[round_[~certain], position[~certain]] = _typical(framework, *told)
        found |= zip(dict.fromkeys(keys), answers, strict=True)
    return found


def _typical(framework: Framework, mean: np.ndarray, sd: np.ndarray, n: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Answers per level, a row a cell."""
    levels = np.array(framework.levels)
    means, same = np.unique(np.stack([mean, sd], axis=1), axis=0, return_inverse=True)
    chances = typical_answers(means[:, 0], means[:, 1], levels)[same.ravel()]
    if framework.goal.statistic != "mean":
        chances = with_share(chances, levels >= framework.goal.level, share)
    return chances * n[:, None]


def _people(
    connection: duckdb.DuckDBPyConnection, frameworks: Mapping[str, Framework], needed: Collection[SchoolRoundKey]
) -> dict[SchoolRoundKey, np.ndarray]:
    """round -> levels, a row a person and a column a criterion, nan where none was given; of those that are needed."""
    if not needed:
        return {}
    columns = zip(*sorted(needed), strict=True)
    connection.register("to_be_drawn", pa.table(dict(zip(("framework", "year", "school_id"), columns, strict=True))))
    rounds = [tuple(row[:3]) for row in connection.execute(FOLLOWED, {"area": WHOLE}).fetchall()]
    if not rounds:
        return {}
    rows = connection.execute(ANSWERS, {"area": WHOLE}).to_arrow_table()
    connection.unregister("to_be_drawn")
    place, respondent, position, level = (rows[name].to_numpy() for name in rows.column_names)
    of_round = np.argsort(place, kind="stable")
    ends = np.cumsum(np.bincount(place, minlength=len(rounds)))
    found = {}
    for key, these in zip(rounds, np.split(of_round, ends[:-1]), strict=True):
        people, person = np.unique(respondent[these], return_inverse=True)
        levels = np.full((len(people), len(frameworks[key[0]].criteria)), np.nan)
        levels[person, position[these]] = level[these]
        found[key] = levels
    return found
