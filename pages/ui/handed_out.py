"""Files that are made at a click: handed to who clicked, for a minute, while the page is open, and to nobody else.

Streamlit keeps a file under an address made of what is in it, and gives it to whoever asks there, for as long as the
session may come back. Here an address is good for the browser whose session had the file made, which shows a cookie
that it came with (pages/ui/guard.py gives it one). Each is given under a name of its own: a browser that asks twice
before it has any, as one that opens two tabs at once, has both then, and none takes the other's place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from time import monotonic

from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime import get_instance
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

from analytics.model.people import RoleRow
from pages.ui import access
from pages.ui.role_rows import everybodys_roles
from pages.ui.whose import in_store

COOKIE = "kd_visit_"  # with what follows it, which browser this is; nothing is kept of it but while its pages are open
SECONDS = 60.0  # from the click until the browser has begun to fetch
NOT_OFFERED = "this page offers no such file"  # to whoever makes up requests: a page asks for what it offers

Came = Callable[[str], frozenset[str]]
"""A session's id -> the cookies that it came with; none where it is not connected any more."""


def came_with(session_id: str) -> frozenset[str]:
    client = get_instance().get_client(session_id)
    context = client.client_context if client else None
    return visits(context.cookies) if context else frozenset()


@dataclass
class HandedOut:
    """Which files were made for which sessions, each with the time until which it may be fetched."""

    came: Came = came_with
    now: Callable[[], float] = monotonic
    _until: dict[tuple[str, str], float] = field(default_factory=dict)  # (where it is, session) -> until
    _then: dict[str, tuple[RoleRow, ...]] = field(default_factory=dict)  # where it is -> everybody's roles at the click
    _of: dict[str, str] = field(default_factory=dict)  # where it is -> the store's folder that it was made of

    def hand(self, at: str, session_id: str, roles: tuple[RoleRow, ...] = (), folder: str = "") -> None:
        now = self.now()
        self._until = {key: until for key, until in self._until.items() if until > now}
        self._until[at, session_id] = now + SECONDS
        self._then = {path: then for path, then in self._then.items() if any(path == key for key, _ in self._until)}
        self._then[at] = roles
        self._of = {path: of for path, of in self._of.items() if path in self._then} | {at: folder}

    def roles_then(self, at: str) -> tuple[RoleRow, ...]:
        """The roles that people had when the file at this address was made: it is given to who has all of theirs
        still."""
        return self._then.get(at, ())

    def store_of(self, at: str) -> str:
        return self._of.get(at, "")

    def may_fetch(self, at: str, shown: frozenset[str]) -> bool:
        """Whether the file at this address was made for a session that the browser with these cookies has open."""
        now = self.now()
        open_to = [session for (path, session), until in self._until.items() if path == at and until > now]
        return any(self.came(session) & shown for session in open_to)


HANDED_OUT = HandedOut()


def visits_of(headers: list[tuple[bytes, bytes]]) -> frozenset[str]:
    """The cookies that a request shows."""
    for name, value in headers:
        if name == b"cookie":
            try:
                shown = visits({key: morsel.value for key, morsel in SimpleCookie(value.decode("latin-1")).items()})
            except CookieError:
                continue
            if shown:
                return shown
    return frozenset()


def visits(cookies: Mapping[str, str]) -> frozenset[str]:
    """Those by which a browser is known, of all that it has."""
    return frozenset(value for name, value in cookies.items() if name.startswith(COOKIE) and value)


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
            folder = getattr(offered["callable"], "folder", "")
            with in_store(folder):
                roles = everybodys_roles() if access.asks_who() else ()
            HANDED_OUT.hand(made.deferred_file.url, session_id, roles, folder)
        return made

    handle.asks_who = True  # ty: ignore[missing-attribute]
    DeferredFileHandler.handle = handle
