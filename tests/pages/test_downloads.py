"""What is downloaded is what the table shows, and says where it comes from."""

from __future__ import annotations

import csv
import io
from contextlib import nullcontext
from html.parser import HTMLParser

import pytest
from python_calamine import load_workbook

from analytics.model.provenance import Missing, Provenance
from analytics.words.plain import LONGEST, plain_name
from analytics.words.provenance import provenance_word
from pages.figures.criteria import page as criteria
from pages.figures.overview import page as overview
from pages.figures.school import page as school
from pages.figures.schools import page as schools
from pages.figures.support import page as support
from pages.talks.certification import page as certification
from pages.ui import downloads, guarded, html, notices
from pages.ui.content import (
    Ask,
    Block,
    Content,
    KeyFigure,
    Subject,
    Table,
    count_column,
    level_column,
    made_of,
    share_column,
    text_column,
)
from pages.ui.titles import titles
from tests.sampling import pairs

PAGES = {
    "oversikt": (overview.compose, ("vebs-2022", 2025)),
    "skolor": (schools.compose, ("vebs-2022", 2025, None, None, "alla", "namn", 1)),
    "skola": (school.compose, ("vebs-2022", 2025, "selenitskolan")),
    "kriterier": (criteria.compose, ("vebs-2022", 2025, "A1")),
    "certifiering": (certification.compose, ("vebs-2022", 2025, None, None, "namn", 1)),
    "stod": (support.compose, ("vebs-2022", 2025, None, None)),
}


class Drawn:
    """Stands in for Streamlit: keeps the HTML, and makes the files that the buttons would."""

    def __init__(self) -> None:
        self.html_parts: list[str] = []
        self.files: dict[str, bytes] = {}
        self.session_state = {"on_page": "oversikt"}

    def stand_in(self, monkeypatch) -> None:
        for module in (notices, downloads, guarded, html):
            monkeypatch.setattr(module, "st", self)
        monkeypatch.setattr(html, "draw", lambda drawing, _: self.html_parts.append(drawing))

    def html(self, body: str, **_: object) -> None:
        self.html_parts.append(body)

    def container(self, **_: object):
        return nullcontext()

    def download_button(self, label, data, file_name, mime, **_: object) -> None:
        self.files[file_name] = data() if callable(data) else data


