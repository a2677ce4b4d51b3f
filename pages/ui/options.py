"""Boxes to choose in, whose options are never taken for one another.

A browser sends an option as it is written, and Streamlit takes the last of those that are written so: of two people,
projects or schools of one name, who picked the first would get the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

import streamlit as st

Option = TypeVar("Option", bound=Hashable)


def pick(
    label: str,
    options: Iterable[Option],
    written: Callable[[Option], str] = str,
    *,
    more: Callable[[Option], str] = str,
    **box: Any,
) -> Any:
    """A select box. `written`: an option as it is read; `more`: what tells it apart where others read the same, by
    default what it is in itself (its id); `box`: what else st.selectbox takes."""
    texts = told_apart(options := list(options), written, more)
    return st.selectbox(label, options, format_func=lambda one: texts.get(one) or written(one), **box)


def pick_several(label: str, options: Sequence[Option], written: Callable[[Option], str] = str, **box: Any) -> Any:
    """The same for several."""
    texts = told_apart(options, written)
    return st.multiselect(label, options, format_func=lambda one: texts.get(one) or written(one), **box)


def told_apart(
    options: Iterable[Option], written: Callable[[Option], str] = str, more: Callable[[Option], str] = str
) -> dict[Option, str]:
    """Each option's text, no two the same."""
    texts = {option: written(option) for option in options}
    for tells in (more, repr):  # the second where what should tell them apart is the same too
        alike = {text for text, times in Counter(texts.values()).items() if times > 1}
        texts = {one: f"{text} ({tells(one)})" if text in alike else text for one, text in texts.items()}
    return texts
