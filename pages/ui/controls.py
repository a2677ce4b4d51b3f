"""The choices of a page, bound to the address bar, so that a link can be mailed.

The address decides: a value in it that there is no such thing of is told, never replaced by another. Streamlit's own
binding writes an option's label into the address; people bookmark ids, so this module binds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from analytics.words.language import LANGUAGES
from analytics.words.schools import stage_name
from pages.ui.content import Ask, Catalogue
from pages.ui.gone_schools import what_became
from pages.ui.head import APPLIES, CHOICE, CHOSEN, SUBJECT, MadeChoice, gathered
from pages.ui.many_options import among, too_many
from pages.ui.options import pick, pick_several

ALL = "alla"
REMEMBERED = "remembered_choices"
SEPARATOR = ","  # between several values in the address; no id has it in it
SCHOOL_COOKIE = "kd_school"  # which school was last looked at on this device (assets/drawn.js)


class NotThere(Exception):
    """The address asks for something that there is not. `options`: what there is, by how it stands in the address;
    `why`: what to say of it, where more is known of it; `instead`: those of the options that it became."""

    def __init__(self, name: str, label: str, asked: str, options: Mapping[str, str], why: str = ""):
        super().__init__(f"{name}={asked}")
        self.name, self.label, self.asked, self.options, self.why = name, label, asked, dict(options), why
        self.instead: tuple[str, ...] = ()


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
    arriving = st.session_state.get("on_page") != page
    st.session_state["arriving"] = arriving
    st.session_state["on_page"] = page
    if arriving:  # the choices of the page before are not this one's
        for key in [key for key in st.session_state if _is_choice(key)]:
            del st.session_state[key]


def choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    *,
    told: Callable[[str], str] | None = None,
    place: str = APPLIES,
    written: str = "",
) -> str:
    """A choice whose value stands in the address as `name`; `options`: how each value is written in its select box.

    `told`: what the folded button says of the value, by default its text where it is not the default; `written`: what a
    field asks for by which they are found, where there are too many of them for a box. Raises NotThere
    where the address asks for something else; what was chosen on another page, and is not here, is let go.
    """
    value = in_force(name, label, options, default)
    key = CHOICE + name
    st.session_state[key] = value
    said = told(value) if told else "" if value == default else options[value]

    def draw() -> None:
        there = among(list(options), options.__getitem__, [value], name, written)
        pick(label, there, options.__getitem__, key=key, on_change=_into_address, args=(name, key))

    of = None if too_many(options) else (key, label, value, tuple(options.items()))
    gathered().choices.append(MadeChoice(key, said, draw, of, place))
    return value


def choose_here(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """The same, drawn where it is called: a choice that governs what stands right below it."""
    st.session_state[CHOICE + name] = in_force(name, label, options, default)
    key = CHOICE + name
    return pick(label, options, options.__getitem__, key=key, on_change=_into_address, args=(name, key))


def in_force(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """The value that the address asks for, else what was chosen on another page, else the default."""
    remembered = st.session_state.setdefault(REMEMBERED, {})
    wanted = st.query_params.get(name)
    if wanted is not None and wanted not in options and not st.session_state.get(CHOSEN):
        raise NotThere(name, label, wanted, options)
    taken_along = remembered.get(name) if st.session_state.get("arriving") else None
    value = next((v for v in (wanted, taken_along) if v is not None and v in options), default)
    if wanted == value:
        remembered[name] = value
    elif wanted is not None or value != default:
        st.query_params[name] = value
    return value


def asked(name: str) -> str | None:
    """What the address says of a choice, whether or not there is such a thing."""
    return st.query_params.get(name)


def as_they_are(values: Iterable[object]) -> dict[str, str]:
    """Options of a select box that are written as they stand in the address: years, pages."""
    return {str(value): str(value) for value in values}


def choose_several(
    name: str, label: str, options: Sequence[str], written: Callable[[str], str], none_chosen: str, found_by: str = ""
) -> tuple[str, ...]:
    """Several values, which stand in the address as `name=id1,id2`; none chosen: not in the address. `found_by`: as
    `written` of a choice. Raises NotThere where the address asks for one that is not among them."""
    remembered = st.session_state.setdefault(REMEMBERED, {})
    taken_along = remembered.get(name) if st.session_state.get("arriving") else None
    wanted = list(dict.fromkeys(filter(None, (st.query_params.get(name, taken_along) or "").split(SEPARATOR))))
    missing = next((v for v in wanted if v not in options), None)
    if missing is not None and name in st.query_params and not st.session_state.get(CHOSEN):
        raise NotThere(name, label, missing, {id_: written(id_) for id_ in options})
    value = [v for v in wanted if v in options]
    if SEPARATOR.join(value) != st.query_params.get(name, ""):
        _put(name, value)
    remembered[name] = SEPARATOR.join(value)
    key = CHOICE + name
    st.session_state[key] = value

    def draw() -> None:
        pick_several(
            label,
            among(options, written, value, name, found_by),
            written,
            key=key,
            placeholder=none_chosen,
            select_all=False,  # in English only, and all of them are the city
            wrap=True,
            on_change=_into_address,
            args=(name, key),
        )

    said = (label, none_chosen, tuple(value), tuple(options), tuple(map(written, options)))
    gathered().choices.append(MadeChoice(key, "", draw, None if too_many(options) else (key, *said)))
    return tuple(value)


def _into_address(name: str, key: str) -> None:
    """After a choice the address holds it, and the other choices with it: a mailed link shows what the sender saw. A
    box that was folded away by the click on a way out may be sent once more, when it is no longer there."""
    if key not in st.session_state:
        return
    st.session_state[CHOSEN] = True  # a choice that this one has made impossible falls back to its default
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


def choose_round(ask: Ask) -> Selection:
    """Framework and year; by default the framework with the latest round, and that round."""
    framework = choose_answered(ask)
    years = rounds_of(ask, framework)
    year = choose("year", ask.say("Year"), years, next(iter(years)), told=years.__getitem__)
    return Selection(framework, int(year))


def rounds_of(ask: Ask, framework_id: str) -> dict[str, str]:
    """The years that the framework has rounds of, the latest first: in the address -> as it is read."""
    say = ask.of_rounds(framework_id).say
    return {str(year): say.round(year) for year in reversed(ask.catalogue.years(framework_id))}


def choose_answered(ask: Ask) -> str:
    """A framework that schools have answered, by default the one with the latest round. Of one that has no round (for
    the viewer) it is told: that there is nothing to show where the address asks for it, and what is shown in its place
    where it was chosen on another page."""
    say, catalogue = ask.say, ask.catalogue
    titles = {framework.id: framework.title.in_(say.language) for framework in catalogue.frameworks}
    answered = {id_: title for id_, title in titles.items() if catalogue.years(id_)}
    latest = max(answered, key=lambda id_: max(catalogue.years(id_)))
    looked_at = st.session_state.get(REMEMBERED, {}).get("framework")
    try:
        framework = choose("framework", say("Framework"), answered, latest)
    except NotThere as missing:
        if missing.asked in titles:
            missing.why = say("There are no results of {framework} to show.", framework=titles[missing.asked])
        raise
    if looked_at in titles and looked_at not in answered and "framework" not in st.query_params:
        text = say("There are no results of {framework} to show. What you see is {shown}.",
                   framework=titles[looked_at], shown=titles[framework])  # fmt: skip
        gathered().told.append(text)
    return framework


def choose_school(ask: Ask, schools: Sequence[str]) -> str | None:
    """The school that the address names, or that was last looked at on this device; None: nobody has chosen one.
    An ambiguous name carries the id."""
    names = school_names(ask.catalogue)
    options = {id_: names.get(id_, id_) for id_ in schools}
    remembered = st.session_state.setdefault(REMEMBERED, {})
    remembered.setdefault("school", st.context.cookies.get(SCHOOL_COOKIE, ""))
    try:
        if not (in_force("school", ask.say("School"), options, "")):
            return None
    except NotThere as missing:
        missing.why, missing.instead = what_became(ask, missing.asked, options)
        raise
    by = ask.say("Type the school's name")
    return choose("school", ask.say("School"), options, "", told=lambda _: "", place=SUBJECT, written=by)


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
    return catalogue.school_names
