"""The choices of a page, bound to the address bar, so that a link can be mailed.

The address decides: a value in it that is not among the options falls back to what was chosen last, then to the
default. Streamlit's own binding writes an option's label into the address; people bookmark ids, so this module binds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from analytics.words.language import LANGUAGES, Words
from analytics.words.schools import stage_name
from pages.ui import html
from pages.ui.content import Ask, Catalogue

ALL = "alla"
REMEMBERED = "remembered_choices"
SEPARATOR = ","  # between several values in the address; no id has it in it
SEVERAL_WIDTH = 480  # pixels: the names that were chosen take a line of their own
CHOICE = "choice_"  # before a parameter's name: the key of its select box
FOLDED = html.style("@media (max-width: 640px) { .st-key-choices { display: none; } }")


@dataclass(frozen=True, slots=True)
class Selection:
    """What a page is asked to show; every value has been checked against what there is."""

    framework: str
    year: int
    area: str | None = None
    district: str | None = None
    stage: str | None = None


def language() -> str:
    """`lang` in the address, else the language of this session's last page, else Swedish."""
    said = st.query_params.get("lang")
    remembered = st.session_state.get("lang", LANGUAGES[0])
    chosen = said if said in LANGUAGES else remembered
    st.session_state["lang"] = chosen
    if said != chosen and chosen != LANGUAGES[0]:
        st.query_params["lang"] = chosen
    return chosen


def speak(chosen: str) -> None:
    """Changes the language, from the next run on."""
    st.session_state["lang"] = chosen
    st.query_params["lang"] = chosen


def arrive(page: str) -> None:
    """Notes which page is shown. What was chosen on another page is taken along only on arriving: after that the
    address alone decides, so that the browser's back button undoes a choice."""
    st.session_state["arriving"] = st.session_state.get("on_page") != page
    st.session_state["on_page"] = page


def choose(name: str, label: str, options: Mapping[str, str], default: str, *, wide: bool = False) -> str:
    """A select box whose value stands in the address as `name`; `options`: how each value is written in the box. A
    `wide` one has long texts, and a line of its own."""
    remembered = st.session_state.setdefault(REMEMBERED, {})
    taken_along = remembered.get(name) if st.session_state.get("arriving") else None
    value = next((v for v in (st.query_params.get(name), taken_along) if v is not None and v in options), default)
    if st.query_params.get(name) == value:
        remembered[name] = value
    if st.query_params.get(name) != value and (name in st.query_params or value != default):
        st.query_params[name] = value
    key = CHOICE + name
    st.session_state[key] = value
    return st.selectbox(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        width=SEVERAL_WIDTH if wide else "stretch",
        on_change=_into_address,
        args=(name, key),
    )


def asked(name: str) -> str | None:
    """What the address says of a choice, whether or not there is such a thing."""
    return st.query_params.get(name)


def as_they_are(values: Iterable[object]) -> dict[str, str]:
    """Options of a select box that are written as they stand in the address: years, pages."""
    return {str(value): str(value) for value in values}


def choose_several(
    name: str, label: str, options: Sequence[str], written: Callable[[str], str], none_chosen: str
) -> tuple[str, ...]:
    """A box for several values, which stand in the address as `name=id1,id2`; none chosen: not in the address."""
    remembered = st.session_state.setdefault(REMEMBERED, {})
    taken_along = remembered.get(name) if st.session_state.get("arriving") else None
    wanted = st.query_params.get(name, taken_along) or ""
    value = [v for v in dict.fromkeys(wanted.split(SEPARATOR)) if v in options]
    if SEPARATOR.join(value) != st.query_params.get(name, ""):
        _put(name, value)
    remembered[name] = SEPARATOR.join(value)
    key = CHOICE + name
    st.session_state[key] = value
    return tuple(
        st.multiselect(
            label,
            options,
            key=key,
            format_func=written,
            placeholder=none_chosen,
            select_all=False,  # in English only, and all of them are the city
            wrap=True,
            width=SEVERAL_WIDTH if value else "stretch",
            on_change=_into_address,
            args=(name, key),
        )
    )


