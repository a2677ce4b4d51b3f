"""How schools depart from their city over the rounds: a level and a pace of their own, and moves that no pace explains.

departure(round) = level + pace * years + moves that last (a random walk) + moves that pass (each round's own) +
sampling noise, which is known. How much schools differ in each is estimated over all of them, by REML, and decides how
much one school's rounds tell of it: few answers borrow from many (best linear unbiased prediction). Everything is
normal, and a school's matrix has no more rows than there are rounds, so all of them are done at once.
Source: Searle, Casella & McCulloch, Variance Components (1992), chapters 6 and 7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

LEVEL, PACE, LASTING, PASSING = range(4)
USUAL = np.array([1.0, 0.2, 0.05, 0.3])
"""Standard deviations between schools, in thirds of a scale (and a year), that are not to be wondered at: a weak prior
(half normal), which says something where a handful of schools cannot. A few rounds hardly tell moves that last from
paces: there it takes them for paces rather, as else paces would seem to differ less than they do."""

POINTS = 9  # standard deviations of the pace that are weighed against each other
REFITTED = 5000  # figures; with more of them only the spread of the pace is weighed
NEAR = 40_000  # numbers
STEEP = 6.0  # how much less likely (in deviance) the outermost of them are


class Departures(NamedTuple):
    """What is known of each school's departure (groups x schools [x rounds]); `city` is what they depart from, a row a
    group. `sd`: the standard deviations between schools, in the order of USUAL. Where a school has no rounds the
    departure is 0, with the variance that schools have."""

    city: np.ndarray
    level: np.ndarray
    pace: np.ndarray
    pace_variance: np.ndarray
    sd: np.ndarray


def departures(value: np.ndarray, noise: np.ndarray, years: np.ndarray, usual: np.ndarray) -> Departures:
    """Of figures (groups x schools x rounds; nan where there is none) with their sampling variances.

    A group (a criterion, an area) has a mean of its own each round and shares the spread between schools with the
    others. `usual` is USUAL on the figures' scale. With two rounds a pace cannot be told from moves: it is 0.
    """
    model, told = Likelihood(value, noise, years), np.array([LEVEL, PACE, LASTING, PASSING])
    if len(years) < 3:
        told = told[told != PACE]
    start = np.zeros(4)
    start[told] = usual[told] / 3
    sd, _ = _likeliest(model, start, told, usual)
    return _weighed(model, sd, usual) if len(years) > 2 else model.predicted(sd)


def _likeliest(
    model: Likelihood, start: np.ndarray, free: np.ndarray, usual: np.ndarray, rounds: int = 60
) -> tuple[np.ndarray, float]:
    """The standard deviations at which the deviance is least, where those that are `free` are looked for."""

    def penalised(scaled: np.ndarray) -> tuple[float, np.ndarray]:
        sd = start.copy()
        sd[free] = scaled * usual[free]
        deviance, slope = model.deviance(sd, slope=True)
        deviance += ((sd / usual) ** 2).sum()
        return deviance, 2 * sd[free] * slope[free] * usual[free] + 2 * scaled

    from scipy.optimize import minimize  # here, as in methods/roots.py

    options = {"ftol": 1e-9, "maxiter": rounds}
    found = minimize(penalised, start[free] / usual[free], jac=True, method="L-BFGS-B", options=options)
    sd = start.copy()
    sd[free] = np.abs(found.x) * usual[free]
    return sd, float(found.fun)


def _weighed(model: Likelihood, sd: np.ndarray, usual: np.ndarray) -> Departures:
    """The departures over all that the paces' spread may be, each as likely as it is: taken for known it would now and
    then be taken for 0, and every school's pace for the city's."""
    # Of thousands of figures what passes and lasts is as good as known; else it gives way to the pace and back.
    free = np.array([LEVEL, LASTING, PASSING])[: 3 if model.there.sum() <= REFITTED else 0]

    def at(pace_sd: float) -> tuple[np.ndarray, float]:
        tried = sd.copy()
        tried[PACE] = pace_sd
        if len(free):
            tried[free] = np.maximum(tried[free], usual[free] / 100)  # at 0 there is no slope to follow
            return _likeliest(model, tried, free, usual, rounds=8)
        return tried, model.deviance(tried)[0] + float(((tried / usual) ** 2).sum())

    least, reach = at(sd[PACE])[1], 0.1 * sd[PACE] + 0.02 * usual[PACE]
    while (outermost := at(sd[PACE] + reach))[1] - least < STEEP and reach < 10 * usual[PACE]:
        reach *= 2
    within = np.linspace(max(sd[PACE] - reach, 0.0), sd[PACE] + reach, POINTS)[:-1]
    points = [*map(at, within), outermost]
    weight = np.exp(-0.5 * (np.array([deviance for _, deviance in points]) - least))
    weight /= weight.sum()
    many = [model.predicted(tried) for tried, _ in points]
    city, level, pace, variance = (
        np.tensordot(weight, np.array([getattr(one, name) for one in many]), 1)
        for name in ("city", "level", "pace", "pace_variance")
    )
    between = np.tensordot(weight, np.array([one.pace for one in many]) ** 2, 1) - pace**2
    return Departures(city, level, pace, variance + np.maximum(between, 0.0), sd)


class Likelihood:
    """The likelihood of figures, and what it says of each school, for any standard deviations between schools.

    Arrays are groups x rounds [x rounds] x schools, unlike those that are given: what is done to all schools at once
    then goes through them side by side in memory, which is a third of the work.
    """

    def __init__(self, value: np.ndarray, noise: np.ndarray, years: np.ndarray):
        self.years = years - years.mean()
        since = years - years[0]
        self.shared = np.array(  # the covariance of a school's rounds that each kind of departure makes, for sd 1
            [
                np.ones((len(years),) * 2),
                np.outer(self.years, self.years),
                np.minimum.outer(since, since),
                np.eye(len(years)),
            ]
        )
        lasting = np.tri(len(years))[:, 1:] * np.sqrt(np.diff(since))
        self._roots = np.ones((len(years), 1)), self.years[:, None], lasting, None
        """What each kind's covariance is the square of; None: of nothing but ones on the diagonal."""
        value, noise = (np.ascontiguousarray(np.swapaxes(each, 1, 2)) for each in (value, noise))
        self.there = ~np.isnan(value)
        self.both = (self.there[:, :, None] & self.there[:, None]).astype(float)
        self.value = np.where(self.there, value, 0.0)
        self.noise = np.where(self.there, noise, 1.0)  # of what is not there: it falls out
        self.asked = self.there.any(axis=2)
        self._all = bool(self.there.all())

    def _inverse(self, sd: np.ndarray) -> tuple[np.ndarray, float]:
        """Of every school's covariance, 0 for rounds that are not there; and the sum of its log determinants."""
        covariance = self.both * np.tensordot(sd**2, self.shared, 1)[..., None]
        _diagonal(covariance)[...] += self.noise
        log = sum(_invert(part) for part in _in_parts(covariance))
        if not self._all:
            covariance *= self.both
        return covariance, log

    def _solved(self, inverse: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
        """The groups' means by generalised least squares, their covariance, what is left of each figure, weighted."""
        uncertain = inverse.sum(axis=3)
        _diagonal(uncertain)[...] += ~self.asked
        beside = np.ascontiguousarray(uncertain.transpose(1, 2, 0))[None]  # one each: side by side they are as many
        log = _invert(beside)
        uncertain = np.ascontiguousarray(beside[0].transpose(2, 0, 1))
        right = np.einsum("gtus,gus->gt", inverse, self.value)
        city = (uncertain @ right[..., None])[..., 0]
        left = np.where(self.there, self.value - city[..., None], 0.0)
        return city, uncertain, left, log

    def deviance(self, sd: np.ndarray, *, slope: bool = False) -> tuple[float, np.ndarray]:
        """-2 log likelihood (REML, but for a constant), and its slope along each variance where that is asked for."""
        inverse, log = self._inverse(sd)
        _, uncertain, left, more = self._solved(inverse)
        weighted = np.einsum("gtus,gus->gts", inverse, left)
        found = log + more + float((weighted * left).sum())
        if not slope:
            return found, np.empty(0)
        groups, rounds = left.shape[:2]
        squares = np.einsum("gts,gus->tu", weighted, weighted)
        total = inverse.sum(axis=(0, 3))
        slopes = []
        for shared, root in zip(self.shared, self._roots, strict=True):
            half = inverse if root is None else root.T @ inverse
            half = half.reshape(groups, rounds, -1)  # its square is the inverse by shared by the inverse
            taken = half @ half.swapaxes(1, 2)
            slopes.append((total * shared).sum() - (uncertain * taken).sum() - (squares * shared).sum())
        return found, np.array(slopes)

    def predicted(self, sd: np.ndarray) -> Departures:
        """Each school's departure as expected from its rounds, given these standard deviations."""
        inverse, _ = self._inverse(sd)
        city, uncertain, left, _ = self._solved(inverse)
        weighted = np.einsum("gtus,gus->gst", inverse, left)
        lasting = np.tensordot(sd[:PASSING] ** 2, self.shared[:PASSING], 1)
        told = np.einsum("gtus,u->gst", inverse, self.years)
        of_city = np.einsum("gst,gtu,gsu->gs", told, uncertain, told)
        variance = sd[PACE] ** 2 - sd[PACE] ** 4 * (told @ self.years - of_city)
        return Departures(
            city, weighted @ lasting, sd[PACE] ** 2 * (weighted @ self.years), np.maximum(variance, 0.0), sd
        )


def _in_parts(many: np.ndarray) -> list[np.ndarray]:
    """Views of the groups' matrices, no more of them together than stay near the processor while they are inverted."""
    return np.array_split(many, min(len(many), 1 + many.size // NEAR))


def _invert(many: np.ndarray) -> float:
    """Puts the inverses in place of symmetric positive definite matrices (axes 1 and 2); the sum of their log
    determinants.

    Gauss and Jordan's elimination, all matrices at once: LAPACK takes them one by one, and waits for its threads.
    """
    log, taken = 0.0, np.empty_like(many)
    for k in range(many.shape[1]):
        pivot = many[:, k, k].copy()
        log += float(np.log(pivot).sum())
        column = many[:, :, k].copy()
        column[:, k] = 0.0
        many[:, :, k] = 0.0
        many[:, k, k] = 1.0
        many[:, k] /= pivot[:, None]
        np.multiply(column[:, :, None], many[:, None, k], out=taken)
        many -= taken
    return log


def _diagonal(many: np.ndarray) -> np.ndarray:
    """The diagonals (axes 1 and 2) of matrices that lie whole in memory, to be written to."""
    groups, rounds = many.shape[:2]
    return many.reshape(groups, rounds * rounds, *many.shape[3:])[:, :: rounds + 1]
