"""The frameworks' ribbon over years and its headings over rounds."""

from __future__ import annotations

import pytest

from analytics.charts.ribbon import LETTER, MOST_LINES, PHONE, Era, begun, ribbon
from analytics.charts.strip import CountBar, StripRow, counts, strip
from analytics.charts.trend import SeriesBreak, TrendLine, TrendPoint, trend, year_ticks
from tests.charts.pictures import AXIS, NEW, OLD, checked, shapes, texts

BLUE = "#0B4F8A"


def line(*years: int) -> TrendLine:
    return TrendLine("Staden", (tuple(TrendPoint(year, 2.5, "", 2.3, 2.6) for year in years),), BLUE, intervals=True)


def test_each_framework_has_a_band_over_its_years_and_they_meet_where_one_gives_way():
    first, second = ribbon([NEW, OLD], 2016.0, 2025.2, 100).shapes
    assert (first["x0"], first["x1"]) == (2016.0, 2021.5)
    assert (second["x0"], second["x1"]) == (2021.5, 2025.2)
    assert first["fillcolor"] != second["fillcolor"]


def test_years_between_frameworks_have_no_band():
    later = Era(2023, 2025, "Senare")
    first, second = ribbon([OLD, later], 2017.5, 2025.5, 100).shapes
    assert first["x1"] == 2021.5 and second["x0"] == 2022.5


def test_a_framework_outside_the_axis_is_left_out():
    assert len(ribbon([OLD, NEW], 2021.6, 2025.5, 100).shapes) == 1
    assert ribbon([OLD], 2021.6, 2025.5, 100) == ribbon([], 0, 1, 100)


@pytest.mark.parametrize("last", [2019, 2021, 2023])
@pytest.mark.parametrize("name", [OLD.name, NEW.name, "Certifieringsramverksförvaltningen", "LIKA"])
def test_a_name_fits_its_band_on_a_phone_and_stands_whole_in_hovering(name, last):
    eras = [Era(2018, last, name), Era(last + 1, 2025, NEW.name)]
    drawn = ribbon(eras, 2017.5, 2025.5, 116)
    per_year = (PHONE - 116) / 8
    for band, note in zip(drawn.shapes, drawn.annotations, strict=True):
        longest = max(len(part) for part in note["text"].split("\n"))
        assert note["text"] and longest * LETTER <= (band["x1"] - band["x0"]) * per_year
        assert note["text"].count("\n") < MOST_LINES
    assert drawn.annotations[0]["hovertext"] == f"{name} (2018–{last})"


@pytest.mark.parametrize("margins", [116, 226])  # the latter: a trend's, with names at its lines' ends
def test_a_subtitle_is_left_out_before_a_name_is_cut(margins):
    drawn = ribbon([OLD, NEW], 2017.7, 2025.3, margins)
    assert [note["text"].replace("\n", " ") for note in drawn.annotations] == [
        "Digital Schools of Europe",
        "Varje elevs bästa skola",
    ]


@pytest.mark.parametrize("letters", [19, 24, 40])
def test_a_long_swedish_word_is_parted_where_its_parts_meet_and_nothing_of_the_name_is_cut(letters):
    name = "Digitaliseringsplan för utbildningsförvaltningen 2021–2023"
    margins = PHONE - (letters + 0.5) * LETTER * 2
    (note, _) = ribbon([Era(2021, 2023, name), Era(2024, 2026, "B")], 2020.5, 2026.5, int(margins)).annotations
    told = note["text"].replace("-\n", "").replace("\n", " ")
    assert told in (name, name.removesuffix(" 2021–2023")) and "…" not in note["text"]
    assert max(map(len, note["text"].split("\n"))) <= letters and note["hovertext"] == f"{name} (2021–2023)"


def test_a_word_without_a_joint_in_reach_is_cut():
    (note, _) = ribbon([Era(2021, 2023, "Överklassificering"), Era(2024, 2026, "B")], 2020.5, 2026.5, 216).annotations
    assert note["text"].endswith("…")


def test_a_single_year_is_named_by_its_year():
    drawn = ribbon([Era(2018, 2019, "A"), Era(2020, 2020, OLD.name), Era(2021, 2025, "B")], 2017.5, 2025.5, 116)
    assert [note["text"] for note in drawn.annotations] == ["A", "’20", "B"]


