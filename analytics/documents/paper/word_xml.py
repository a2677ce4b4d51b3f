"""What python-docx has no words for: fields, the table of contents, bookmarks, header rows, cell borders, SVG."""

from __future__ import annotations

from collections.abc import Sequence

from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart
from docx.shape import InlineShape
from docx.shared import Emu, Length, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from analytics.documents.paper.shapes import Heading
from analytics.model.present import present

ACCENT, PALE, LINE = "0B4F8A", "EAF1F7", "C5CED6"
INSET = 85
"""Twentieths of a point between a cell's edge and its text."""
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
"""[MS-ODRAWXML] 2.3.3.1: a picture's SVG."""


def styled(paragraph: Paragraph, style: str) -> Paragraph:
    """The paragraph in the style of that name, by its id: python-docx would look through every style each time."""
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    """A field with its result, as the program shows it until it counts itself."""
    _mark(paragraph._p, "begin")
    _code(paragraph._p, code)
    _mark(paragraph._p, "separate")
    paragraph.add_run(result)
    _mark(paragraph._p, "end")


def add_contents(word: WordDocument, headings: Sequence[Heading]) -> None:
    """A table of contents: an entry a heading, as a link with a field for its page, which the program counts when it
    opens the file. A field for the whole table (TOC) would stay without numbers in LibreOffice, which shows such a one
    as it was written and never counts it by itself; and a number written here could be wrong."""
    for n, heading in enumerate(headings, 1):
        paragraph = word.add_paragraph(style=f"toc {heading.level}")
        link = _element("w:hyperlink", anchor=_bookmark(n), history="1")
        paragraph._p.append(link)
        link.append(run := _element("w:r"))
        run.append(_text(heading.text))
        run.append(_element("w:tab"))
        _mark(link, "begin")
        _code(link, f"PAGEREF {_bookmark(n)} \\h")
        _mark(link, "separate")
        link.append(_element("w:r"))
        _mark(link, "end")


def add_bookmark(paragraph: Paragraph, n: int) -> None:
    """A bookmark around the heading, which the contents point at."""
    start = _element("w:bookmarkStart", id=str(n), name=_bookmark(n))
    present(paragraph._p.pPr).addnext(start)
    paragraph._p.append(_element("w:bookmarkEnd", id=str(n)))


def new_table(place: BlockItemContainer, rows: int, columns: int, width: Length) -> WordTable:
    """A table in the document or in a cell of one; python-docx's own for cells adds an empty paragraph below it."""
    return BlockItemContainer.add_table(place, rows, columns, width)


def lay_out(table: WordTable, widths: Sequence[int], title: str) -> None:
    """Fixed column widths, room inside the cells, and a title for screen readers."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Emu(width)
    properties = table._tbl.tblPr
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=str(INSET), type="dxa"))
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    properties.append(margins)
    properties.append(_element("w:tblLook", val="0020", firstRow="1", noVBand="1", noHBand="1"))
    properties.append(_element("w:tblCaption", val=title))


def stand_beside(table: WordTable, widths: Sequence[int], gutter: Length) -> None:
    """The table is no table but things beside each other: no header row, no lines, no title; each column but the last
    has the gutter at its right."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for row in cells_of(table):
        for cell, width in zip(row, widths, strict=True):
            cell._tc.width = Emu(width)
        for cell in row[:-1]:
            margins = _element("w:tcMar")
            margins.append(_element("w:right", w=str(gutter.twips), type="dxa"))
            cell._tc.get_or_add_tcPr().append(margins)
    properties = table._tbl.tblPr
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="0", type="dxa"))
    properties.find(qn("w:tblLook")).addprevious(margins)
    look = properties.find(qn("w:tblLook"))
    for name in list(look.attrib):
        del look.attrib[name]
    for name, value in {"val": "0600", "firstRow": "0", "firstColumn": "0", "noHBand": "1", "noVBand": "1"}.items():
        look.set(qn(f"w:{name}"), value)


