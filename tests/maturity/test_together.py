"""How people's answers go together: where they are followed, what that lends to counts, and what is said without it."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from analytics.maturity.methods.together import ENOUGH, Noise, correlation
from tests.maturity.worlds import Answer, Counts, SchoolRound, World, figures, framework_of, publish
from tests.sampling import sample

TWO_AREAS = framework_of("f", {"a": ("A1", "A2"), "b": ("B1", "B2")})
OTHER = framework_of("g", {"a": ("A1", "A2"), "b": ("B1", "B2")})
WIDE = framework_of("w", {"a": ("A1", "A2"), "b": ("B1", "B2")})
CRITERIA = ("A1", "A2", "B1", "B2")
SIZE, SCHOOLS = 24, 6


def noise_of(*means: tuple[float, ...]) -> Noise:
    """Of means with criteria of these standard errors."""
    errors = [np.array(of) for of in means]
    return Noise(*(np.array([f(e) for e in errors]) for f in (lambda e: (e**2).sum(), np.sum, len)))


def test_the_correlation_is_what_makes_up_the_followed_error():
    """Four criteria of variance 0.04: independent the whole's is 0.01, all as one 0.04; half way it is 0.025."""
    noise = noise_of((0.2,) * 4)
    for variance, wanted in ((0.01, 0), (0.025, 0.5), (0.04, 0.95), (0.005, 0)):  # never all as one, nor below nothing
        found, people = correlation(noise, np.sqrt([variance]), np.array([101]))
        assert (found, people) == (pytest.approx(wanted, abs=1e-12), 100)
        assert wanted not in (0.5,) or noise.error(found) == pytest.approx(variance**0.5)


def test_nobody_who_is_followed_tells_nothing():
    found, people = correlation(noise_of((0.2, 0.2), (0.2,)), np.array([np.nan, 0.2]), np.array([50, 50]))
    assert np.isnan(found) and people == 0


def test_schools_count_by_what_they_tell():
    """Errors are told in comparable size, and a school's by its people: one of 400 weighs as twenty of 20."""
    sizes = np.array([400, *[20] * 20])
    errors = noise_of(*(((1 / n) ** 0.5,) * 2 for n in sizes))
    followed = errors.error(np.where(sizes == 400, 0.6, 0.2))
    found, people = correlation(errors, followed, sizes)
    assert people == sizes.sum() - len(sizes)
    weight = sizes - 1.0
    assert found == pytest.approx((weight * np.where(sizes == 400, 0.6, 0.2)).sum() / weight.sum())


def city(*, followed: int = 0, elsewhere: int = 0, seed: int = 1) -> World:
    """Six schools of 24 that agree with themselves, as counts in f 2021 and, each, `followed` schools person by person
    in f 2020 and `elsewhere` in g 2020."""
    random = Random(seed)
    world = World((TWO_AREAS, OTHER), tuple(f"s{n}" for n in range(SCHOOLS)))
    for framework, year, schools in (("f", 2020, followed), ("g", 2020, elsewhere), ("f", 2021, SCHOOLS)):
        for number in range(schools):
            round_ = SchoolRound(framework, year, f"s{number}")
            given = {criterion: [0] * 4 for criterion in CRITERIA}
            for person in range(SIZE):
                own = random.gauss(2.1 + 0.25 * number, 0.6)
                for criterion in CRITERIA:
                    level = min(4, max(1, round(random.gauss(own, 0.6))))
                    if year == 2020:
                        world.answers.append(Answer(round_, f"p{person}", criterion, level))
                    given[criterion][level - 1] += 1
            if year == 2021:
                world.counts += [Counts(round_, criterion, tuple(levels)) for criterion, levels in given.items()]
    return world


