"""A document as JSON and back, as exact as it was; what a later or an earlier edition wrote."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analytics.documents.paper.plain import KINDS, document_from, plain_document
from analytics.documents.paper.shapes import (
    Bullets,
    DotLine,
    Heading,
    Paragraph,
    Points,
    Prose,
    SideBySide,
    Span,
    every_block,
    printable,
)
from tests.documents.papers import DOTS, document


def stored(value) -> dict:
    return json.loads(json.dumps(plain_document(value)))


def test_a_document_with_every_kind_of_block_comes_back_from_json_as_it_was():
    made = document()
    made = replace(made, blocks=(*made.blocks, Points(((Prose((Span("Ett", bold=True), Span("1", note=True))),),), 2)))
    assert {block.kind for block in every_block((*made.front, *made.blocks))} == set(KINDS)
    assert document_from(stored(made)) == made


def test_columns_in_columns_come_back_too():
    deep = SideBySide((SideBySide((Bullets(("a",)),), (DOTS,), 4),), ())
    made = replace(document(), blocks=(deep,))
    assert document_from(stored(made)) == made


def test_what_a_later_edition_added_is_left_out_and_what_it_was_without_is_as_it_was_then():
    plain = stored(document())
    plain["watermark"], plain["blocks"][0]["colour"] = "x", "red"
    plain["blocks"][1]["lines"][0]["rank"] = 3
    assert document_from(plain) == document()
    del plain["compact"], plain["blocks"][1]["note"]
    assert document_from(plain).compact is False and document_from(plain).blocks[1].note == ""


@pytest.mark.parametrize("spoil", [lambda block: block.update(kind="hologram"), lambda block: block.pop("text")])
def test_a_document_with_a_hole_is_refused(spoil):
    plain = stored(document())
    spoil(plain["blocks"][0])
    with pytest.raises(ValueError, match=r"hologram|text"):
        document_from(plain)


def test_printable_reaches_into_columns_and_pictures():
    bad = replace(DOTS, caption="a\x07b", lines=(DotLine("c\x00d", 2.5),))
    made = printable(replace(document(), blocks=(SideBySide((bad,), (Bullets(("e\x1ff",)),)),)))
    beside = made.blocks[0]
    assert beside.left[0].caption == "ab" and beside.left[0].lines == (DotLine("cd", 2.5),)
    assert beside.right[0].items == ("ef",)


def test_headings_are_in_the_order_of_reading():
    made = replace(document(), front=(Paragraph("x"),))
    assert [heading.text for heading in made.headings] == [
        "Var skolan står",
        "Styrkor",
        "Det som står i vägen",
        "Att skriva",
    ]
    assert all(isinstance(heading, Heading) for heading in made.headings)
