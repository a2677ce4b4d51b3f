"""Which of several processes has a browser's pages: it says so by a cookie, by which the proxy brings the browser back
to it (analytics/serving/nginx.conf). What a page offers for fetching is held by that process alone.

It is said where a page asks whether the server is well, which each does before it opens its connection, and where one
is opened: so a process that takes over for another keeps who has come to it.
"""

from __future__ import annotations

import os

from starlette.requests import Request

COOKIE = "kd_seat"
SEAT = "KVALITET_SEAT"  # set by `kvalitet serve` for each of several processes: 1, 2 ...


def seat_cookie(scope) -> list[tuple[bytes, bytes]]:
    """The headers by which the answer says it: none where there is one process, or the browser knows."""
    seat = os.environ.get(SEAT, "")
    if not seat or Request({**scope, "type": "http"}).cookies.get(COOKIE) == seat:
        return []
    secure = "; Secure" if scope["scheme"] in ("https", "wss") else ""
    return [(b"set-cookie", f"{COOKIE}={seat}; Path=/; HttpOnly; SameSite=Lax{secure}".encode())]
