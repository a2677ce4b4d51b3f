"""Texts that stand as data: every member of an enumeration that people read of has one, in both languages."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from analytics.model.figures import Standing
from analytics.words.figures import STANDING
from analytics.words.language import LANGUAGES, Counted, Marked, words
from tests.test_structure import nodes, tree
from tests.words.test_language import PO, ROOT, SOURCES, forms_of, is_mark, is_plural, is_say, placeholders

Text = Marked | Counted | None
MODULES = [path for path in SOURCES if path.name not in ("app.py", "__main__.py")]

# Enumerations whose members no reader meets.
UNREAD = {
    "analytics.maturity.school_lists.SchoolOrder": "what a page's own words ask for",
    "analytics.intake.days.DayOrder": "how the days of a file's column are written",
    "analytics.opendata.columns.ColumnType": "words of the Table Schema",
    "analytics.opendata.table.DataTheme": "codes of the European portals",
    "analytics.loads.tidying.WhyKept": "why a version stays, for scripts",
    "analytics.funding.funders.Reach": "a word of a table of reference",
    "analytics.funding.text_difference.Fate": "how a piece of a text is struck or underlined",
    "analytics.documents.own_chart.Kind": "how figures are drawn",
    "analytics.documents.paper.shapes.Tone": "how a paragraph is set",
    "analytics.documents.report.sheet_shapes.CellFormat": "how a cell is written",
}
WITHOUT_WORDS = {"–", "SEK", "EUR"}  # alike in every language

TWO_SAYINGS = """
def name(role, say):
    match role:
        case Role.OWNER:
            return say("owner")
    return {Role.PARTNER: say.plural("partner", "partners", 2)}[role]
"""


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> dict[str, object]:
    return {module_of(path): importlib.import_module(module_of(path)) for path in MODULES}


def tables() -> dict[str, Mapping[object, Text]]:
    """Every table of texts by where it stands, each once."""
    found: dict[int, tuple[str, Mapping[object, Text]]] = {}
    for where, module in modules().items():
        for name, value in vars(module).items():
            if isinstance(value, Mapping) and any(isinstance(text, Marked | Counted) for text in value.values()):
                found.setdefault(id(value), (f"{where}.{name}", value))
    return dict(found.values())


def of_members() -> dict[str, Mapping[Enum, Text]]:
    return {name: table for name, table in tables().items() if any(isinstance(key, Enum) for key in table)}


def enumerations() -> dict[str, type[Enum]]:
    return {
        f"{where}.{name}": value
        for where, module in modules().items()
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == where
    }


def lacking(table: Mapping[object, Text]) -> set[object]:
    """The members that a table says nothing of, and keys that are no members of the same enumeration."""
    kinds = {type(key) for key in table}
    return {member for kind in kinds for member in kind} ^ set(table) if len(kinds) == 1 else set(table)


@pytest.fixture(scope="module")
def in_swedish() -> set[str]:
    """The forms of messages that the catalogue has in Swedish."""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="sv")
    return {
        form
        for message in catalogue
        if message.id and all(forms_of(message))
        for form in (message.id if isinstance(message.id, tuple) else (message.id,))
    }


def forms(text: Text) -> tuple[str, ...]:
    return text if isinstance(text, Counted) else (text,) if text else ()


def test_the_walk_finds_the_tables_and_what_lacks_in_one():
    assert len(of_members()) > 25 and len(tables()) > len(of_members())
    assert lacking(STANDING) == set()
    assert lacking({k: v for k, v in STANDING.items() if k is not Standing.MET_EVEN}) == {Standing.MET_EVEN}
    assert lacking({**STANDING, 7: None})


def test_every_member_has_its_text():
    """None where there is nothing to say of it: whoever adds a member is asked."""
    assert {name: left for name, table in of_members().items() if (left := lacking(table))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_said_in_both_languages(in_swedish, language):
    say = words(language)
    for name, table in tables().items():
        for text in filter(None, table.values()):
            assert set(forms(text)) <= in_swedish | WITHOUT_WORDS, name
            values = dict.fromkeys(placeholders("".join(forms(text))), "x") | {"n": 2}
            assert say.marked(text, **values).strip(), name


def test_every_enumeration_that_people_read_of_has_texts():
    told = {type(key) for table in of_members().values() for key in table}
    untold = {name for name, kind in enumerations().items() if kind not in told}
    assert untold == set(UNREAD), "give it a table of texts, or say in UNREAD why nobody reads of it"


def says(nodes: Iterator[ast.AST]) -> bool:
    """Whether something is said there; to mark it is not to say it."""
    return any(
        isinstance(call, ast.Call) and (is_say(call.func) or is_plural(call.func)) and not is_mark(call.func)
        for node in nodes
        for call in ast.walk(node)
    )


def members_said(tree: ast.AST, enums: set[str]) -> Iterator[int]:
    """The lines where a dictionary or a match says a text for a member."""

    def names_a_member(node: ast.AST | None) -> bool:
        return node is not None and any(
            isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in enums
            for part in ast.walk(node)
        )

    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and any(map(names_a_member, node.keys)) and says(iter(node.values)):
            yield node.lineno
        if isinstance(node, ast.match_case) and names_a_member(node.pattern) and says(iter(node.body)):
            yield node.pattern.lineno


def test_texts_of_members_stand_as_data():
    """A table, and no function that says a text for each: only a table can be walked."""
    enums = {name.rpartition(".")[2] for name in enumerations()}
    assert sorted(members_said(ast.parse(TWO_SAYINGS), enums)) == [4, 6]
    assert list(members_said(ast.parse("ROLE = {Role.OWNER: N_('owner')}"), enums)) == []
    found = {module_of(path): list(members_said(tree(path), enums)) for path in SOURCES}
    assert {where: lines for where, lines in found.items() if lines} == {}


def test_every_placeholder_of_a_marked_text_gets_its_value():
    """Where the text is taken from a table by name, and its values stand written out."""
    seen, short = 0, []
    for path in MODULES:
        for call in nodes(path):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "marked":
                given = {keyword.arg for keyword in call.keywords}
                match call.args[0]:
                    case ast.Subscript(value=ast.Name(id=name)) if None not in given:
                        table = getattr(modules()[module_of(path)], name, {})
                        needed = {p for text in table.values() for p in placeholders("".join(forms(text)))}
                        seen += bool(table)
                        if not needed <= given:
                            short.append((module_of(path), call.lineno, needed - given))
    assert seen > 30
    assert short == []
