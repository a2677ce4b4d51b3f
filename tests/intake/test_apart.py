"""Rows told apart by their keys, as np.unique tells them."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.intake.apart import ToldApart, repeated

RANDOM = np.random.default_rng(5)
KEYS = [
    np.array([], dtype=np.int64),
    np.array([-1, -1]),
    np.array([7]),
    np.zeros(9, dtype=np.int32),
    RANDOM.integers(-1, 5, 300),  # close together
    RANDOM.integers(0, 2**60, 300),  # far apart
    RANDOM.permutation(300),
]


@pytest.mark.parametrize("keys", KEYS, ids=range(len(KEYS)))
def test_keys_are_told_apart_without_sorting_as_with_it(keys):
    told = ToldApart(keys)
    different, places = told.different, told.places()
    assert (different[places] == keys).all() and (np.diff(different) > 0).all()
    assert set(different) == set(keys)
    assert (told.rows(different) == keys).all()


@pytest.mark.parametrize("keys", KEYS, ids=range(len(KEYS)))
def test_a_key_that_comes_again_is_told_with_the_first_that_had_it(keys):
    first, again = {}, []
    for place, key in enumerate(keys.tolist()):
        if first.setdefault(key, place) != place:
            again.append((place, first[key]))
    assert repeated(keys) == again
