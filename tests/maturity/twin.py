"""A slow twin of publishing: the statistical rules in plain Python, without numpy, SQL, or the code it is held
against. It takes what was loaded, answer by answer, and gives every column of every published table.

Only distribution functions and searches come from a library; everything else is sums over lists. Where publishing draws
lots, the twin counts every outcome or draws its own, and a figure is `Near` or a `Place` with room for chance.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random
from statistics import NormalDist, fmean, stdev

from scipy.optimize import brentq, minimize_scalar
from scipy.special import chdtri, roots_legendre, stdtr, stdtrit
from scipy.stats import beta

from analytics.model.frameworks import Framework
from tests.maturity.worlds import SchoolRound, World

Z = NormalDist().inv_cdf(0.975)
PANELS = 24  # that the right angle between no tau and no sigma is cut into, with twenty points in each
ANGLES = [(i + (x + 1) / 2) / PANELS * math.pi / 2 for i in range(PANELS) for x in roots_legendre(20)[0].tolist()]
ANGLE_WEIGHTS = roots_legendre(20)[1].tolist() * PANELS
RESAMPLES, DRAWS = 2000, 1000  # what publishing draws: they say how far chance may take it


@dataclass
class Asked:
    """A school on a criterion in a round: levels given (don't-knows apart), and by whom, where that is known."""

    levels: list[int]
    dont_know: int
    by_person: dict[str, int] | None
    persons: set[str]  # with a row, don't-knows among them


@dataclass
class Near:
    """A share of the resamples: what it would be of endless ones, and how many of them the twin itself drew."""

    share: float
    own: float = math.inf

    def holds(self, found: float | None) -> bool:
        error = math.sqrt(self.share * (1 - self.share) * (1 / RESAMPLES + 1 / self.own))
        return found is not None and abs(found - self.share) <= 4.5 * error + (0 if math.isinf(self.own) else 0.004)


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
    if invited and responded is not None and 2 * responded < invited:
        return "low_response"
    return "uncertain" if n < 20 else "ok"


def summed_up(schools: Sequence[Sequence[int]]) -> tuple[list[int], list[float], float]:
    """Answers and mean of each school, and the squares around the means of them all."""
    means = [fmean(levels) for levels in schools]
    squares = math.fsum((x - m) ** 2 for levels, m in zip(schools, means, strict=True) for x in levels)
    alike = all(len(set(levels)) == 1 for levels in schools)
    return [len(levels) for levels in schools], means, 0.0 if alike else squares


def spread_of_schools(n: Sequence[int], mean: Sequence[float], within: float) -> tuple[float, float, float] | None:
    """(tau, sigma, city) of a random-intercept model by REML; None for fewer than two schools.

    At the best ratio of tau^2 to sigma^2 the schools' predicted effects and what is not known of them add up to tau^2,
    school by school: the fixed point of the EM algorithm (Searle, Casella & McCulloch 1992, 8.3). Found by halving.
    """
    if len(n) < 2:
        return None
    if within == 0:
        return stdev(mean), 0.0, fmean(mean)

    def at(ratio: float) -> tuple[float, float, float, float]:
        weight = [k / (1 + ratio * k) for k in n]
        total = math.fsum(weight)
        city = math.fsum(w * m for w, m in zip(weight, mean, strict=True)) / total
        between = math.fsum(w * (m - city) ** 2 for w, m in zip(weight, mean, strict=True))
        sigma2 = (within + between) / (sum(n) - 1)
        predicted = math.fsum((w * (m - city)) ** 2 for w, m in zip(weight, mean, strict=True)) / sigma2
        unknown = math.fsum(w * w for w in weight) / total
        log_likelihood = -(
            (sum(n) - 1) * math.log(sigma2) + math.fsum(math.log1p(ratio * k) for k in n) + math.log(total)
        )
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
    """That as many people, drawn from these (None: no answer) with replacement, meet the goal: every outcome counted.

    The goal is met where what is over it and what is short of it come to 0 or more (the median: to more than 0)."""
    goal = framework.goal
    if goal.statistic == "mean":
        excess = {level: level - goal.level for level in framework.levels}
    else:
        part = Fraction(1, 2) if goal.statistic == "median" else Fraction(str(goal.share))
        over, short = part.denominator - part.numerator, -part.numerator
        excess = {level: over if level >= goal.level else short for level in framework.levels}
    one = Counter((0, 0) if level is None else (1, excess[level]) for level in given)
    outcomes = {(0, 0): 1.0}  # whether anybody answered, and what it comes to
    for _ in given:
        after: dict[tuple[int, int], float] = defaultdict(float)
        for (answered, total), chance in outcomes.items():
            for (answers, more), times in one.items():
                after[max(answered, answers), total + more] += chance * times / len(given)
        outcomes = after
    least = 1 if goal.statistic == "median" else 0
    return min(1.0, math.fsum(chance for (some, total), chance in outcomes.items() if some and total >= least))


# The tables ---------------------------------------------------------------------------------------------------------


def publish(world: World) -> dict[str, dict[tuple, dict]]:
    """Table -> key -> column -> value, as worlds.figures reads them from a store."""
    asked = _asked(world)
    shown = {key: len(cell.levels) >= world.hide_below for key, cell in asked.items()}
    rounds = sorted({round_ for round_, _ in asked})
    responded = {round_: _responded(world, asked, shown, round_) for round_ in rounds}
    cells = {}
    for (round_, criterion), cell in asked.items():
        framework = world.framework(round_.framework)
        cells[_key(framework, round_, criterion)] = _cell(world, framework, round_, criterion, cell, responded[round_])
    _pull(world, asked, shown, cells)
    areas, noise = _areas(world, asked, shown, rounds)
    city_areas = _city_areas(areas, noise)
    city = _city(world, asked, shown)
    figures = _figures(cells, areas, noise, city, city_areas)
    return {
        "cell": cells,
        "area_cell": areas,
        "school_round": {tuple(r): _round(world, asked, cells, areas, r, responded[r]) for r in rounds},
        "city_cell": city,
        "city_area": city_areas,
        "school_change": _school_changes(world, rounds, figures, _asked_things(cells)),
        "city_change": _city_changes(world, rounds, figures, _asked_things(cells)),
        "forecast": {},  # random worlds have too few rounds to foretell anything, or to tell a pace
        "trend": {},
        "trend_level": {},
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
    world: World, framework: Framework, round_: SchoolRound, criterion: str, cell: Asked, responded: int | None
) -> dict:
    n, levels = len(cell.levels), cell.levels
    people = world.people.get(round_)
    its_status = status(n, people.invited if people else None, responded, world.hide_below)
    row = _names(round_, criterion=criterion, area=_area(framework, criterion), status=its_status)
    figures = "n dont_know mean sd ci_low ci_high share_at_goal share_low share_high median pulled_mean levels goal_met"
    row |= dict.fromkeys(f"{figures} staff_low staff_high staff_share_low staff_share_high city_side ready".split())
    if its_status == "hidden":
        return row
    at_goal = sum(level >= framework.goal.level for level in levels)
    row |= {"n": n, "dont_know": cell.dont_know, "mean": fmean(levels), "sd": stdev(levels), "median": median(levels)}
    squares = math.fsum((level - fmean(levels)) ** 2 for level in levels)
    row["ci_low"], row["ci_high"] = on_the_scale(row["mean"], squares, n, framework.levels)
    row["share_at_goal"] = at_goal / n
    row["share_low"], row["share_high"] = wilson(at_goal, n)
    row["goal_met"] = goal_met(levels, framework)
    row["city_side"] = 0
    if people and responded >= world.hide_below and people.invited >= n:
        left = (people.invited - n) / (people.invited - 1)
        row["staff_low"], row["staff_high"] = on_the_scale(row["mean"], squares, n, framework.levels, left)
        row["staff_share_low"], row["staff_share_high"] = (
            wilson(at_goal / left, n / left) if left else (at_goal / n, at_goal / n)
        )
    if n >= 10:
        row["levels"] = [levels.count(level) for level in framework.levels]
    return row


def _pull(world: World, asked: dict, shown: dict, cells: dict) -> None:
    """Pulled means, and the side of the city's mean."""
    sides = defaultdict(list)
    for (framework_id, _, criterion), schools in _by_criterion(asked, shown).items():
        n, means, within = summed_up([asked[key].levels for key in schools])
        model = spread_of_schools(n, means, within)
        if model is None:
            continue
        found = [cells[_key(world.framework(framework_id), key[0], criterion)] for key in schools]
        for cell, shrunken in zip(found, pulled_means(n, means, within, model[1]), strict=True):
            cell["pulled_mean"] = shrunken
        variances = [max(cell["sd"], model[1]) ** 2 / k for cell, k in zip(found, n, strict=True)]
        for key, cell, apart in zip(schools, found, beside_the_city(means, variances, n), strict=True):
            sides[key[0]].append((cell, apart))
    for family in sides.values():
        _take_sides(family)


def pulled_means(n: Sequence[int], means: Sequence[float], within: float, sigma: float) -> list[float]:
    """What each school's level is to be expected, over all that tau, sigma and the city may be; no farther from its own
    mean than 95 % of chance goes. tau and sigma are the legs of an angle; at an angle the city's and sigma's parts of
    the integral are known (a normal and a gamma), and the angles are summed by Gauss and Legendre's rule."""
    if len(n) < 3 or within == 0:
        return list(means)
    logs, expected = [], []
    for angle in ANGLES:
        spread = [math.sin(angle) ** 2 + math.cos(angle) ** 2 / k for k in n]  # of the means, in tau^2 + sigma^2
        known = math.fsum(1 / v for v in spread)
        city = math.fsum(m / v for m, v in zip(means, spread, strict=True)) / known
        squares = math.fsum((m - city) ** 2 / v for m, v in zip(means, spread, strict=True))
        squares += within / math.cos(angle) ** 2
        # Of the scale r of both (tau = r sin, sigma = r cos), flat in tau and in log sigma: r dr / (r cos), and of the
        # likelihood r^-(N-1): as many as there are answers, less the city.
        log = -math.log(math.cos(angle)) - (sum(n) - len(n)) * math.log(math.cos(angle))
        log -= math.fsum(map(math.log, spread)) / 2 + math.log(known) / 2 + (sum(n) - 2) / 2 * math.log(squares)
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


def beside_the_city(
    means: Sequence[float], variances: Sequence[float], people: Sequence[int]
) -> list[tuple[float, float, float]]:
    """Each school less the mean of all, with error and freedom: a sum of independent means, its own and the others'."""
    k, answers = len(means), []
    for i, mean in enumerate(means):
        parts = [
            (variance * ((1 - 1 / k) if i == j else 1 / k) ** 2, n)
            for j, (variance, n) in enumerate(zip(variances, people, strict=True))
        ]
        error = sum(part for part, _ in parts) ** 0.5
        answers.append((mean - fmean(means), error, sum(people) - k))
    return answers


def _take_sides(family: Sequence[tuple[dict, tuple[float, float, float]]]) -> None:
    for (row, (difference, *_)), (clear, _) in zip(family, clear_and_needed([f for _, f in family]), strict=True):
        row["city_side"] = (1 if difference > 0 else -1) if clear else 0


def _by_criterion(asked: dict, shown: dict, hidden_too: bool = False) -> dict[tuple, list]:
    found = defaultdict(list)
    for key in sorted(asked):
        round_, criterion = key
        if shown[key] or hidden_too:
            found[round_.framework, round_.year, criterion].append(key)
    return found


def _areas(
    world: World, asked: dict, shown: dict, rounds: Sequence[SchoolRound]
) -> tuple[dict[tuple, dict], dict[tuple, tuple[float, int]]]:
    """The rows, and of those that are shown the standard error and how many people it is told by."""
    rows, noise = {}, {}
    for round_ in rounds:
        framework = world.framework(round_.framework)
        here = [criterion for r, criterion in asked if r == round_]
        ids = sorted({_area(framework, criterion) for criterion in here})
        parts = {area: [c for c in here if _area(framework, c) == area] for area in ids}
        followable = {area: _followable(world, asked, shown, round_, [[c] for c in parts[area]]) for area in ids}
        whole = all(followable.values()) and _followable(world, asked, shown, round_, list(parts.values()))
        for area, criteria in [*parts.items(), ("", here)]:
            follow = whole if area == "" else followable[area]
            rows[*round_, area], told = _area_cell(world, asked, shown, round_, area, criteria, follow)
            if told:
                noise[*round_, area] = told
    _place_areas(rows, noise)
    return rows, noise


def _place_areas(rows: dict[tuple, dict], noise: dict[tuple, tuple[float, int]]) -> None:
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
        variances = [max(noise[key][0] ** 2, sigma**2 / noise[key][1]) for key in keys]
        for i, apart in enumerate(beside_the_city(means, variances, people)):
            row = rows[keys[i]]
            row["pulled_mean"], (row["rank_low"], row["rank_high"]) = shrunken[i], stands[i]
            sides[framework, year, row["school_id"], area == ""].append((row, apart))
    for family in sides.values():
        _take_sides(family)
    for row in rows.values():  # made of other criteria than the city's area is
        if row["shown"] < row["asked"]:
            row |= dict.fromkeys(("rank_low", "rank_high", "city_side"))


def _by_area(noise: dict[tuple, tuple[float, int]]) -> dict[tuple, list[tuple]]:
    found = defaultdict(list)
    for framework, year, school, area in sorted(noise):
        found[framework, year, area].append((framework, year, school, area))
    return found


def _within(noise: dict[tuple, tuple[float, int]], keys: Sequence[tuple]) -> float:
    return math.fsum((people - 1) * people * error**2 for error, people in (noise[key] for key in keys))


def _followable(world: World, asked: dict, shown: dict, round_: SchoolRound, parts: list[list[str]]) -> bool:
    """Whether nobody, or enough people, gave answers in more than one of these parts."""
    times = defaultdict(int)
    for criteria in parts:
        people: set[str] = set()
        for criterion in criteria:
            if shown[round_, criterion]:
                people |= set(asked[round_, criterion].by_person or ())
        for person in people:
            times[person] += 1
    several = sum(count > 1 for count in times.values())
    return several == 0 or several >= world.hide_below


def _area_cell(
    world: World, asked: dict, shown: dict, round_: SchoolRound, area: str, criteria: list[str], follow: bool
) -> tuple[dict, tuple[float, int] | None]:
    cells = [asked[round_, criterion] for criterion in criteria if shown[round_, criterion]]
    row = _names(round_, area=area, shown=len(cells), asked=len(criteria))
    row |= dict.fromkeys(("mean", "ci_low", "ci_high", "interval_basis", "respondents", "at_goal"))
    row |= dict.fromkeys(("pulled_mean", "rank_low", "rank_high", "city_side"))
    if not cells:
        return row, None
    row["city_side"] = 0
    framework = world.framework(round_.framework)
    row["mean"] = fmean(fmean(cell.levels) for cell in cells)
    row["at_goal"] = sum(goal_met(cell.levels, framework) for cell in cells)
    if cells[0].by_person is not None and follow:
        share_of = defaultdict(float)  # what each person moves the area's mean by
        for cell in cells:
            for person, level in cell.by_person.items():
                share_of[person] += (level - fmean(cell.levels)) / len(cell.levels) / len(cells)
        people = len(share_of)
        error = math.sqrt(people / (people - 1) * math.fsum(share**2 for share in share_of.values()))
        row |= {"interval_basis": "respondents", "respondents": people}
    else:
        people = min(len(cell.levels) for cell in cells)
        error = fmean(stdev(cell.levels) / math.sqrt(len(cell.levels)) for cell in cells)
        row["interval_basis"] = "bound"
    squares = error**2 * people * (people - 1)
    row["ci_low"], row["ci_high"] = on_the_scale(row["mean"], squares, people, framework.levels)
    return row, (error if error > 1e-12 else 0.0, people)


def _ready(world: World, asked: dict, here: Sequence[dict], areas: dict, round_: SchoolRound) -> dict:
    """How sure the goal is, cell by cell (counted) and on all of them (drawn, where people are followed)."""
    framework = world.framework(round_.framework)
    shown = [cell for cell in here if cell["status"] != "hidden"]
    if not shown:
        return {"ready": None, "ready_basis": None}
    given = [asked[round_, cell["criterion"]] for cell in shown]
    people = sorted(set().union(*(answers.by_person or () for answers in given)))
    followed = areas[*round_, ""]["interval_basis"] == "respondents"
    levels = [[a.by_person.get(p) for p in people] if followed else a.levels for a in given]
    chances = [chance_of_goal(its, framework) for its in levels]
    for cell, chance in zip(shown, chances, strict=True):
        cell["ready"] = Near(chance) if cell["n"] >= 10 else None
    if not followed:
        return {"ready": Near(math.prod(chances)), "ready_basis": "approximate"}
    random, met, draws = Random(2), 0, 400
    everybody = list(zip(*levels, strict=True))
    for _ in range(draws):
        drawn = zip(*random.choices(everybody, k=len(people)), strict=True)
        columns = [[level for level in column if level is not None] for column in drawn]
        met += all(column and goal_met(column, framework) for column in columns)
    return {"ready": Near(met / draws, draws), "ready_basis": "respondents"}


def _round(world: World, asked: dict, cells: dict, areas: dict, round_: SchoolRound, responded: int | None) -> dict:
    here = [cell for key, cell in cells.items() if key[:3] == tuple(round_)]
    shown = [cell for cell in here if cell["status"] != "hidden"]
    at_goal = sum(cell["goal_met"] for cell in shown)
    people = world.people.get(round_)
    invited = people.invited if people else None
    row = _names(round_, shown=len(shown), asked=len(here), at_goal=at_goal, provenance="imported", loaded_version=1)
    row |= _ready(world, asked, here, areas, round_)
    row["outcome"] = "not_met" if at_goal < len(shown) else "cannot_tell" if len(shown) < len(here) else "met"
    if not shown or responded < world.hide_below:
        return row | {"status": "hidden", "invited": None, "responded": None, "response_rate": None}
    rate = responded / invited if invited else None
    its_status = "low_response" if rate is not None and rate < 0.5 else "uncertain" if responded < 20 else "ok"
    return row | {"status": its_status, "invited": invited, "responded": responded, "response_rate": rate}


def _city(world: World, asked: dict, shown: dict) -> dict[tuple, dict]:
    rows = {}
    for (framework_id, year, criterion), keys in _by_criterion(asked, shown, hidden_too=True).items():
        framework = world.framework(framework_id)
        schools = [asked[key].levels for key in keys if shown[key]]
        answers = [level for levels in schools for level in levels]
        means = [fmean(levels) for levels in schools]
        model = spread_of_schools(*summed_up(schools))
        area = _area(framework, criterion)
        n, errors = [len(levels) for levels in schools], [stdev(x) / math.sqrt(len(x)) for x in schools]
        low, high = of_these_schools(means, errors, n, [1] * len(n)) if means else (None, None)
        answers_low, answers_high = of_these_schools(means, errors, n, n) if means else (None, None)
        at_goal = sum(x >= framework.goal.level for x in answers)
        share_low, share_high = wilson(at_goal, len(answers)) if answers else (None, None)
        rows[framework_id, year, area, criterion] = {
            "framework": framework_id,
            "year": year,
            "criterion": criterion,
            "area": area,
            "schools": len(schools),
            "answers": len(answers),
            "mean_of_schools": fmean(means) if means else None,
            "ci_low": low,
            "ci_high": high,
            "mean_of_answers": fmean(answers) if answers else None,
            "answers_low": answers_low,
            "answers_high": answers_high,
            "share_low": share_low,
            "share_high": share_high,
            "share_at_goal": at_goal / len(answers) if answers else None,
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
        model = spread_of_schools(*spread)
        between = interval_of_spread(*spread) if model else (None, None)
        rows[framework, year, area] = {
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


# Changes ------------------------------------------------------------------------------------------------------------


@dataclass
class Told:
    """A school's shown mean, with the standard deviation of n answers (None: nobody can tell it)."""

    mean: float
    sd: float | None
    n: int
    counted: int | None


def _figures(cells: dict, areas: dict, noise: dict, city: dict, city_areas: dict) -> dict[SchoolRound, dict]:
    """school-round -> (area, criterion) -> what is told of it; criterion '': the area."""
    found = defaultdict(dict)
    for (framework, year, school, area, criterion), cell in cells.items():
        if cell["status"] != "hidden":
            sd = cell["sd"] or city[framework, year, area, criterion]["within_school_sd"]
            found[SchoolRound(framework, year, school)][area, criterion] = Told(cell["mean"], sd, cell["n"], cell["n"])
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
    most it could be which it is over all that is shown of the area; where nobody is followed, all."""
    every = {c: figure for (a, c), figure in told.items() if c and area in ("", a)}
    whole, some = told[area, ""], [figure for c, figure in every.items() if c in both]
    if len(some) == len(every):
        return whole
    mean, n = fmean(figure.mean for figure in some), (min if whole.counted is None else max)(f.n for f in some)
    if any(figure.sd is None for figure in (some if whole.counted is None else [whole, *every.values()])):
        return Told(mean, None, n, None)
    part = 1.0
    if whole.counted is not None:
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
