"""A slow twin of publishing: the statistical rules in plain Python, without numpy, SQL, or the code it is held
against. It takes what was loaded, answer by answer, and gives every column of every published table.

Only distribution functions and searches come from a library; everything else is sums over lists. Where publishing draws
lots, the twin counts every outcome or draws its own, and a figure is `Near` or a `Place` with room for chance.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, pairwise
from random import Random
from statistics import NormalDist, fmean, stdev

from scipy.optimize import brentq, minimize, minimize_scalar
from scipy.special import chdtri, roots_legendre, stdtr, stdtrit
from scipy.stats import beta

from analytics.model.frameworks import Framework
from tests.maturity.worlds import SchoolRound, World
from tests.sampling import NIGHTLY

Z = NormalDist().inv_cdf(0.975)
PANELS = 24  # that the right angle between no tau and no sigma is cut into, with twenty points in each
ANGLES = [(i + (x + 1) / 2) / PANELS * math.pi / 2 for i in range(PANELS) for x in roots_legendre(20)[0].tolist()]
ANGLE_WEIGHTS = roots_legendre(20)[1].tolist() * PANELS
BASES = "respondents", "correlation", "borrowed", "assumed"
DRAWS = 1000  # of places and of true levels, as publishing draws them: they say how far chance may take it
OWN = 400 if NIGHTLY else 200  # draws of the twin's, which `Near` reckons with


@dataclass
class Asked:
    """A school on a criterion in a round: levels given (don't-knows apart), and by whom, where that is known."""

    levels: list[int]
    dont_know: int
    by_person: dict[str, int] | None
    persons: set[str]  # with a row, don't-knows among them


@dataclass
class Near:
    """A share of draws: what it would be of endless ones, how many of them the twin itself drew, and publishing."""

    share: float
    own: float = math.inf
    draws: int = 2000

    def holds(self, found: float | None) -> bool:
        if math.isinf(self.own):
            near, slack = self.share, 3 / self.draws  # of what is rare some draws may come all the same
        else:  # none of its own draws does not make it impossible
            near, slack = (self.share * self.own + 1) / (self.own + 2), 0.004
        error = math.sqrt(near * (1 - near) * (1 / self.draws + 1 / self.own))
        return found is not None and abs(found - self.share) <= 4.5 * error + slack


@dataclass
class Ways:
    """What stands in a round's way: criteria by how often they meet the goal, as far as draws leave no doubt; some may
    be among them (`possible`), some must but for others of them (`sure`)."""

    possible: set[str]
    sure: set[str]

    def holds(self, found: list[str] | None) -> bool:
        named = found or []
        return set(named) <= self.possible and min(2, len(self.sure)) <= len(named) == len(set(named)) <= 2


@dataclass
class Place:
    """A quantile of a school's places. up_to: place -> the share of draws that stand there or higher."""

    up_to: dict[int, float]
    part: float

    def holds(self, found: int | None) -> bool:
        return found in self.up_to and self.up_to[found] >= self.part - 0.02 and (
            self.up_to.get(found - 1, 0.0) <= self.part + 0.02
        )  # fmt: skip


# Single figures -----------------------------------------------------------------------------------------------------


def on_the_scale(
    mean: float, squares: float, people: int, levels: Sequence[int], left: float = 1.0
) -> tuple[float, float]:
    """The interval of a mean of people, told by their sum of squares around it: one more answers, a part of an answer
    on each level; of all of them a beta distribution on the scale. `left`: the part of the variance left to chance."""
    if left == 0:
        return mean, mean
    given = [(mean, people), *((level, 1 / len(levels)) for level in levels)]
    together = math.fsum(weight for _, weight in given)
    centre = math.fsum(value * weight for value, weight in given) / together
    around = squares + math.fsum(weight * (value - centre) ** 2 for value, weight in given)
    variance = left * around / together / (together + 1)
    lowest, span = min(levels), max(levels) - min(levels)
    at = (mean + left * (centre - mean) - lowest) / span
    tells = at * (1 - at) / (variance / span**2) - 1
    low, high = beta.ppf([0.025, 0.975], at * tells, (1 - at) * tells) * span + lowest
    return min(float(low), mean), max(float(high), mean)


def welch_satterthwaite(parts: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """Standard error and degrees of freedom of a sum of independent things, told as (variance, people)."""
    total = math.fsum(variance for variance, _ in parts)
    below = math.fsum(variance**2 / (people - 1) for variance, people in parts)
    return math.sqrt(total), total**2 / below if below else math.inf


def of_these_schools(means: Sequence[float], errors: Sequence[float], people: Sequence[int], weights: Sequence[float]):
    """The interval of a weighted mean whose schools are given and whose answers are left to chance."""
    weights = [w / math.fsum(weights) for w in weights]
    error, freedom = welch_satterthwaite([((w * e) ** 2, n) for w, e, n in zip(weights, errors, people, strict=True)])
    centre = math.fsum(w * m for w, m in zip(weights, means, strict=True))
    half = stdtrit(freedom, 0.975) * error if error else 0.0
    return centre - float(half), centre + float(half)


def claimed(p: Sequence[float], level: float = 0.05) -> list[bool]:
    """Benjamini & Hochberg's rule as it is told: the largest r for which r of the p values are r/m of 5 % or less."""
    ordered = sorted(p)
    limit = -1.0
    for r, value in enumerate(ordered, 1):
        if value <= level * r / len(p):
            limit = value
    return [value <= limit for value in p]


def two_sided(difference: float, error: float, freedom: float) -> float:
    return float(2 * stdtr(freedom, -abs(difference) / error))


def clear_and_needed(
    family: Sequence[tuple[float, float, float]], level: float = 0.05
) -> list[tuple[bool, float | None]]:
    """Of differences with error and freedom: whether each is clear, and how large it would have had to be, found by
    making it larger and smaller while the others stay."""
    known = [i for i, (_, error, _) in enumerate(family) if error is not None and error > 0]
    p = [two_sided(*family[i]) for i in known]
    answers: list[tuple[bool, float | None]] = [(False, None)] * len(family)
    for place, i in enumerate(known):
        _, error, freedom = family[i]

        def clear(size: float, place=place, error=error, freedom=freedom) -> bool:
            return claimed([*p[:place], two_sided(size, error, freedom), *p[place + 1 :]], level)[place]

        low, high = 0.0, error
        while not clear(high):
            low, high = high, 2 * high
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (low, middle) if clear(middle) else (middle, high)
        answers[i] = clear(abs(family[i][0])), high
    return answers


def from_the_whole_down(
    whole: Sequence[tuple], areas: Sequence[tuple], criteria: Sequence[tuple]
) -> list[list[tuple[bool, float | None]]]:
    """Three families of differences: five in a hundred are spent on all of it, three on the whole and one each on what
    is under it; what is above leaves its part to what is below, if it claims something or cannot tell anything."""
    answers, left = [], 0.0
    for family, own in ((whole, 0.03), (areas, 0.01), (criteria, 0.01)):
        left += own
        found = clear_and_needed(family, left)
        answers.append(found)
        if any(needed is not None for _, needed in found) and not any(clear for clear, _ in found):
            left = 0.0
    return answers


def wilson(successes: float, n: float) -> tuple[float, float]:
    """The shares p at which the observed share lies exactly z standard errors of p away: the roots of a quadratic."""
    share = successes / n
    a, b, c = 1 + Z**2 / n, -(2 * share + Z**2 / n), share**2
    root = math.sqrt(max(0.0, b**2 - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def median(values: Sequence[int]) -> int:
    """The smallest level that at least half of the answers do not exceed."""
    return next(v for v in sorted(set(values)) if 2 * sum(x <= v for x in values) >= len(values))


def percentile(values: Iterable[float], part: float) -> float | None:
    """Between the two nearest, in proportion."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = part * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def goal_met(levels: Sequence[int], framework: Framework) -> bool:
    goal = framework.goal
    if goal.statistic == "mean":
        return Fraction(sum(levels), len(levels)) >= goal.level
    if goal.statistic == "median":
        return median(levels) >= goal.level
    return sum(level >= goal.level for level in levels) / len(levels) >= goal.share


def status(n: int, invited: int | None, responded: int | None, hide_below: int) -> str:
    if n < hide_below:
        return "hidden"
    if n < 10:
        return "few"
    if invited and responded is not None and 2 * responded < invited:
        return "low_response"
    return "uncertain" if n < 20 else "ok"


def summed_up(schools: Sequence[AsTold]) -> tuple[list[int], list[float], float, int]:
    """Answers and mean of each school, the squares around the means of those that have a say of it, and how many
    answers more than means these are; if none has, all have what their noise is reckoned with."""
    n, means = [school.n for school in schools], [school.mean for school in schools]
    sds = [school.sd for school in schools]
    if all(sd is None for sd in sds):
        sds = [school.spread for school in schools]
    known = [(sd, k - 1) for sd, k in zip(sds, n, strict=True) if sd is not None]
    return n, means, math.fsum(sd**2 * more for sd, more in known), sum(more for _, more in known)


def spread_of_schools(
    n: Sequence[int], mean: Sequence[float], within: float, more: int | None = None
) -> tuple[float, float, float] | None:
    """(tau, sigma, city) of a random-intercept model by REML; None for fewer than two schools. `more`: how many answers
    more than means the squares within are of, if not of all.

    At the best ratio of tau^2 to sigma^2 the schools' predicted effects and what is not known of them add up to tau^2,
    school by school: the fixed point of the EM algorithm (Searle, Casella & McCulloch 1992, 8.3). Found by halving.
    """
    if len(n) < 2:
        return None
    if within == 0:
        return stdev(mean), 0.0, fmean(mean)
    freedom = (sum(n) - len(n) if more is None else more) + len(n) - 1

    def at(ratio: float) -> tuple[float, float, float, float]:
        weight = [k / (1 + ratio * k) for k in n]
        total = math.fsum(weight)
        city = math.fsum(w * m for w, m in zip(weight, mean, strict=True)) / total
        between = math.fsum(w * (m - city) ** 2 for w, m in zip(weight, mean, strict=True))
        sigma2 = (within + between) / freedom
        predicted = math.fsum((w * (m - city)) ** 2 for w, m in zip(weight, mean, strict=True)) / sigma2
        unknown = math.fsum(w * w for w in weight) / total
        log_likelihood = -(freedom * math.log(sigma2) + math.fsum(math.log1p(ratio * k) for k in n) + math.log(total))
        return predicted + unknown - total, sigma2, city, log_likelihood

    grid = [0.0, *(10 ** (power / 5) for power in range(-30, 41))]
    tops = [0.0]
    for low, high in pairwise(grid):
        if at(low)[0] > 0 >= at(high)[0]:
            for _ in range(200):
                middle = (low + high) / 2
                low, high = (middle, high) if at(middle)[0] > 0 else (low, middle)
            tops.append(low)
    ratio = max(tops, key=lambda top: at(top)[3])
    _, sigma2, city, _ = at(ratio)
    return math.sqrt(ratio * sigma2), math.sqrt(sigma2), city


def interval_of_spread(n: Sequence[int], mean: Sequence[float], within: float) -> tuple[float, float | None]:
    """The taus that the likelihood, sigma at its best for each, holds against the best of all; None: no end to them."""
    tau, sigma, _ = spread_of_schools(n, mean, within)
    freedom = len(n) - 1
    if sigma == 0:
        return tuple(tau * math.sqrt(freedom / chdtri(freedom, part)) for part in (0.025, 0.975))

    def deviance(tau: float, sigma: float) -> float:
        variance = [tau**2 + sigma**2 / k for k in n]
        known = math.fsum(1 / v for v in variance)
        city = math.fsum(m / v for m, v in zip(mean, variance, strict=True)) / known
        between = math.fsum(math.log(v) + (m - city) ** 2 / v for m, v in zip(mean, variance, strict=True))
        return between + math.log(known) + (sum(n) - len(n)) * 2 * math.log(sigma) + within / sigma**2

    def risen(tau: float) -> float:
        spread = minimize_scalar(
            lambda log: deviance(tau, math.exp(log)), bounds=(math.log(sigma) - 3, math.log(sigma) + 3),
            method="bounded", options={"xatol": 1e-9},
        )  # fmt: skip
        return spread.fun - least

    least = deviance(tau, sigma)
    limit = Z**2  # the 95 % quantile of chi-square with one degree of freedom
    low = brentq(lambda t: risen(t) - limit, 0.0, tau, xtol=1e-13) if tau > 0 and risen(0.0) > limit else 0.0
    high = max(2 * tau, sigma)
    while risen(high) < limit:
        high *= 2
        if high > 1e6:
            return low, None
    return low, brentq(lambda t: risen(t) - limit, tau, high, xtol=1e-13)


def share_between(tau: float, sigma: float) -> float | None:
    return tau**2 / (tau**2 + sigma**2) if tau or sigma else None


def places(shrunken: Sequence[float], tau: float, weights: Sequence[float]) -> list[tuple[Place | int, Place | int]]:
    """From and to which place each school may stand; counted where nothing is left to chance."""
    unsure = [tau * math.sqrt(1 - weight) for weight in weights]
    if not any(unsure):
        return [(1 + sum(x > y + 1e-12 for x in shrunken), sum(x >= y - 1e-12 for x in shrunken)) for y in shrunken]
    random, draws, schools = Random(1), 4 * DRAWS, range(len(shrunken))
    times = [Counter() for _ in schools]
    for _ in range(draws):
        drawn = [random.gauss(level, sd) for level, sd in zip(shrunken, unsure, strict=True)]
        for place, school in enumerate(sorted(schools, key=lambda s: -drawn[s]), 1):
            times[school][place] += 1
    up_to = [{p: sum(t[q] for q in range(1, p + 1)) / draws for p in range(1, len(shrunken) + 1)} for t in times]
    return [(Place(shares, 0.025), Place(shares, 0.975)) for shares in up_to]


def chance_of_goal(given: Sequence[int | None], framework: Framework) -> float:
    """That as many people, drawn from these (None: no answer) with replacement, meet the goal."""
    return chance_of(framework, len(given), {level: times / len(given) for level, times in Counter(given).items()})


def chance_of(framework: Framework, people: int, weights: dict[int | None, float]) -> float:
    """That so many people, drawn from levels with these chances (None: no answer), meet the goal: all outcomes counted.

    The goal is met where what is over it and what is short of it come to 0 or more (the median: to more than 0)."""
    goal = framework.goal
    if goal.statistic == "mean":
        excess = {level: level - goal.level for level in framework.levels}
    else:
        part = Fraction(1, 2) if goal.statistic == "median" else Fraction(str(goal.share))
        over, short = part.denominator - part.numerator, -part.numerator
        excess = {level: over if level >= goal.level else short for level in framework.levels}
    one: dict[tuple[int, int], float] = defaultdict(float)
    for level, weight in weights.items():
        one[(0, 0) if level is None else (1, excess[level])] += weight
    outcomes = {(0, 0): 1.0}  # whether anybody answered, and what it comes to
    for _ in range(people):
        after: dict[tuple[int, int], float] = defaultdict(float)
        for (answered, total), chance in outcomes.items():
            for (answers, more), times in one.items():
                after[max(answered, answers), total + more] += chance * times
        outcomes = after
    least = 1 if goal.statistic == "median" else 0
    return min(1.0, math.fsum(chance for (some, total), chance in outcomes.items() if some and total >= least))


# Few answers --------------------------------------------------------------------------------------------------------


@dataclass
class AsTold:
    """What is told of a shown cell, and what it enters all else as: `mean`, and `sd` (None: it has no say of it) of `n`
    answers, with `spread` the one that its noise is reckoned with; `part` is the share that it adds to the city's."""

    mean: float
    bound: str | None
    share: float | None
    share_bound: str | None
    band: str | None
    met: bool | None
    n: int
    spread: float
    interval: tuple[float, float]
    sd: float | None = None
    part: float | None = None


def half_up(value: Fraction, digits: int) -> Fraction:
    return Fraction(int(value * 10**digits + Fraction(1, 2)), 10**digits)


def told_mean(levels: Sequence[int], scale: Sequence[int]) -> tuple[Fraction, str | None]:
    """5-9: a decimal, and no nearer an end than half a level. 10-19: two decimals, and no nearer than two steps."""
    n, mean = len(levels), Fraction(sum(levels), len(levels))
    if n < 10:
        mean, edge, digits = half_up(mean, 1), Fraction(1, 2), 1
    else:
        edge, digits = Fraction(2, n), 2
    if mean - scale[0] <= edge:
        return Fraction(-int(-(scale[0] + edge) * 10**digits // 1), 10**digits), "at_most"
    if scale[-1] - mean <= edge:
        return Fraction(int((scale[-1] - edge) * 10**digits // 1), 10**digits), "at_least"
    return half_up(mean, digits), None


def told_share(levels: Sequence[int], goal: int) -> str | int:
    above = sum(level >= goal for level in levels)
    if len(levels) < 10:
        percent = Fraction(100 * above, len(levels))
        return "below_half" if percent < 40 else "above_half" if percent > 60 else "about_half"
    return "at_most" if above < 3 else "at_least" if above > len(levels) - 3 else above


@cache
def behind(n: int, scale: tuple[int, ...], goal: int, limit: int) -> dict[tuple, Counter]:
    """What may be told of the mean -> of the share -> how many sets of answers are behind, of all that there are."""
    found: dict[tuple, Counter] = defaultdict(Counter)
    for people in range(limit, 10) if n < 10 else (n,):
        for given in combinations_with_replacement(scale, people):
            found[told_mean(given, scale)][told_share(given, goal)] += 1
    return found


def band_as_told(levels: Sequence[int], framework: Framework, limit: int) -> str:
    """The band of 5-9 answers; where it would leave under five sets beside the mean the fuller one next to it, which is
    tried again with both."""
    order = ["below_half", "about_half", "above_half"]
    sizes = behind(len(levels), tuple(framework.levels), framework.goal.level, limit)[
        told_mean(levels, framework.levels)
    ]
    called = {band: {band} for band in order if sizes[band]}
    while len(called) > 1:
        name = min(called, key=lambda band: (sum(sizes[b] for b in called[band]), order.index(band)))
        if sum(sizes[b] for b in called[name]) >= 5:
            break
        there = list(called)
        at = there.index(name)
        nearest = [there[i] for i in (at - 1, at + 1) if 0 <= i < len(there)]
        fuller = max(nearest, key=lambda band: sum(sizes[b] for b in called[band]))
        called[fuller] |= called.pop(name)
    return next(name for name, bands in called.items() if told_share(levels, framework.goal.level) in bands)


def share_is_told(levels: Sequence[int], framework: Framework, limit: int) -> bool:
    """Of 10-19 answers not where a single set would be behind it; then the next fewest is not told either."""
    n, least = len(levels), 2
    sizes = behind(n, tuple(framework.levels), framework.goal.level, limit)[told_mean(levels, framework.levels)]
    kept, sets = [], 0
    for share, size in sorted(sizes.items(), key=lambda item: (item[1], str(item[0]))):
        if size < least or 0 < sets < least:
            kept.append(share)
            sets += size
    return told_share(levels, framework.goal.level) not in kept


@cache
def _alike(n: int, framework: Framework, limit: int) -> dict[tuple, list[tuple[int, ...]]]:
    found = defaultdict(list)
    for given in combinations_with_replacement(framework.levels, n):
        found[_key_of_told(given, framework, limit)].append(given)
    return found


def _key_of_told(levels: Sequence[int], framework: Framework, limit: int) -> tuple:
    if len(levels) < 10:
        return told_mean(levels, framework.levels), band_as_told(levels, framework, limit)
    share = told_share(levels, framework.goal.level) if share_is_told(levels, framework, limit) else None
    return told_mean(levels, framework.levels), share


def told_alike(levels: Sequence[int], framework: Framework, limit: int, sizes: Iterable[int]) -> list[tuple[int, ...]]:
    """All sets of so many answers of which the same is told as of these, but for how many there are."""
    key = _key_of_told(levels, framework, limit)
    return [given for n in sizes for given in _alike(n, framework, limit).get(key, ())]


def as_told(levels: Sequence[int], framework: Framework, limit: int, phi: float) -> AsTold:
    n, scale, goal = len(levels), framework.levels, framework.goal
    above = sum(level >= goal.level for level in levels)
    if n >= 20:
        own = stdev(levels)
        squares = math.fsum((level - fmean(levels)) ** 2 for level in levels)
        ends = on_the_scale(fmean(levels), squares, n, scale)
        met = goal_met(levels, framework)
        return AsTold(fmean(levels), None, above / n, None, None, met, n, own, ends, own, above / n)
    mean, bound = told_mean(levels, scale)
    told = told_share(levels, goal.level) if n >= 10 and share_is_told(levels, framework, limit) else None
    share = share_bound = band = part = None
    possible = [Fraction(k, n) for k in range(n + 1)]
    if n < 10:
        band = band_as_told(levels, framework, limit)
        possible = shares_behind((mean, bound), band, framework, limit)
    elif isinstance(told, str):
        share_bound, share = told, 2 / n if told == "at_most" else (n - 2) / n
        part = 1 / n if told == "at_most" else (n - 1) / n
        possible = [x for x in possible if (x * n < 3 if told == "at_most" else x * n > n - 3)]
    elif told is not None:
        share = part = told / n
        possible = [Fraction(told, n)]
    if goal.statistic == "mean":
        possible = {"at_most": [scale[0], mean], "at_least": [mean, scale[-1]], None: [mean]}[bound]
        ways = {x >= goal.level for x in possible}
    elif goal.statistic == "median":
        ways = {2 * x > 1 for x in possible}
    else:
        ways = {float(x) >= goal.share for x in possible}
    enters, sure = (7, 5) if n < 10 else (n, n)

    def of(people: int) -> tuple[float, float]:
        """Mean and variance, with one more answer spread over the scale."""
        centre = (people * float(mean) + fmean(scale)) / (people + 1)
        return centre, max(phi, 0.01) * (centre - scale[0]) * (scale[-1] - centre)

    centre, variance = of(sure)
    span = scale[-1] - scale[0]
    at, unsure = (centre - scale[0]) / span, variance / (sure + 2) / span**2
    tells = at * (1 - at) / unsure - 1
    low, high = (float(x) for x in beta.ppf([0.025, 0.975], at * tells, (1 - at) * tells) * span + scale[0])
    ends = min(low, float(mean)), max(high, float(mean))
    met = ways.pop() if len(ways) == 1 else None
    return AsTold(float(mean), bound, share, share_bound, band, met, enters, math.sqrt(of(enters)[1]), ends, None, part)


@cache
def shares_behind(mean: tuple, band: str, framework: Framework, limit: int) -> list[Fraction]:
    """The shares at the goal of all sets of answers that are told so."""
    return [
        Fraction(sum(level >= framework.goal.level for level in given), len(given))
        for people in range(limit, 10)
        for given in combinations_with_replacement(framework.levels, people)
        if told_mean(given, framework.levels) == mean and band_as_told(given, framework, limit) == band
    ]


def ratio(levels: Sequence[int], scale: Sequence[int]) -> float:
    """The variance of the answers and one spread over the scale, as a part of what it would be with all at the ends."""
    weights = [(level, levels.count(level) + 1 / len(scale)) for level in scale]
    people = len(levels) + 1
    mean = math.fsum(level * weight for level, weight in weights) / people
    variance = math.fsum(weight * (level - mean) ** 2 for level, weight in weights) / people
    return variance / ((mean - scale[0]) * (scale[-1] - mean))


def city_spread(world: World, asked: dict) -> dict[tuple, float]:
    """(framework, year, criterion) -> the upper quartile of its cells of twenty or more: where they are fewer than ten,
    of all the round's, then all the framework's; else as if answers were spread evenly."""
    found = {}
    large = [
        (round_.framework, round_.year, criterion, ratio(cell.levels, world.framework(round_.framework).levels))
        for (round_, criterion), cell in asked.items()
        if len(cell.levels) >= 20
    ]
    for round_, criterion in asked:
        key = (round_.framework, round_.year, criterion)
        nested = [[x for *its, x in large if tuple(its[:depth]) == key[:depth]] for depth in (3, 2, 1)]
        enough = [these for these in nested if len(these) >= 10]
        scale = world.framework(round_.framework).levels
        even = math.fsum((x - fmean(scale)) ** 2 for x in scale) / len(scale) / ((scale[-1] - scale[0]) / 2) ** 2
        found[key] = percentile(enough[0], 0.75) if enough else even
    return found


def tell(world: World, asked: dict, shown: dict) -> dict[tuple, AsTold]:
    """Every shown cell."""
    phi = city_spread(world, asked)
    told = {}
    for key, cell in asked.items():
        round_, criterion = key
        if shown[key]:
            framework = world.framework(round_.framework)
            its_phi = phi[round_.framework, round_.year, criterion]
            told[key] = as_told(cell.levels, framework, world.hide_below, its_phi)
    return told


# The tables ---------------------------------------------------------------------------------------------------------


def publish(world: World) -> dict[str, dict[tuple, dict]]:
    """Table -> key -> column -> value, as worlds.figures reads them from a store."""
    asked = _asked(world)
    shown = {key: len(cell.levels) >= world.hide_below for key, cell in asked.items()}
    rounds = sorted({round_ for round_, _ in asked})
    responded = {round_: _responded(world, asked, shown, round_) for round_ in rounds}
    told, cells = tell(world, asked, shown), {}
    for (round_, criterion), cell in asked.items():
        framework = world.framework(round_.framework)
        key = _key(framework, round_, criterion)
        cells[key] = _cell(world, framework, round_, criterion, cell, told.get((round_, criterion)), responded[round_])
    _pull(world, asked, shown, told, cells)
    areas, noise, together = _areas(world, asked, told, rounds)
    city_areas = _city_areas(areas, noise)
    city = _city(world, asked, told)
    figures = _figures(told, cells, areas, noise, city, city_areas)
    there = _there(world, asked, cells, figures, together)
    return {
        "cell": cells,
        "area_cell": areas,
        "school_round": {
            tuple(r): _round(world, asked, told, cells, areas, r, responded[r], together) | there[r] for r in rounds
        },
        "city_cell": city,
        "city_area": city_areas,
        "school_change": _school_changes(world, rounds, figures, _asked_things(cells)),
        "city_change": _city_changes(world, rounds, figures, _asked_things(cells)),
        "forecast": {},  # random worlds have too few rounds to foretell anything, or to tell a pace
        "trend": {},
        "trend_level": {},
        "trend_backtest": {},
    }


def _asked(world: World) -> dict[tuple[SchoolRound, str], Asked]:
    asked: dict[tuple[SchoolRound, str], Asked] = {}
    for answer in world.answers:
        cell = asked.setdefault((answer.round, answer.criterion), Asked([], 0, {}, set()))
        cell.persons.add(answer.person)
        if answer.level is None:
            cell.dont_know += 1
        else:
            cell.levels.append(answer.level)
            cell.by_person[answer.person] = answer.level
    for count in world.counts:
        levels = world.framework(count.round.framework).levels
        given = [level for level, times in zip(levels, count.levels, strict=True) for _ in range(times)]
        asked[count.round, count.criterion] = Asked(given, count.dont_know, None, set())
    return asked


def _responded(world: World, asked: dict, shown: dict, round_: SchoolRound) -> int | None:
    """Stated, else people who are found in shown cells, else the fullest of the shown cells."""
    stated = world.people.get(round_)
    if stated and stated.responded is not None:
        return stated.responded
    cells = [cell for key, cell in asked.items() if key[0] == round_ and shown[key]]
    persons = set().union(*(cell.persons for cell in cells))
    return len(persons) or max((len(cell.levels) + cell.dont_know for cell in cells), default=None)


def _area(framework: Framework, criterion: str) -> str:
    return framework.criterion(criterion).area


def _key(framework: Framework, round_: SchoolRound, criterion: str) -> tuple:
    return (*round_, _area(framework, criterion), criterion)


def _names(round_: SchoolRound, **more) -> dict:
    return {"framework": round_.framework, "year": round_.year, "school_id": round_.school, **more}


def _cell(
    world: World,
    framework: Framework,
    round_: SchoolRound,
    criterion: str,
    cell: Asked,
    told: AsTold | None,
    responded: int | None,
) -> dict:
    n, levels = len(cell.levels), cell.levels
    people = world.people.get(round_)
    its_status = status(n, people.invited if people else None, responded, world.hide_below)
    row = _names(round_, criterion=criterion, area=_area(framework, criterion), status=its_status)
    figures = "n dont_know mean sd ci_low ci_high share_at_goal share_low share_high median pulled_mean levels goal_met"
    figures += " staff_low staff_high staff_share_low staff_share_high city_side ready there"
    row |= dict.fromkeys(figures.split())
    row |= dict.fromkeys(["mean_bound", "share_bound", "n_band", "share_band", "dont_know_band", "noise_sd", "noise_n"])
    if told is None:
        return row
    row |= {"mean": told.mean, "mean_bound": told.bound, "noise_sd": told.spread, "noise_n": told.n, "city_side": 0}
    row["ci_low"], row["ci_high"] = told.interval
    row["goal_met"] = told.met
    if n < 10:
        return row | {
            "n_band": "5-9", "share_band": told.band, "dont_know_band": "some" if cell.dont_know else "none",
        }  # fmt: skip
    row["n"] = n
    row["dont_know" if cell.dont_know not in range(1, 5) else "dont_know_band"] = (
        cell.dont_know if cell.dont_know not in range(1, 5) else "1-4"
    )
    row["share_at_goal"], row["share_bound"] = told.share, told.share_bound
    if told.share is not None:
        fewest, most = (round(told.share * n),) * 2
        fewest, most = {"at_most": (0, 2), "at_least": (n - 2, n), None: (fewest, most)}[told.share_bound]
        row["share_low"], row["share_high"] = wilson(fewest, n)[0], wilson(most, n)[1]
    if n < 20:
        return row
    at_goal = sum(level >= framework.goal.level for level in levels)
    row |= {"sd": stdev(levels), "median": median(levels)}
    squares = math.fsum((level - fmean(levels)) ** 2 for level in levels)
    if people and responded >= world.hide_below and people.invited >= n:
        left = (people.invited - n) / (people.invited - 1)
        row["staff_low"], row["staff_high"] = on_the_scale(row["mean"], squares, n, framework.levels, left)
        row["staff_share_low"], row["staff_share_high"] = (
            wilson(at_goal / left, n / left) if left else (at_goal / n, at_goal / n)
        )
    row["levels"] = [levels.count(level) for level in framework.levels]
    return row


def _pull(world: World, asked: dict, shown: dict, told: dict, cells: dict) -> None:
    """Pulled means, and the side of the city's mean."""
    sides = defaultdict(list)
    for (framework_id, _, criterion), schools in _by_criterion(asked, shown).items():
        n, means, within, more = summed_up([told[key] for key in schools])
        model = spread_of_schools(n, means, within, more)
        if model is None:
            continue
        found = [cells[_key(world.framework(framework_id), key[0], criterion)] for key in schools]
        for cell, shrunken in zip(found, pulled_means(n, means, within, model[1], more), strict=True):
            cell["pulled_mean"] = shrunken
        variances = [max(cell["noise_sd"], model[1]) ** 2 / k for cell, k in zip(found, n, strict=True)]
        ends = [told_ends(told[key], world.framework(framework_id).levels) for key in schools]
        for key, cell, apart in zip(schools, found, beside_the_city(ends, variances, n), strict=True):
            sides[key[0]].append((cell, apart))
    for family in sides.values():
        _take_sides(family)


def pulled_means(
    n: Sequence[int], means: Sequence[float], within: float, sigma: float, more: int | None = None
) -> list[float]:
    """What each school's level is to be expected, over all that tau, sigma and the city may be; no farther from its own
    mean than 95 % of chance goes. tau and sigma are the legs of an angle; at an angle the city's and sigma's parts of
    the integral are known (a normal and a gamma), and the angles are summed by Gauss and Legendre's rule."""
    if len(n) < 3 or within == 0:
        return list(means)
    more = sum(n) - len(n) if more is None else more
    logs, expected = [], []
    for angle in ANGLES:
        spread = [math.sin(angle) ** 2 + math.cos(angle) ** 2 / k for k in n]  # of the means, in tau^2 + sigma^2
        known = math.fsum(1 / v for v in spread)
        city = math.fsum(m / v for m, v in zip(means, spread, strict=True)) / known
        squares = math.fsum((m - city) ** 2 / v for m, v in zip(means, spread, strict=True))
        squares += within / math.cos(angle) ** 2
        # Of the scale r of both (tau = r sin, sigma = r cos), flat in tau and in log sigma: r dr / (r cos), and of the
        # likelihood r^-(N-1): as many as there are answers, less the city.
        log = -math.log(math.cos(angle)) - more * math.log(math.cos(angle))
        log -= math.fsum(map(math.log, spread)) / 2 + math.log(known) / 2 + (more + len(n) - 2) / 2 * math.log(squares)
        logs.append(log)
        keep = [math.sin(angle) ** 2 / v for v in spread]
        expected.append([w * m + (1 - w) * city for w, m in zip(keep, means, strict=True)])
    chances = [weight * math.exp(log - max(logs)) for weight, log in zip(ANGLE_WEIGHTS, logs, strict=True)]
    pulled = [math.fsum(c * e[i] for c, e in zip(chances, expected, strict=True)) for i in range(len(n))]
    pulled = [value / math.fsum(chances) for value in pulled]
    return [
        min(max(value, m - Z * sigma / math.sqrt(k)), m + Z * sigma / math.sqrt(k))
        for value, m, k in zip(pulled, means, n, strict=True)
    ]


def told_ends(its, levels: Sequence[int]) -> tuple[float, float]:
    """From what to what a mean may be, as it is told."""
    return (levels[0] if its.bound == "at_most" else its.mean, levels[-1] if its.bound == "at_least" else its.mean)


def beside_the_city(
    ends: Sequence[tuple[float, float]], variances: Sequence[float], people: Sequence[int]
) -> list[tuple[float, float, float]]:
    """Each school less the mean of all, or as much nearer as it may be where means are bounds, with error and freedom:
    a sum of independent means, its own and the others'."""
    k, answers = len(ends), []
    city = fmean(low for low, _ in ends), fmean(high for _, high in ends)
    for i, (low, high) in enumerate(ends):
        apart = low - city[1] if low > city[1] else high - city[0] if high < city[0] else 0.0
        parts = [
            (variance * ((1 - 1 / k) if i == j else 1 / k) ** 2, n)
            for j, (variance, n) in enumerate(zip(variances, people, strict=True))
        ]
        error = sum(part for part, _ in parts) ** 0.5
        answers.append((apart, error, sum(people) - k))
    return answers


def _take_sides(family: Sequence[tuple[dict, tuple[float, float, float]]]) -> None:
    for (row, (difference, *_)), (clear, _) in zip(family, clear_and_needed([f for _, f in family]), strict=True):
        row["city_side"] = (1 if difference > 0 else -1) if clear else 0


def _by_criterion(asked: dict, shown: Mapping, hidden_too: bool = False) -> dict[tuple, list]:
    found = defaultdict(list)
    for key in sorted(asked):
        round_, criterion = key
        if hidden_too or shown[key]:
            found[round_.framework, round_.year, criterion].append(key)
    return found


@dataclass
class AreaOf:
    """What an area's mean is made of: its criteria's standard errors, the fewest answers to one of them and, where
    people are followed over them, the mean's standard error and how many people; and between what the mean may lie."""

    errors: list[float]
    fewest: int
    followed: tuple[float, int] | None
    ends: tuple[float, float]

    def error(self, correlation: float) -> float:
        """The mean's standard error, its criteria's noise correlated as this."""
        pairs = math.fsum(
            x * y * (1 if i == k else correlation) for i, x in enumerate(self.errors) for k, y in enumerate(self.errors)
        )
        return math.sqrt(pairs) / len(self.errors)


def _areas(
    world: World, asked: dict, told: dict, rounds: Sequence[SchoolRound]
) -> tuple[dict[tuple, dict], dict[tuple, tuple[float, int]], dict[str, tuple[float, float, str]]]:
    """The rows; of those that are shown the standard error and how many people it is told by; and of each framework how
    a person's answers go together in areas and on the whole, and how that is known."""
    rows, made = {}, {}
    for round_ in rounds:
        framework = world.framework(round_.framework)
        here = [criterion for r, criterion in asked if r == round_]
        ids = sorted({_area(framework, criterion) for criterion in here})
        parts = {area: [c for c in here if _area(framework, c) == area] for area in ids}
        followable = {area: _followable(world, asked, told, round_, [[c] for c in parts[area]]) for area in ids}
        whole = all(followable.values()) and _followable(world, asked, told, round_, list(parts.values()))
        for area, criteria in [*parts.items(), ("", here)]:
            follow = whole if area == "" else followable[area]
            rows[*round_, area], of = _area_cell(world, asked, told, round_, area, criteria, follow)
            if of:
                made[*round_, area] = of
    together = {framework.id: _together(made, framework.id) for framework in world.frameworks}
    noise = {}
    for key, of in made.items():
        row, (in_areas, on_all, basis) = rows[key], together[key[0]]
        row["interval_basis"] = "respondents" if of.followed else basis
        people = of.followed[1] if of.followed else of.fewest
        row["respondents"] = people if of.followed and row["respondents"] else None
        error = of.followed[0] if of.followed else of.error(on_all if key[3] == "" else in_areas)
        squares = error**2 * people * (people - 1)
        row["ci_low"], row["ci_high"] = on_the_scale(row["mean"], squares, people, world.framework(key[0]).levels)
        noise[key] = (error if error > 1e-12 else 0.0, people)
    _place_areas(rows, noise, {key: of.ends for key, of in made.items()})
    return rows, noise, together


def _together(made: dict[tuple, AreaOf], framework: str) -> tuple[float, float, str]:
    """In areas and on the whole, from the framework's own rounds, or from the store's where they are told by fewer than
    a hundred people (less one a school-round); where these are too few as well, the most that is assumed."""
    for whose, basis in (({framework}, "correlation"), ({key[0] for key in made}, "borrowed")):
        of = [(key[3] == "", part) for key, part in made.items() if key[0] in whose and len(part.errors) > 1]
        whole, areas = (
            [part for is_whole, part in of if is_whole == wanted and part.followed] for wanted in (True, False)
        )
        if sum(part.followed[1] - 1 for part in whole) >= 100 and (on_all := _correlation_of(whole)) is not None:
            in_areas = _correlation_of(areas)
            return on_all if in_areas is None else in_areas, on_all, basis
    return 0.5, 0.5, "assumed"


def _correlation_of(parts: Sequence[AreaOf]) -> float | None:
    """What of the most that going together could add does add, over these; a person counts by how many there are."""
    found = most = 0.0
    for part in parts:
        error, people = part.followed
        weight, independent = people * (people - 1), part.error(0.0) * len(part.errors)
        found += weight * ((error * len(part.errors)) ** 2 - independent**2)
        most += weight * (math.fsum(part.errors) ** 2 - independent**2)
    return round(min(max(found / most, 0.0), 0.95), 2) if most > 0 else None


def _place_areas(
    rows: dict[tuple, dict], noise: dict[tuple, tuple[float, int]], ends: dict[tuple, tuple[float, float]]
) -> None:
    """Pulled means, places, and the side of the city's mean."""
    sides = defaultdict(list)
    for (framework, year, area), keys in _by_area(noise).items():
        people, means = [noise[key][1] for key in keys], [rows[key]["mean"] for key in keys]
        model = spread_of_schools(people, means, _within(noise, keys))
        if model is None:
            continue
        tau, sigma, city = model
        shrunken = pulled_means(people, means, _within(noise, keys), sigma)
        errors = [max(noise[key][0], sigma / noise[key][1] ** 0.5) for key in keys]
        known = [1.0 if tau == e == 0 else tau**2 / (tau**2 + e**2) for e in errors]
        stands = places([w * m + (1 - w) * city for w, m in zip(known, means, strict=True)], tau, known)
        if _basis(rows, keys) == "assumed":
            shrunken, stands = [None] * len(keys), [(None, None)] * len(keys)
        variances = [max(noise[key][0] ** 2, sigma**2 / noise[key][1]) for key in keys]
        for i, apart in enumerate(beside_the_city([ends[key] for key in keys], variances, people)):
            row = rows[keys[i]]
            row["pulled_mean"], (row["rank_low"], row["rank_high"]) = shrunken[i], stands[i]
            sides[framework, year, row["school_id"], area == ""].append((row, apart))
    for family in sides.values():
        _take_sides(family)
    for row in rows.values():  # made of other criteria than the city's area is
        if row["shown"] < row["asked"]:
            row |= dict.fromkeys(("rank_low", "rank_high", "city_side"))


def _basis(rows: dict[tuple, dict], keys: Sequence[tuple]) -> str:
    """The worst of theirs."""
    return max((rows[key]["interval_basis"] for key in keys), key=BASES.index)


def _by_area(noise: dict[tuple, tuple[float, int]]) -> dict[tuple, list[tuple]]:
    found = defaultdict(list)
    for framework, year, school, area in sorted(noise):
        found[framework, year, area].append((framework, year, school, area))
    return found


def _within(noise: dict[tuple, tuple[float, int]], keys: Sequence[tuple]) -> float:
    return math.fsum((people - 1) * people * error**2 for error, people in (noise[key] for key in keys))


def _followable(world: World, asked: dict, told: dict, round_: SchoolRound, parts: list[list[str]]) -> bool:
    """Whether nobody, or enough people, gave answers in more than one of these parts; and if any did, on no criterion
    some, but too few, otherwise than most."""
    times = defaultdict(int)
    for criteria in parts:
        people: set[str] = set()
        for criterion in criteria:
            if (round_, criterion) in told and len(asked[round_, criterion].levels) >= 20:
                people |= set(asked[round_, criterion].by_person or ())
        for person in people:
            times[person] += 1
    several = sum(count > 1 for count in times.values())
    here = [asked[round_, c].levels for part in parts for c in part if (round_, c) in told]
    apart = [len(levels) - max(Counter(levels).values()) for levels in here if len(levels) >= 20]
    return several == 0 or (several >= world.hide_below and not any(0 < n < world.hide_below for n in apart))


def _area_cell(
    world: World, asked: dict, told: dict, round_: SchoolRound, area: str, criteria: list[str], follow: bool
) -> tuple[dict, AreaOf | None]:
    """People are followed over criteria where each of these has twenty answers."""
    here = [
        (asked[round_, criterion], told[round_, criterion]) for criterion in criteria if (round_, criterion) in told
    ]
    row = _names(round_, area=area, shown=len(here), asked=len(criteria))
    row |= dict.fromkeys(("mean", "ci_low", "ci_high", "interval_basis", "respondents", "at_goal"))
    row |= dict.fromkeys(("pulled_mean", "rank_low", "rank_high", "city_side"))
    if not here:
        return row, None
    row["city_side"] = 0
    row["mean"] = fmean(its.mean for _, its in here)
    row["at_goal"] = sum(bool(its.met) for _, its in here)
    lows, highs = zip(*(told_ends(its, world.framework(round_.framework).levels) for _, its in here), strict=True)
    errors = [its.spread / math.sqrt(its.n) for _, its in here]
    of = AreaOf(errors, min(its.n for _, its in here), None, (fmean(lows), fmean(highs)))
    many = all(len(cell.levels) >= 20 for cell, _ in here)
    row["respondents"] = many
    if len(here) == 1:
        of.followed = of.errors[0], of.fewest
    elif here[0][0].by_person is not None and follow and many:
        share_of = defaultdict(float)  # what each person moves the area's mean by
        for cell, its in here:
            for person, level in cell.by_person.items():
                share_of[person] += (level - its.mean) / its.n / len(here)
        people = len(share_of)
        of.followed = math.sqrt(people / (people - 1) * math.fsum(share**2 for share in share_of.values())), people
    return row, of


def likeliest(told: AsTold, framework: Framework) -> dict[int, float]:
    """How the answers of a cell of under twenty would be spread, were all else alike: of the chances with its mean and
    spread those of the largest entropy, by the dual problem; with the share that is told, where the goal is one."""
    scale = framework.levels
    wanted = told.mean, told.spread**2 + told.mean**2

    def chances(slopes: Sequence[float]) -> tuple[list[float], float]:
        logs = [slopes[0] * x + slopes[1] * x * x for x in scale]
        total = math.fsum(math.exp(log - max(logs)) for log in logs)
        return [math.exp(log - max(logs)) / total for log in logs], math.log(total) + max(logs)

    def dual(slopes: Sequence[float]) -> float:
        return chances(slopes)[1] - slopes[0] * wanted[0] - slopes[1] * wanted[1]

    best = minimize(dual, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12, "maxiter": 4000})
    found = dict(zip(scale, chances(best.x)[0], strict=True))
    share = told.part if told.part is not None else {
        "below_half": 0.2, "about_half": 0.5, "above_half": 0.8}.get(told.band)  # fmt: skip
    if framework.goal.statistic == "mean" or share is None:
        return found
    above = math.fsum(chance for x, chance in found.items() if x >= framework.goal.level)
    return {
        x: chance * (share / above if x >= framework.goal.level else (1 - share) / (1 - above))
        for x, chance in found.items()
    }


@dataclass
class Column:
    """So many answers to a criterion, in these parts a level; a part need not be a whole number of answers."""

    n: int
    parts: dict[int, float]

    def answers(self, at: float) -> list[int]:
        """As many of each level as its part has, give or take one: every n-th of the way, from `at` (0-1) on."""
        found, so_far, levels = [], 0.0, sorted(level for level, part in self.parts.items() if part > 0)
        for level in levels:
            so_far += self.parts[level] * self.n
            while len(found) < self.n and (len(found) + at < so_far - 1e-9 or level == levels[-1]):
                found.append(level)
        return found


def _ready(
    world: World, asked: dict, told: dict, here: Sequence[dict], areas: dict, round_: SchoolRound, together: dict
) -> dict:
    """How often a new round would show the goal, cell by cell (counted) and on all of them (drawn)."""
    framework = world.framework(round_.framework)
    shown = [cell for cell in here if cell["status"] != "hidden"]
    if not shown:
        return dict.fromkeys(("ready", "ready_low", "ready_high", "ready_basis"))
    given = [asked[round_, cell["criterion"]] for cell in shown]
    basis = areas[*round_, ""]["interval_basis"]
    people = sorted(set().union(*(answers.by_person or () for answers in given)))
    if basis == "respondents" and people and all(len(answers.levels) >= 20 for answers in given):
        levels = [[answers.by_person.get(person) for person in people] for answers in given]
        shares = [_share_of_draws(framework, lambda random: list(zip(*levels, strict=True)))]
        chances = [chance_of_goal(its, framework) for its in levels]
    else:
        columns = [
            Column(len(a.levels), {x: a.levels.count(x) / len(a.levels) for x in framework.levels})
            if len(a.levels) >= 20
            else Column(cell["noise_n"], likeliest(told[round_, cell["criterion"]], framework))
            for a, cell in zip(given, shown, strict=True)
        ]
        most = max(column.n for column in columns)
        chances = [
            fmean(
                chance_of_goal(column.answers((i + 0.5) / 20) + [None] * (most - column.n), framework)
                for i in range(20 if column.n < 20 else 1)
            )
            for column in columns
        ]
        if len(columns) == 1:
            shares = [Near(chances[0], 400)]
        else:
            correlations = (0.2, 0.5) if basis == "assumed" else (together[framework.id][1],)
            leanings = [_leaning(columns, correlation) for correlation in correlations]
            shares = [_share_of_draws(framework, lambda r, part=part: _made_up(columns, part, r)) for part in leanings]
    for cell, chance in zip(shown, chances, strict=True):
        cell["ready"] = (Near(chance) if cell["n"] >= 20 else Near(chance, 400)) if cell["n"] else None
    middle = Near(fmean(near.share for near in shares), shares[0].own)
    low, high = min(shares, key=lambda near: near.share), max(shares, key=lambda near: near.share)
    return {"ready": middle, "ready_low": low, "ready_high": high, "ready_basis": basis}


def _share_of_draws(framework: Framework, staff) -> Near:
    """How often as many people, drawn from a staff (a row a person) with replacement, meet the goal on everything."""
    random, met = Random(2), 0
    for _ in range(OWN):
        everybody = staff(random)
        drawn = zip(*random.choices(everybody, k=len(everybody)), strict=True)
        columns = [[level for level in column if level is not None] for column in drawn]
        met += all(column and goal_met(column, framework) for column in columns)
    return Near(met / OWN, OWN)


def _made_up(columns: list[Column], leaning: float, random: Random) -> list[tuple]:
    """A staff that gave these answers: on each criterion who scores lowest gives the lowest answer."""
    people = range(max(column.n for column in columns))
    own, made = [random.gauss(0, 1) for _ in people], []
    for column in columns:
        score = [math.sqrt(leaning) * x + math.sqrt(1 - leaning) * random.gauss(0, 1) for x in own]
        answering = random.sample(people, column.n)
        answers = column.answers(random.random())
        given = dict(zip(sorted(answering, key=lambda person: score[person]), answers, strict=True))
        made.append([given.get(person) for person in people])
    return list(zip(*made, strict=True))


@cache
def _scores(people: int, times: int) -> list[list[float]]:
    """Drawn once for all that are as many."""
    random = Random(4)
    return [[random.gauss(0, 1) for _ in range(people)] for _ in range(times)]


def _leaning(columns: list[Column], wanted: float) -> float:
    """What people must have in common for their answers to correlate as they are said to: found by halving, on two
    thousand people who answer as the levels' parts say."""
    people = range(2000)
    own, *chance = _scores(len(people), 1 + len(columns))
    answers = [Column(len(people), column.parts).answers(0.5) for column in columns]
    deviations = [stdev(column) * math.sqrt(1 - 1 / len(column)) for column in answers]
    most = math.fsum(x * y for i, x in enumerate(deviations) for k, y in enumerate(deviations) if i != k)
    if most == 0:
        return 0.0

    def correlation(leaning: float) -> float:
        told = []
        for beside, its in zip(chance, answers, strict=True):
            score = [math.sqrt(leaning) * x + math.sqrt(1 - leaning) * e for x, e in zip(own, beside, strict=True)]
            given, mean = dict.fromkeys(people, 0.0), fmean(its)
            for level, person in zip(its, sorted(people, key=score.__getitem__), strict=True):
                given[person] = level - mean
            told.append([given[person] for person in people])
        squares = math.fsum(x * x for column in told for x in column)
        total = math.fsum(sum(row) ** 2 for row in zip(*told, strict=True))
        return (total - squares) / len(people) / most

    low, high = 0.0, 0.99
    for _ in range(9):
        middle = (low + high) / 2
        low, high = (middle, high) if correlation(middle) < wanted else (low, middle)
    return (low + high) / 2


def _round(
    world: World,
    asked: dict,
    told: dict,
    cells: dict,
    areas: dict,
    round_: SchoolRound,
    responded: int | None,
    together: dict,
) -> dict:
    here = [cell for key, cell in cells.items() if key[:3] == tuple(round_)]
    shown = [cell for cell in here if cell["status"] != "hidden"]
    met = [cell["goal_met"] for cell in shown]
    people = world.people.get(round_)
    invited = people.invited if people else None
    row = _names(round_, shown=len(shown), asked=len(here), at_goal=met.count(True), provenance="imported")
    row |= _ready(world, asked, told, here, areas, round_, together) | {"loaded_version": 1}
    misses = {c["criterion"]: c["ready"].share if c["ready"] else 1 - (c["goal_met"] is False) for c in shown}
    row["in_the_way"] = Ways({c for c in misses if misses[c] < 0.99}, {c for c in misses if misses[c] < 0.9})
    row["outcome"] = "not_met" if False in met else "met" if met.count(True) == len(here) else "cannot_tell"
    row |= dict.fromkeys(("invited", "responded", "response_rate", "responded_band"))
    if not shown or responded < world.hide_below:
        return row | {"status": "hidden"}
    if responded < 10:
        return row | {"status": "few", "responded_band": "5-9"}
    rate = responded / invited if invited else None
    its_status = "low_response" if rate is not None and rate < 0.5 else "uncertain" if responded < 20 else "ok"
    return row | {"status": its_status, "invited": invited, "responded": responded, "response_rate": rate}


def _city(world: World, asked: dict, told: dict) -> dict[tuple, dict]:
    rows, phi = {}, city_spread(world, asked)
    for (framework_id, year, criterion), keys in _by_criterion(asked, told, hidden_too=True).items():
        framework = world.framework(framework_id)
        schools = [told[key] for key in keys if key in told]
        # Of ten answers and more: what is told of their share, and the levels of those that tell their own spread.
        parts = [(its.part, its.n) for its in schools if its.part is not None]
        levels = [level for key in keys if key in told and told[key].sd is not None for level in asked[key].levels]
        means = [its.mean for its in schools]
        model = spread_of_schools(*summed_up(schools))
        area = _area(framework, criterion)
        n, errors = [its.n for its in schools], [its.spread / math.sqrt(its.n) for its in schools]
        low, high = of_these_schools(means, errors, n, [1] * len(n)) if means else (None, None)
        answers_low, answers_high = of_these_schools(means, errors, n, n) if means else (None, None)
        answers, at_goal = sum(n for _, n in parts), math.fsum(part * n for part, n in parts)
        share_low, share_high = wilson(at_goal, answers) if answers else (None, None)
        rows[framework_id, year, area, criterion] = {
            "framework": framework_id,
            "year": year,
            "criterion": criterion,
            "area": area,
            "schools": len(schools),
            "answers": sum(n),
            "mean_of_schools": fmean(means) if means else None,
            "ci_low": low,
            "ci_high": high,
            "mean_of_answers": math.fsum(m * k for m, k in zip(means, n, strict=True)) / sum(n) if n else None,
            "answers_low": answers_low,
            "answers_high": answers_high,
            "share_low": share_low,
            "share_high": share_high,
            "share_at_goal": at_goal / answers if answers else None,
            "levels": [levels.count(level) for level in framework.levels] if levels else None,
            "spread_ratio": phi[framework_id, year, criterion] if schools else None,
            "p10": percentile(means, 0.1),
            "p90": percentile(means, 0.9),
            "between_school_sd": model[0] if model else None,
            "within_school_sd": model[1] if model else None,
            "share_between": share_between(*model[:2]) if model else None,
            "left_out_schools": len(keys) - len(schools),
            "provenance": "imported",
        }
    return rows


def _city_areas(areas: dict[tuple, dict], noise: dict[tuple, tuple[float, int]]) -> dict[tuple, dict]:
    with_noise = _by_area(noise)
    grouped = defaultdict(list)
    for (framework, year, _, area), row in areas.items():
        grouped[framework, year, area].append(row["mean"])
    rows = {}
    for (framework, year, area), means in grouped.items():
        known = [mean for mean in means if mean is not None]
        keys = with_noise.get((framework, year, area), [])
        told = [areas[key]["mean"] for key in keys]
        errors, people = [noise[key][0] for key in keys], [noise[key][1] for key in keys]
        ends = of_these_schools(told, errors, people, [1] * len(keys)) if keys else (None, None)
        spread = (people, told, _within(noise, keys))
        basis = _basis(areas, keys) if keys else None
        model = None if basis == "assumed" else spread_of_schools(*spread)
        between = interval_of_spread(*spread) if model else (None, None)
        rows[framework, year, area] = {
            "interval_basis": basis,
            "framework": framework,
            "year": year,
            "area": area,
            "schools": len(known),
            "mean_of_schools": fmean(known) if known else None,
            "ci_low": ends[0],
            "ci_high": ends[1],
            "p10": percentile(known, 0.1),
            "p90": percentile(known, 0.9),
            "between_school_sd": model[0] if model else None,
            "between_low": between[0],
            "between_high": between[1],
            "within_school_sd": model[1] if model else None,
            "share_between": share_between(*model[:2]) if model else None,
            "left_out_schools": len(means) - len(known),
        }
    return rows


# Where schools truly stand --------------------------------------------------------------------------------------------


def _there(world: World, asked: dict, cells: dict, figures: dict, together: dict) -> dict[SchoolRound, dict]:
    """The chances that schools are at the goal in truth; fills cell.there."""
    rows = {r: dict.fromkeys(("there", "there_low", "there_high")) for r, _ in asked}
    for framework in world.frameworks:
        for year in sorted({r.year for r, _ in asked if r.framework == framework.id}):
            schools = _at_the_goal(framework, year, cells, figures)
            if not schools:
                continue
            on_all, basis = together[framework.id][1:]
            found = [
                _chances_there(framework, schools, each) for each in ((0.2, 0.5) if basis == "assumed" else (on_all,))
            ]
            for school in schools:
                shares = [chances[school] for chances in found]
                everything = sorted((of_all for of_all, _ in shares))
                rows[SchoolRound(framework.id, year, school)] = {
                    "there": Near(fmean(everything), OWN, DRAWS),
                    "there_low": Near(everything[0], OWN, DRAWS),
                    "there_high": Near(everything[-1], OWN, DRAWS),
                }
                for area, criterion in schools[school]:
                    share = fmean(each[area, criterion] for _, each in shares)
                    cells[framework.id, year, school, area, criterion]["there"] = Near(share, OWN, DRAWS)
    return rows


def _at_the_goal(framework: Framework, year: int, cells: dict, figures: dict) -> dict[str, dict[tuple, tuple]]:
    """school -> (area, criterion) -> what the goal is about (a mean, or the share at its level), and its noise."""
    told: dict[tuple, dict[str, tuple]] = defaultdict(dict)
    for (framework_id, its_year, school, area, criterion), cell in cells.items():
        if (framework_id, its_year) == (framework.id, year) and cell["status"] != "hidden":
            n, share = cell["noise_n"], share_about(cell)
            if share is None and framework.goal.statistic != "mean":
                continue
            own = figures[SchoolRound(framework_id, year, school)][area, criterion]
            variance = None if own.sd is None else own.sd**2
            if framework.goal.statistic != "mean":
                variance = share * (1 - share) * n / (n - 1)
            told[area, criterion][school] = (cell["mean"] if framework.goal.statistic == "mean" else share), variance, n
    schools = defaultdict(dict)
    for thing, of in told.items():
        known = [(variance, n - 1) for _, variance, n in of.values() if variance is not None]
        city = math.fsum(v * k for v, k in known) / sum(k for _, k in known) if known else 0.0
        for school, (value, variance, n) in of.items():
            of_own = (0.0, 0) if variance is None else (variance * (n - 1), n - 1)
            schools[school][thing] = value, max((of_own[0] + 10 * city) / (of_own[1] + 10) / n, 1e-4)
    return schools


def share_about(cell: dict) -> float | None:
    """Of the answers at the goal, as near as it is told."""
    share = cell["share_at_goal"]
    if share is None:
        return {None: None, "below_half": 0.2, "about_half": 0.5, "above_half": 0.8}[cell["share_band"]]
    return {None: share, "at_most": share / 2, "at_least": (1 + share) / 2}[cell["share_bound"]]


def _chances_there(framework: Framework, schools: dict, together: float) -> dict[str, tuple[float, dict]]:
    """school -> the chance of all that it shows, and of each. A school's level is the city's, and departures of the
    school, of its areas from that and of criteria from their area, each of which may be anything normal."""
    things = sorted({thing for of in schools.values() for thing in of})
    city = {thing: fmean(of[thing][0] for of in schools.values() if thing in of) for thing in things}
    areas = sorted({area for area, _ in things})
    whole, in_areas, in_criteria = defaultdict(dict), defaultdict(dict), defaultdict(dict)
    for school, of in schools.items():
        apart = {thing: value - city[thing] for thing, (value, _) in of.items()}
        alone = {thing: (1 - together) * noise for thing, (_, noise) in of.items()}
        count, middle = len(of), fmean(apart.values())
        shared = together * fmean(math.sqrt(noise) for _, noise in of.values()) ** 2
        whole["", ""][school] = middle, shared + fmean(alone.values()) / count
        for area in areas:
            its = [thing for thing in of if thing[0] == area]
            if not its:
                continue
            mean = fmean(apart[thing] for thing in its)
            if len(its) < count:
                noise = fmean(alone[thing] for thing in its) * (1 / len(its) - 1 / count)
                in_areas[area, ""][school] = mean - middle, noise
            if len(its) > 1:
                for thing in its:
                    in_criteria[thing][school] = apart[thing] - mean, alone[thing] * (1 - 1 / len(its))
    free = 1.0, 1 - 1 / len(areas), 1 - len(areas) / len(things)
    layers = [_weighed(layer, part) for layer, part in zip((whole, in_areas, in_criteria), free, strict=True)]
    return {school: _drawn_there(framework, school, schools[school], city, layers) for school in schools}


def _weighed(layer: dict, free: float) -> tuple[list[float], list[dict]]:
    """Spreads between schools, as likely as they are, and what each says of every departure: its mean and variance."""
    known = {school for of in layer.values() for school in of}
    if not known:
        return [1.0], [{}]
    if len(known) < 3:
        return [1.0], [{(thing, s): told for thing, of in layer.items() for s, told in of.items()}]
    noises = sorted(noise for of in layer.values() for _, noise in of.values())
    typical, logs, said = math.sqrt(max(noises[len(noises) // 2], 1e-9)), [], []
    for step in range(300):
        angle = (step + 0.5) / 300 * math.pi / 2
        spread = (typical * math.tan(angle)) ** 2
        log, found = -2 * math.log(math.cos(angle)), {}
        for thing, of in layer.items():
            of = {school: (value, max(noise, 1e-9)) for school, (value, noise) in of.items()}
            weight = {school: 1 / (spread + noise) for school, (_, noise) in of.items()}
            total = math.fsum(weight.values())
            city = math.fsum(weight[school] * value for school, (value, _) in of.items()) / total
            squares = math.fsum(weight[school] * (value - city) ** 2 for school, (value, _) in of.items())
            log += free * (math.fsum(map(math.log, weight.values())) - math.log(total) - squares) / 2
            for school, (value, noise) in of.items():
                pull = noise * weight[school]
                found[thing, school] = value + pull * (city - value), (1 - pull) * noise + pull**2 / total
        logs.append(log)
        said.append(found)
    return [math.exp(log - max(logs)) for log in logs], said


def _drawn_there(framework: Framework, school: str, of: dict, city: dict, layers: list) -> tuple[float, dict]:
    goal, random = framework.goal, Random(7)
    aim = goal.level if goal.statistic == "mean" else goal.share if goal.statistic == "share" else 0.5
    together, each = 0, dict.fromkeys(of, 0.0)
    for _ in range(OWN):
        level, variance = dict(city), dict.fromkeys(of, 0.0)
        for depth, (chance, said) in enumerate(layers):
            [found] = random.choices(said, chance)
            names = {thing: [("", ""), (thing[0], ""), thing][depth] for thing in of}
            told = {name: found[name, school] for name in set(names.values()) if (name, school) in found}
            luck = _summing_to_nothing(sorted(told), depth, random)
            for thing, name in names.items():
                if name in told:
                    level[thing] += told[name][0]
                    variance[thing] += told[name][1]
                    each_luck = math.sqrt(told[name][1]) * luck[name]
                    level[thing, "drawn"] = level.get((thing, "drawn"), 0.0) + each_luck
        for thing in of:
            middle, sd = level[thing], math.sqrt(variance[thing])
            each[thing] += NormalDist().cdf((middle - aim) / sd) / OWN
        together += all(level[thing] + level[thing, "drawn"] >= aim for thing in of)
    return together / OWN, each


def _summing_to_nothing(names: Sequence[tuple], depth: int, random: Random) -> dict[tuple, float]:
    """Chance for each: areas sum to 0, criteria do within their area, each with the variance 1."""
    luck = {name: random.gauss(0, 1) for name in names}
    for group in {(name[0] if depth == 2 else "") for name in names}:
        its = [name for name in names if depth < 2 or name[0] == group]
        if depth and len(its) > 1:
            mean, size = fmean(luck[name] for name in its), math.sqrt(len(its) / (len(its) - 1))
            luck |= {name: (luck[name] - mean) * size for name in its}
    return luck


# Changes ------------------------------------------------------------------------------------------------------------


@dataclass
class Told:
    """A school's shown mean, with the standard deviation of n answers (None: nobody can tell it)."""

    mean: float
    sd: float | None
    n: int
    counted: int | None


def _figures(
    told: dict, cells: dict, areas: dict, noise: dict, city: dict, city_areas: dict
) -> dict[SchoolRound, dict]:
    """school-round -> (area, criterion) -> what is told of it; criterion '': the area."""
    found = defaultdict(dict)
    for (framework, year, school, area, criterion), cell in cells.items():
        if its := told.get((SchoolRound(framework, year, school), criterion)):
            sd = its.spread or city[framework, year, area, criterion]["within_school_sd"]
            found[SchoolRound(framework, year, school)][area, criterion] = Told(its.mean, sd, its.n, cell["n"])
    for (framework, year, school, area), (error, people) in noise.items():
        row = areas[framework, year, school, area]
        sd = error * math.sqrt(people) or city_areas[framework, year, area]["within_school_sd"]
        found[SchoolRound(framework, year, school)][area, ""] = Told(row["mean"], sd, people, row["respondents"])
    return found


def _befores(world: World, framework: str, year: int, held: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """The round before and the first one of the framework; for the first, the last one of the framework before."""
    earlier = [(f, y) for f, y in held if y < year]
    own = sorted(y for f, y in earlier if f == framework)
    former = world.framework(framework).previous
    if own:
        return {(framework, own[0]), (framework, own[-1])}
    return {(former, max(y for f, y in earlier if f == former))} if any(f == former for f, _ in earlier) else set()


@dataclass
class Pair:
    """A thing, (area, criterion), as it was told now and before; on how many criteria, and how many were left out."""

    thing: tuple[str, str]
    then: tuple[str, str]
    here: Told
    there: Told
    compared: set[str]
    left_out: set[str]


def _pairs(world: World, figures: dict, asked: dict, now: SchoolRound, before: SchoolRound) -> list[Pair]:
    """What is compared."""
    here, there = figures.get(now, {}), figures.get(before, {})
    if now.framework != before.framework:
        framework = world.framework(now.framework)
        words = {c.id: c.previous for c in framework.criteria if c.change == "identical"}
        old = {criterion: (area, criterion) for area, criterion in there if criterion}
        known = [(t, old[words[t[1]]]) for t in here if t[1] and words.get(t[1]) in old]
        return [Pair(t, then, here[t], there[then], {t[1]}, set()) for t, then in known]

    def made_of(things: Iterable, area: str) -> set[str]:
        return {c for a, c in things if c and area in ("", a)}

    pairs = []
    for thing in here:
        area, criterion = thing
        if criterion and thing in there:
            pairs.append(Pair(thing, thing, here[thing], there[thing], {criterion}, set()))
        both = made_of(here, area) & made_of(there, area)
        if not criterion and both:
            either = made_of(asked[now], area) | made_of(asked[before], area)
            pairs.append(Pair(thing, thing, _on(here, area, both), _on(there, area, both), both, either - both))
    return pairs


def _on(told: dict, area: str, both: set[str]) -> Told:
    """An area on some of its criteria. What people's answers add to the noise by going together is that part of the
    most it could be which it is over all that is shown of the area."""
    every = {c: figure for (a, c), figure in told.items() if c and area in ("", a)}
    whole, some = told[area, ""], [figure for c, figure in every.items() if c in both]
    if len(some) == len(every):
        return whole
    mean, n = fmean(figure.mean for figure in some), (min if whole.counted is None else max)(f.n for f in some)
    if any(figure.sd is None for figure in [whole, *every.values()]):
        return Told(mean, None, n, None)
    apart, most = apart_and_together(every.values())
    part = (whole.sd**2 / whole.n * len(every) ** 2 - apart) / most if most else 1.0
    apart, most = apart_and_together(some)
    variance = (apart + min(max(part, 0.0), 1.0) * most) / len(some) ** 2
    return Told(mean, math.sqrt(variance * n), n, None)


def apart_and_together(figures: Iterable[Told]) -> tuple[float, float]:
    """The noise of a sum of figures, were they independent, and the most that going together could add."""
    errors = [figure.sd / math.sqrt(figure.n) for figure in figures]
    pairs = math.fsum(x * y for i, x in enumerate(errors) for k, y in enumerate(errors) if i != k)
    return math.fsum(x * x for x in errors), pairs


def _kind(thing: tuple[str, str]) -> str:
    return "criterion" if thing[1] else "area" if thing[0] else "whole"


def _named(now: tuple, before: tuple, thing: tuple[str, str], then: tuple[str, str]) -> dict:
    names = ("framework", "year", "area", "criterion", "before_framework", "before_year", "before_criterion")
    return dict(zip(names, (*now, *thing, *before, then[1]), strict=True))


def _asked_things(cells: dict) -> dict[SchoolRound, set[tuple[str, str]]]:
    found = defaultdict(set)
    for framework, year, school, area, criterion in cells:
        found[SchoolRound(framework, year, school)].add((area, criterion))
    return found


def _judged(pairs: Sequence, kind, apart) -> list[tuple[object, tuple[bool, float | None]]]:
    """Every pair with whether it is clear, and what that takes."""
    steps = [[pair for pair in pairs if kind(pair) == step] for step in ("whole", "area", "criterion")]
    answers = from_the_whole_down(*([apart(pair) for pair in step] for step in steps))
    return [found for step, told in zip(steps, answers, strict=True) for found in zip(step, told, strict=True)]


def _apart(pair: Pair) -> tuple[float, float | None, float | None]:
    error = freedom = None
    if pair.here.sd is not None and pair.there.sd is not None:
        parts = [(told.sd**2 / told.n, told.n) for told in (pair.here, pair.there)]
        error, freedom = welch_satterthwaite(parts)
    return pair.here.mean - pair.there.mean, error, freedom


def _school_changes(world: World, rounds: Sequence[SchoolRound], figures: dict, asked: dict) -> dict[tuple, dict]:
    rows, lists = {}, defaultdict(list)
    for now in rounds:
        for former in _befores(world, now.framework, now.year, {r[:2] for r in rounds if r.school == now.school}):
            before = SchoolRound(*former, now.school)
            pairs = _pairs(world, figures, asked, now, before)
            for pair, (clear, needed) in _judged(pairs, lambda pair: _kind(pair.thing), _apart):
                key = (*now, *pair.thing, *former)
                rows[key] = _named(now[:2], former, pair.thing, pair.then) | {
                    "school_id": now.school, "mean": pair.here.mean, "before_mean": pair.there.mean,
                    "n": pair.here.counted, "before_n": pair.there.counted, "needed": needed, "clear": clear,
                    "difference": pair.here.mean - pair.there.mean, "clear_in_city": False,
                    "compared": len(pair.compared), "left_out": len(pair.left_out),
                }  # fmt: skip
                if needed is not None:
                    lists[now[:2], pair.thing, former].append((key, two_sided(*_apart(pair)) if clear else 1.0))
    for schools in lists.values():  # what a school is not told of itself nobody is told of it
        for (key, _), in_city in zip(schools, claimed([p for _, p in schools]), strict=True):
            rows[key]["clear_in_city"] = in_city
    return rows


def _city_changes(world: World, rounds: Sequence[SchoolRound], figures: dict, asked: dict) -> dict[tuple, dict]:
    rows, held = {}, {round_[:2] for round_ in rounds}
    for now in held:
        for before in _befores(world, *now, held):
            moved = defaultdict(list)
            for school in sorted({round_.school for round_ in rounds}):
                for pair in _pairs(world, figures, asked, SchoolRound(*now, school), SchoolRound(*before, school)):
                    moved[pair.thing, pair.then].append(pair)
            found = []
            for (thing, then), pairs in moved.items():
                moves = [pair.here.mean - pair.there.mean for pair in pairs]
                spread = stdev(moves) if len(moves) > 1 else None
                error = spread / math.sqrt(len(moves)) if spread and spread > 1e-9 else None
                compared = set().union(*(pair.compared for pair in pairs))
                row = _named(now, before, thing, then) | {
                    "schools": len(pairs), "mean": fmean(pair.here.mean for pair in pairs),
                    "before_mean": fmean(pair.there.mean for pair in pairs), "difference": fmean(moves),
                    "compared": len(compared),
                    "left_out": len(set().union(*(pair.left_out for pair in pairs)) - compared),
                }  # fmt: skip
                found.append((row, (fmean(moves), error, len(moves) - 1)))
            judged = _judged(found, lambda f: _kind((f[0]["area"], f[0]["criterion"])), lambda f: f[1])
            for (row, _), (clear, needed) in judged:
                row |= {"clear": clear, "needed": needed}
                rows[*now, row["area"], row["criterion"], *before] = row
    return rows
