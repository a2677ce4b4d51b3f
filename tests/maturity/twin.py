"""A slow twin of publishing: the statistical rules in plain Python, without numpy, SQL, or the code it is held
against. It takes what was loaded, answer by answer, and gives every column of every published table.

Only the quantile of Student's t comes from a library; everything else is sums over lists.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist, fmean, stdev

from scipy.special import stdtrit

from analytics.model import Framework
from tests.maturity.worlds import SchoolRound, World

Z = NormalDist().inv_cdf(0.975)


@dataclass
class Asked:
    """A school on a criterion in a round: levels given (don't-knows apart), and by whom, where that is known."""

    levels: list[int]
    dont_know: int
    by_person: dict[str, int] | None
    persons: set[str]  # with a row, don't-knows among them


# Single figures -----------------------------------------------------------------------------------------------------


def student(values: Sequence[int]) -> tuple[float, float]:
    return around(fmean(values), stdev(values) / math.sqrt(len(values)), len(values))


def around(mean: float, error: float, people: int) -> tuple[float, float]:
    t = float(stdtrit(people - 1, 0.975))
    return mean - t * error, mean + t * error


def wilson(successes: int, n: int) -> tuple[float, float]:
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


def spread_of_schools(schools: Sequence[Sequence[int]]) -> tuple[float, float, float] | None:
    """(tau, sigma, city) of a random-intercept model by REML; None for fewer than two schools.

    At the best ratio of tau^2 to sigma^2 the schools' predicted effects and what is not known of them add up to tau^2,
    school by school: the fixed point of the EM algorithm (Searle, Casella & McCulloch 1992, 8.3). Found by halving.
    """
    if len(schools) < 2:
        return None
    n = [len(levels) for levels in schools]
    mean = [fmean(levels) for levels in schools]
    within = math.fsum((x - m) ** 2 for levels, m in zip(schools, mean, strict=True) for x in levels)
    if all(len(set(levels)) == 1 for levels in schools):
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
    areas = _areas(world, asked, shown, rounds)
    return {
        "cell": cells,
        "area_cell": areas,
        "school_round": {tuple(r): _round(world, cells, r, responded[r]) for r in rounds},
        "city_cell": _city(world, asked, shown),
        "city_area": _city_areas(areas),
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
    row |= dict.fromkeys(figures.split())
    if its_status == "hidden":
        return row
    at_goal = sum(level >= framework.goal.level for level in levels)
    row |= {"n": n, "dont_know": cell.dont_know, "mean": fmean(levels), "sd": stdev(levels), "median": median(levels)}
    row["ci_low"], row["ci_high"] = student(levels)
    row["share_at_goal"] = at_goal / n
    row["share_low"], row["share_high"] = wilson(at_goal, n)
    row["goal_met"] = goal_met(levels, framework)
    if n >= 10:
        row["levels"] = [levels.count(level) for level in framework.levels]
    return row


def _pull(world: World, asked: dict, shown: dict, cells: dict) -> None:
    for (framework_id, _, criterion), schools in _by_criterion(asked, shown).items():
        model = spread_of_schools([asked[key].levels for key in schools])
        if model is None:
            continue
        tau, sigma, city = model
        for key in schools:
            mean, n = fmean(asked[key].levels), len(asked[key].levels)
            noise = sigma**2 / n
            weight = 1.0 if tau == sigma == 0 else tau**2 / (tau**2 + noise)
            cell = cells[_key(world.framework(framework_id), key[0], criterion)]
            cell["pulled_mean"] = weight * mean + (1 - weight) * city


def _by_criterion(asked: dict, shown: dict, hidden_too: bool = False) -> dict[tuple, list]:
    found = defaultdict(list)
    for key in sorted(asked):
        round_, criterion = key
        if shown[key] or hidden_too:
            found[round_.framework, round_.year, criterion].append(key)
    return found


def _areas(world: World, asked: dict, shown: dict, rounds: Sequence[SchoolRound]) -> dict[tuple, dict]:
    rows = {}
    for round_ in rounds:
        framework = world.framework(round_.framework)
        here = [criterion for r, criterion in asked if r == round_]
        ids = sorted({_area(framework, criterion) for criterion in here})
        parts = {area: [c for c in here if _area(framework, c) == area] for area in ids}
        followable = {area: _followable(world, asked, shown, round_, [[c] for c in parts[area]]) for area in ids}
        whole = all(followable.values()) and _followable(world, asked, shown, round_, list(parts.values()))
        for area, criteria in [*parts.items(), ("", here)]:
            follow = whole if area == "" else followable[area]
            rows[*round_, area] = _area_cell(world, asked, shown, round_, area, criteria, follow)
    return rows


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
) -> dict:
    cells = [asked[round_, criterion] for criterion in criteria if shown[round_, criterion]]
    row = _names(round_, area=area, shown=len(cells), asked=len(criteria))
    row |= dict.fromkeys(("mean", "ci_low", "ci_high", "interval_basis", "respondents", "at_goal"))
    if not cells:
        return row
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
    row["ci_low"], row["ci_high"] = around(row["mean"], error, people)
    return row


def _round(world: World, cells: dict, round_: SchoolRound, responded: int | None) -> dict:
    here = [cell for key, cell in cells.items() if key[:3] == tuple(round_)]
    shown = [cell for cell in here if cell["status"] != "hidden"]
    at_goal = sum(cell["goal_met"] for cell in shown)
    people = world.people.get(round_)
    invited = people.invited if people else None
    row = _names(round_, shown=len(shown), asked=len(here), at_goal=at_goal, provenance="imported", loaded_version=1)
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
        model = spread_of_schools(schools)
        area = _area(framework, criterion)
        rows[framework_id, year, area, criterion] = {
            "framework": framework_id,
            "year": year,
            "criterion": criterion,
            "area": area,
            "schools": len(schools),
            "answers": len(answers),
            "mean_of_schools": fmean(means) if means else None,
            "mean_of_answers": fmean(answers) if answers else None,
            "share_at_goal": sum(x >= framework.goal.level for x in answers) / len(answers) if answers else None,
            "p10": percentile(means, 0.1),
            "p90": percentile(means, 0.9),
            "between_school_sd": model[0] if model else None,
            "left_out_schools": len(keys) - len(schools),
            "provenance": "imported",
        }
    return rows


def _city_areas(areas: dict[tuple, dict]) -> dict[tuple, dict]:
    grouped = defaultdict(list)
    for (framework, year, _, area), row in areas.items():
        grouped[framework, year, area].append(row["mean"])
    rows = {}
    for (framework, year, area), means in grouped.items():
        known = [mean for mean in means if mean is not None]
        rows[framework, year, area] = {
            "framework": framework,
            "year": year,
            "area": area,
            "schools": len(known),
            "mean_of_schools": fmean(known) if known else None,
            "p10": percentile(known, 0.1),
            "p90": percentile(known, 0.9),
            "left_out_schools": len(means) - len(known),
        }
    return rows
