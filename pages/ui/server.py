"""The server around the pages: Swedish from the first byte, security headers, warm before the first visitor."""

import logging
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs

import anyio
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, runtime
from streamlit.runtime.pages_manager import PagesManager

from analytics.maturity.all_owners import of_owners
from analytics.model.errors import KvalitetError
from analytics.store.strays import clear_when_free
from analytics.words.language import LANGUAGES
from pages.ui import access
from pages.ui.at_once import note_connection, send_at_once
from pages.ui.coming_back import ComesBack
from pages.ui.content import Ask
from pages.ui.guard import Guard
from pages.ui.handed_out import hand_out_to_who_asked
from pages.ui.packed import PackedFiles
from pages.ui.recalling import RECALLED
from pages.ui.response_headers import told
from pages.ui.sent_values import look_at_what_is_sent
from pages.ui.served import HEAD
from pages.ui.signing_out import Leaves
from pages.ui.turn import BREATH, TURN, Settling, behind
from pages.ui.whose import owners, whole_store

LOOK_AGAIN = 10.0  # seconds until a new version of the data is noticed and made warm


class PageHeaders:
    """Marks the HTML page with its language (Streamlit always says English), names our own style sheet and script
    in it, and adds what every answer tells the browser."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            note_connection(scope, send)
            await self.app(scope, receive, send)
            return
        said = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
        language = (said if said in LANGUAGES else LANGUAGES[0]).encode()
        if not PurePosixPath(scope["path"]).suffix:  # a page: packed, its language could not be seen to
            unpacked = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
            scope = {**scope, "headers": unpacked}
        started = None

        async def answer(message):
            nonlocal started
            if message["type"] == "http.response.start":
                told(message, by_tls=scope["scheme"] == "https")
                if MutableHeaders(scope=message).get("content-type", "").startswith("text/html"):
                    started = message  # held back until the body is known: its length changes
                    return
            elif started is not None and message["type"] == "http.response.body":
                if b"<html" in message.get("body", b""):
                    body = re.sub(rb'<html lang="\w+"', b'<html lang="%s"' % language, message["body"], count=1)
                    message = {**message, "body": body.replace(b"</head>", HEAD + b"</head>", 1)}
                    headers = MutableHeaders(scope=started)
                    if "content-length" in headers and not message.get("more_body"):
                        headers["content-length"] = str(len(message["body"]))
                await send(started)
                started = None
            await send(message)

        await self.app(scope, receive, answer)


def quicken() -> None:
    """Two things of Streamlit's own that cost more than they need; tests/pages/test_together.py tells if they are gone.

    After sending some of a run's messages it waits before it sends more, so that what is drawn and at once replaced is
    not seen; ours come together. And for every run it reads the theme, which does not change, option by option.
    """
    runtime.MESSAGE_FLUSH_INTERVAL_SECS = 0.001
    send_at_once()
    read = app_session._populate_theme_msg
    themes: dict[str, CustomThemeConfig] = {}

    def kept(theme: CustomThemeConfig, section: str = "theme") -> None:
        if section not in themes:
            themes[section] = CustomThemeConfig()
            read(themes[section], section)
        if themes[section].ByteSize():  # an empty part is not the same as none
            theme.MergeFrom(themes[section])

    app_session._populate_theme_msg = kept  # ty: ignore[invalid-assignment]


Visits = Callable[[Ask], Iterable[tuple]]
"""A page's likely visits in a version: (compose, ask, *parameters) each, as `access.composed` takes them."""


def kept_warm(pages: Sequence[Visits]) -> Callable:
    """A lifespan for the server that composes the pages' likely visits ahead, again whenever a version is published. It
    takes away what a load that was killed has left, too."""

    stopped, settling = threading.Event(), Settling()

    def warm() -> None:
        try:
            clear_when_free(Path(access.store_folder()))
            if there := owners():
                # As many cities' pages as there are owners: each is composed when it is asked for. What the start page
                # looks through is read here, as it would hold everybody's turn up.
                for _ in of_owners(Path(whole_store()), there):
                    if stopped.wait(BREATH):
                        return
                return
            asked = access.ahead(LANGUAGES[0])
            for visits in pages:
                for compose, asks, *parameters in visits(asked):
                    known = access.composed.kept.made
                    access.composed(compose, asks, *parameters)  # costs nothing where it has been composed already
                    if access.composed.kept.made > known:
                        settling.keep()
                        TURN.stand_back()
                        if stopped.wait(BREATH):
                            return
        except KvalitetError:
            return  # no store yet, or a broken one: the pages say so themselves
        except Exception:  # a fault of ours in one page must not keep the others from being served
            logging.getLogger("kvalitetsdialog").exception("a page could not be composed ahead")

    def look() -> None:
        with behind():
            warm()
        settling.when_quiet()

    async def keep_warm() -> None:
        while True:
            await anyio.to_thread.run_sync(look)
            await anyio.sleep(LOOK_AGAIN)

    @asynccontextmanager
    async def lifespan(_):
        # Until st.navigation has run once, Streamlit takes the folder pages/ for its own old way of finding pages, and
        # greets a deep link into a cold server with "Page not found".
        PagesManager.uses_pages_directory = False
        quicken()
        settling.begin()
        hand_out_to_who_asked()
        look_at_what_is_sent()
        await anyio.to_thread.run_sync(RECALLED.look, Path(whole_store()))
        stopped.clear()
        async with anyio.create_task_group() as background:
            background.start_soon(keep_warm)
            yield
            stopped.set()
            background.cancel_scope.cancel()

    return lifespan


MIDDLEWARE = [Middleware(each) for each in (PageHeaders, ComesBack, Guard, Leaves, PackedFiles)]
