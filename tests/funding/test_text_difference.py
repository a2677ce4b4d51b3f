"""Two years' texts beside each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analytics.funding.text_difference import LONGEST, Fate, TextPiece, text_difference

TEXTS = st.text(alphabet="ab \n*", max_size=30).map(str.strip)


def test_what_is_gone_stands_before_what_came_in_its_place():
    assert text_difference("Tio skolor är med.", "Elva skolor är med nu.") == (
        TextPiece(Fate.GONE, "Tio "),
        TextPiece(Fate.NEW, "Elva "),
        TextPiece(Fate.KEPT, "skolor är "),
        TextPiece(Fate.GONE, "med."),
        TextPiece(Fate.NEW, "med nu."),
    )
    assert text_difference("", "Ny") == (TextPiece(Fate.NEW, "Ny"),)


@given(TEXTS, TEXTS)
def test_kept_and_new_are_the_present_text_and_kept_and_gone_the_words_of_the_former(before, now):
    pieces = text_difference(before, now)
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.GONE) == now
    former = "".join(f" {piece.text} " for piece in pieces if piece.fate is not Fate.NEW)
    assert former.split() == before.split()


def test_texts_that_share_little_but_small_words_are_all_gone_and_all_new():
    before, now = "Vi deltar i nätverk och arbetar med läsning.", "Tio skolor och en förskola prövade musik i år."
    assert text_difference(before, now) == (TextPiece(Fate.GONE, before), TextPiece(Fate.NEW, now))


def test_texts_too_long_to_lay_beside_each_other_are_all_gone_and_all_new():
    before, now = "a " * LONGEST, "b"
    assert text_difference(before, now) == (TextPiece(Fate.GONE, before), TextPiece(Fate.NEW, now))
