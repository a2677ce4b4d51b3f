"""Every page: composed in its many choices, and drawn in every way that is one choice off what it opens with.

What is composed is a sample that tests share (`compose_pages`), each picture under a key of its own. What is drawn has
all that stands around it too: choices, links, fields, files' names. Languages go in turn; `drawn` with either of them
first has every way in both. Left out: ways with two choices off, but for those that are composed.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.snapshot import product
from tests.snapshot.texts import file_text, text_of

Found = Iterator[tuple[str, str]]
OCTAL = re.compile(r"(?:\\[0-3][0-7]{2})+")
GRIDS = "eu-projekt"
"""The page that cannot be drawn by parts: its tables ask the session of a running script."""


def composed(store: Path) -> Found:
    asks = product.ask_of(store)
    kinds = set()
    for page in product.compose_pages(asks):
        if f"composed/{page.name}" in kinds:
            continue  # the sample holds some pages twice
        kinds.add(f"composed/{page.name}")
        yield from content_texts(f"composed/{page.name}", page.ask, page.content)
        kind = f"downloads/{page.name.split('/')[0]}/{page.ask.say.language}"
        if kind not in kinds:
            kinds.add(kind)
            yield from downloads(kind, page.ask, page.content)
    yield from portfolios(asks)


def portfolios(asks: dict[str, product.Ask]) -> Found:
    """EU money by year and programme, languages in turn."""
    register = product.funding(asks["sv"].view, asks["sv"].viewer)
    ways = [(year, programme) for year in product.payment_years(register) for programme in product.programmes(register)]
    for n, way in enumerate(ways):
        ask = asks[("sv", "en")[n % 2]]
        key = "/".join(["composed/eu", *map(str, way), ask.say.language])
        yield from content_texts(key, ask, product.compose_portfolio(ask, *way, None))


def content_texts(key: str, ask: product.Ask, content: product.Content) -> Found:
    """The page's words under the key, each block's under one of its own, each picture's under a third."""
    figures = [[figure.label, figure.value, figure.note] for figure in content.figures]
    words = {"answer": content.answer, "provenance": content.provenance, "figures": figures}
    yield key, text_of(words | {"notices": content.notices, "blocks": [block.key for block in content.all_blocks(ask)]})
    for block in content.all_blocks(ask):
        table = block.table or product.Table((), ())
        words = {"headline": block.headline, "alt": block.alt, "note": block.note + block.reading, "wide": block.wide}
        columns = [[column.heading, column.numeric] for column in table.columns]
        told = {"columns": columns, "written": table.written(ask.say), "values": table.plain()}
        yield f"{key} {block.key}", text_of(words | told)
        if block.drawing is not None:
            yield f"{key} {block.key} drawing", str(block.drawing)
        if block.figure is not None:
            yield f"{key} {block.key} picture", text_of(json.loads(block.figure.to_json()))


def downloads(key: str, ask: product.Ask, content: product.Content) -> Found:
    """The table of each block that has one, as it is drawn, and its files."""
    for block in product.files_of(ask, content):
        with pytest.MonkeyPatch.context() as monkeypatch:
            shown = product.drawn_with_files(monkeypatch, ask, block, content.provenance)
        files = {name: file_text(data, Path(name).suffix) for name, data in shown.files.items()}
        yield f"{key} {block.key}", text_of({"html": shown.html_parts, "files": files})


def drawn(store: Path, first: str, only: str = "") -> Found:
    """Every page in every way with one choice off, languages in turn from this one on; of the pages whose keys
    may begin with `only`."""
    os.environ["KVALITET_STORE"] = str(store)
    logging.disable(logging.WARNING)  # Streamlit's, that nobody looks at what is drawn
    asks = product.ask_of(store)
    order = [asks[first], *(ask for language, ask in asks.items() if language != first)]
    wanted = only.removeprefix("drawn/").partition("/")[0]
    for path, page in product.MENU.items():
        if path != GRIDS and path.startswith(wanted):
            for key, told in product.take_everything(page, path, order, 1).items():
                yield f"drawn/{key.replace('?', '/', 1)}", text_of(_readable(json.loads(told)))
    if not GRIDS.startswith(wanted):
        return
    register = product.funding(asks[first].view, asks[first].viewer)
    for project in (None, *(project.id for project in register.projects[::4])):
        yield f"drawn/{GRIDS}/{project} {first}", grids(first, project)


def grids(language: str, project: str | None) -> str:
    """The register's page as the app runs it: what it says, and what stands in its tables."""
    running = AppTest.from_file(product.app.__file__, default_timeout=120)
    running._bidi_component_manager = product.NO_COMPONENTS
    running._page_hash = calc_hash(GRIDS)
    running.query_params.update({"lang": language} | ({"project": project} if project else {}))
    running.run()
    tables = [json.loads(table.value.to_json(orient="split")) for table in running.dataframe]
    return text_of({"said": product.said(running), "tables": tables})


def _readable(value: object) -> object:
    """What was sent to the browser is written as protocol buffers write: letters as octal numbers, quotes escaped."""
    match value:
        case list():
            return [_readable(inner) for inner in value]
        case str():
            text = OCTAL.sub(lambda found: bytes(int(o, 8) for o in found[0].split("\\")[1:]).decode(), value)
            return text.replace(r"\n", "\n").replace(r"\"", '"').replace(r"\'", "'")
    return value
