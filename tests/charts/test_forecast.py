"""How many schools will be at the goal."""

from __future__ import annotations

from analytics.charts.colours import PALE, SCHOOL, SPREAD
from analytics.charts.forecast import ForecastNames, ForecastRound, forecast
from analytics.charts.ribbon import Era
from tests.charts.pictures import NEW, OLD, checked, shapes, texts

NAMES = ForecastNames("skolor som nått målet", "vad prognosen hade sagt", "prognos 2026")
ROUNDS = [
    ForecastRound(2021, 10, None, None, None, 73, "2021", "10"),
    ForecastRound(2022, 4, None, None, None, 73, "2022", "4"),
    ForecastRound(2024, 13, 8, 15, 11, 74, "2024", "13"),
    ForecastRound(2025, 0, 0, 0, 0, 74, "2025", "0"),
    ForecastRound(2026, None, 14, 25, 19, 74, "2026", "14–25"),
]
ERAS = [OLD, Era(2022, 2026, NEW.name)]


def drawn(rounds=ROUNDS, eras=ERAS) -> dict:
    return checked(forecast(rounds, "sv", names=NAMES, eras=eras))


def bars(figure: dict, colour: str) -> dict[int, tuple[float, float]]:
    return {
        x: (base, base + height)
        for trace in figure["data"]
        if trace["type"] == "bar" and trace["marker"]["color"] == colour
        for x, base, height in zip(trace["x"], trace["base"], trace["y"], strict=True)
    }


def test_what_happened_is_dots_and_nothing_is_drawn_for_the_round_to_come():
    (dots,) = [t for t in drawn()["data"] if t.get("marker", {}).get("color") == SCHOOL]
    assert list(zip(dots["x"], dots["y"], strict=True)) == [(2021, 10), (2022, 4), (2024, 13), (2025, 0)]
    assert dots["mode"] == "markers"


def test_earlier_forecasts_are_pale_behind_and_the_next_is_a_stronger_bar():
    figure = drawn()
    assert bars(figure, SPREAD) == {2024: (7.5, 15.5), 2025: (0, 0.5)}
    assert bars(figure, PALE) == {2026: (13.5, 25.5)}
    kinds = [trace["type"] for trace in figure["data"]]
    assert kinds == sorted(kinds)  # bars first, and so behind


def test_what_was_expected_is_a_tick_of_its_own():
    ticks = [t for t in drawn()["data"] if t.get("marker", {}).get("symbol") == "line-ew"]
    assert [(x, y) for t in ticks for x, y in zip(t["x"], t["y"], strict=True)] == [(2024, 11), (2025, 0), (2026, 19)]


def test_each_rounds_text_stands_over_its_marks():
    over = {n["x"]: n for n in drawn()["layout"]["annotations"] if n.get("xref") == "x" and n["y"] != 1}
    assert {year: n["text"] for year, n in over.items()} == {r.year: f"<b>{r.text}</b>" for r in ROUNDS}
    assert over[2026]["y"] == 25.5 and over[2024]["y"] == 15.5 and over[2021]["y"] == 10


def test_the_axis_starts_at_nought_and_has_room_for_all():
    low, high = drawn()["layout"]["yaxis"]["range"]
    assert low == 0 and high > 25.5
    nothing = drawn([ForecastRound(2024, 0, None, None, None, 74, "", "0")])["layout"]["yaxis"]
    assert nothing["range"][0] == 0 and nothing["range"][1] > 0
    assert all(float(tick).is_integer() for tick in nothing["tickvals"])


def test_a_small_number_has_room_for_its_text_over_its_bar():
    """The bar ends half a school above its number, which is much where there are few."""
    for most in (0, 1, 4, 40):
        figure = drawn([ForecastRound(2026, None, 0, most, 0, 74, "2026", f"0–{most}")], eras=())
        high = figure["layout"]["yaxis"]["range"][1]
        plot = figure["layout"]["height"] - figure["layout"]["margin"]["t"] - figure["layout"]["margin"]["b"]
        assert (high - (most + 0.5)) / high * plot >= 18, most


def test_marks_are_named_only_where_they_are_drawn():
    def named(figure: dict) -> str:
        return " ".join(texts(figure))

    assert all(name in named(drawn()) for name in (NAMES.actual, NAMES.earlier, NAMES.ahead))
    alone = named(drawn(ROUNDS[:2]))
    assert NAMES.actual in alone and NAMES.earlier not in alone and NAMES.ahead not in alone


def test_the_frameworks_stand_over_the_years_with_a_line_between():
    figure = drawn()
    assert len(shapes(figure, "rect")) == 2
    assert [line["x0"] for line in shapes(figure, "line")] == [2021.5]
    assert not shapes(drawn(eras=()), "rect")


def test_no_round():
    assert drawn([], eras=())["data"] == []
