"""docs/glossary.md names what is in the code, and no word of the code stands for two things."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache

import pytest

from tests.test_structure import PRODUCT, ROOT, name, nodes, tree

GLOSSARY = ROOT / "docs" / "glossary.md"
CODE = re.compile(r"`([A-Za-z_][\w.]*)`")


def named_in(text: str) -> list[str]:
    """What the tables' columns of code hold, in the order of the rows."""
    found, place = [], None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            place = None
        elif "in the code" in cells:
            place = cells.index("in the code")
        elif place is not None:
            found += CODE.findall(cells[place])
    return found


@cache
def names_of_code() -> set[str]:
    """Every class, function, field, argument and variable of the product, and members of a class as Class.MEMBER."""
    found: set[str] = set()
    for path in PRODUCT:
        for node in nodes(path):
            match node:
                case ast.ClassDef(name=cls, body=body):
                    found.add(cls)
                    for part in body:
                        targets = part.targets if isinstance(part, ast.Assign) else []
                        found |= {f"{cls}.{target.id}" for target in targets if isinstance(target, ast.Name)}
                case ast.FunctionDef(name=function):
                    found.add(function)
                case ast.Name(id=id_):
                    found.add(id_)
                case ast.arg(arg=argument):
                    found.add(argument)
                case ast.Attribute(attr=attribute):
                    found.add(attribute)
    return found


def test_the_glossary_names_what_is_in_the_code():
    listed = named_in(GLOSSARY.read_text("utf-8"))
    assert len(listed) > 80
    assert [word for word in listed if word not in names_of_code()] == []


@pytest.mark.parametrize("row", ["| skola | school | `NoSuchClass` | x |", "| nivå | level | `Status.NO_SUCH` | x |"])
def test_a_word_that_is_not_in_the_code_is_found(row):
    table = f"| Swedish | English | in the code | what it is |\n|---|---|---|---|\n{row}\n"
    (listed,) = named_in(table)
    assert listed not in names_of_code()


def test_no_class_is_named_as_another():
    homes = defaultdict(list)
    for path in PRODUCT:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name(path))
    assert {cls: where for cls, where in homes.items() if len(where) > 1} == {}