class Cells(HTMLParser):
    """The rows of an HTML table, as texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def drawn(monkeypatch, ask, block: Block, provenance: str, about: Subject = notices.NOTHING) -> Drawn:
    page = Drawn()
    page.stand_in(monkeypatch)
    downloads.table_and_files(ask, block, block.table, provenance, about)
    return page


def files_as(suffix: str, shown: Drawn) -> list[tuple[str, bytes]]:
    return [(name, data) for name, data in shown.files.items() if name.endswith(suffix)]


def files_of(ask: Ask, content: Content) -> list[Block]:
    """The blocks that have files: all but words alone."""
    return [block for block in content.all_blocks(ask) if block.table is not None]


def read_csv(data: bytes, excel: bool) -> list[list[str]]:
    text = data.decode("utf-8-sig" if excel else "utf-8")
    return list(csv.reader(io.StringIO(text), delimiter=";" if excel else ","))


@pytest.mark.parametrize(("page", "language"), pairs([*PAGES], ["sv", "en"]))
def test_table_csv_and_workbook_hold_the_same_figures(monkeypatch, asks, page, language):
    ask, (compose, parameters) = asks[language], PAGES[page]
    content = compose(ask, *parameters)
    for block in files_of(ask, content):
        shown = drawn(monkeypatch, ask, block, content.provenance, content.about)
        ((csv_name, csv_data),), ((xlsx_name, xlsx_data),) = files_as(".csv", shown), files_as(".xlsx", shown)
        stem = downloads.file_stem(ask, block, content.about, titles(ask.say)["oversikt"])
        assert (csv_name, xlsx_name) == (f"{stem}-v1.csv", f"{stem}-v1.xlsx")
        table = Cells("".join(shown.html_parts)).rows
        from_csv = read_csv(csv_data, excel=language == "sv")
        from_xlsx = load_workbook(io.BytesIO(xlsx_data)).get_sheet_by_index(0).to_python()
        assert len(table) == len(from_csv) == len(from_xlsx) == len(block.table.rows) + 1
        assert from_xlsx[0] == [*table[0], ask.say("Provenance")] == from_csv[0][: len(from_xlsx[0])]
        for plain, written, in_csv, in_xlsx in zip(
            block.table.rows, table[1:], from_csv[1:], from_xlsx[1:], strict=True
        ):
            for value, text, csv_cell, xlsx_cell in zip(plain, written, in_csv, in_xlsx, strict=False):
                if isinstance(value, Missing):
                    assert text and not any(c.isdigit() for c in text) and csv_cell == xlsx_cell == ""
                elif isinstance(value, float):
                    number = csv_cell.replace(",", ".") if language == "sv" else csv_cell
                    assert float(number) == value and xlsx_cell == pytest.approx(value, rel=1e-14)
                    assert "%" in text or {"sv": ",", "en": "."}[language] in text
                elif value is None:  # nothing to be told, as of a city without a change
                    assert text == csv_cell == xlsx_cell == ""
                else:
                    assert csv_cell == str(value) and xlsx_cell == value


@pytest.mark.parametrize("page", list(PAGES))
def test_every_downloaded_row_and_the_workbooks_notes_say_where_the_figures_come_from(monkeypatch, asks, page):
    ask, (compose, parameters) = asks["sv"], PAGES[page]
    content = compose(ask, *parameters)
    origin = {"mixed": "delvis syntetiska (påhittade)"}.get(content.provenance, "syntetiska (påhittade)")
    assert (content.provenance == "mixed") == (page == "certifiering"), "three of the certified schools are real"
    for block in files_of(ask, content):
        shown = drawn(monkeypatch, ask, block, content.provenance, content.about)
        ((_, in_csv),), ((_, in_xlsx),) = files_as(".csv", shown), files_as(".xlsx", shown)
        headings, *rows = read_csv(in_csv, excel=True)
        notes = dict(load_workbook(io.BytesIO(in_xlsx)).get_sheet_by_index(1).to_python())
        told = [dict(zip(headings, row, strict=True)) for row in rows]
        assert {row[ask.say("Provenance")] for row in told} == {origin}
        for name in ("School", "Subject", "Year", "Framework", "Version"):
            if (said := ask.say(name)) in notes and said not in headings[: headings.index(ask.say("Provenance"))]:
                assert {row[said] for row in told} == {str(notes[said])}, "a CSV has no second sheet"
        assert notes[ask.say("Provenance")] == origin
        assert notes["Version"] in ("1", 1.0) and block.headline in notes.values()
        assert any("färre än 5 svar" in str(text) for text in notes.values())


def test_swedish_csv_opens_in_a_swedish_excel(monkeypatch, asks):
    block = overview.compose(asks["sv"], "vebs-2022", 2025).blocks[0]
    block = made_of(asks["sv"], block)
    ((_, data),) = files_as(".csv", drawn(monkeypatch, asks["sv"], block, "synthetic"))
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data and b";" in data.splitlines()[0]


def test_names_that_look_like_formulas_or_html_stay_texts(monkeypatch, asks):
    say = asks["sv"].say
    evil = ['=HYPERLINK("http://x.se")', "+1+1", "@SUM(1)", '<script>alert("x")</script>']
    table = Table.of((text_column(say("School"), str), level_column(say("Mean"), lambda _: 2.5, say)), evil)
    block = Block("evil", "<b>headline</b>", "<i>alt</i>", table)
    shown = drawn(monkeypatch, asks["sv"], block, "imported")
    html = "".join(shown.html_parts)
    assert "<script" not in html and "<i>" not in html
    assert [row[0] for row in Cells(html).rows[1:]] == evil
    from_xlsx = load_workbook(io.BytesIO(files_as(".xlsx", shown)[0][1])).get_sheet_by_index(0)
    assert [row[0] for row in from_xlsx.to_python()[1:]] == evil
    in_csv = read_csv(files_as(".csv", shown)[0][1], excel=True)
    assert not any(row[0][0] in "=+@" for row in in_csv[1:]), "Excel would run it"


@pytest.mark.parametrize(
    ("provenance", "badge", "word"),
    [
        ("synthetic", "Syntetiska data", "syntetiska (påhittade)"),
        ("mixed", "Delvis syntetiska data", "delvis syntetiska (påhittade)"),
        ("imported", "", "inlästa"),
        ("published", "", "publicerade"),
    ],
)
def test_provenance_in_words(asks, provenance, badge, word):
    say = asks["sv"].say
    assert badge in notices.provenance_badge(provenance, say)
    assert bool(badge) == bool(notices.provenance_badge(provenance, say))
    assert provenance_word(Provenance(provenance), say) == word


def test_columns_write_their_values_as_the_language_does(asks):
    sv, en = asks["sv"].say, asks["en"].say
    assert level_column("", float, sv).write(2.849) == "2,85" and level_column("", float, en).write(2.849) == "2.85"
    assert count_column("", int, sv).write(2447) == "2\N{NO-BREAK SPACE}447"
    assert share_column("", float, en).write(0.345) in ("34%", "35%")
    table = Table.of((level_column("", Missing, sv),), (Missing.HIDDEN, Missing.NOT_COLLECTED))
    assert table.written(sv) == [["dolt (för få svar)"], ["uppgift saknas"]]
    assert table.plain() == [[None], [None]]


def test_key_figures_answers_and_notices_are_escaped(asks, monkeypatch):
    """A school's name comes from a file."""
    page = Drawn()
    page.stand_in(monkeypatch)
    evil = "<img src=x onerror=alert(1)>"
    figure = KeyFigure(evil, evil, evil)
    content = Content(evil, "imported", figures=(figure,), notices=(evil,))
    notices.draw(asks["sv"], content)
    assert "<img" not in "".join(page.html_parts)


