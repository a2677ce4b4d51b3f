"""What is composed once and kept is of its day: a page that was open yesterday says today what one made today says."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

import app as _every_page  # noqa: F401 - a day is moved in what is there already
from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.words.language import words
from pages.ui import access
from tests.pages.reading import TITLES, figures, said, unfolded
from tests.sampling import sample
from tests.test_structure import PRODUCT, ROOT, nodes, tree

BEFORE, AFTER = date(2025, 6, 1), date(2026, 2, 1)
LABELS = "school,label,date,until\nagatskolan,school_label,2025-03-01,2025-12-31\n"
EVENTS = "school,event,date\nagatskolan,applied,2025-09-15\n"
QUERY = {path: {"school": "agatskolan"} for path in ("skola", "dialog")} | {"lara": {"school": "aftonstjarneskolan"}}
TURNS = {"skola", "certifiering", "dialog", "uppfoljning", "lara"}
"""Pages that say something else on the later day, of a store where nothing has changed."""

READS_THE_DAY = {"today", "now", "utcnow", "time", "localtime", "gmtime"}


@pytest.fixture(scope="module")
def store(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo data, and a school whose label runs out and that applies between the two days."""
    folder = tmp_path_factory.mktemp("days")
    store = shutil.copytree(demo_store, folder / "store")
    for kind, text in (("labels", LABELS), ("certifications", EVENTS)):
        (folder / f"{kind}.csv").write_text(text, "utf-8")
    load(store, [folder / "labels.csv", folder / "certifications.csv"], ReadingOptions(), words("sv"), loaded_by="test")
    return store


class Moved(type):
    """Days that are there already are days all the same."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[date], None]]:
    """`on(day)`: whoever asks in the program what day it is gets this one; nobody may while something is composed."""
    composing: list[str] = []  # the one that is being composed, after those that it is part of
    asked: list[str] = []
    composed = access.composed

    def watched(compose: Callable, *parameters: object) -> object:
        composing.append(compose.__name__)
        try:
            return composed(compose, *parameters)
        finally:
            composing.pop()

    def move(day: date) -> None:
        class Day(date, metaclass=Moved):
            @classmethod
            def today(cls) -> date:
                asked.extend(composing)
                return day

        class Time(datetime, metaclass=Moved):
            @classmethod
            def now(cls, tz=None) -> datetime:
                asked.extend(composing)
                return datetime(day.year, day.month, day.day, 12, tzinfo=tz)

        ours = [module for path, module in sys.modules.items() if path.split(".")[0] in ("analytics", "pages")]
        for module in ours:
            for word, real, moved in (("date", date, Day), ("datetime", datetime, Time)):
                there = getattr(module, word, None)
                if isinstance(there, type) and issubclass(there, real):
                    monkeypatch.setattr(module, word, moved)

    watched.cache_clear = composed.cache_clear
    monkeypatch.setattr(access, "composed", watched)
    composed.cache_clear()
    yield move
    composed.cache_clear()  # of what was composed on another day
    assert asked == [], "what is kept asks what day it is"


@pytest.fixture
def visit(store, at_store, open_page, on) -> Callable[[str, date], list]:
    """What a page says and shows on a day; what was composed for an earlier visit is kept, as in a running server."""
    at_store(store)

    def visited(path: str, day: date) -> list:
        on(day)
        app = unfolded(open_page(path, lang="en", **QUERY.get(path, {})))
        assert not app.exception and not app.error, [error.value for error in (*app.exception, *app.error)]
        return [said(app), *figures(app)]

    return visited


@pytest.mark.parametrize("path", sample([path for path in TITLES if path], 3))
def test_a_page_kept_from_an_earlier_day_says_what_one_made_today_says(visit, path):
    made_before, kept = visit(path, BEFORE), visit(path, AFTER)
    access.composed.cache_clear()
    assert kept == visit(path, AFTER)
    assert (kept != made_before) == (path in TURNS)


def test_a_label_shows_for_as_long_as_it_holds(visit):
    last, next_day = date(2025, 12, 31), date(2026, 1, 1)
    holds = "Holds eTwinning School to 31 December 2025."
    shown = {day: holds in visit("skola", day)[0] for day in (BEFORE, last, next_day)}
    assert shown == {BEFORE: True, last: True, next_day: False}


@pytest.mark.long
def test_nothing_that_is_kept_asks_what_day_it_is():
    """Whatever is composed or cached, and every function of ours that it calls by name, however far down."""
    functions, calls = functions_and_calls()
    kept = {target for path in PRODUCT for target in kept_in(path)}
    assert len(kept) > 40 and {"pages.shared.marks.marks_line", "pages.figures.school.page.compose"} <= kept
    reached, left = set(), list(kept & functions.keys())
    while left:
        target = left.pop()
        if target not in reached:
            reached.add(target)
            left += calls[target] & functions.keys()
    assert len(reached) > 400, "the calls are followed"
    asking = {target for target in functions if asks_the_day(functions[target])}
    assert {"pages.shared.marks.as_of", "pages.talks.followup.page.render"} <= asking, "or it sees nothing"
    assert asking & reached == set()


def kept_in(path: Path) -> Iterator[str]:
    """The functions that the module has kept: composed through access, yielded to be composed ahead, or cached."""
    of = names_in(path)
    for node in nodes(path):
        match node:
            case ast.Call(func=ast.Attribute(attr="composed"), args=[ast.Name(id=target), *_]):
                yield of.get(target, target)
            case ast.Yield(value=ast.Tuple(elts=[ast.Name(id=target), *_])) if target in of:
                yield of[target]
            case ast.FunctionDef(decorator_list=decorators):
                words_said = {part.id for one in decorators for part in ast.walk(one) if isinstance(part, ast.Name)}
                if words_said & {"cache", "lru_cache", "remembered"}:
                    yield of[node.name]


def functions_and_calls() -> tuple[dict[str, ast.FunctionDef], dict[str, set[str]]]:
    """Every function at the top of a module or in a class there, by its full name; and what of ours each names. A class
    that is named stands for all its methods, a method for itself."""
    functions, calls = {}, {}
    for path in PRODUCT:
        of, module = names_in(path), module_of(path)
        for node in tree(path).body:
            inner = [node] if isinstance(node, ast.FunctionDef) else []
            if isinstance(node, ast.ClassDef):
                inner = [part for part in node.body if isinstance(part, ast.FunctionDef)]
                functions[f"{module}.{node.name}"] = ast.parse("")
                calls[f"{module}.{node.name}"] = {f"{module}.{node.name}.{part.name}" for part in inner}
            for part in inner:
                target = f"{module}.{part.name}" if part is node else f"{module}.{node.name}.{part.name}"
                functions[target], calls[target] = part, set(named(part, of))
    return functions, calls


def named(function: ast.FunctionDef, of: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(function):
        match node:
            case ast.Name(id=word) if word in of:
                yield of[word]
            case ast.Attribute(value=ast.Name(id=word), attr=attribute) if word in of:
                yield f"{of[word]}.{attribute}"


@cache
def names_in(path: Path) -> dict[str, str]:
    """What a name in the module stands for, in full: what is defined at its top, and what is imported anywhere."""
    here = {
        node.name: f"{module_of(path)}.{node.name}"
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            here |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return here


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def asks_the_day(function: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in READS_THE_DAY
        and isinstance(node.value, ast.Name)
        and node.value.id in ("date", "datetime", "time")
        for node in ast.walk(function)
    )
