"""More options than a box is sent with: a nation's schools are a quarter of a megabyte in each box that has them. Those
that are called as somebody writes are to be chosen among instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Sized

import streamlit as st

MOST = 500  # options of a box: a region's schools
SHOWN = 50  # that are called so: whoever sees so many writes another letter


def too_many(options: Sized) -> bool:
    return len(options) > MOST


def called(options: Iterable[str], written: Callable[[str], str], word: str) -> list[str]:
    """The options that have what somebody has written in them; none where nothing is."""
    word = " ".join(word.casefold().split())
    return [one for one in options if word in written(one).casefold()] if word else []


def among(
    options: Sequence[str], written: Callable[[str], str], kept: Sequence[str], key: str, label: str
) -> Sequence[str]:
    """The options of a box: all, where there are not too many of them; else what is chosen, and so many of those that
    are called as somebody writes in a field above it. `label`: of that field; '' where all are meant."""
    if not label or not too_many(options):
        return options
    found = called(options, written, st.text_input(label, key=f"written_{key}"))
    return [*kept, *(one for one in found[:SHOWN] if one not in kept)]