def cells_of(table: WordTable) -> list[list[_Cell]]:
    """The table's cells row by row, read once."""
    return [[_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def span(cells: Sequence[_Cell], widths: Sequence[int]) -> list[_Cell]:
    """A row's cells as fewer and wider ones; `widths` in columns."""
    kept = list(cells[: len(widths)])
    for cell, columns in zip(kept, widths, strict=True):
        cell._tc.width, cell._tc.grid_span = Emu(present(cell._tc.width) * columns), columns
    for cell in cells[len(widths) :]:
        cell._tc.getparent().remove(cell._tc)
    return kept


def header_row(row: _Row) -> None:
    """The row is the table's heading and comes again on every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def keep_row_whole(row: _Row) -> None:
    """The row is never split between pages."""
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, _element("w:cantSplit"))


def shade(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=PALE))


def cell_line(cell: _Cell, side: str, eighths: int, strong: bool = False) -> None:
    """A line along one side of the cell, in eighths of a point."""
    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = _element("w:tcBorders")
        shading = properties.find(qn("w:shd"))
        properties.append(borders) if shading is None else shading.addprevious(borders)
    borders.append(_element(f"w:{side}", val="single", sz=str(eighths), space="0", color=ACCENT if strong else LINE))


def bottom_line(paragraph: Paragraph, colour: RGBColor) -> None:
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="6", space="2", color=str(colour)))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_svg(paragraph: Paragraph, picture: InlineShape, svg: bytes, alt: str) -> None:
    """The paragraph's picture as SVG beside the PNG that it has, which is for programs that cannot read SVG; `alt` is
    its text for those who cannot see it."""
    for side in "TBLR":  # without them LibreOffice keeps text, and the picture, at a distance
        picture._inline.set(f"dist{side}", "0")
    picture._inline.docPr.set("descr", alt)
    blip = next(picture._inline.iter(qn("a:blip")))
    package = present(paragraph.part.package)
    part = Part(package.next_partname("/word/media/picture%d.svg"), "image/svg+xml", svg, package)
    extension = OxmlElement("a:ext")
    extension.set("uri", SVG_EXTENSION)
    vector = extension.makeelement(f"{{{SVG_SPACE}}}svgBlip", nsmap={"asvg": SVG_SPACE})
    vector.set(qn("r:embed"), paragraph.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))
    extension.append(vector)
    blip.append(extensions := OxmlElement("a:extLst"))
    extensions.append(extension)


def number_points(list_: Sequence[Paragraph], first: int) -> None:
    """Has the paragraphs count from `first` on, by a numbering of their own: lists that share one would count on."""
    part = present(list_[0].part.package).main_document_part
    assert isinstance(part, DocumentPart)
    style = part.document.styles["List Number"].element
    numbering = part.numbering_part.element
    shared = numbering.num_having_numId(style.pPr.numPr.numId.val)
    own = numbering.add_num(shared.abstractNumId.val)
    own.add_lvlOverride(ilvl=0).add_startOverride(first)
    for paragraph in list_:
        numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_ilvl().val, numbers.get_or_add_numId().val = 0, own.numId


def web_link(target: str):
    """What a run that leads to a place on the web stands in, by the relation of that id."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    link.set(qn("w:history"), "1")
    return link


def _bookmark(n: int) -> str:
    return f"_Toc{n:06d}"


def _element(tag: str, /, **attributes: str):
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _mark(parent, kind: str) -> None:
    parent.append(run := _element("w:r"))
    run.append(_element("w:fldChar", fldCharType=kind))


def _code(parent, code: str) -> None:
    parent.append(run := _element("w:r"))
    run.append(text := _element("w:instrText"))
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "


def _text(text: str):
    element = _element("w:t")
    element.set(qn("xml:space"), "preserve")
    element.text = text
    return element
