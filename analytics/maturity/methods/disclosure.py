"""What may be published of a group of answers. Every limit stands here and nowhere else."""

from __future__ import annotations

import numpy as np

from analytics.model.figures import Status

DISTRIBUTION_FROM = 10  # answers; from 5 to 9 the mean and the share are shown, but not who answered what
CERTAIN_FROM = 20  # answers; below, the figure is marked uncertain
RESPONSE_FROM = 0.5  # of the invited; below, the figure is marked


def cell_status(n: np.ndarray, response_rate: np.ndarray, hide_below: int) -> np.ndarray:
    """The status of cells, an entry each: the first rule that applies to n answers and the round's response rate.

    `response_rate` is responded / invited, nan where it is not known.
    """
    return np.select(
        [n < hide_below, response_rate < RESPONSE_FROM, n < CERTAIN_FROM],
        [Status.HIDDEN.value, Status.LOW_RESPONSE.value, Status.UNCERTAIN.value],
        Status.OK.value,
    )
