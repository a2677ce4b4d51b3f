"""What may be published of a group of answers. Every limit stands here and nowhere else."""

from __future__ import annotations

import numpy as np

from analytics.model.figures import Status

FEW_BELOW = 10  # answers; from 5 to 9 a band is told in place of their number, and of the share
FEW_AS = 7  # answers that such a cell enters everything as which is made of cells
FEW_INTERVAL = 5  # answers that its own interval is reckoned with: as many as it surely has
CERTAIN_FROM = 20  # answers; below, the figure is marked uncertain, and nothing is told of how its own answers spread
DONT_KNOW_FROM = 5  # don't-knows that are told by their number; fewer are told as 1-4
RESPONSE_FROM = 0.5  # of the invited; below, the figure is marked


def cell_status(n: np.ndarray, response_rate: np.ndarray, hide_below: int) -> np.ndarray:
    """The status of cells, an entry each: the first rule that applies to n answers and the round's response rate.

    `response_rate` is responded / invited, nan where it is not known.
    """
    return np.select(
        [n < hide_below, n < FEW_BELOW, response_rate < RESPONSE_FROM, n < CERTAIN_FROM],
        [Status.HIDDEN.value, Status.FEW.value, Status.LOW_RESPONSE.value, Status.UNCERTAIN.value],
        Status.OK.value,
    )
