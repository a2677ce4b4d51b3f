"""What is fetched by an address of its own, beside the page: drawings, and files that are made for somebody.

Where people sign in, a drawing is given to those alone who were shown it, for as long as they may be here: the address
is not enough. A file is made for who may still be here when they click, which is written down; that nobody else gets it
is seen to by pages/ui/handed_out.py.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Collection
from threading import Lock

import streamlit as st
from starlette.requests import Request
from streamlit.web.server.starlette.starlette_auth_routes import _get_cookie_value_from_request as signed_cookie
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from analytics.model.errors import KvalitetError
from analytics.model.people import Did, Identity, RoleRow
from pages.ui import access, signed_in
from pages.ui.content import Ask
from pages.ui.signed_in import NotSignedIn, Person
from pages.ui.whose import in_store

MOST = 20_000  # that are remembered: (somebody, something that they were shown)


class ShownTo:
    """Who was shown what, the latest so many."""

    def __init__(self, most: int = MOST):
        self.most = most
        self._shown: OrderedDict[tuple[Identity, str], str] = OrderedDict()
        self._lock = Lock()

    def note(self, who: Identity, what: str, folder: str = "") -> None:
        """`folder`: the store that it was made of."""
        with self._lock:
            self._shown[who, what] = folder
            self._shown.move_to_end((who, what))
            while len(self._shown) > self.most:
                self._shown.popitem(last=False)

    def was(self, who: Identity, what: str) -> bool:
        return (who, what) in self._shown

    def store_of(self, who: Identity, what: str) -> str:
        return self._shown.get((who, what), "")


SHOWN_TO = ShownTo()


def show_to_whoever_asks(what: str) -> None:
    """Notes that the run's person is sent the address of it."""
    if access.asks_who():
        SHOWN_TO.note(signed_in.person().who, what, access.store_folder())


def may_fetch(request: Request, what: str = "", had: Collection[RoleRow] = (), folder: str = "") -> bool:
    """Whether whoever asks for it, by their cookie alone, may still be here and has been shown it, where it is
    something that is shown. `had`: the roles that people had when it was made: theirs must be so still; `folder`: the
    store that it was made of."""
    if not access.asks_who():
        return True
    try:
        person = of_cookie(request)
        access.still(person)
        with in_store(folder or SHOWN_TO.store_of(person.who, what)):
            rows = access.roles_of(person)
        reach = {(row.role, row.schools, row.administrations) for row in rows}
        as_then = all((row.role, row.schools, row.administrations) in reach for row in had if row.who == person.who)
        return bool(rows) and as_then and (not what or SHOWN_TO.was(person.who, what))
    except KvalitetError:
        return False


def download(
    ask: Ask,
    label: str,
    made: Callable[[], bytes],
    stem: str,
    suffix: str,
    media_type: str,
    *,
    key: str,
    version: int | None,
    quiet: bool = True,
) -> None:
    """A button that takes a file: the one place where there are any. It is made when it is asked for, if whoever asks
    may still be here, and it is written down who took it. It is called what it is about (`stem`: school, year,
    framework) and the `version` that its figures are of; None where it is the reader's own file come back. `quiet`: the
    page is not drawn anew."""
    name = f"{stem}{suffix}" if version is None else f"{stem}-v{version}{suffix}"
    made = _for_whoever_asks(ask, made, name) if access.asks_who() else made
    st.download_button(
        label, made, name, media_type, key=key, on_click="ignore" if quiet else "rerun", type="secondary"
    )


def _for_whoever_asks(ask: Ask, made: Callable[[], bytes], name: str) -> Callable[[], bytes]:
    person = signed_in.person()

    def checked() -> bytes:
        ask.viewer  # noqa: B018 - raises NotAllowed
        data = made()
        with in_store(ask.key[0]):
            access.note(person, Did.DOWNLOADED, file=name, version=ask.view.number)
        return data

    checked.folder = ask.key[0]  # ty: ignore[missing-attribute]
    return checked


def of_cookie(request: Request) -> Person:
    """Who the signed cookie of a request is about; raises NotSignedIn."""
    said = signed_cookie(request, USER_COOKIE_NAME)
    try:
        return signed_in.of_claims(json.loads(said or b"{}"))
    except (ValueError, AttributeError) as error:
        raise NotSignedIn from error
