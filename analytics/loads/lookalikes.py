"""Rounds that arrive under another key than one that is published, but with its answers: another school, year or
framework, and all but one to four people the same. The difference of the two is those people's answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import duckdb
import numpy as np

from analytics.loads.cuts import Cut
from analytics.model.figures import HIDE_BELOW_FLOOR

Round = tuple[str, int, str]
"""(framework, year, school)."""
OfRound = dict[str, dict[int, int]]
"""criterion -> level -> answers."""
# What two schools have alike by chance, as where nearly all answer the highest level, tells nothing of whose answers
# they are: criteria are looked at on which no level has more than SPREAD of the answers. Of 88,000 pairs of different
# rounds of a made-up city none is taken for a copy. Where most answer the two highest levels, and few criteria are left
# to look at, counts are alike by chance in some pairs of a million, which a nation has: there people's sheets decide.
SPREAD, CRITERIA, ALIKE = 2 / 3, 8, 0.9
MANY = 25  # criteria: on so many nothing is alike by chance, and it does not matter whose answer each is
SAME_SHEETS = 2 / 3  # of the people

SameSheets = Callable[[Round, Round, Sequence[str]], float | None]
"""Which share of the people of an arriving round answered these criteria as people of a held one did; None where nobody
can be followed, as of counts."""

COUNTED = """
    select framework, year, school_id, criterion, level, count(*) as answers
    from {prefix}answer {of} where level is not null group by all
    union all
    select framework, year, school_id, criterion, level, sum(answers)::integer
    from {prefix}level_count {of} where level is not null group by all
"""


def lookalikes(
    come: Mapping[Round, OfRound], there: Mapping[Round, OfRound], cuts: Mapping[str, Cut], same_sheets: SameSheets
) -> dict[Round, Round]:
    """Arriving round -> a held one, of another key, that it is but for one to four people; or that it is, where its
    framework cuts what is told at another level. Held ones are those that are `there`, less those that the load brings
    itself."""
    criteria = sorted({criterion for counts in come.values() for criterion in counts})
    held = {key: counts for key, counts in there.items() if key not in come}
    every = (of for rounds in (come, held) for counts in rounds.values() for of in counts.values())
    levels = sorted({level for of in every for level in of})
    if not held or not may_be_told_apart(come):
        return {}
    one, other = (_table(rounds, criteria, levels) for rounds in (come, held))
    names, found = list(held), {}
    sizes, telling = other.sum(axis=2), _telling(other)
    for key, counts in zip(come, one, strict=True):
        looked = _telling(counts) & telling
        enough = looked.sum(axis=1) >= CRITERIA
        near = (np.abs(sizes - counts.sum(axis=1)) < HIDE_BELOW_FLOOR) & looked
        places = np.flatnonzero(enough & (near.sum(axis=1) >= ALIKE * looked.sum(axis=1)))
        alike, moved = (each & looked[places] for each in _alike(counts, other[places]))
        for at in np.flatnonzero(alike.sum(axis=1) / looked[places].sum(axis=1) >= ALIKE).tolist():
            name, on = names[places[at]], alike[at]
            if cuts.get(key[0]) == cuts.get(name[0]) and not moved[at, on].any():
                continue
            if looked[places[at]].sum() < MANY:
                same = same_sheets(key, name, [criteria[each] for each in np.flatnonzero(on)])
                if same is not None and same < SAME_SHEETS:
                    continue
            found[key] = name
    return found


def may_be_told_apart(come: Mapping[Round, OfRound]) -> bool:
    """Whether so many criteria arrive that a copy can be known at all."""
    return len({criterion for counts in come.values() for criterion in counts}) >= CRITERIA


def _alike(counts: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each other round, on which criteria one person's answer differs, or one to four have come or gone, and on
    which anybody's does."""
    moved = counts - other
    come, gone = np.maximum(moved, 0).sum(axis=2), np.maximum(-moved, 0).sum(axis=2)
    most, least = np.maximum(come, gone), np.minimum(come, gone)
    return (most <= 1) | ((least == 0) & (most < HIDE_BELOW_FLOOR)), most > 0


def _telling(counts: np.ndarray) -> np.ndarray:
    n = counts.sum(axis=-1)
    return (n >= HIDE_BELOW_FLOOR) & (counts.max(axis=-1) <= SPREAD * n)


def counted(stored: duckdb.DuckDBPyConnection, prefix: str, of: str = "") -> dict[Round, OfRound]:
    """The rounds of the tables whose names begin so; `of`: which of them."""
    found: dict[Round, OfRound] = defaultdict(lambda: defaultdict(dict))
    rows = stored.execute(COUNTED.format(prefix=prefix, of=of)).fetchall()
    for framework, year, school, criterion, level, n in rows:
        found[framework, year, school][criterion][level] = n
    return found


def _table(rounds: Mapping[Round, OfRound], criteria: list[str], levels: list[int]) -> np.ndarray:
    """Rounds x criteria x levels -> answers."""
    at = {criterion: place for place, criterion in enumerate(criteria)}
    of = {level: place for place, level in enumerate(levels)}
    found = np.zeros((len(rounds), len(criteria), len(levels)), dtype=np.int32)
    for place, counts in enumerate(rounds.values()):
        for criterion in counts.keys() & at.keys():
            for level, n in counts[criterion].items():
                found[place, at[criterion], of[level]] = n
    return found
