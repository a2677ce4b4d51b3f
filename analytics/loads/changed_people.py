"""How many people's answers differ between two versions of a round, criterion by criterion."""

from __future__ import annotations

import numpy as np

ANOTHER = 1 / 3  # of the criteria: a sheet that differs on more of them is another person's; else it is corrected
MOST = 0.5  # of the criteria: who answered as many has answered


def people_changed(before: np.ndarray, now: np.ndarray) -> np.ndarray:
    """How many people's answers differ on each criterion, at least, of sheets of which none is the same both times
    (a row a person, a column a criterion, 0 where nothing was answered).

    People have no names in the store, so each sheet is laid beside the one that is most like it. Another person is one
    on all criteria, unless most are left empty: five who come, four of whom answered one criterion alone, tell the
    fifth's on the others.
    """
    from scipy.optimize import linear_sum_assignment  # here: it takes long to import, and most loads ask nothing of it

    unlike = np.zeros((len(before), len(now)), dtype=np.int32)
    for criterion in range(before.shape[1]):
        unlike += before[:, None, criterion] != now[None, :, criterion]
    old, new = linear_sum_assignment(unlike)
    left = (np.delete(before, old, axis=0), np.delete(now, new, axis=0))
    differs = before[old] != now[new]
    others = differs.mean(axis=1) > ANOTHER
    differs[others] = _asked(before[old][others]) | _asked(now[new][others])
    return differs.sum(axis=0) + sum(_asked(sheets).sum(axis=0) for sheets in left)


def _asked(sheets: np.ndarray) -> np.ndarray:
    """Where each person is one of those who differ: where they answered, and everywhere if they answered most."""
    answered = sheets > 0
    return answered | (answered.mean(axis=1, keepdims=True) >= MOST)
