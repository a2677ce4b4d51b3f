"""The Word file's styles: system fonts, one accent colour, headings that stay with what they head, and the language."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

ACCENT = RGBColor(0x0B, 0x4F, 0x8A)
SOFT = RGBColor(0x4A, 0x55, 0x60)
WARN = RGBColor(0x8A, 0x3B, 0x00)
BLACK = RGBColor(0, 0, 0)
FONT = "Calibri"
POINT = Mm(5)
"""How far a list's text stands in."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """A document's margins, and its type in points; `air` is how much of the room between paragraphs there is."""

    side: Length
    top: Length
    text: float
    title: float
    stamp: float
    headings: tuple[float, float]
    small: float
    label: float
    cell: float
    key: float
    air: float

    @property
    def width(self) -> Length:
        return Length(Mm(210) - 2 * self.side)


ROOMY = Sizes(Mm(25), Mm(25), 10.5, 27, 12, (18, 13), 9, 8.5, 10, 15, 1.0)
TIGHT = Sizes(Mm(18), Mm(18), 9.5, 17, 9, (12.5, 10.5), 8.5, 8, 9, 12, 0.5)


def house_style(word: WordDocument, language: str, sizes: Sizes) -> None:
    """Every style that the document uses; python-docx brings its own defaults, which are overruled here."""
    _language(word, language)
    _settings(word, language)
    text, air = sizes.text, sizes.air
    _style(word, "Normal", text, BLACK, after=6 * air)
    _style(word, "Sender", sizes.stamp, SOFT, bold=True, after=4)
    title = _style(word, "Title", sizes.title, ACCENT, bold=True, after=8 * air)
    title.paragraph_format.right_indent = Mm(30 * air)
    _style(word, "Heading 1", sizes.headings[0], ACCENT, bold=True, before=20 * air, after=8 * air, with_next=True)
    _style(word, "Heading 2", sizes.headings[1], ACCENT, bold=True, before=14 * air, after=6 * air, with_next=True)
    _style(word, "Heading 3", text, ACCENT, bold=True, before=10 * air, after=3, with_next=True)
    _style(word, "Caption", text, BLACK, bold=True, before=12 * air, after=4, with_next=True)
    _style(word, "Contents heading", 14, ACCENT, bold=True, before=24, after=6, with_next=True)
    contents = (
        _style(word, "toc 1", text, BLACK, bold=True, before=6, after=2),
        _style(word, "toc 2", text, BLACK, after=2),
    )
    contents[1].paragraph_format.left_indent = Mm(6)
    for style in contents:
        style.paragraph_format.tab_stops.add_tab_stop(sizes.width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _style(word, "Note", sizes.small, SOFT, before=2, after=8 * air)
    _style(word, "Missing", text, SOFT, after=6 * air).font.italic = True
    for name in ("List Bullet", "List Number"):
        points = _style(word, name, text, BLACK, after=4 * air).paragraph_format
        points.left_indent, points.first_line_indent = POINT, -POINT
    _style(word, "Picture", text, BLACK, after=4 * air)
    _style(word, "Field label", sizes.label, SOFT, before=2)
    _style(word, "Field text", text, BLACK, after=1)
    _style(word, "Key figure", sizes.key, BLACK, bold=True, after=2)
    _style(word, "Cell", sizes.cell, BLACK, before=2 * air, after=2 * air)
    _style(word, "Cell heading", sizes.cell - 0.5, ACCENT, bold=True, before=2 * air, after=2 * air, with_next=True)
    _style(word, "Gap", 4, BLACK)
    _style(word, "Line to write on", sizes.label, SOFT, before=10 + 6 * air)
    border = word.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        word.styles["Title"].element.pPr.remove(border)


def _style(
    word: WordDocument,
    name: str,
    size: float,
    colour: RGBColor,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    with_next: bool = False,
) -> ParagraphStyle:
    styles = word.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = None if name == "Normal" else styles["Normal"]
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.rPr.rFonts
    for theme in [key for key in fonts.attrib if key.endswith("Theme")]:  # the theme's fonts would win over ours
        del fonts.attrib[theme]
    for kind in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    for spacing in style.element.rPr.findall(qn("w:spacing")) + style.element.rPr.findall(qn("w:kern")):
        style.element.rPr.remove(spacing)
    paragraphs = style.paragraph_format
    paragraphs.space_before, paragraphs.space_after = Pt(before), Pt(after)
    paragraphs.line_spacing, paragraphs.keep_with_next, paragraphs.widow_control = 1.08, with_next, True
    return style


def _settings(word: WordDocument, language: str) -> None:
    """Fields are counted when the file is opened; the layout is that of Word 2013 and later."""
    settings = word.settings.element
    mode = next(s for s in settings.iter(qn("w:compatSetting")) if s.get(qn("w:name")) == "compatibilityMode")
    mode.set(qn("w:val"), "15")
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    settings.find(qn("w:compat")).addprevious(update)
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)


def _language(word: WordDocument, language: str) -> None:
    """The language of all text, for hyphenation, spelling and screen readers."""
    run = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    tag = run.find(qn("w:lang"))
    if tag is None:
        run.append(tag := OxmlElement("w:lang"))
    tag.set(qn("w:val"), language)
    tag.set(qn("w:eastAsia"), language)
