"""Slides of PowerPoint, read back: what is told on them, and what lies in the sheet of their chart."""

from __future__ import annotations

import io
import zipfile

import pytest
from pptx import Presentation
from python_calamine import load_workbook

from analytics.documents.own_chart import Chart, Kind, Series
from analytics.documents.slides import slide
from analytics.model.provenance import Missing
from pages.figures.school import page as school
from pages.figures.schools import page as schools
from pages.ui.content import Ask, Block, Content, Table, level_column, text_column
from pages.ui.own_chart import OwnChart, chart_of
from tests.pages.test_downloads import PAGES, drawn, files_as
from tests.sampling import pairs


class Slide:
    """The one slide of a presentation."""

    def __init__(self, data: bytes):
        (page,) = Presentation(io.BytesIO(data)).slides
        self.texts = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
        (self.frame,) = (shape for shape in page.shapes if shape.has_chart)
        self.chart = self.frame.chart
        self.alt = self.frame._element.nvGraphicFramePr.cNvPr.get("descr")

    @property
    def series(self) -> dict[str, tuple]:
        return {series.name: tuple(series.values) for series in self.chart.plots[0].series}

    @property
    def sheet(self) -> list[list]:
        """What whoever edits the chart gets to see."""
        blob = self.chart.part.chart_workbook.xlsx_part.blob
        book = load_workbook(io.BytesIO(blob))
        assert len(book.sheet_names) == 1
        return book.get_sheet_by_index(0).to_python()


def slides(monkeypatch, ask: Ask, content: Content) -> dict[str, tuple[Block, Slide]]:
    found = {}
    for block in content.all_blocks(ask):
        if block.table is None:
            continue
        for _, data in files_as(".pptx", drawn(monkeypatch, ask, block, content.provenance, content.about)):
            found[block.key] = block, Slide(data)
    return found


@pytest.mark.parametrize(("page", "language"), pairs(["oversikt", "skolor", "skola", "kriterier"], ["sv", "en"]))
def test_every_slide_has_headline_source_and_figures_of_its_table(monkeypatch, asks, page, language):
    ask, (compose, parameters) = asks[language], PAGES[page]
    found = slides(monkeypatch, ask, compose(ask, *parameters))
    assert found
    for block, told in found.values():
        headline, source = told.texts
        assert headline == block.headline and told.alt == block.alt
        assert "2025" in source and "version 1" in source
        assert {"sv": "syntetiska (påhittade)", "en": "The figures are synthetic."}[language] in source
        numbers = {_same(v) for row in block.table.rows for v in row if isinstance(v, int | float)}
        numbers |= {_same(v.replace(",", ".")) for row in block.table.rows for v in row if _is_figure(v)}
        in_chart = {_same(v) for values in told.series.values() for v in values if v is not None}
        in_sheet = {_same(v) for row in told.sheet[1:] for v in row[1:] if isinstance(v, int | float)}
        assert in_chart or page == "skola"
        assert in_chart == in_sheet and in_chart <= numbers and in_sheet <= numbers


def _same(value: object) -> float:
    """A figure as far as a sheet keeps it."""
    return float(f"{float(str(value)):.12g}")


def _is_figure(value: object) -> bool:
    return isinstance(value, str) and value.replace(",", "", 1).replace(".", "", 1).isdigit()


def test_a_hidden_school_has_no_figure_in_any_file(monkeypatch, asks):
    """Of Selenitskolan too few have answered: nothing of its own may be in its files, nor in its row elsewhere."""
    ask = asks["sv"]
    content = school.compose(ask, "vebs-2022", 2025, "selenitskolan")
    found = slides(monkeypatch, ask, content)
    for key in ("areas", "criteria"):
        block, told = found[key]
        assert set(told.series[ask.say("Mean")]) == {None}
        assert all(value is not None for value in told.series[ask.say("The city")])
        column = told.sheet[0].index(ask.say("Mean"))
        assert {row[column] for row in told.sheet[1:]} == {""} and len(told.sheet) == len(block.table.rows) + 1
    last = found["school_trend"][1]
    place = list(last.chart.plots[0].categories).index("2025")
    assert last.series[ask.say("The school")][place] is None and last.series[ask.say("The city")][place]
    everybody = schools.compose(ask, "vebs-2022", 2025, None, None, "alla", "namn", 1)
    _, told = slides(monkeypatch, ask, everybody)["dots"]
    (row,) = (row for row in told.sheet if row[0] == "Selenitskolan")
    assert row[1] == ""


