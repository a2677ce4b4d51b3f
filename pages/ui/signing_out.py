"""Who goes out by the address, not by the button, has gone out all the same: everywhere, and it is written down.

Streamlit takes the cookie from the browser at that address and does nothing more. Another site's page may not send
anybody there.
"""

from __future__ import annotations

from contextlib import suppress

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from analytics.model.errors import KvalitetError
from pages.ui import access
from pages.ui.guarded import of_cookie

OUT = "/auth/logout"


class Leaves:
    """Ends the sign-in of whoever comes to the way out."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["path"].rstrip("/").endswith(OUT) and access.asks_who():
            if Headers(scope=scope).get("sec-fetch-site") in ("cross-site", "same-site"):
                await PlainTextResponse("Sign out on the page itself.", status_code=403)(scope, receive, send)
                return
            with suppress(KvalitetError):  # of nobody there is nothing to end
                await anyio.to_thread.run_sync(access.leave, of_cookie(Request(scope)))
        await self.app(scope, receive, send)
