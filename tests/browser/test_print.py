"""Each page on paper: a document, whole, on as many sheets as it needs."""

from __future__ import annotations

import unicodedata

import pytest

from tests.browser.paper import printed
from tests.browser.places import PLACES
from tests.sampling import sample

LEFT_OUT = "header, .st-key-choices, .stExpander, .stPopover, .stButton, .kd-chips, .kd-fold, .st-key-other_language"


def closely(*texts: str) -> str:
    """Texts without their spaces; on paper some letters are one (ﬀ)."""
    return unicodedata.normalize("NFKC", "".join("".join(text.split()) for text in texts))


@pytest.mark.parametrize("path", sample(list(PLACES), 20, first=1))
def test_a_page_prints_whole(open_tab, path):
    tab = open_tab(path, **PLACES[path])
    title, paper = tab.title, printed(tab.page)
    assert paper.outside == () and paper.empty == ()
    assert closely(title) in closely(paper.sheets[0]), "the first sheet begins with the page's question"
    tab.page.emulate_media(media="print")
    assert tab.page.locator(f":is({LEFT_OUT}) >> visible=true").count() == 0
    tab.page.emulate_media(media="null")


def test_every_row_of_a_long_table_is_printed(open_tab):
    tab = open_tab("skolor")
    rows = tab.page.locator(".kd-trends tbody tr")
    assert rows.locator("visible=true").count() < rows.count(), "the window shows the first of them"
    text = closely(*printed(tab.page).sheets)
    names = [name for name in rows.locator("th").all_inner_texts() if name]
    assert [name for name in names if closely(name) not in text] == []


def test_what_is_cut_off_is_found(open_tab):
    """A place wider than the sheet, as a chart was before."""
    tab = open_tab("tillganglighet")
    tab.page.evaluate("document.querySelector('.kd-answer').style.minWidth = '2000px'")
    assert printed(tab.page).outside
