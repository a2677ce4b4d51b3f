"""What is said of a trend's state and direction, and of its pace beside the city's."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.model.figures import BesideCity, TrendDirection, TrendStatus
from analytics.words.language import N_, Marked

TREND_STATUS: Mapping[TrendStatus, Marked | None] = {
    TrendStatus.OK: None,
    TrendStatus.TOO_FEW_ROUNDS: N_("Fewer than three rounds are shown, so no pace is given."),
    TrendStatus.TOO_FEW_ANSWERS: N_("Too few answers to tell chance from pace, so no pace is given."),
}
BESIDE_CITY: Mapping[BesideCity, Marked] = {
    BesideCity.FASTER: N_("faster than the city"),
    BesideCity.SLOWER: N_("slower than the city"),
    BesideCity.CANNOT_TELL: N_("whether faster or slower than the city cannot be determined"),
}
DIRECTION: Mapping[TrendDirection, Marked] = {
    TrendDirection.UP: N_("up"),
    TrendDirection.STILL: N_("standing still"),
    TrendDirection.DOWN: N_("down"),
    TrendDirection.CANNOT_TELL: N_("no clear direction"),
}
