"""A page as it is printed: its sheets, and whether everything lies on them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from playwright.sync_api import Page
from pypdf import PdfReader

MILLIMETRE = 96 / 25.4  # pixels
INSIDE = round((210 - 2 * 14) * MILLIMETRE)  # A4 less its margins (style.css), in pixels
WORDS_OF_A_SHEET = 3  # one with fewer, and without a picture, is empty

# What lies outside the printed width: left of it or right of it, drawn, and not within something that hides it.
OUTSIDE = """width => [...document.querySelectorAll('[data-testid=stMain] *')].filter(at => {
    const box = at.getBoundingClientRect();
    if (!box.width || !box.height || getComputedStyle(at).visibility === 'hidden') return false;
    if (at.closest('.kd-unseen, .kd-symbols, defs, clipPath, .hoverlayer, .draglayer')) return false;
    return box.right > width + 1.5 || box.left < -1.5;
}).map(at => `${at.tagName} ${at.getAttribute('class') ?? ''}: ${at.textContent.trim().slice(0, 40)}`)"""


@dataclass(frozen=True)
class Printed:
    """`sheets`: the text of each; `empty`: the numbers of those on which nothing stands; `outside`: what is cut off."""

    pdf: bytes
    sheets: tuple[str, ...]
    empty: tuple[int, ...]
    outside: tuple[str, ...]


def printed(page: Page) -> Printed:
    """What comes out of the printer; the page is left as it was."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    size = page.viewport_size
    page.emulate_media(media="print")
    page.set_viewport_size({"width": INSIDE, "height": 1000})
    page.wait_for_timeout(400)  # pictures take the width that they are given
    outside = page.evaluate(OUTSIDE, INSIDE)
    page.emulate_media(media="null")
    page.set_viewport_size(size or {"width": 1366, "height": 768})
    read = PdfReader(io.BytesIO(pdf))
    sheets = tuple(sheet.extract_text() for sheet in read.pages)
    empty = tuple(n for n, text in enumerate(sheets, 1) if len(text.split()) < WORDS_OF_A_SHEET)
    return Printed(pdf, sheets, empty, tuple(outside))
