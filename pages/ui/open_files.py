"""The open data at stable addresses, for anybody and without sign-in, where the city has said that they are open.

They are made once a version, ahead or at the first ask, by a process apart, in a folder of this one's own that goes
when it ends; a file is sent from there. One asks at a time: whoever comes meanwhile waits without holding up the pages.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from analytics.model.errors import KvalitetError
from analytics.opendata.folder import CATALOGUE
from analytics.opendata.making import made_apart
from analytics.opendata.publisher import Publisher, publisher
from analytics.opendata.rounds import open_rounds
from analytics.store.reading import View
from pages.ui import access
from pages.ui.content import Ask

KINDS = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".duckdb": "application/vnd.duckdb",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".txt": "text/plain",
}
TAKEN_ALONG = frozenset({".csv", ".parquet", ".duckdb"})  # saved by a browser, under a name that says the version
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
NOT_OPEN = "The open data are not open, or there is no such file."


class OpenFiles:
    """The open data of the latest version that was asked for, and those of the one before, which may be on their way to
    somebody still."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: dict[tuple[Path, int, Publisher, str], tuple[TemporaryDirectory[str], tuple[str, ...]]] = {}

    def of(self, view: View, by: Publisher) -> tuple[Path, tuple[str, ...]]:
        """The folder that they lie in, and the files there by their paths below it. Raises StoreBroken or OSError."""
        key = (view.path, view.number, by, open_rounds(view).scope)
        with self._lock:
            if key not in self._made:
                folder = TemporaryDirectory(prefix="kvalitet-open-", ignore_cleanup_errors=True)
                self._made[key] = folder, made_apart(view.path.parent, view.number, Path(folder.name))
                for old in list(self._made)[:-2]:
                    self._made.pop(old)[0].cleanup()
            folder, paths = self._made[key]
        return Path(folder.name), paths


OPEN_FILES = OpenFiles()


def make_ahead(ask: Ask) -> None:
    """Makes them before anybody asks, where they are open: a portal that comes at night need not wait."""
    by = publisher(os.environ)
    if by.is_open:
        OPEN_FILES.of(ask.view, by)


ONE = anyio.CapacityLimiter(1)


def subject_name(path: str, version: int) -> str:
    """What a file is called when it is saved: results-2025.csv is kvalitetsdialog-results-2025-v3.csv."""
    name = Path(path)
    stem = name.stem.replace("_", "-")
    return f"{stem if stem.startswith('kvalitetsdialog') else f'kvalitetsdialog-{stem}'}-v{version}{name.suffix}"


def _found(path: str) -> tuple[Path, int] | None:
    """The file and its version; None where it is not open. Only what was written there is looked for."""
    by = publisher(os.environ)
    if not by.is_open:
        return None
    view = access.open_view()
    folder, paths = OPEN_FILES.of(view, by)
    return (folder / path, view.number) if path in paths else None


async def _open_file(request: Request) -> Response:
    path = request.path_params["path"]
    if not path:
        return RedirectResponse("../oppna-data")  # the page, with a slash too much
    try:
        found = await anyio.to_thread.run_sync(_found, path, limiter=ONE)
    except (KvalitetError, OSError):
        return PlainTextResponse("The open data cannot be made now.", status_code=503, headers={"Retry-After": "60"})
    if not found:
        return PlainTextResponse(NOT_OPEN, status_code=404)
    file, version = found
    name = subject_name(path, version) if file.suffix in TAKEN_ALONG else None
    return FileResponse(file, media_type=KINDS[file.suffix], filename=name, headers=FOR_ALL)


async def _thing(_: Request) -> Response:
    """What the catalogue calls something leads to the catalogue, which says what it is."""
    return RedirectResponse(f"../{CATALOGUE}", status_code=303, headers=FOR_ALL)


ROUTES = [Route("/oppna-data/id/{name}", _thing), Route("/oppna-data/{path:path}", _open_file)]
