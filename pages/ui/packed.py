"""Streamlit's own files as a browser can keep them: packed with Brotli once a process, and never asked for again.

Streamlit sends its scripts as they are (7.6 MB before the first picture, of which Plotly is 4.7). Their names hold a
digest of what is in them, so what has been fetched once need not be fetched anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import anyio.to_thread
import brotli
import streamlit

from pages.ui.smaller_plotly import smaller

STATIC = Path(streamlit.__file__).parent / "static" / "static"
UNDER = "/static/"
KINDS = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
QUALITY = 7  # of 11: a twentieth of the time of the best, and a tenth more to send
UNCHANGING = b"public, max-age=31536000, immutable"
FOR_A_DAY = b"public, max-age=86400"
VARIES = (b"vary", b"accept-encoding")


NAMES = frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.suffix in KINDS)
"""The files by their paths below the folder: nothing else is read, whatever an address says."""
PLOTLY = next((name for name in sorted(NAMES) if name.startswith("js/PlotlyChart.")), None)
"""The script that every page with a picture needs, and that a browser else hears of last. Less is sent than its name
tells of (pages/ui/smaller_plotly.py): it is kept for a day, and asked for again."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it is sent."""

    body: bytes
    tag: bytes


class PackedFiles:
    """Answers for Streamlit's scripts and style sheets, to browsers that take Brotli; all else is passed on, but for
    the one script of which less is sent."""

    def __init__(self, app):
        self.app = app
        self.kept: dict[tuple[str, bool], SentFile] = {}

    async def __call__(self, scope, receive, send):
        name = _named(scope)
        if name is None:
            await self.app(scope, receive, send)
            return
        packed = b"br" in _told(scope, b"accept-encoding")
        if not packed and name != PLOTLY:
            await self.app(scope, receive, _saying_that_it_varies(send))
            return
        if (name, packed) not in self.kept:
            self.kept[name, packed] = await anyio.to_thread.run_sync(to_send, name, packed)
        kept = self.kept[name, packed]
        headers = [
            (b"content-type", KINDS[Path(name).suffix]),
            (b"content-length", str(len(kept.body)).encode()),
            (b"cache-control", FOR_A_DAY if name == PLOTLY else UNCHANGING),
            (b"etag", kept.tag),
            VARIES,
        ]
        if packed:
            headers.append((b"content-encoding", b"br"))
        if kept.tag in _told(scope, b"if-none-match"):
            unchanged = [header for header in headers if not header[0].startswith(b"content-")]
            await send({"type": "http.response.start", "status": 304, "headers": unchanged})
            await send({"type": "http.response.body"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else kept.body})


def _named(scope) -> str | None:
    """The name of one of the files, where it is asked for."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    name = scope["path"].rpartition(UNDER)[2]
    return name if name in NAMES else None


def _told(scope, header: bytes) -> bytes:
    return b",".join(value for name, value in scope["headers"] if name == header)


def _saying_that_it_varies(send):
    """A proxy that keeps what it has fetched would else hand this to those too who could have had it packed."""

    async def sent(message):
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], VARIES]}
        await send(message)

    return sent


def to_send(name: str, packed: bool) -> SentFile:
    body = (STATIC / name).read_bytes()
    if name == PLOTLY:
        body = smaller(body.decode()).encode()
    if packed:
        body = brotli.compress(body, quality=QUALITY)
    return SentFile(body, b'"%s"' % sha256(body).hexdigest()[:20].encode())
