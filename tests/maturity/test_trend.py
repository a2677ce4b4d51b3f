"""The model of trends on cities whose truth is drawn: what its intervals hold, what it foretells, and simple cities."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from analytics.maturity.methods.course import chained
from analytics.maturity.methods.trend import Trends, trends
from tests.sampling import NIGHTLY

AREA_OF = np.repeat([0, 1], 3)
TOGETHER = 0.3


class Drawn(NamedTuple):
    """Figures (criteria x schools x rounds), their noise, true paces and the true round that follows."""

    mean: np.ndarray
    noise: np.ndarray
    pace: np.ndarray
    after: np.ndarray

    def found(self, rounds: slice = slice(None)) -> Trends:
        years = 2018.0 + np.arange(self.mean.shape[2])
        return trends(self.mean[:, :, rounds], self.noise[:, :, rounds], years[rounds], AREA_OF, TOGETHER, 1.0)


def drawn(rng: np.random.Generator, schools: int = 60, rounds: int = 5) -> Drawn:
    criteria = len(AREA_OF)

    def normal(sd: float, *shape: int) -> np.ndarray:
        return sd * rng.standard_normal(shape)

    pace = 0.03 + normal(0.02, criteria, 1) + normal(0.06, schools) + normal(0.03, criteria, schools)
    level = 2.8 + normal(0.3, criteria, 1) + normal(0.35, schools) + normal(0.1, criteria, schools)
    passes = normal(0.02, rounds + 1) + normal(0.06, schools, rounds + 1) + normal(0.04, criteria, schools, rounds + 1)
    true = level[..., None] + pace[..., None] * (np.arange(rounds + 1) - (rounds - 1) / 2) + passes
    noise = np.broadcast_to(0.55 / rng.choice([8, 15, 30, 60], (schools, 1)), true.shape)
    shared, own = rng.standard_normal((schools, rounds + 1)), rng.standard_normal(true.shape)
    seen = true + np.sqrt(noise) * (np.sqrt(TOGETHER) * shared + np.sqrt(1 - TOGETHER) * own)
    return Drawn(seen[..., :-1], noise[..., :-1], pace, true[..., -1])


@pytest.fixture(scope="module")
def cities() -> list[tuple[Drawn, Trends]]:
    rng = np.random.default_rng(11)
    return [(city, city.found()) for city in (drawn(rng) for _ in range(16 if NIGHTLY else 8))]


def of_things(criteria: np.ndarray) -> np.ndarray:
    """Of the whole, the areas, the criteria; the city (its schools' mean) last."""
    made = np.concatenate([criteria, criteria.mean(axis=1, keepdims=True)], axis=1)
    return np.vstack([made.mean(axis=0), *(made[a == AREA_OF].mean(axis=0) for a in (0, 1)), made])


@pytest.mark.long
@pytest.mark.parametrize("things", [slice(0, 1), slice(1, 3), slice(3, 9)], ids=["whole", "area", "criterion"])
def test_nine_in_ten_intervals_of_a_pace_hold_it(cities, things):
    held = [np.abs(found.pace - of_things(city.pace)) <= found.half for city, found in cities]
    assert 0.86 <= np.mean([these[things, :-1] for these in held]) <= 0.95
    true = [of_things(city.pace) for city, _ in cities]
    apart = [
        np.abs(found.beside - (t - t[:, -1:])) <= found.beside_half for t, (_, found) in zip(true, cities, strict=True)
    ]
    assert 0.86 <= np.mean([these[things, :-1] for these in apart]) <= 0.94


@pytest.mark.long
def test_a_direction_is_as_sure_as_it_says(cities):
    sure = np.concatenate([found.sure[:, :-1].ravel() for _, found in cities])
    right = np.concatenate([(found.pace * of_things(c.pace) > 0)[:, :-1].ravel() for c, found in cities])
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.0)):
        these = (sure >= low) & (sure < high)
        assert right[these].mean() == pytest.approx(sure[these].mean(), abs=0.06)


def test_the_next_round_is_foretold_better_than_by_the_last_and_far_better_than_by_each_line(cities):
    errors = np.zeros(3)
    for city, found in cities:
        years = np.arange(5) - 2
        line = city.mean.mean(axis=2) + 3 * (city.mean @ years) / 10
        told = found.level[3:, :-1, -1] + found.pace[3:, :-1], city.mean[:, :, -1], line
        errors += [((one - city.after) ** 2).mean() for one in told]
    assert errors[0] < 0.75 * errors[1] and errors[0] < 0.6 * errors[2]


def test_what_is_not_there_is_not_needed():
    """Every seventh figure, and some schools' rounds, are not there: paces hardly move where most is left."""
    city = drawn(np.random.default_rng(12), rounds=6)
    there = np.ones(city.mean.shape, dtype=bool)
    there.reshape(-1)[::7] = False
    there[:, 5, 0] = there[:, 9, -1] = there[2, :, 3] = False
    less = city._replace(mean=np.where(there, city.mean, np.nan), noise=np.where(there, city.noise, np.nan)).found()
    whole = city.found()
    assert np.isfinite(less.pace).all() and np.isfinite(less.level).all()
    assert np.corrcoef(less.pace[0], whole.pace[0])[0, 1] > 0.95
    wider = less.beside_half[0, :-1] / whole.beside_half[0, :-1]
    assert min(wider[5], wider[9]) > 1.05 * np.median(wider), "who lacks the first or the last round is less sure"


def test_the_only_school_of_a_city_is_its_city():
    found = drawn(np.random.default_rng(13), schools=1).found()
    assert found.pace[:, 0] == pytest.approx(found.pace[:, 1]) and found.half[:, 0] == pytest.approx(found.half[:, 1])
    assert found.level[:, 0] == pytest.approx(found.level[:, 1]) and not found.side.any()


def test_an_area_of_one_criterion_has_the_criterion_s_trend():
    city = drawn(np.random.default_rng(14), schools=20)
    years = 2018.0 + np.arange(5)
    found = trends(city.mean[:4], city.noise[:4], years, np.array([0, 0, 0, 1]), TOGETHER, 1.0)
    for name in ("level", "pace", "error", "beside"):
        assert getattr(found, name)[2] == pytest.approx(getattr(found, name)[6])
    alone = trends(city.mean[:1], city.noise[:1], years, np.array([0]), TOGETHER, 1.0)
    assert alone.pace[0] == pytest.approx(alone.pace[1]) and alone.pace[0] == pytest.approx(alone.pace[2])


def test_a_criterion_that_is_added_or_dropped_does_not_move_the_course():
    rises = 0.1 * np.arange(4)
    city = np.array([2.0 + rises, 3.0 + rises, 1.2 + rises])
    city[1, 0] = city[2, 2:] = np.nan
    shared, own = chained(city)
    assert shared == pytest.approx(rises - 0.15) and own == pytest.approx([2.15, 3.15, 1.35])
