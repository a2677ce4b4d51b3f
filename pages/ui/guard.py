"""What is asked of the server, and refused before anything else sees it.

Of Streamlit's own addresses only those are open that the pages use; everything that would take something in is closed.
Who asks by another name than the server's, or from another site's page, gets nothing.
"""

from __future__ import annotations

from ipaddress import ip_address
from secrets import token_hex, token_urlsafe
from urllib.parse import urlsplit

import anyio
from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from pages.ui.connections import BEHIND, CONNECTIONS, Pace, whose
from pages.ui.guarded import may_fetch
from pages.ui.handed_out import COOKIE, HANDED_OUT, visits_of
from pages.ui.leaving import LEAVING
from pages.ui.seats import seat_cookie

CORE = "/_stcore/"
OPEN = frozenset({"health", "host-config", "stream"})  # a browser asks for all three before it shows a page
INSIDE = frozenset({"metrics"})  # told to who is on the machine itself
ASKED_FOR = frozenset(
    {"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request", "file_urls_request"}
)
"""What a browser may ask over its connection. Else it could empty caches or be told of the program's repository."""
MADE_FOR = frozenset({"deferred_file", "dataframe_chunk"})  # of the operations
LEFT_FILES = "upload_file/"
MEGABYTE = 1024 * 1024
MOST_SAID = 32 * 1024  # bytes of an address and headers, as nginx has it; the server takes what comes in one piece
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


class Guard:
    """Passes on what may be asked, and gives a browser that has none the cookie by which its downloads know it."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "websocket":
            await self._connected(scope, receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif refusal := refused(scope):
            await PlainTextResponse(refusal[1], status_code=refusal[0])(scope, receive, send)
        else:
            await self.app(scope, receive, _with_cookie(scope, send))

    async def _connected(self, scope, receive, send) -> None:
        headers, says = Headers(scope=scope), seat_cookie(scope)
        if may_connect(scope, headers):
            if from_inside(scope, headers):
                await self.app(scope, _only_asked_for(receive, send), _saying(send, "websocket.accept", says))
                return
            with CONNECTIONS.one(*whose(scope)) as pace:
                if pace:
                    passed = _only_asked_for(receive, send, pace)
                    await self.app(scope, passed, _saying(send, "websocket.accept", says))
                    return
        await receive()
        await send({"type": "websocket.close", "code": 1008})  # before it is accepted: HTTP's 403


def may_connect(scope, headers: Headers) -> bool:
    """Whether a page that this server sent opens the connection; a browser always says where a page is from. A program
    on this machine need not say: the store lies beside it. From outside, who does not say gets nothing."""
    host, origin = headers.get("host", ""), headers.get("origin")
    if says_too_much(scope) or not is_host_allowed(host):
        return False
    if origin is None:
        return from_inside(scope, headers)
    page = urlsplit(origin)
    return page.scheme in ("http", "https") and page.netloc.lower() == host.lower()


def says_too_much(scope) -> bool:
    """Whether a request's address and headers are larger than any of ours."""
    address = len(scope.get("raw_path") or scope["path"]) + len(scope.get("query_string", b""))
    return address + sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_SAID


def may_be_asked(frame: bytes) -> bool:
    """Whether the pages ask for such a thing; what cannot be read is left to Streamlit, which ends the connection."""
    try:
        asked = BackMsg.FromString(frame)
    except DecodeError:
        return True
    what = asked.WhichOneof("type")
    return what in ASKED_FOR and (
        what != "backend_operation_request" or asked.backend_operation_request.WhichOneof("payload") in MADE_FOR
    )


def _only_asked_for(receive, send, pace: Pace | None = None):
    """Passes on what is asked for, no quicker than at the `pace`; who will not be slowed down is cut off."""
    held = 0.0

    async def received():
        nonlocal held
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            wait = pace.wait() if pace else 0.0
            held = held + wait if wait else 0.0
            if held > BEHIND:
                await send({"type": "websocket.close", "code": 1008})
                return {"type": "websocket.disconnect", "code": 1008}
            await anyio.sleep(wait)  # also none: of messages that are here already, others come in between
            if may_be_asked(message.get("bytes") or b""):
                return message

    return received


def refused(scope) -> tuple[int, str] | None:
    """Status and reason; None where the request is passed on."""
    headers = Headers(scope=scope)
    if says_too_much(scope):
        return 431, "The address and headers are too long."
    if not is_host_allowed(headers.get("host")):
        return 421, "This server is not known by that name: server.allowedHosts says by which it is."
    path = scope["path"].removeprefix(_base())
    core = path.removeprefix(CORE) if path.startswith(CORE) else ""
    if core.startswith(LEFT_FILES):
        return _refused_file(scope, headers, core.removeprefix(LEFT_FILES))
    if scope["method"] not in ("GET", "HEAD"):
        return 405, "Nothing is taken in here."
    if path.startswith("/media/"):
        at = scope["path"]
        made_for = HANDED_OUT.may_fetch(at, visits_of(scope["headers"])) and may_fetch(
            Request(scope), had=HANDED_OUT.roles_then(at), folder=HANDED_OUT.store_of(at)
        )
        return None if made_for else (404, "Ask for the file on its page.")
    if core in INSIDE and from_inside(scope, headers):
        return None
    if core not in OPEN and (path.startswith((CORE, "/component/"))):
        return 404, "There is nothing here."
    return None


def from_inside(scope, headers: Headers) -> bool:
    """Whether somebody on this machine asks, and nobody through a proxy on it."""
    try:
        loopback = ip_address((scope.get("client") or [""])[0]).is_loopback
    except ValueError:
        return False
    return loopback and not any(name in headers for name in FORWARDED)


def _refused_file(scope, headers: Headers, place: str) -> tuple[int, str] | None:
    """A file is taken from a browser whose page asks for one, and where it says beforehand that it is not too large.
    `place`: the session's id, and the file's."""
    session_id = place.partition("/")[0]
    if not LEAVING.may(session_id, visits_of(scope["headers"])):
        return 404, "No page of yours takes files."
    if scope["method"] != "PUT":
        return None if scope["method"] == "DELETE" else (405, "A file is left with PUT.")
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return 411, "How long is it?"
    if int(length) > (config.get_option("server.maxUploadSize") + 1) * MEGABYTE:  # with what a form has around it
        return 413, "The file is too large."
    if not LEAVING.has_room(session_id, place, int(length)):
        return 429, "That is more than can be left at once."
    return None


def _with_cookie(scope, send):
    """Every page asks whether the server is well before it opens its connection: it has the cookies from then on."""
    if scope["path"] != f"{_base()}{CORE}health":
        return send
    cookies = seat_cookie(scope)
    if not visits_of(scope["headers"]):
        cookie = f"{COOKIE}{token_hex(4)}={token_urlsafe(24)}; Path=/; HttpOnly; SameSite=Lax"
        cookies.append((b"set-cookie", cookie.encode()))
    return _saying(send, "http.response.start", cookies)


def _saying(send, when: str, headers: list[tuple[bytes, bytes]]):
    """Adds the headers to the message of an answer that has them."""
    if not headers:
        return send

    async def sent(message):
        if message["type"] == when:
            message = {**message, "headers": [*message.get("headers", ()), *headers]}
        await send(message)

    return sent


def _base() -> str:
    base = config.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""
