"""An address that asks for what there is not: what was asked for, that it is not there, and what there is instead.

Nothing is ever shown in its place: a figure of another school or year would be read as the answer.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from rapidfuzz import fuzz, process

from pages.ui import html, notices
from pages.ui.content import Ask
from pages.ui.controls import NotThere

NAMED = 12  # of what there is, at most so many


def draw_not_there(ask: Ask, missing: NotThere) -> None:
    """Links keep whatever else the address says."""
    say = ask.say
    text = missing.why or say("{label} “{asked}” is not here.", label=missing.label, asked=missing.asked)
    offered = list(missing.instead) or _nearest(missing)
    hint = say("This is what there is:")
    if missing.instead:
        hint = say("Look there instead:")
    elif len(offered) < len(missing.options):
        hint = say("Of {n} these are called most like it:", n=len(missing.options))
    notices.empty_state(say, text, hint)
    rest = {name: value for name, value in st.query_params.to_dict().items() if name != missing.name}
    links = (html.link(missing.options[value], "?" + urlencode(rest | {missing.name: value})) for value in offered)
    html.show(html.listed(links))


def _nearest(missing: NotThere) -> list[str]:
    """What there is, as it stands in the address; of a great deal, what is written most like what was asked for."""
    if len(missing.options) <= NAMED:
        return list(missing.options)
    by_id = process.extract(
        missing.asked,
        {id_: f"{id_} {text}" for id_, text in missing.options.items()},
        scorer=fuzz.WRatio,
        limit=NAMED // 2,
    )
    return [id_ for _, _, id_ in by_id]
