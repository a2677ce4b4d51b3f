"""Streamlit's own files as a browser can keep them: packed with Brotli once a process, and never asked for again.

Streamlit sends its scripts as they are (7.6 MB before the first picture, of which Plotly is 4.7). Their names hold a
digest of what is in them, so what has been fetched once need not be fetched anew.
"""

from __future__ import annotations

from pathlib import Path

import anyio.to_thread
import brotli
import streamlit

STATIC = Path(streamlit.__file__).parent / "static" / "static"
UNDER = "/static/"
KINDS = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
QUALITY = 7  # of 11: a twentieth of the time of the best, and a tenth more to send
UNCHANGING = b"public, max-age=31536000, immutable"
VARIES = (b"vary", b"accept-encoding")


NAMES = frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.suffix in KINDS)
"""The files by their paths below the folder: nothing else is read, whatever an address says."""


class PackedFiles:
    """Answers for Streamlit's scripts and style sheets, to browsers that take Brotli; all else is passed on."""

    def __init__(self, app):
        self.app = app
        self.packed: dict[str, bytes] = {}

    async def __call__(self, scope, receive, send):
        name = _named(scope)
        if name is None:
            await self.app(scope, receive, send)
            return
        if not _takes_brotli(scope):
            await self.app(scope, receive, _saying_that_it_varies(send))
            return
        if name not in self.packed:
            self.packed[name] = await anyio.to_thread.run_sync(pack, name)
        body = self.packed[name]
        headers = [
            (b"content-type", KINDS[Path(name).suffix]),
            (b"content-encoding", b"br"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", UNCHANGING),
            VARIES,
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _named(scope) -> str | None:
    """The name of one of the files, where it is asked for."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    name = scope["path"].rpartition(UNDER)[2]
    return name if name in NAMES else None


def _takes_brotli(scope) -> bool:
    return b"br" in b"".join(value for header, value in scope["headers"] if header == b"accept-encoding")


def _saying_that_it_varies(send):
    """A proxy that keeps what it has fetched would else hand this to those too who could have had it packed."""

    async def sent(message):
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], VARIES]}
        await send(message)

    return sent


def pack(name: str) -> bytes:
    return brotli.compress((STATIC / name).read_bytes(), quality=QUALITY)


def plotly_script() -> str | None:
    """The script that every page with a picture needs, and that a browser else hears of last."""
    return next((name for name in sorted(NAMES) if name.startswith("js/PlotlyChart.")), None)
