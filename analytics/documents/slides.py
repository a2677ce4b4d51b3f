"""A picture as a slide of PowerPoint: its headline, a chart that can be edited there, where its figures come from.

The chart is PowerPoint's own, and the sheet in it holds what it is given here and nothing else: what a page may not
show is an empty cell.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter, _BaseWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.util import Cm, Length, Pt

from analytics.documents.own_chart import Chart, Kind
from analytics.documents.tables import TEXTS_STAY

WIDTH, HEIGHT, EDGE = Cm(33.867), Cm(19.05), Cm(1.5)  # the wide slide
TITLE, SOURCE = Cm(2.6), Cm(1.4)  # heights
COLOURS = ("0B4F8A", "5F6773", "9A3F0A", "4587BB", "8A6D3B", "123F6D", "7A5A8C")
LEVELS = ("9A3F0A", "F0BC85", "4587BB", "123F6D")  # of four, lowest first, turning at the goal
INK, QUIET, LINES = RGBColor(0x1B, 0x1F, 0x24), RGBColor(0x5F, 0x67, 0x73), RGBColor(0xE6, 0xE9, 0xED)
NO_PLACE = " "  # between years that no line joins: an empty name is read as one that is missing
FONT = "Calibri"  # what PowerPoint has everywhere

TYPES = {
    Kind.LINE: XL_CHART_TYPE.LINE_MARKERS,
    Kind.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Kind.STACKED: XL_CHART_TYPE.COLUMN_STACKED,
    Kind.PARTS: XL_CHART_TYPE.COLUMN_STACKED_100,
    Kind.POINTS: XL_CHART_TYPE.XY_SCATTER,
}


class _TextsStay(_BaseWorkbookWriter):
    """Writes the sheet in the chart so that names are texts in it: as the library opens it, some become links."""

    @contextmanager
    def _open_worksheet(self, xlsx_file):
        with xlsxwriter.Workbook(xlsx_file, TEXTS_STAY) as book:
            yield book, book.add_worksheet()


class _CategorySheet(_TextsStay, CategoryWorkbookWriter):
    """Of things and their figures."""


class _PointSheet(_TextsStay, XyWorkbookWriter):
    """Of dots along two measures."""


class _Categories(CategoryChartData):
    @property
    def _workbook_writer(self):  # ty: ignore[incompatible-property-override]
        return _CategorySheet(self)


class _Points(XyChartData):
    @property
    def _workbook_writer(self):  # ty: ignore[incompatible-property-override]
        return _PointSheet(self)


def slide(chart: Chart, headline: str, source: str, alt: str) -> bytes:
    """The presentation of one slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title, deck.core_properties.author = headline[:255], "Kvalitetsdialog"
    page = deck.slides.add_slide(deck.slide_layouts[5])  # a title alone
    room = Length(WIDTH - 2 * EDGE)
    title = page.shapes.title
    assert title is not None, "the layout has one"
    title.left, title.top, title.width, title.height = EDGE, Cm(0.8), room, TITLE
    title.text = headline
    _write(title, 24 if len(headline) < 110 else 18, INK, bold=True)
    top = Length(Cm(0.8) + TITLE)
    place = (EDGE, top, room, Length(HEIGHT - top - SOURCE - Cm(0.6)))
    data: Any = _data(chart)  # the library's types know one of the two
    frame: Any = page.shapes.add_chart(TYPES[chart.kind], *place, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)  # what is read in its place
    _dress(frame.chart, chart)
    below = page.shapes.add_textbox(EDGE, Length(HEIGHT - SOURCE - Cm(0.4)), room, SOURCE)
    below.text_frame.word_wrap = True
    below.text_frame.text = source
    _write(below, 12, QUIET)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _data(chart: Chart) -> CategoryChartData | XyChartData:
    if chart.kind is Kind.POINTS:
        points = _Points(number_format=chart.number_format)
        for series in chart.series:
            drawn = points.add_series(series.name)
            for x, y in _points(chart.categories, series.values):
                drawn.add_data_point(x, y)
        return points
    data = _Categories(number_format=chart.number_format)
    data.categories = [NO_PLACE if category is None else str(category) for category in chart.categories]
    for series in chart.series:
        data.add_series(series.name, series.values)
    return data


def _points(along: Sequence[str | float | None], values: Sequence[float | None]) -> Iterator[tuple[float, float]]:
    for x, y in zip(along, values, strict=True):
        if isinstance(x, int | float) and y is not None:
            yield x, y


def _dress(drawn, chart: Chart) -> None:
    """The house's colours, whole scales, a key where there is more than one series."""
    drawn.font.size, drawn.font.name, drawn.font.color.rgb = Pt(12), FONT, INK
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    values, things = drawn.value_axis, drawn.category_axis
    values.major_gridlines.format.line.color.rgb = LINES
    values.tick_labels.number_format = "0%" if chart.kind is Kind.PARTS else chart.number_format
    values.tick_labels.number_format_is_linked = False
    things.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.scale:
        values.minimum_scale, values.maximum_scale = chart.scale
        if chart.scale[1] - chart.scale[0] <= 10:
            values.major_unit = 1
    if chart.kind is Kind.BARS:
        things.reverse_order = True  # the first at the top, as in the table
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # below, now that the other axis is turned
        rows = len(chart.categories)
        things.tick_labels.font.size = Pt(12 if rows <= 20 else 9 if rows <= 40 else 6)
        drawn.plots[0].gap_width = 40
    colours = LEVELS if chart.kind is Kind.PARTS and len(chart.series) == len(LEVELS) else COLOURS
    for number, series in enumerate(drawn.plots[0].series):
        colour = RGBColor.from_string(colours[number % len(colours)])
        if chart.kind is Kind.LINE:
            series.smooth = False
            series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
        if chart.kind in (Kind.LINE, Kind.POINTS):
            series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour
        if chart.kind is Kind.POINTS:
            series.format.line.fill.background()
        if chart.kind in (Kind.BARS, Kind.STACKED, Kind.PARTS):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour


def _write(shape, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(size), bold, FONT
        paragraph.font.color.rgb = colour
