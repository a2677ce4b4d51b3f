"""What people type with marks (Markdown) as blocks: paragraphs, points, numbers, headings, bold, italics, links and
footnotes. Everything else is the text that it is: HTML, code, pictures and quotes are no marks here, and nothing that
is typed is ever run or lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from analytics.documents.paper.shapes import Block, Heading, Paragraph, Points, Prose, Span, texts
from analytics.words.language import Words

LONGEST = 60_000
"""Characters; what is longer is paragraphs alone, as reading the marks may take a time that grows with its square."""
DEEPEST = 12
"""Tokens within each other, some five lists; beyond that it is no list that anybody meant."""
LEADS = ("http://", "https://", "mailto:")
WORD = re.compile(r"[^\W\d_]+")
LABEL = re.compile(r"\[\^([^\[\]\s]+)\]")


def typed_blocks(text: str, say: Words, under: int = 2) -> tuple[Block, ...]:
    """The blocks; its paragraphs as they are typed, where the marks cannot be read without losing a word. `under`: the
    level of the heading that they stand under; below the first, which may not be followed by a third (PDF/UA-1), typed
    headings are paragraphs in bold."""
    found = _read(text, say) if len(text) <= LONGEST else None
    if found is None or not _words(LABEL.sub(" ", text)) <= _words(" ".join(map(unquote, texts(found)))):
        return tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())
    return found if under >= 2 else tuple(map(_without_headings, found))


def _without_headings(block: Block) -> Block:
    match block:
        case Heading():
            return Prose((Span(block.text, bold=True),))
        case Points():
            return replace(block, items=tuple(tuple(map(_without_headings, item)) for item in block.items))
    return block


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"maxNesting": 60}).use(footnote_plugin)
    reader.enable(["list", "heading", "emphasis", "link", "autolink", "escape", "newline"])
    reader.disable("footnote_inline")
    reader.validateLink = _leads_out
    return reader


def _leads_out(url: str) -> bool:
    """Nothing else than the web and mail: a script is an address too."""
    return url.lower().startswith(LEADS)


def _read(text: str, say: Words) -> tuple[Block, ...] | None:
    """None for what is deeper than anybody means."""
    env: dict = {}
    tokens = _reader().parse(text, env)
    unused = [label[1:] for label, n in env.get("footnotes", {}).get("refs", {}).items() if n < 0]
    if unused:  # a note that no text points at is no reason to leave it out
        tokens = _reader().parse(text + "\n\n" + " ".join(f"[^{label}]" for label in unused), {})
    if any(token.level > DEEPEST for token in tokens):
        return None
    return tuple(_blocks(SyntaxTreeNode(_without_ways_back(tokens)), say))


def _without_ways_back(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.type != "footnote_anchor"]


def _blocks(node: SyntaxTreeNode, say: Words) -> Iterator[Block]:
    for child in node.children:
        match child.type:
            case "paragraph":
                yield Prose(_spans(child))
            case "heading":
                yield Heading("".join(span.text for span in _spans(child)), 3)
            case "bullet_list":
                yield Points(tuple(tuple(_blocks(item, say)) for item in child.children))
            case "ordered_list":
                first = int(child.attrs.get("start", 1))
                yield Points(tuple(tuple(_blocks(item, say)) for item in child.children), first)
            case "footnote_block":
                yield Heading(say("Notes to the text"), 3)
                yield Points(tuple(tuple(_blocks(item, say)) for item in child.children), 1)
            case _:
                raise TypeError(child.type)


def _spans(block: SyntaxTreeNode) -> tuple[Span, ...]:
    return tuple(_inline(block.children[0], Span("")) if block.children else ())


def _inline(node: SyntaxTreeNode, within: Span) -> Iterator[Span]:
    """The pieces of a line, each with how it is written; one that leads somewhere says where."""
    for child in node.children:
        match child.type:
            case "text" | "text_special":
                yield Span(child.content, within.bold, within.italic, within.link)
            case "softbreak" | "hardbreak":
                yield Span("\n")
            case "strong":
                yield from _inline(child, Span("", True, within.italic, within.link))
            case "em":
                yield from _inline(child, Span("", within.bold, True, within.link))
            case "link":
                yield from _inline(child, Span("", within.bold, within.italic, str(child.attrs["href"])))
            case "footnote_ref":
                yield Span(str(child.meta["id"] + 1), note=True)
            case _:
                raise TypeError(child.type)


def _words(text: str) -> set[str]:
    return set(WORD.findall(unicodedata.normalize("NFC", text).casefold()))
