"""What a load has changed, and where to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from analytics.loads.difference import Difference, RoundDifference
from analytics.registers.kinds import table_name
from analytics.words.language import Words
from pages.data.imports.held import Import
from pages.data.imports.steps import Loaded
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.titles import address


def draw_done(ask: Ask, one: Import, begin_anew: Callable[[], None]) -> None:
    say, loaded = ask.say, one.outcome
    assert isinstance(loaded, Loaded)
    html.show(html.answer(_answer(ask, loaded)))
    changed = seen(ask, loaded.difference)
    points = [_round(ask, one_) for one_ in changed.rounds]
    points += [_rows(say, kind, rows) for kind, rows in changed.rows]
    if loaded.remembered:
        points.append(say("How the form is read is remembered for the next time."))
    if points:
        html.show(html.listed(points))
    links = [html.link(text, there) for text, there in _ways(ask, loaded)]
    html.show(html.element("ul", *(html.element("li", link) for link in links), class_="kd-names"))
    st.button(say("Load something more"), key="begin_anew", on_click=begin_anew)


def seen(ask: Ask, changed: Difference) -> Difference:
    """Without what whoever asks may not see yet."""
    viewer = ask.viewer
    shown = tuple(one for one in changed.rounds if viewer.may_see_round(one.framework, one.year))
    return replace(changed, rounds=shown)


def _answer(ask: Ask, loaded: Loaded) -> str:
    say, trial, changed = ask.say, loaded.trial, seen(ask, loaded.difference)
    parts = []
    if changed.schools:
        parts.append(say.plural("{n} new school", "{n} new schools", len(changed.schools)))
    if trial.answers:
        parts.append(say.plural("{n} answer", "{n} answers", trial.answers))
    if changed.rounds and changed.rounds[0].mean is not None:
        first = changed.rounds[0]
        was, now = first.mean_before, say.number(first.mean or 0)
        parts.append(
            say("the city's mean {mean}", mean=now)
            if was is None
            else say("the city's mean {before} → {mean}", before=say.number(was), mean=now)
        )
    what = say.listing(parts) if parts else say("nothing in the figures")
    return say("It is loaded, as version {n}: {what}.", n=loaded.version, what=what)


def _rows(say: Words, kind: str, rows: int) -> str:
    more = say.plural("{n} row more", "{n} rows more", rows)
    fewer = say.plural("{n} row fewer", "{n} rows fewer", -rows)
    return f"{table_name(kind, say)}: {more if rows > 0 else fewer}"


def _round(ask: Ask, one: RoundDifference) -> str:
    say = ask.of_rounds(one.framework).say
    framework = ask.catalogue.framework(one.framework).title.in_(say.language)
    schools = say.plural("{n} school", "{n} schools", one.schools)
    if not one.schools_before:
        return say("{framework} {year}: new, {schools}", framework=framework, year=say.round(one.year), schools=schools)
    if one.schools == one.schools_before:
        return say(
            "{framework} {year}: changed, {schools} as before",
            framework=framework,
            year=say.round(one.year),
            schools=schools,
        )
    return say(
        "{framework} {year}: {schools}, {before} before",
        framework=framework, year=say.round(one.year), schools=schools, before=say.integer(one.schools_before),
    )  # fmt: skip


def _ways(ask: Ask, loaded: Loaded):
    say, rounds = ask.say, seen(ask, loaded.difference).rounds
    if rounds:
        first = rounds[0]
        about = {"framework": first.framework, "year": first.year}
        name = ask.catalogue.school_names.get(first.school, first.school)
        yield (
            say("See the city {year}", year=ask.of_rounds(first.framework).say.round(first.year)),
            address("oversikt", say, **about),
        )
        yield say("See {school}", school=name), address("skola", say, school=first.school, **about)
    if any(kind in ("payments", "projects", "budgets") for kind, _ in loaded.difference.rows):
        yield say("See the EU funds"), address("eu", say)
    yield say("To the start"), address("start", say)