def _into_address(name: str, key: str) -> None:
    """After a choice the address holds it, and the other choices with it: a mailed link shows what the sender saw."""
    shown = {str(key).removeprefix(CHOICE): st.session_state[key] for key in st.session_state if _is_choice(key)}
    st.session_state[REMEMBERED][name] = _as_written(st.session_state[key])
    kept = {name: value for name, value in st.query_params.to_dict().items() if name not in shown}
    chosen = {name: _as_written(value) for name, value in shown.items() if value}
    st.query_params.from_dict(kept | chosen)  # at one stroke: each change of the address is a step of the back button


def _is_choice(key: str | int) -> bool:
    return str(key).startswith(CHOICE)


def _as_written(value: str | Sequence[str]) -> str:
    """How a value stands in the address."""
    return value if isinstance(value, str) else SEPARATOR.join(value)


def _put(name: str, value: Sequence[str]) -> None:
    if value:
        st.query_params[name] = SEPARATOR.join(value)
    else:
        st.query_params.pop(name, None)


def choices(say: Words):
    """A container for the choices: one line on a desk, folded away behind a switch on a phone."""
    with st.container(key="choices_fold"):
        unfolded = st.toggle(say("Change what is shown"), key="choices_unfolded")
    if not unfolded:
        html.show(FOLDED)
    return st.container(key="choices", horizontal=True, vertical_alignment="bottom")


def choose_round(ask: Ask) -> Selection:
    """Framework and year; by default the framework with the latest round, and that round."""
    say, catalogue = ask.say, ask.catalogue
    with_data = [framework for framework in catalogue.frameworks if catalogue.years(framework.id)]
    titles = {framework.id: framework.title.in_(say.language) for framework in with_data}
    latest = max(with_data, key=lambda framework: max(catalogue.years(framework.id))).id
    framework = choose("framework", say("Framework"), titles, latest)
    years = as_they_are(reversed(catalogue.years(framework)))
    return Selection(framework, int(choose("year", say("Year"), years, next(iter(years)))))


def choose_school(ask: Ask, schools: Sequence[str], default: str) -> str:
    """One of the schools, by name; an ambiguous name carries the id."""
    names = school_names(ask.catalogue)
    return choose("school", ask.say("School"), {id_: names.get(id_, id_) for id_ in schools}, default)


def choose_area(ask: Ask, selection: Selection, label: str) -> Selection:
    """One of the framework's areas, or all of them (None)."""
    framework = ask.catalogue.framework(selection.framework)
    titles = {ALL: ask.say("All areas")} | {area.id: area.title.in_(ask.say.language) for area in framework.areas}
    area = choose("area", label, titles, ALL)
    return replace(selection, area=None if area == ALL else area)


def choose_group(ask: Ask, selection: Selection) -> Selection:
    """District and stage, where the register has any."""
    say, schools = ask.say, ask.catalogue.schools
    chosen = {}
    for name, label, all_of_them in (
        ("district", say("District"), say("All districts")),
        ("stage", say("Stage"), say("All stages")),
    ):
        values = sorted({getattr(school, name) for school in schools if getattr(school, name)})
        if len(values) > 1:
            written = {ALL: all_of_them} | {
                value: stage_name(value, say) if name == "stage" else value for value in values
            }
            value = choose(name, label, written, ALL)
            chosen[name] = None if value == ALL else value
    return replace(selection, **chosen)


def school_names(catalogue: Catalogue) -> dict[str, str]:
    """A name for each school that stands for no other one where it is read: where it would, with the id."""
    meant: dict[str, set[str]] = {}
    for school in catalogue.schools:
        for word in (school.id, school.school_unit_code, school.name, *school.aliases):
            meant.setdefault(_folded(word or ""), set()).add(school.id)
    return {
        school.id: school.name if len(meant[_folded(school.name)]) == 1 else f"{school.name} ({school.id})"
        for school in catalogue.schools
    }


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
