"""Large drawings as files: a page sends the address of one, and the browser fetches what it does not have already.

An address is the digest of what is there: a page that is drawn again, or that somebody comes back to, sends a line in
place of a hundred kilobytes. Whoever has the address can fetch the drawing, and only who has been shown it, or has all
of it, can know that; there is no list. Where people sign in, the address is not enough (pages/ui/guarded.py). What a
version has let go of is gone when the latest drawings have pushed it out, or the server is started anew.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

import anyio.to_thread
import brotli
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.ui.guarded import may_fetch, show_to_whoever_asks
from pages.ui.weighed import Weighed

LARGE = 4000  # characters from which a drawing is worth a request of its own
KEPT = 80_000_000  # bytes of drawings: those of all schools of a city in two languages and some rounds
QUALITY = 5  # of Brotli's 11: a drawing of 90 kB becomes 9, in 3 ms
A_DAY = {
    "Cache-Control": "private, max-age=86400, immutable",  # as these are figures, on devices that others use too
    "Vary": "Accept-Encoding",
}


NOTED: ContextVar[list[str] | None] = ContextVar("noted", default=None)
"""Where somebody notes which drawings are told of (pages/ui/replayed.py)."""


@dataclass(slots=True)
class Kept:
    """A drawing, and how it is sent once somebody has asked for it."""

    drawing: str
    digest: str
    packed: bytes = b""

    def pack(self) -> bytes:
        if not self.packed:
            self.packed = brotli.compress(self.drawing.encode(), mode=brotli.MODE_TEXT, quality=QUALITY)
        return self.packed


class Drawings:
    """The drawings that browsers were told the addresses of, the latest, up to so many bytes. They are the texts that
    composed pages hold, no copies, so that they cost no memory and are looked up by their kept hash."""

    def __init__(self, most: int = KEPT):
        self._by_drawing: Weighed[str, Kept] = Weighed(most, lambda kept: len(kept.drawing))
        self._by_digest: dict[str, Kept] = {}
        self._lock = Lock()

    def keep(self, drawing: str) -> str:
        """Where it can be fetched, from now on."""
        if (noted := NOTED.get()) is not None:
            noted.append(drawing)
        with self._lock:
            if found := self._by_drawing.find(drawing):
                (kept,) = found
            else:
                kept = Kept(drawing, sha256(drawing.encode()).hexdigest()[:32])
                self._by_digest[kept.digest] = kept
                for gone in self._by_drawing.keep(drawing, kept):
                    del self._by_digest[gone.digest]
        at = address(kept.digest)
        show_to_whoever_asks(at)
        return at

    def find(self, digest: str) -> Kept | None:
        return self._by_digest.get(digest)


DRAWINGS = Drawings()


def address(digest: str) -> str:
    return f"./kd/drawn/{digest}.txt"


async def _drawing(request: Request) -> Response:
    """The drawing, packed where the browser can unpack it; 404 where it is no longer kept. As plain text: it is a part
    of a page, and nothing that runs if somebody opens its address."""
    digest = request.path_params["digest"]
    kept = DRAWINGS.find(digest)
    if kept is None or not may_fetch(request, address(digest)):
        return PlainTextResponse("", status_code=404, headers={"Cache-Control": "no-store"})
    if "br" not in request.headers.get("accept-encoding", ""):
        return PlainTextResponse(kept.drawing, headers=A_DAY)
    packed = await anyio.to_thread.run_sync(kept.pack)
    return PlainTextResponse(packed, headers=A_DAY | {"Content-Encoding": "br"})


ROUTES = [Route("/kd/drawn/{digest}.txt", _drawing)]
