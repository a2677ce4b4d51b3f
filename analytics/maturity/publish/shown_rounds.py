"""What is shown of a framework's schools, as arrays: criteria x schools x rounds."""

from __future__ import annotations

import numpy as np

from analytics.maturity.methods.city_spread import ENOUGH
from analytics.maturity.methods.coarse import told_mean
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.maturity.publish.shown import Figures, Thing
from analytics.model.frameworks import WHOLE, Framework

SURELY = 0.4
"""Of the noise that a mean of under twenty answers may have, the part that there surely is, wherever the city's schools
stand: its spread is told as what most of them have less of, and its answers as 7 may be 9."""

MOST_BOUNDS = 0.2  # of the figures that a pace is told by: means that are told as bounds
LEAST_NOISE = 1e-4  # the square of a standard error: even where all in the city answer alike there is some


class ShownRounds:
    """What is shown of a framework, as criteria x schools x rounds."""

    def __init__(self, framework: Framework, figures: dict[str, Figures], before: int | None = None):
        """Of its rounds before a year; None: of all of them."""
        self.framework = framework
        shown = {
            (school_id, year): {thing: figure for thing, figure in things.items() if thing[1]}
            for school_id, rounds in figures.items()
            for (id_, year), things in rounds.items()
            if id_ == framework.id and (before is None or year < before)
        }
        told = {thing for things in shown.values() for thing in things}
        self.years = np.array(sorted({year for (_, year), things in shown.items() if things}), dtype=float)
        self.schools = sorted({school_id for (school_id, _), things in shown.items() if things})
        self.criteria: list[Thing] = [(c.area, c.id) for c in framework.criteria if (c.area, c.id) in told]
        self.areas = list(dict.fromkeys(area for area, _ in self.criteria))
        self.things: list[Thing] = [(WHOLE, ""), *((area, "") for area in self.areas), *self.criteria]
        self.mean, self.sd, self.n = np.full((3, len(self.criteria), len(self.schools), len(self.years)), np.nan)
        place = {thing: number for number, thing in enumerate(self.criteria)}
        school = {school_id: number for number, school_id in enumerate(self.schools)}
        round_ = {year: number for number, year in enumerate(self.years)}
        for (school_id, year), things in shown.items():
            for thing, figure in things.items():
                at = place[thing], school[school_id], round_[year]
                self.mean[at], self.sd[at], self.n[at] = figure.mean, figure.sd, figure.n

    def noise(self) -> np.ndarray:
        """The squares of the means' standard errors. A few answers tell little of their own spread, and those at the
        end of the scale too small a one: it is taken together with as much as ten answers would tell of the city's."""
        variance, freedom = self.sd**2, np.maximum(self.n - 1, 0)
        known = ~np.isnan(variance)
        sums = np.where(known, variance * freedom, 0.0).sum(axis=1, keepdims=True)
        answers = np.where(known, freedom, 0.0).sum(axis=1, keepdims=True)
        city = np.divide(sums, answers, out=np.zeros_like(sums), where=answers > 0)
        own = np.where(known, variance * freedom, 0.0)
        return np.where(
            np.isnan(self.mean),
            np.nan,
            np.maximum((own + 10 * city) / (np.where(known, freedom, 0) + 10) / self.n, LEAST_NOISE),
        )

    def sure_noise(self) -> np.ndarray:
        """The same, no more of it than there surely is: for what estimates itself how much moves from round to round.
        Of noise that is too little such moves make up; of one that is too much they leave nothing to differ by."""
        return np.where(self.n < CERTAIN_FROM, SURELY, 1.0) * self.noise()

    def spread_is_known(self) -> bool:
        """Whether nothing is told by under twenty answers, or cells enough of more tell how these spread."""
        few = self.n < CERTAIN_FROM
        return not few.any() or int((self.n >= CERTAIN_FROM).sum()) >= ENOUGH

    def pace_is_known(self) -> np.ndarray:
        """Of things, for the schools and last the city: whether what is shown may tell how fast it moves. Not where it
        is not known how answers spread; nor by what is often a bound, of a school's or in the city: that stands still
        whatever moves behind it."""
        shown, bound = ~np.isnan(self.mean), self._bounds()
        area_of = np.array([self.areas.index(area) for area, _ in self.criteria])
        these = [slice(None), *(area_of == area for area in range(len(self.areas)))]
        these += [slice(place, place + 1) for place in range(len(self.criteria))]
        counted = [np.stack([part[each].sum(axis=(0, 2)) for each in these]) for part in (bound, shown)]
        bounds, figures = (np.hstack([count, count.sum(axis=1, keepdims=True)]) for count in counted)
        known = bounds <= MOST_BOUNDS * figures
        return known & (self.spread_is_known() and known[0, -1])  # else the schools seem not to differ in pace

    def _bounds(self) -> np.ndarray:
        """Which of the means are told as bounds."""
        levels, found = self.framework.levels, np.zeros(self.mean.shape, dtype=bool)
        for n in np.unique(self.n[self.n < CERTAIN_FROM]).astype(int).tolist():
            least, most = (float(told_mean(n, n * level, levels)[0]) for level in (levels[0], levels[-1]))
            found |= (self.n == n) & ((self.mean <= least) | (self.mean >= most))
        return found
