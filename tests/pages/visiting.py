"""A visitor who takes all there is to get of a version, to the last digit: every page, every choice, the exports.

A page is drawn with stand-ins for its select boxes and with everything open that is folded, once for every way
through the choices that it offers, so that pages and choices that come later are visited by themselves. Its figures are
taken before they are drawn; whatever it draws beside them is taken as it is sent to the browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.documents.tables import table_bytes
from analytics.maturity.results import city_table, results_table
from analytics.store.reading import Store, View
from analytics.words.language import Words
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Table

Taken = dict[str, str]
"""Everything a visitor got: where it stands -> what stands there, to the last digit."""


@dataclass
class Choices:
    """Stands in for the select boxes: takes the options that the script names by place (0: what the page opens with),
    and notes what else there was."""

    script: tuple[int, ...] = ()
    taken: list[tuple[str, str]] = field(default_factory=list)
    options: list[int] = field(default_factory=list)

    def choose(self, name: str, label: str, options: Sequence[str], default: str, **_: object) -> str:
        at = len(self.taken)
        ordered = [default, *(option for option in options if option != default)]
        value = ordered[self.script[at] if at < len(self.script) else 0]
        self.taken.append((name, value))
        self.options.append(len(ordered))
        return value

    def choose_school(self, ask: Ask, schools: Sequence[str]) -> str:
        return self.choose("school", "", schools, schools[0])


class Opened(nullcontext):
    """Stands in for a fold that somebody has opened."""

    open = True


def take_everything(
    page: ModuleType, name: str, asks: Sequence[Ask], most: int, together: Collection[str] = ()
) -> Taken:
    """The page in every way through its choices with at most so many of them off what the page opens with, or with any
    of `together` and no others; languages in turn, a way's the same however many are gone."""
    taken, waiting = {}, [()]
    while waiting:
        script = waiting.pop()
        choices, ask = Choices(script), asks[sum(script) % len(asks)]
        drawn = plain(draw(page, ask, choices), ask.say)
        way = " ".join(f"{key}={value}" for key, value in choices.taken)
        taken[f"{name}?{way} {ask.say.language}"] = json.dumps(drawn, sort_keys=True)
        names = [choice for choice, _ in choices.taken]
        off = {choice for choice, option in zip(names, script, strict=False) if option}
        for at in range(len(script), len(names)):
            if len(off) < most or off | {names[at]} <= set(together):
                start = script + (0,) * (at - len(script))
                waiting += [(*start, option) for option in range(1, choices.options[at])]
    return taken


def draw(page: ModuleType, ask: Ask, choices: Choices) -> list:
    """What the page draws, in order: its contents and notices as they are made, all else as it is sent."""
    drawn = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(controls, "choose", choices.choose)
        patch.setattr(controls, "choose_here", choices.choose)
        patch.setattr(controls, "choose_school", choices.choose_school)
        patch.setattr(st, "expander", lambda *_, **__: Opened())
        patch.setattr(notices, "draw", lambda _, content, *more: drawn.extend([content, *content.all_blocks(ask)]))
        patch.setattr(notices, "empty_state", lambda _, *texts: drawn.append(texts))
        patch.setattr(DeltaGenerator, "_enqueue", _sent_to(drawn))
        page.render(ask)
    return drawn


def _sent_to(drawn: list) -> Callable:
    def enqueue(self: DeltaGenerator, delta_type: str, element_proto, *more, **named) -> DeltaGenerator:
        drawn.append((delta_type, str(element_proto)))
        return self

    return enqueue


def plain(value, say: Words):
    """Whatever pages are made of as lists, texts and numbers; a table as its file has it and as it is written."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Enum():
            return value.name
        case Table():
            return [[c.heading for c in value.columns], plain(value.plain(), say), value.written(say)]
        case Mapping():
            return {str(key): plain(inner, say) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner, say) for inner in value]
        case set() | frozenset():
            return sorted(json.dumps(plain(inner, say)) for inner in value)
        case _ if is_dataclass(value):
            return {part.name: plain(getattr(value, part.name), say) for part in fields(value)}
        case _ if hasattr(value, "to_dict"):  # a figure
            return plain(value.to_dict(), say)
        case _ if hasattr(value, "tolist"):  # an array, a number of numpy's
            return plain(value.tolist(), say)
        case _ if callable(value):
            return "a function"
    return str(value)


class Pinned(Store):
    """A store with one version."""

    def __init__(self, folder: Path, view: View):
        super().__init__(folder)
        self.version = lambda number: view
        self.current = lambda: view


@contextmanager
def in_force(view: View, folder: Path) -> Iterator[Callable[[str], Ask]]:
    """language -> the pages' question to this view, as though it were in force in a store in this folder. What pages
    keep is kept by folder: one that was used before would answer with what was there before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KVALITET_STORE", str(folder))
        patch.setattr(access, "_store", lambda _: Pinned(folder, view))
        yield access.ask
    access.composed.cache_clear()


def take_exports(view: View, framework: str) -> Taken:
    """`kvalitet export results` and `city` as JSON."""
    tables = {
        "results": results_table(view, access.viewer(), framework),
        "city": city_table(view, framework),
    }
    return {name: table_bytes(table, ".json", {}).decode() for name, table in tables.items()}


def take_tables(view: View) -> Taken:
    """All that pages and exports can read: every table of the version, its rows in the order they lie in."""
    tables = [name for (name,) in view.rows("select table_name from duckdb_tables() where not internal")]
    return {f"table {table}": repr(view.rows(f"select * from {table}")) for table in tables}
