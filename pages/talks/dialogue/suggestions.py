"""What the framework's issuer suggests in a criterion's area: a click makes an action of it, to be changed at will."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.model.frameworks import Framework, SuggestedAction
from analytics.words.labels import label_of
from analytics.words.language import Words
from pages.ui import html
from pages.ui.labels import kept_open


def suggested(framework: Framework, criterion: str | None) -> tuple[SuggestedAction, ...]:
    """Of the area that the criterion is in; none where no criterion is chosen, or the framework suggests nothing."""
    found = next((one for one in framework.criteria if one.id == criterion), None)
    return framework.area(found.area).suggestions if found else ()


def draw_suggestions(
    key: str, rows: tuple[SuggestedAction, ...], take: Callable[[SuggestedAction], None], say: Words
) -> None:
    """In a fold: a button each, with whose it would be."""
    if not rows:
        return
    label = say("Suggestions of the framework ({n})", n=len(rows))
    fold = kept_open(label, key=f"suggested {key}", type="compact")
    if not fold.open:
        return
    with fold:
        for number, one in enumerate(rows):
            text = f"{label_of(one.role, say)}: {one.text.in_(say.language)}"
            st.button(
                html.unmarked(text), key=f"suggest {key} {number}", icon=":material/add:", type="tertiary",
                on_click=take, args=(one,),
            )  # fmt: skip
