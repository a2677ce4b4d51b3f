"""What is said of a trend's state and of its pace beside the city's."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.model.figures import BesideCity, TrendStatus
from analytics.words.language import N_, Marked

TREND_STATUS: Mapping[TrendStatus, Marked | None] = {
    TrendStatus.OK: None,
    TrendStatus.TOO_FEW_ROUNDS: N_("Fewer than three rounds are shown, so no pace is told."),
}
BESIDE_CITY: Mapping[BesideCity, Marked] = {
    BesideCity.FASTER: N_("faster than the city"),
    BesideCity.SLOWER: N_("slower than the city"),
    BesideCity.CANNOT_TELL: N_("whether faster or slower than the city cannot be told"),
}
