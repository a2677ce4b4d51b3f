"""A document on the screen: the same blocks, its pictures as figures, beside each other where there is room."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from analytics.documents.paper.shapes import DotLine
from analytics.words.language import words
from pages.ui.paper import DrawnColumns, DrawnFigure, document_html, paper_sheet
from tests.documents.papers import DOTS, document
from tests.pages.reading import figures, said, unmarked


def draw() -> None:
    from pages.ui.paper import draw_paper, paper_sheet
    from tests.documents.papers import document

    draw_paper(paper_sheet(document()), "brief")


def test_the_sheet_has_the_blocks_in_order():
    head, first, picture, beside, words_alone, writing, last = paper_sheet(document()).parts
    assert "Kvalitetsdialog 2026: Ängsskolan" in head and "Syntetiska data" in head
    assert unmarked(first).split() == ["Index", "2,97", "Svarande", "41", "av", "52", "Var", "skolan", "står"]
    assert isinstance(picture, DrawnFigure) and picture.alt == DOTS.alt
    assert isinstance(beside, DrawnColumns) and beside.share == 7
    assert "<ul><li>Ledningen har en gemensam bild</li><li>Utrustningen fungerar</li></ul>" in beside.left[0]
    assert "Överenskommet" in words_alone and "Danmark <strong>X</strong>" in words_alone
    assert isinstance(writing, DrawnColumns) and "Anteckningar" in writing.left[0]
    assert "Rektor" in last and "Utbildningschef" in last


def test_the_figure_is_whole_and_shows_what_the_paper_shows():
    picture = next(part for part in paper_sheet(document()).parts if isinstance(part, DrawnFigure))
    checked = go.Figure(picture.figure.to_dict())
    markers = {trace.marker.symbol: list(trace.x) for trace in checked.data if trace.mode == "markers"}
    assert markers == {
        "circle": [2.965, 3.3, 1.125],
        "circle-open": [2.78, 2.86, 2.9, 1.9],
        "diamond-open": [2.82, 2.9, 3.1],
    }
    hover = next(trace for trace in checked.data if trace.marker.symbol == "circle").hovertext
    assert hover[1] == "Ledarskap<br>Skolan: 3,30<br>3,05–3,55"
    assert "● Skolan · ○ Staden · ◇ Liknande skolor" in unmarked(picture.above)


def test_the_picture_s_figures_stand_below_it_as_a_table():
    picture = next(part for part in paper_sheet(document("en-GB")).parts if isinstance(part, DrawnFigure))
    assert "Infrastruktur &lt;2" in picture.below
    rows = [unmarked(row).split() for row in picture.below.split("<tr>")[1:]]
    assert rows[2] == ["Ledarskap", "3.30", "3.05", "3.55", "2.86", "2.90"]
    assert rows[3][2:] == ["dold", "(för", "få", "svar)", "2.90", "3.10"]


def test_a_comparison_that_no_row_has_is_not_named():
    alone = replace(DOTS, lines=(DotLine("Ledarskap", 3.3),))
    picture = next(part for part in paper_sheet(document(dots=alone)).parts if isinstance(part, DrawnFigure))
    assert "Staden" not in picture.above + picture.below and "Skolan" in picture.above


def test_the_page_draws_it_all():
    app = AppTest.from_function(draw, default_timeout=30).run()
    assert not app.exception
    text = said(app)
    for part in ("Var skolan står", DOTS.caption, "Utrustningen fungerar", "Anteckningar", "Rektor"):
        assert part in text
    assert len(figures(app)) == 1 and len(app.columns) == 4
    assert 'lang="sv"' in app.html[0].value


def test_as_html_alone_only_without_pictures():
    made = document()
    with pytest.raises(TypeError):
        document_html(made)
    html = document_html(replace(made, blocks=made.blocks[2:]))
    assert "<li>Utrustningen fungerar</li>" in html and html.count("kd-paper-beside") == 2
    assert words("sv").listing(("Rektor", "Utbildningschef")) in html
