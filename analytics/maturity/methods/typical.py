"""How so few answers may be spread whose own spread is not told: as little is supposed as the told figures allow."""

from __future__ import annotations

import numpy as np

STEPS, NEAR = 60, 1e-9
FLAT = 40.0  # the largest slope, in logs over the scale: beyond it a level has all the answers


def typical_answers(mean: np.ndarray, sd: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """The chances of each level (a row a cell) that have this mean and, as nearly as the levels allow, this standard
    deviation; of all such ones those of the largest entropy, exp(a x + b x^2), found by Newton's method. Means lie
    between the ends of the scale."""
    low, span = levels[0], levels[-1] - levels[0]
    x = (levels - low) / span
    powers = np.stack([x, x**2])  # features x levels
    centre = (mean - low) / span
    wanted = np.stack([centre, centre**2 + (sd / span) ** 2], axis=1)
    slope = np.zeros((len(mean), 2))
    for _ in range(STEPS):
        chance = _chances(slope, powers)
        found = chance @ powers.T
        if np.abs(wanted - found).max(initial=0) < NEAR:
            break
        apart = (chance[:, None, None] * powers[None, :, None] * powers[None, None]).sum(axis=3)
        apart -= found[:, :, None] * found[:, None]
        apart += 1e-9 * np.eye(2)
        step = np.linalg.solve(apart, (wanted - found)[:, :, None])[:, :, 0]
        # Damped, as the first steps would overshoot near the ends of the scale.
        step *= np.minimum(1, 4 / np.maximum(np.abs(step).max(axis=1, keepdims=True), 1e-12))
        slope = np.clip(slope + step, -FLAT, FLAT)
    return _chances(slope, powers)


def with_share(chances: np.ndarray, at_goal: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The same chances, with this share of them at the levels that `at_goal` marks, where it is known (not nan)."""
    there = chances[:, at_goal].sum(axis=1)
    wanted = np.where(np.isnan(share), there, share)
    factor = np.where(
        at_goal,
        np.divide(wanted, there, out=np.zeros_like(there), where=there > 0)[:, None],
        np.divide(1 - wanted, 1 - there, out=np.zeros_like(there), where=there < 1)[:, None],
    )
    changed = chances * factor
    total = changed.sum(axis=1, keepdims=True)
    return np.where(total > 0, changed / np.where(total > 0, total, 1), chances)


def _chances(slope: np.ndarray, powers: np.ndarray) -> np.ndarray:
    logs = slope @ powers
    chance = np.exp(logs - logs.max(axis=1, keepdims=True))
    return chance / chance.sum(axis=1, keepdims=True)
