"""The address that somebody asked for survives their signing in: Streamlit takes everybody to the start.

On the way to the provider it is kept in a cookie of the browser's, for as long as that may take, and on the way back it
stands in place of the start. It is an address within the product, or none.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

COOKIE = "kd_then"
TEN_MINUTES = 600
LEAVING, RETURNING = "/auth/login", "/oauth2callback"
OURS = re.compile(r"(/|(/[\w\-][\w\-.]*)+/?)(\?[\w\-.~%&=+,:;!*'()/@]*)?", re.ASCII)


class ComesBack:
    """Keeps the address on the way out, and goes to it on the way in."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        path = scope["path"] if scope["type"] == "http" else ""
        if not path.endswith((LEAVING, RETURNING)):
            await self.app(scope, receive, send)
            return
        headers, cookies = Headers(scope=scope), Request(scope).cookies

        async def answer(message):
            if message["type"] == "http.response.start" and message["status"] in (302, 303, 307):
                said = MutableHeaders(scope=message)
                if path.endswith(LEAVING) and (then := _asked_for(headers)):
                    said.append("set-cookie", _cookie(quote(then, safe=""), TEN_MINUTES))
                elif path.endswith(RETURNING) and COOKIE in cookies:
                    then, goes = unquote(cookies[COOKIE]), said.get("location", "")
                    if goes.endswith("/") and not urlsplit(goes).netloc and OURS.fullmatch(then):
                        said["location"] = then
                    said.append("set-cookie", _cookie("", 0))
            await send(message)

        await self.app(scope, receive, answer)


def _asked_for(headers: Headers) -> str | None:
    """The page that the browser comes from, as it stood in its address bar; None where that is none of ours."""
    came = urlsplit(headers.get("referer", ""))
    then = came.path + (f"?{came.query}" if came.query else "")
    return then if came.netloc == headers.get("host") and OURS.fullmatch(then) else None


def _cookie(value: str, seconds: int) -> str:
    return f"{COOKIE}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax"  # and Secure: response_headers.py
