"""Which published figures one version has otherwise than another: a mean, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.loads.near_copies import Round
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.store.reading import View

CITY = ""
"""In a school's place: the mean of the city's schools."""
WHOLE_ROUND = ""
"""In a criterion's place: over all of them."""

Key = tuple[str, int, str, str]
"""(framework, year, school, criterion)."""
# What is told of each, as it is told: the mean and, of schools, how many answered.
FIGURES = """
    select framework, year, school_id, criterion, mean, n from cell where status <> 'hidden'
    union all
    select framework, year, school_id, '', mean, respondents from area_cell where area = ''
    union all
    select framework, year, '', criterion, mean_of_schools, null from city_cell
    union all
    select framework, year, '', '', mean_of_schools, null from city_area where area = ''
"""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is not as it was; None: there was none, or none is shown. `n`: how many answered, where it is
    told."""

    framework: str
    year: int
    school: str
    criterion: str
    before: float | None
    after: float | None
    n_before: int | None
    n: int | None


@dataclass(frozen=True, slots=True)
class FigureChanges:
    """All of them, newest round first, the city before its schools; `withheld`: the rounds that are not laid side by
    side, as the two would tell what one to four people answered."""

    figures: tuple[FigureChange, ...]
    withheld: tuple[Round, ...]


def figure_changes(before: View, after: View, in_force: View, viewer: Viewer) -> FigureChanges:
    """From what each version publishes. `in_force`: which rounds few people's answers have been changed in. Raises
    NotAllowed for a viewer who may not see every school."""
    if viewer.schools is not None:
        raise NotAllowed("city")
    withheld = _withheld(before, after, in_force)
    was, now = _figures(before), _figures(after)
    changed = []
    for key in {*was, *now}:
        framework, year, school, criterion = key
        if was.get(key) == now.get(key) or (framework, year, school) in withheld:
            continue
        (mean_before, n_before), (mean, n) = was.get(key, (None, None)), now.get(key, (None, None))
        if not (school == CITY and any((framework, year) == round_[:2] for round_ in withheld)):
            changed.append(FigureChange(framework, year, school, criterion, mean_before, mean, n_before, n))
    changed.sort(key=lambda one: (-one.year, one.framework, one.school, one.criterion))
    return FigureChanges(tuple(changed), tuple(sorted(withheld)))


def _figures(view: View) -> Mapping[Key, tuple[float | None, int | None]]:
    return {tuple(key): (mean, n) for *key, mean, n in view.rows(FIGURES)}


def _withheld(before: View, after: View, in_force: View) -> set[Round]:
    """The rounds that either version holds as they were before few people's answers were changed, where the other holds
    them as they are since."""
    if "near_copy" not in in_force.tables:
        return set()
    loads = [_loaded(view) for view in (before, after)]
    found = set()
    for framework, year, school, version in in_force.rows("select framework, year, school_id, version from near_copy"):
        since = {loaded[key] >= version for loaded in loads if (key := (framework, year, school)) in loaded}
        if len(since) > 1:
            found.add((framework, year, school))
    return found


def _loaded(view: View) -> Mapping[Round, int]:
    rows = view.rows("select framework, year, school_id, loaded_version from school_round")
    return {(framework, year, school): version for framework, year, school, version in rows}
