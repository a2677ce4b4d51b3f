"""What is promised of the figures, and where the promise is known not to be kept."""

from __future__ import annotations

from analytics.maturity.readiness import CANNOT_TELL, LIKELY, REACHED
from tests.simulation.world import Row

COVERS = 0.93, 0.97
AT_LEAST = 0.93, 1.0  # intervals that say of themselves that they are the widest that the answers allow
FEW_CELLS = 0.89, 1.0  # of 5-19 answers, whose own spread is not told
FALSE = 0.0, 0.05
NINE_IN_TEN = 0.85, 0.95
NINE_OF_TEN = 0.88, 0.93
BETTER = 0.0, 1.0  # squared error of pulled means, of that of raw ones; of trends, of that of the last value
ONE_MOVE = "normal drift, 1 moves"  # nothing is told by so few: it is shown how the model would do
SELDOM_TOLD = 0.1  # of paces and forecasts: where fewer are told it is shown what would be said, and nothing promised
CHECK = "check"  # a few draws, to be run again by the tests
USUAL = "demo"  # schools spread as the demo's; at fixed levels it is shown what happens, and nothing is promised

PROMISES = {
    "interval_mean": COVERS,
    "interval_share": COVERS,
    "interval_few": FEW_CELLS,
    "interval_staff_mean": COVERS,
    "interval_staff_share": COVERS,
    "interval_area": COVERS,
    "interval_area_by_counts": COVERS,
    "interval_area_by_counts_assumed": AT_LEAST,
    "interval_whole": COVERS,
    "interval_whole_by_counts": COVERS,
    "interval_whole_by_counts_assumed": AT_LEAST,
    "interval_city_schools": COVERS,
    "interval_city_answers": COVERS,
    "interval_between": COVERS,
    "interval_place": COVERS,
    "change_school_false": FALSE,
    "change_some_false": FALSE,
    "change_still_false": FALSE,
    "change_list_false": FALSE,
    "change_city_false": FALSE,
    "side_false": FALSE,
    "side_wrong": FALSE,
    "divided_false": FALSE,
    "pulled": BETTER,
    "forecast_range": NINE_IN_TEN,
    "forecast_range_counts": NINE_IN_TEN,
    "pace_whole": NINE_OF_TEN,
    "pace_area": NINE_OF_TEN,
    "pace_criterion": NINE_OF_TEN,
    "pace_beside": NINE_OF_TEN,
    "trend_next": BETTER,
}
FIXED = (
    "interval_mean", "interval_share", "interval_area", "interval_whole", "interval_area_by_counts",
    "interval_whole_by_counts",
)  # fmt: skip
READY = {  # the verdict's own range, of what is true of the schools that got it
    "reached": (REACHED, 1.0),
    "likely": (LIKELY, REACHED),
    "cannot_tell": (CANNOT_TELL, LIKELY),
    "not_yet": (0.0, CANNOT_TELL),
}

ONE_MORE = "too wide: the one who is added answers all criteria alike, and is much among eight who do not"
TWO_CAMPS = "too narrow: in two camps answers spread more than in most of the city's schools"
LONE_CAMPS = "too often: a staff in two camps differs more than the city's larger schools, by which its noise is told"
FEW_LARGER = "too narrow: five schools of 30 answers tell too little of how much paces differ among seventy of 8"
BOUNDS = "too careful: a mean that is told as 3.5 or higher is taken to be no higher"
FOUR_ROUNDS = "too narrow: four rounds do not tell moves that last from a line, neither the city's nor the schools'"

FEWEST = "too wide: told by as few as answered the criterion that fewest answered, and the one who is added besides"

# question, case, size -> why the promise is not kept there. The tests hold it against the figures, both ways.
BROKEN: dict[tuple, str] = {
    ("interval_whole", "demo", 8): ONE_MORE,
    **{("interval_few", "few camps", size): TWO_CAMPS for size in (6, 10, 12, 15, 19)},
    **{("interval_whole_by_counts", "demo", size): FEWEST for size in (8, 15)},
    **{("readiness_counts", "3.8", size): BOUNDS for size in (5, 8, 15)},
    **{("change_school_false", "camps among others", size): LONE_CAMPS
       for size in (5, 8, 15, "9 to 10", "19 to 20", "8 to 30")},
    **{(f"pace_{thing}", "lasting moves, 4 rounds", "mixed"): FOUR_ROUNDS for thing in ("whole", "area")},
    **{(f"pace_{thing}", moves, "mostly 8"): FEW_LARGER
       for thing in ("whole", "area", "criterion", "beside")
       for moves in ("passing moves, 4 rounds", "lasting moves, 8 rounds")},
}  # fmt: skip


def promised(row: Row) -> tuple[float, float] | None:
    """From what to what the figure is promised to be; None: it is shown as it is, or hardly anything is `told`."""
    if row["case"] == CHECK or (row["question"] in FIXED and row["case"] != USUAL):
        return None
    if row["case"] == ONE_MOVE or row.get("told", 1.0) < SELDOM_TOLD:
        return None
    if row["question"] in ("readiness", "readiness_counts", "there"):
        return READY[row["verdict"]]
    return PROMISES.get(row["question"])


def with_promise(row: Row) -> Row:
    """The row with what is promised of it (low, high), and whether that is kept but for two Monte Carlo errors."""
    promise = promised(row)
    if promise is None:
        return row
    low, high = promise
    noise = 2 * row["error"]
    return row | {"low": low, "high": high, "kept": low - noise <= row["figure"] <= high + noise}