def test_a_trend_with_a_ribbon_keeps_the_break_and_not_its_text():
    figure = checked(
        trend([line(2020, 2021, 2022)], AXIS, "sv", breaks=[SeriesBreak(2022, "Nytt 2022")], eras=[OLD, NEW])
    )
    assert len(shapes(figure, "rect")) == 2
    assert any(s["x0"] == s["x1"] == 2021.5 and s["line"]["dash"] == "dot" for s in shapes(figure, "line"))
    assert "Nytt 2022" not in texts(figure)
    plain = checked(trend([line(2020, 2021, 2022)], AXIS, "sv", breaks=[SeriesBreak(2022, "Nytt 2022")]))
    assert "Nytt 2022" in texts(plain) and not shapes(plain, "rect")


def test_the_ribbon_has_room_over_the_plot():
    figure = checked(trend([line(*range(2018, 2026))], AXIS, "sv", eras=[OLD, NEW]))
    assert max(band["y1"] for band in shapes(figure, "rect")) <= figure["layout"]["margin"]["t"]


def test_year_ticks_are_whole_and_stand_only_where_they_have_room():
    assert year_ticks([2022, 2023], set()) == ["2022", "2023"]
    assert year_ticks(list(range(2019, 2025)), {2022}) == ["2019", "", "", "2022", "", "2024"]
    assert year_ticks(list(range(2019, 2025)), {2020}) == ["2019", "", "2021", "", "", "2024"]
    assert year_ticks(list(range(2018, 2026)), {2022}) == ["2018", "", "", "", "2022", "", "", "2025"]


# --- headings over rounds


def bars_of(*years: int) -> list[CountBar]:
    return [CountBar(str(year), 5, 74, "5 av 74", "") for year in years]


def test_rows_know_where_a_framework_begins():
    assert begun(["2021", "2022", "2023"], [OLD, NEW]) == {0: OLD, 1: NEW}
    assert begun(["2017", "2018", "alla"], [OLD]) == {1: OLD}


def test_counts_name_the_framework_over_its_rounds_and_no_bar_lies_on_a_heading():
    figure = checked(counts(bars_of(2020, 2021, 2022), "sv", eras=[OLD, NEW]))
    bands = shapes(figure, "rect")
    assert [text for text in texts(figure) if "av" not in text] == [OLD.name, NEW.name]
    whole, part = figure["data"]
    assert list(whole["y"]) == list(part["y"]) == sorted(part["y"], reverse=True)
    for middle in part["y"]:
        edges = middle - part["width"] / 2, middle + part["width"] / 2
        assert all(edges[1] <= band["y1"] or edges[0] >= band["y0"] for band in bands)
    first, second, third = part["y"]
    assert first > second > bands[1]["y0"] > bands[1]["y1"] > third
    assert figure["layout"]["yaxis"]["range"][0] <= min(part["y"]) - part["width"] / 2


def test_counts_and_strips_without_eras_have_no_heading():
    assert not shapes(checked(counts(bars_of(2020, 2022), "sv")), "rect")
    assert not shapes(checked(strip([StripRow("2022", (2.5,), ("",), 2.5, "")], AXIS, "sv")), "rect")


def test_a_strip_names_the_framework_over_its_rounds_and_no_dot_lies_on_a_heading():
    rows = [StripRow(str(year), (2.5,) * 40, ("",) * 40, 2.5, "staden 2,50") for year in (2021, 2022)]
    figure = checked(strip(rows, AXIS, "sv", eras=[OLD, NEW]))
    old, new = shapes(figure, "rect")
    dots = sorted(figure["data"][0]["y"])
    assert dots[39] < new["y1"] < new["y0"] < dots[40] and dots[79] < old["y1"] < old["y0"] == 0
    assert figure["layout"]["yaxis"]["range"][0] < dots[0]
    high = {n["text"]: n["y"] + 8 for n in figure["layout"]["annotations"] if n["text"].startswith("<b>2")}
    assert high["<b>2021</b>"] <= old["y1"] and high["<b>2022</b>"] <= new["y1"]
