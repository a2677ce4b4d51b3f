"""The server around the pages: Swedish from the first byte, security headers, warm before the first visitor."""

import re
from contextlib import asynccontextmanager

import anyio
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SwedishPage:
    """Marks the HTML page as Swedish (Streamlit says English) and adds the security headers to every answer."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = None

        async def answer(message):
            nonlocal started
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
                if MutableHeaders(scope=message).get("content-type", "").startswith("text/html"):
                    started = message  # held back until the body is known: its length changes
                    return
            elif started is not None and message["type"] == "http.response.body":
                if b"<html" in message.get("body", b""):
                    message = {
                        **message,
                        "body": re.sub(rb'<html lang="\w+"', b'<html lang="sv"', message["body"], count=1),
                    }
                    headers = MutableHeaders(scope=started)
                    if "content-length" in headers and not message.get("more_body"):
                        headers["content-length"] = str(len(message["body"]))
                await send(started)
                started = None
            await send(message)

        await self.app(scope, receive, answer)


def warm() -> None:
    """Does what the first visitor would wait for: imports, the store opened, the first pages composed."""
    from analytics.model import KvalitetError
    from pages.quality import overview
    from pages.ui import access

    try:
        asked = access.ask("sv")
        for found in asked.catalogue.rounds[-1:]:
            access.composed(overview.compose, asked, found.framework, found.year)
    except KvalitetError:
        return  # no store yet: the pages say so themselves


@asynccontextmanager
async def lifespan(_):
    # Until st.navigation has run once, Streamlit takes the folder pages/ for its own old way of finding pages, and
    # greets a deep link into a cold server with "Page not found".
    PagesManager.uses_pages_directory = False
    await anyio.to_thread.run_sync(warm)
    yield


MIDDLEWARE = [Middleware(SwedishPage)]