@pytest.mark.parametrize(
    ("followed", "elsewhere", "basis"),
    sample([(6, 0, "correlation"), (6, 6, "correlation"), (0, 6, "borrowed"), (0, 0, "assumed"), (4, 0, "assumed")], 2),
)
def test_counts_take_the_correlation_from_their_framework_or_another(tmp_path, followed, elsewhere, basis):
    """Four schools of 24, less one each, are 92 people: too few."""
    assert 6 * (SIZE - 1) >= ENOUGH > 4 * (SIZE - 1)
    found = figures(publish(city(followed=followed, elsewhere=elsewhere), tmp_path))
    for area in ("", "a", "b"):
        rows = [found["area_cell"]["f", 2021, f"s{n}", area] for n in range(SCHOOLS)]
        assert {row["interval_basis"] for row in rows} == {basis}
        assert {row["respondents"] for row in rows} == {None}
        of_city = found["city_area"]["f", 2021, area]
        assert of_city["interval_basis"] == basis
        told = basis != "assumed"
        for name in ("between_school_sd", "between_low", "between_high", "within_school_sd", "share_between"):
            assert (of_city[name] is not None) == told, name
        for name in ("pulled_mean", "rank_low", "rank_high"):
            assert {row[name] is not None for row in rows} == {told}, name
        assert {row["city_side"] for row in rows} <= {-1, 0, 1}
    rounds = [found["school_round"]["f", 2021, f"s{n}"] for n in range(SCHOOLS)]
    assert {row["ready_basis"] for row in rounds} == {basis}
    for name in ("ready", "there"):
        differ = [row[f"{name}_high"] - row[f"{name}_low"] for row in rounds]
        assert (max(differ) > 0.01) == (basis == "assumed")
        assert all(row[f"{name}_low"] <= row[name] <= row[f"{name}_high"] for row in rounds)


def test_the_same_answers_as_counts_say_the_same_of_the_city(tmp_path):
    """Followed person by person in 2020, the same in 2021 as counts: how much schools differ comes out alike, and so do
    the schools' intervals. The widest bound would have had no share between schools to tell of."""
    world = city(followed=6)
    world.counts = []
    for number in range(SCHOOLS):
        for criterion in CRITERIA:
            given = [a.level for a in world.answers if (a.round.school, a.criterion) == (f"s{number}", criterion)]
            levels = tuple(given.count(level) for level in range(1, 5))
            world.counts.append(Counts(SchoolRound("f", 2021, f"s{number}"), criterion, levels))
    found = figures(publish(world, tmp_path))
    then, now = (found["city_area"]["f", year, ""] for year in (2020, 2021))
    assert (then["interval_basis"], now["interval_basis"]) == ("respondents", "correlation")
    for name in ("between_school_sd", "share_between"):
        assert now[name] == pytest.approx(then[name], rel=0.02)
    for number in range(SCHOOLS):
        then, now = (found["area_cell"]["f", year, f"s{number}", ""] for year in (2020, 2021))
        assert now["ci_high"] - now["ci_low"] == pytest.approx(then["ci_high"] - then["ci_low"], rel=0.25)
        then, now = (found["school_round"]["f", year, f"s{number}"] for year in (2020, 2021))
        assert now["ready"] == pytest.approx(then["ready"], abs=0.12)
        assert now["there"] == pytest.approx(then["there"], abs=0.12)


def test_a_single_criterion_needs_no_correlation(tmp_path):
    """Counts say all of it: its people are its answers, and nothing is assumed."""
    one = framework_of("f", {"a": ("A1",)})
    counts = [Counts(SchoolRound("f", 2020, f"s{n}"), "A1", (1, 9 - n, 9, 1 + n)) for n in range(4)]
    found = figures(publish(World((one,), tuple(f"s{n}" for n in range(4)), counts=counts), tmp_path))
    for area in ("", "a"):
        row = found["area_cell"]["f", 2020, "s0", area]
        assert (row["interval_basis"], row["respondents"]) == ("respondents", 20)
        assert row["rank_low"] is not None
    assert found["school_round"]["f", 2020, "s0"]["ready_basis"] == "respondents"
