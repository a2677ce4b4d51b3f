"""Takes a snapshot in two processes, by pieces."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.snapshot.book import Row, packed, write
from tests.snapshot.texts import hash_of

PROCESSES = 2
PIECES = (("drawn", "sv"), ("drawn", "en"), ("composed", "sv"), ("export", "sv"), ("export", "en"))
"""What is taken and in which language (of `drawn`: first). The longest first. A piece's keys begin with its name; those
of files on pages come with what is composed."""

LOADER = "snapshot"


def take(file: Path, store: Path | None, folder: Path, only: str = "") -> int:
    """Writes the file; returns how many keys it has. Without a store a demo store is built in the folder. `only`: keys
    that begin so; what has none of them is not asked."""
    file.parent.mkdir(parents=True, exist_ok=True)  # now, and not when all has been taken
    os.environ |= {"LOGNAME": LOADER, "OPENBLAS_NUM_THREADS": "1"}
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        at = store.resolve() if store else pool.submit(built, folder / "store").result()
        wanted = only.partition("/")[0].replace("downloads", "composed")
        pieces = [
            pool.submit(rows_of, what, language, at, only) for what, language in PIECES if what.startswith(wanted)
        ]
        return write(file, (row for piece in as_completed(pieces) for row in piece.result()))


def built(folder: Path) -> Path:
    from tests.snapshot import product

    return product.build_store(folder)


def rows_of(what: str, language: str, store: Path, only: str) -> list[Row]:
    """The piece's rows. Runs in a process of its own."""
    return [
        packed(key, text, hash_of(text)) for key, text in _found(what, language, store, only) if key.startswith(only)
    ]


def _found(what: str, language: str, store: Path, only: str) -> Iterator[tuple[str, str]]:
    os.environ["KVALITET_LANG"] = language  # read where the command is imported: hence the imports below
    from tests.snapshot import exports, pages, product
    from tests.snapshot.clock import stand_still

    stand_still(product.OF_CODE)
    match what:
        case "composed":
            return pages.composed(store)
        case "drawn":
            return pages.drawn(store, language, only)
    return exports.take(store, language, only)
