"""Whatever is typed or pasted, there is a PDF and a Word file: what the fonts lack is replaced, the rest stands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from io import BytesIO
from random import Random

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from analytics.documents.paper import pdf
from analytics.documents.paper.letters import UNKNOWN, clusters, only_known, without_marks, without_strangers
from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.shapes import Bullets, FormField, FormFields, Heading, Paragraph, Tone
from analytics.documents.paper.table import PaperHead, PaperTable
from analytics.documents.paper.word import word_bytes
from tests.documents.papers import document
from tests.sampling import examples, pairs, sample

LACKING = "\N{REPLACEMENT CHARACTER}"
BASIC = "".join(c for c in map(chr, range(0x10000)) if unicodedata.category(c) not in ("Cs", "Cn"))
ARABIC = [chr(code) for code in range(0x600, 0x700)]
ORDINARY = (
    "Räksmörgås på Ängsskolan 2026: 12 345 kr (97 %) – ”så” …",
    "Zażółć gęślą jaźń, Příliš žluťoučký kůň",
    "Ξεσκεπάζω την ψυχοφθόρα, Съешь же ещё",
)


def noted(text: str):
    return replace(document(), blocks=(Paragraph(text),))


def printed(text: str) -> str:
    """The note as it stands in the PDF, in one line."""
    pages = PdfReader(BytesIO(pdf_bytes(noted(text)))).pages
    whole = " ".join(" ".join(page.extract_text() for page in pages).split())
    return whole.partition("41 av 52 ")[2].rpartition(" Ängsskolan Sida")[0]


def in_word(text: str) -> str:
    return docx.Document(BytesIO(word_bytes(noted(text)))).paragraphs[-1].text


@pytest.fixture
def counted(monkeypatch) -> list:
    """What Typst was asked to set."""
    asked, compiled = [], pdf._compiled
    monkeypatch.setattr(pdf, "_compiled", lambda *args, **inputs: asked.append(inputs) or compiled(*args, **inputs))
    return asked


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("\uf0b7 Klistrat ur Word", "• Klistrat ur Word"),
        ("a\ue123b", "ab"),
        ("\x91så\x92 \x95 \x80", "‘så’ • €"),
        ("a\x81b\x7fc\x00d\uffffe\ufefff\U0010fffdg\ud83dh", "abcdefgh"),
        ("rad\x0brad\r\nrad\rrad", "rad rad rad rad"),
        ("bra 👍🏽 jobbat", f"bra {LACKING} jobbat"),
        ("👨‍👩‍👧", LACKING),
        ("🏳️‍🌈🇸🇪🇫🇮🏴\U000e0067\U000e0062\U000e007f", LACKING * 4),
        ("🙂‍↔️", LACKING),
        ("1️⃣ 1 av 12, 2026-11-01", "1 1 av 12, 2026-11-01"),
        ("e\u0485 \u0434\u0489", "e \u0434"),
        ('"⃣\\⃣ e⃣ é é e', '"\\ e é é e'),
        ("தமிழ் abc", f"{LACKING * 3} abc"),
        ("ខ្មែរ abc", f"{LACKING * 2} abc"),  # two letters, as Unicode counts them
        ("漢字\n漢́", f"{LACKING * 2} {LACKING}"),
    ],
)
def test_what_the_fonts_lack_is_replaced_and_all_else_stands(typed, expected):
    assert printed(typed) == expected


@pytest.mark.parametrize(
    "typed", ["\uf0b7 Klistrat", "a\uffffb\ud83d\x0b\x91", "👨‍👩‍👧 1️⃣ தமிழ்", "\ufdd0\U0001fffe", BASIC]
)
def test_word_shows_the_same_but_for_its_own_fonts(typed):
    assert in_word(typed) == without_strangers(typed)


def test_a_long_title_and_stamp_fit_what_a_word_file_may_say_of_itself():
    made = replace(document(), title="å" * 300, stamp="ä" * 300)
    assert docx.Document(BytesIO(word_bytes(made))).core_properties.title == "å" * 255


@pytest.mark.parametrize(("strange", "ordinary"), pairs(["👍🏽", "1️⃣", "\uf0b7", "தமிழ்", "e⃣", "\u2028"], ORDINARY))
def test_ordinary_text_is_whole_beside_what_is_not(ordinary, strange):
    assert ordinary in printed(f"{strange} {ordinary}")
    assert printed(f"{ordinary}{strange}").startswith(ordinary)


def test_arabic_is_whole_beside_an_emoji():
    alone, beside = printed("مرحبا بكم"), printed("مرحبا بكم 👍🏽")
    assert sorted(beside.replace(LACKING, "").split()) == sorted(alone.split()) and beside.count(LACKING) == 1
    assert set(alone) == set("مرحبا بكم")


def test_every_part_of_a_document_is_looked_through_and_none_of_its_frame_is_touched():
    text = "1️⃣👍🏽 body"
    made = replace(
        document(),
        title=f"T {text}",
        stamp=f"S {text}",
        foot=text,
        blocks=(
            Heading(text),
            Heading("\uf0b7"),
            Bullets((text,)),
            FormFields(((FormField(text, (text, text)),),)),
            PaperTable(text, (PaperHead(text),), ((text,),)),
            Paragraph(text, Tone.MISSING),
            Paragraph("\ue123", Tone.NOTE),
        ),
    )
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_bytes(made))).pages)
    assert said.count(f"1{LACKING} body") == 12 and "👍" not in said
    word_bytes(made)


def test_ordinary_text_takes_one_compilation_and_strange_text_two_more(counted):
    pdf_bytes(noted("".join(ORDINARY)))
    assert len(counted) == 1
    pdf_bytes(noted("👍🏽 1️⃣ தமிழ் ខ្មែរ 漢字"))
    assert len(counted) == 4


@pytest.mark.long
@pytest.mark.parametrize("text", sample([BASIC, " ".join(BASIC[::4]), "e".join(BASIC[::4]), "x" + "å" * 40_000], 2))
def test_all_of_the_basic_plane_at_once_and_words_without_end(text, counted):
    assert pdf_bytes(noted(text)).startswith(b"%PDF")
    assert len(counted) <= 7


def test_the_letters_called_known_are_all_in_the_fonts(counted):
    known = "".join(c for c in BASIC if not UNKNOWN.match(c))
    assert len(known) > 1200 and not any(unicodedata.category(c)[0] == "M" for c in known)
    assert pdf_bytes(noted(without_strangers(known))).startswith(b"%PDF")
    assert len(counted) == 1


def test_when_typst_finds_no_place_for_a_mark_all_marks_go_and_the_letters_stay(counted):
    """Lines of Arabic with marks from several fonts, over which Typst 0.15 panics."""
    chance = Random(1)
    words = ("".join(chance.choices(ARABIC, k=chance.randint(1, 9))) for _ in range(120))
    said = printed(f"Räkna till 3. {' '.join(words)}")
    assert "Räkna till 3." in said and "\u0628" in said and "\u0651" not in said
    assert len(counted) > 3, "the first time round Typst failed"


def test_when_typst_fails_whatever_is_asked_european_letters_are_left(monkeypatch):
    setting = pdf._set

    def failing(made):
        if UNKNOWN.search(made.blocks[0].text):
            raise RuntimeError
        return setting(made)

    monkeypatch.setattr(pdf, "_set", failing)
    assert printed("På 3 språk: שלום é") == f"På 3 språk: {LACKING * 4} é"


def test_a_fault_that_no_letter_causes_is_told(monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", pdf.TEMPLATE.with_name("absent.typ"))
    with pytest.raises(RuntimeError):
        pdf_bytes(noted("hej"))


PASTED = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [*'a1"\\ \n\tåé', *"\u0301\u20e3\ufe0f\u200d\u200c\u202e\u2066\u0bcd\ufeff\uf0b7\x91\x0b\r", *"👍🏽🇸ת漢ع"]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=examples(20))
@given(PASTED)
def test_any_text_is_printed_with_its_digits(text):
    made = pdf_bytes(noted(f"Räkna {text} 2026"))
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    for digit in "0123456789":
        assert said.count(digit) >= f"Räkna {text} 2026".count(digit)


@settings(max_examples=examples(10))
@given(PASTED)
def test_any_text_is_written_in_word(text):
    assert in_word(text) == without_strangers(text)


@given(PASTED)
def test_clusters_are_the_text_and_plainer_texts_are_plain(text):
    assert "".join(clusters(text)) == text
    assert not UNKNOWN.search(only_known(text))
    assert not re.search("[\u0300-\u036f\u200d]", without_marks(text))
    assert without_strangers(without_strangers(text)) == without_strangers(text)