def test_a_line_is_not_drawn_from_one_framework_to_the_next(monkeypatch, asks):
    ask = asks["sv"]
    content = school.compose(ask, "vebs-2022", 2025, "zefyrskolan")
    _, told = slides(monkeypatch, ask, content)["school_trend"]
    assert list(told.chart.plots[0].categories) == ["2018", "2019", "2020", "2021", " ", "2022", "2023", "2024", "2025"]
    assert all(values[4] is None for values in told.series.values())
    assert (told.chart.value_axis.minimum_scale, told.chart.value_axis.maximum_scale) == (1, 4)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.POINTS])
def test_every_kind_of_chart_keeps_its_figures(kind):
    chart = Chart(kind, ("a", "b"), (Series("first", (1.25, None)), Series("second", (2.5, 3.0))), (1, 4))
    told = Slide(slide(chart, "Headline", "Source", "In words"))
    assert told.series == {"first": (1.25, None), "second": (2.5, 3.0)}
    assert told.sheet == [["", "first", "second"], ["a", 1.25, 2.5], ["b", "", 3.0]]


def test_dots_without_a_place_on_both_axes_are_left_out():
    chart = Chart(Kind.POINTS, (37, None, 12), (Series("Mean", (2.5, 3.0, None)),))
    assert Slide(slide(chart, "Headline", "Source", "In words")).series == {"Mean": (2.5,)}


RUN = ['=HYPERLINK("x")', "{=1+1}", "http://evil.example/", "mailto:a@b.se", "internal:Sheet1!A1",
       "external:\\\\evil.example\\share\\x.xls", "file:///etc/passwd", "+1-1|x", "@x"]  # fmt: skip


@pytest.mark.parametrize("name", RUN)
@pytest.mark.parametrize("kind", Kind)
def test_a_name_is_a_text_in_the_sheet_and_no_formula_or_link(kind, name):
    along = (1.5,) if kind is Kind.POINTS else (name,)
    made = slide(Chart(kind, along, (Series(name, (2.0,)),)), "H", "S", "A")
    parts = Presentation(io.BytesIO(made)).part.package.iter_parts()
    (sheet,) = [part.blob for part in parts if part.partname.ext == "xlsx"]
    with zipfile.ZipFile(io.BytesIO(sheet)) as parts:
        written = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f" not in written and "hyperlink" not in written
        assert not [part for part in parts.namelist() if "_rels/sheet" in part]
    if kind is not Kind.POINTS:
        told = Slide(made)
        assert [row[0] for row in told.sheet[1:]] == [name] and told.sheet[0][1] == name, "as it is"


def test_what_few_answers_stand_behind_is_drawn_as_it_is_told(asks):
    say = asks["sv"].say
    figures = {"A": "2,4", "B": Missing.HIDDEN, "C": "över hälften", "D": 3.25}
    table = Table.of((text_column("School", str), level_column("Mean", figures.__getitem__, say)), figures)
    (series,) = chart_of(OwnChart(Kind.BARS, "School", ("Mean",)), table).series
    assert series.values == (2.4, None, None, 3.25)


def test_a_heading_that_the_table_has_not_is_told(asks):
    table = Table.of((text_column("School", str),), ["A"])
    with pytest.raises(ValueError, match="Mean"):
        chart_of(OwnChart(Kind.BARS, "School", ("Mean",)), table)
