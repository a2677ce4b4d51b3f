"""What every document has: its title on each page with the pages numbered, its language, letters that can be set."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.documents.paper.shapes import Block, Document, printable
from analytics.words.language import Words


def titled(
    title: str,
    blocks: Iterable[Block],
    say: Words,
    *,
    stamp: str,
    warning: bool,
    made: str = "",
    front: Iterable[Block] = (),
    contents: bool = False,
    compact: bool = False,
    sender: str = "",
    keywords: str = "",
) -> Document:
    """The document, ready to be set; the rest as `Document` tells it. `made`: from what it is made, beside the title at
    the foot of each page; `contents`: whether it has a table of them."""
    page, of = say("Page {page} of {pages}", page="|", pages="|").split("|")[:2]
    return printable(
        Document(
            language="sv-SE" if say.language == "sv" else "en-GB",
            title=title,
            stamp=stamp,
            warning=warning,
            foot=" · ".join(filter(None, [title, made])),
            page=page,
            of=of,
            contents=say("Contents") if contents else "",
            front=tuple(front),
            blocks=tuple(blocks),
            compact=compact,
            sender=sender,
            keywords=keywords,
        )
    )


def of_version(version: str | None, say: Words) -> str:
    """The store's version as the foot of a page tells it; nothing of none."""
    return f"{say('Version')} {version}" if version else ""
