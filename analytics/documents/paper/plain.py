"""A document as plain lists and texts, to be stored as JSON or set, and back again, as exact years later as now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from analytics.documents.paper.shapes import Block, Document

KINDS = {block.kind: block for block in get_args(Block)}


def plain_document(document: Document) -> dict[str, Any]:
    """The document as plain values, each block with its kind."""
    return _plain(document)


def plain_block(block: Block) -> dict[str, Any]:
    return _plain(block)


def document_from(plain: Mapping[str, Any]) -> Document:
    """The document again. What a later edition has added to a shape is left out, and what it lacks is as it was before
    there was such a thing; raises ValueError for a block of a kind that is not known here, and for a text that is
    lacking: a document with a hole in it must not be shown as whole."""
    return _shape(Document, plain)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = getattr(value, "kind", None)
        parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return parts if kind is None else {"kind": kind, **parts}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, Enum) else value


def _made(hint: Any, plain: Any) -> Any:
    """The value that the annotation tells."""
    if hint == Block:
        if plain.get("kind") not in KINDS:
            raise ValueError(f"a block of an unknown kind: {plain.get('kind')!r}")
        return _shape(KINDS[plain["kind"]], plain)
    if get_origin(hint) is tuple:
        kinds = get_args(hint)
        return tuple(_made(kind, part) for kind, part in zip(_for_each(kinds, plain), plain, strict=True))
    if isinstance(hint, UnionType):  # X | None
        return None if plain is None else _made(next(kind for kind in get_args(hint) if kind is not NoneType), plain)
    if isinstance(hint, type) and is_dataclass(hint):
        return _shape(hint, plain)
    return hint(plain) if issubclass(hint, Enum) else plain


def _for_each(kinds: tuple, plain: list) -> tuple:
    return (kinds[0],) * len(plain) if kinds[-1] is ... else kinds


def _shape(kind: type, plain: Mapping[str, Any]) -> Any:
    known = {name: _made(hint, plain[name]) for name, hint in _hints(kind).items() if name in plain}
    try:
        return kind(**known)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}  # ty: ignore[invalid-argument-type]
