"""The brief on paper: two pages for every school, whatever is written, and every one says what it must."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from time import perf_counter

import pytest
from pypdf import PdfReader

from analytics.dialogue.brief import brief, known
from analytics.documents.brief import brief_bytes, brief_document
from analytics.documents.brief.limits import STEPS, Limits
from analytics.documents.brief.names import cut
from analytics.documents.brief.room import PAGE, height
from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.shapes import Bullets, Dots, Heading, Ruled, Signatures, Table
from analytics.language import words
from analytics.maturity.rounds import school_rounds
from analytics.model import Viewer
from analytics.store.reading import Store
from tests.documents.brief_worlds import hard_view

EVERYTHING = Viewer("test", schools=None)
TODAY = date(2025, 2, 10)
SV, EN = words("sv"), words("en")


@pytest.fixture(scope="module")
def demo(demo_store):
    return Store(demo_store).current()


@pytest.fixture(scope="module")
def hard(tmp_path_factory):
    return hard_view(tmp_path_factory.mktemp("hard"))


def document(view, school, framework, year, say=EN):
    return brief_document(brief(view, EVERYTHING, school, framework, year, TODAY), say)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def test_two_pages_for_every_school_of_the_demo(demo):
    of = known(demo, EVERYTHING)
    there = {row.school_id: row.shown for row in school_rounds(demo, EVERYTHING, "vebs-2022", 2025)}
    for n, school in enumerate(of.schools):
        told = brief(demo, EVERYTHING, school.id, "vebs-2022", 2025, TODAY, of=of)
        pages = pages_of(brief_bytes(told, ".pdf", (SV, EN)[n % 2]))
        assert pages == 2 if there.get(school.id) else pages <= 2, school.id


@pytest.mark.parametrize(("framework", "year"), [("dsoe-2018", 2021), ("vebs-2022", 2024)])
def test_every_school_fits_in_both_languages_by_the_sums(demo, framework, year):
    of = known(demo, EVERYTHING)
    for school in of.schools:
        told = brief(demo, EVERYTHING, school.id, framework, year, TODAY, of=of)
        for say in (SV, EN):
            made = brief_document(told, say)
            own = [i for i, block in enumerate(made.blocks) if isinstance(block, Heading) and block.own_page]
            for part in (made.blocks[: own[0]], made.blocks[own[0] :]) if own else (made.blocks,):
                assert height(part) <= PAGE


@pytest.mark.parametrize("say", [SV, EN], ids=["sv", "en"])
@pytest.mark.parametrize("framework", ["many", "share", "median"])
def test_two_pages_whatever_is_written(hard, framework, say):
    for school in ("low", "much", "o1", "o3"):
        for year in (2021, 2022):
            made = document(hard, school, framework, year, say)
            assert pages_of(pdf_bytes(made)) == 2, (school, year)
            assert isinstance(made.blocks[-1], Signatures)


def test_the_last_step_is_the_smallest():
    for step, after in pairwise(STEPS):
        assert all(getattr(step, field.name) >= getattr(after, field.name) for field in fields(Limits))


def test_26_criteria_below_the_goal_are_five_and_a_number(hard):
    made = document(hard, "low", "many", 2022)
    tables = [block for block in made.blocks if isinstance(block, Table)]
    assert len(tables[1].rows) == 5
    said = text_of(pdf_bytes(made))
    assert "21 more miss the goal; they are on the page My school (/skola)." in said
    assert "reached on none of the 26 criteria" in said


def test_a_word_without_an_end_is_broken_before_the_edge_of_the_paper():
    told = cut("see https://example.org/" + "a" * 100 + " and more", 400)
    assert max(map(len, told.replace("\N{ZERO WIDTH SPACE}", " ").split())) < 40
    assert told.replace("\N{ZERO WIDTH SPACE}", "") == "see https://example.org/" + "a" * 100 + " and more"


def test_cut_texts_say_so_and_where_they_are_whole(hard):
    said = text_of(pdf_bytes(document(hard, "much", "many", 2022)))
    assert "Texts that end in … are cut; they are whole on the page Quality dialogue (/dialog)." in said
    assert "more agreements are on the page Quality dialogue (/dialog)." in said
    assert "Texts that end in …" not in text_of(pdf_bytes(document(hard, "low", "many", 2022)))


def test_the_sums_are_those_of_typst(demo):
    """What the sums say is free on the second page is free: a page with some lines more is full."""
    made = document(demo, "agatskolan", "dsoe-2018", 2019)
    (ruled,) = (block for block in made.blocks if isinstance(block, Ruled))

    def with_lines(lines):
        blocks = tuple(replace(block, lines=lines) if block is ruled else block for block in made.blocks)
        return pages_of(pdf_bytes(replace(made, blocks=blocks)))

    assert with_lines(ruled.lines) == 2
    assert with_lines(ruled.lines + 3) == 2  # Word has need of them
    assert with_lines(ruled.lines + 6) == 3  # no more room than that is left unused


def test_a_brief_with_figures_says_where_the_school_stands(demo):
    told = brief(demo, EVERYTHING, "kometskolan", "vebs-2022", 2025, TODAY)
    made = brief_document(told, EN)
    said = text_of(pdf_bytes(made))
    whole = told.position.whole
    for value in (whole.mean, whole.low, whole.high, whole.city, whole.similar):
        assert EN.number(value) in said
    for strength in told.strengths:
        assert f"{strength.criterion} {told.framework.criterion(strength.criterion).title.en}" in said
    assert f"reached on {told.way.at_goal} of {told.way.shown} criteria" in said
    assert "Synthetic data" in said and "Page 1 of 2" in said and "Principal" in said and "Manager" in said
    (questions,) = (
        made.blocks[i + 1]
        for i, block in enumerate(made.blocks)
        if isinstance(block, Heading) and block.text == "Three questions to talk about"
    )
    assert isinstance(questions, Bullets) and len(questions.items) == 3 and all("?" in q for q in questions.items)
    (dots,) = (block for block in made.blocks if isinstance(block, Dots))
    assert len(dots.lines) == 1 + 5 and all(EN.number(line.value) in dots.alt for line in dots.lines)


def test_hidden_criteria_a_hidden_round_and_no_round(demo):
    said = text_of(pdf_bytes(document(demo, "isroseskolan", "vebs-2022", 2025)))
    assert "criteria are hidden, as fewer than 5 answered on them." in said
    assert "criteria are hidden and may miss the goal." in said
    said = text_of(pdf_bytes(document(demo, "apatitskolan", "vebs-2022", 2024)))
    assert "too few answers in 2024 for any figure to be shown" in said and "Its latest figures are of 2023" in said
    said = text_of(pdf_bytes(document(demo, "stratusskolan", "dsoe-2018", 2020)))
    assert "has no answers for 2020" in said and "What kept the self-assessment from being made in 2020" in said


def test_no_figure_of_a_hidden_cell_can_be_read_out(demo):
    """Of a school with hidden criteria: the areas are means of shown criteria, and no hidden criterion is named."""
    told = brief(demo, EVERYTHING, "isroseskolan", "vebs-2022", 2025, TODAY)
    hidden = {
        criterion
        for (criterion,) in demo.rows(
            "select criterion from cell where school_id = 'isroseskolan' and year = 2025 and status = 'hidden'"
        )
    }
    named = {strength.criterion for strength in told.strengths} | {miss.criterion for miss in told.way.misses}
    named |= {question.criterion for question in told.questions if question.figure is not None}
    assert hidden and not named & hidden


def test_the_pdf_is_tagged_and_in_its_language(demo):
    reader = PdfReader(BytesIO(pdf_bytes(document(demo, "kometskolan", "vebs-2022", 2025, SV))))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "sv-SE" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title.endswith("2025: Kometskolan")


@pytest.mark.alone
def test_a_pdf_takes_less_than_a_second_and_a_half(demo):
    took = []
    for school in ("kometskolan", "kalcedonskolan", "isroseskolan"):
        start = perf_counter()
        brief_bytes(brief(demo, EVERYTHING, school, "vebs-2022", 2025, TODAY), ".pdf", SV)
        took.append(perf_counter() - start)
    assert min(took) < 1.5
