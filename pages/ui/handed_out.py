"""Files that are made at a click: handed to who clicked, for a minute, while the page is open, and to nobody else.

Streamlit keeps a file under an address made of what is in it, and gives it to whoever asks there, for as long as the
session may come back. Here an address is good for the browser whose session had the file made, which shows the cookie
that it came with (pages/ui/guard.py gives it one).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from time import monotonic

from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime import get_instance
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

COOKIE = "kd_visit"  # which browser this is; nothing is kept of it but while its pages are open
SECONDS = 60.0  # from the click until the browser has begun to fetch
NOT_OFFERED = "this page offers no such file"  # to whoever makes up requests: a page asks for what it offers

Came = Callable[[str], str | None]
"""A session's id -> the cookie that it came with; None where it is not connected any more."""


def came_with(session_id: str) -> str | None:
    client = get_instance().get_client(session_id)
    context = client.client_context if client else None
    return context.cookies.get(COOKIE) if context else None


@dataclass
class HandedOut:
    """Which files were made for which sessions, each with the time until which it may be fetched."""

    came: Came = came_with
    now: Callable[[], float] = monotonic
    _until: dict[tuple[str, str], float] = field(default_factory=dict)  # (where it is, session) -> until

    def hand(self, at: str, session_id: str) -> None:
        now = self.now()
        self._until = {key: until for key, until in self._until.items() if until > now}
        self._until[at, session_id] = now + SECONDS

    def may_fetch(self, at: str, cookie: str | None) -> bool:
        """Whether the file at this address was made for a session that this browser has open."""
        now = self.now()
        open_to = [session for (path, session), until in self._until.items() if path == at and until > now]
        return bool(cookie) and any(self.came(session) == cookie for session in open_to)


HANDED_OUT = HandedOut()


def visit_of(headers: list[tuple[bytes, bytes]]) -> str | None:
    """The cookie that a request shows."""
    for name, value in headers:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                continue
            if found and found.value:
                return found.value
    return None


def hand_out_to_who_asked() -> None:
    """Has Streamlit make a file for the session alone whose page offers it, and notes that it was made for that one.
    It would make it for any session that names it."""
    if getattr(DeferredFileHandler.handle, "asks_who", False):
        return
    make = DeferredFileHandler.handle

    async def handle(self, request, session_id):
        offered = get_instance().media_file_mgr._deferred_callables.get(request.deferred_file.file_id)
        if offered is None or offered["session_id"] != session_id:
            return BackendOperationResponse(request_id=request.request_id, error_msg=NOT_OFFERED)
        made = await make(self, request, session_id)
        if made.HasField("deferred_file"):
            HANDED_OUT.hand(made.deferred_file.url, session_id)
        return made

    handle.asks_who = True
    DeferredFileHandler.handle = handle