def test_files_are_named_after_what_they_are_about(monkeypatch, asks):
    ask = asks["sv"]
    content = school.compose(ask, "vebs-2022", 2025, "zefyrskolan")
    shown = drawn(monkeypatch, ask, content.first, content.provenance, content.about)
    stem = "kvalitetsdialog-zefyrskolan-2025-vebs-2022-school-trend-v1"
    assert set(shown.files) == {f"{stem}.csv", f"{stem}.xlsx", f"{stem}.pptx"}
    html_told = "".join(shown.html_parts)
    assert f'data-name="{stem}.svg"' in html_told and f'data-name="{stem}.png"' in html_told
    assert f"SVG: Zefyrskolan, 2025, {content.first.headline}" in html_told
    notes = dict(load_workbook(io.BytesIO(files_as(".xlsx", shown)[0][1])).get_sheet_by_index(1).to_python())
    assert notes["Skola"] == "Zefyrskolan" and str(notes["År"]).startswith("2025") and notes["Ramverk"]


def test_a_page_of_nobody_is_named_by_its_title(monkeypatch, asks):
    ask = asks["sv"]
    content = overview.compose(ask, "vebs-2022", 2025)
    names = drawn(monkeypatch, ask, content.first, content.provenance, content.about).files
    assert all(name.startswith("kvalitetsdialog-oversikt-2025-vebs-2022-area-trend-v1.") for name in names)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pärlskolan", "parlskolan"),
        ("Øster/skolan: F–9", "oster-skolan-f-9"),
        ("../../etc/passwd", "etc-passwd"),
        ("  ", ""),
        ("x" * 300, "x" * LONGEST),
    ],
)
def test_names_that_every_computer_takes(text, told):
    assert plain_name(text) == told
