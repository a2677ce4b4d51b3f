"""A word or an amount in a Word table stands on one line, however little its column weighs."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.shared import Mm, Pt, Twips

from analytics.documents.paper.shapes import Grid
from analytics.documents.paper.table import PaperHead, PaperTable
from analytics.documents.paper.word_style import ROOMY, house_style
from analytics.documents.paper.word_tables import add_table
from analytics.documents.paper.word_widths import column_widths, grid_widths
from analytics.documents.paper.word_xml import INSET

WIDTH = Mm(160)
FIGURES = ("2\N{NO-BREAK SPACE}215\N{NO-BREAK SPACE}900", "omkring 1\N{NO-BREAK SPACE}874\N{NO-BREAK SPACE}200,50")


def widths(*amounts: str, weights: tuple[int, ...] = (6, 5, 3, 4, 4, 7)) -> list[int]:
    heads = tuple(PaperHead(f"c{n}", weight, numeric=n == 2) for n, weight in enumerate(weights))
    rows = tuple(("Hela projektet", "", amount, "10,69", "2022-09-15", "dagskurs") for amount in amounts)
    word = docx.Document()
    house_style(word, "sv-SE", ROOMY)
    add_table(word._body, PaperTable("", heads, rows), WIDTH)
    saved = BytesIO()
    word.save(saved)
    (table,) = docx.Document(saved).tables
    return [cell.width for cell in table.rows[-1].cells]


@pytest.mark.parametrize("amount", FIGURES)
def test_a_figure_has_room_for_all_of_it(amount):
    digits = len(amount.split(" ")[-1])
    found = widths("1", amount)
    assert found[2] >= digits * Pt(5.1) + 2 * Twips(INSET)
    assert sum(found) == pytest.approx(WIDTH, abs=1000) and min(found) > Pt(25)


def test_where_there_is_room_columns_are_as_they_weigh():
    found = widths("1", "12")
    assert [round(width / found[2], 1) for width in found] == [2.0, 1.7, 1.0, 1.3, 1.3, 2.3]


def test_what_no_width_has_room_for_is_left_as_it_weighs():
    assert widths("9" * 300) == widths("1")


EDGES = 2 * Twips(INSET)
ARIAL = {"Förändring": 5.278, "senast": 3.279, "Reykjavík,": 5.001, "Grekland": 4.335, "Utvärdering": 5.612}
"""How wide they are in parts of the letters' size: all but the country's in bold (Arial's own widths)."""


def room(word: str, size: float = 10) -> int:
    return round(ARIAL[word] * Pt(size)) + EDGES


def test_a_heading_and_a_place_have_room_for_their_words_in_a_wider_letter_too():
    """In Liberation Sans, which LibreOffice takes where Calibri is not, a narrow column's heading broke in two."""
    heads = (PaperHead("Skola", 9), PaperHead("Förändring", 1, numeric=True), PaperHead("Klart senast", 1))
    found = column_widths(PaperTable("", heads, (("Ädelstensskolan", "+0,1", "2026-01-31"),)), WIDTH)
    assert found[1] >= room("Förändring", 9.5) and found[2] >= room("senast", 9.5)
    assert sum(found) <= WIDTH + 10

    cells = (("Estland", ""), ("Annan stad", "Reykjavík, Drammen"), ("Grekland", "X"), ("Annan org.", ""))
    names, marks = (grid_widths(Grid("", 4, cells), WIDTH)[side::2] for side in (0, 1))
    assert marks[1] >= room("Reykjavík,") and names[2] >= room("Grekland")


def test_a_word_that_no_column_has_room_for_leaves_it_to_the_headings_and_figures():
    heads = (PaperHead("Adress", 1), PaperHead("Utvärdering", 1, numeric=True), PaperHead("Not", 8))
    rows = (("https://" + "x" * 300, "2\N{NO-BREAK SPACE}215\N{NO-BREAK SPACE}900", ""),)
    found = column_widths(PaperTable("", heads, rows), WIDTH)
    assert found[1] >= room("Utvärdering", 9.5) and sum(found) <= WIDTH + 10
