"""Who has signed in, as Streamlit's own sign-in (OpenID Connect) tells it of this session.

What the provider said is kept in a signed cookie for as long as thirty days, and is as it was when somebody signed in.
So who they are is taken from it, and what they may do is not; and it is good for a working day alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section

from analytics.model.errors import NotAllowed
from analytics.model.people import Identity

HOURS = "KVALITET_SESSION_HOURS"  # the setting: for how long somebody who has signed in is let in
A_WORKING_DAY = 10.0
LONGEST = 30 * 24.0  # hours: Streamlit's cookie is good for no longer
SKEW = 600.0  # seconds that the provider's clock may be ahead: a sign-in of next year would never be too long ago


class NotSignedIn(NotAllowed):
    """Nobody has signed in."""


class SignedInTooLongAgo(NotSignedIn):
    """Somebody has, and has left since or must do so again."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in. `name`: what the provider calls them; `since`: when they did, seconds of 1970."""

    who: Identity
    name: str
    since: float


class Left:
    """Who has signed out, and of which sign-in: the cookie is taken from one browser, and its other tabs, which hold
    what it said, would go on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: dict[Identity, float] = {}

    def note(self, person: Person) -> None:
        with self._lock:
            self._of[person.who] = max(person.since, self._of.get(person.who, 0))

    def has(self, person: Person) -> bool:
        return self._of.get(person.who, -1) >= person.since

    def recall(self, who: Identity, since: float) -> None:
        """As `note`, of what was noted before the server was started."""
        self.note(Person(who, who.subject, since))


class SignIns:
    """The latest so many sign-ins that have been written down."""

    def __init__(self, most: int = 10_000) -> None:
        self.most = most
        self._lock = Lock()
        self._of: dict[Person, None] = {}

    def has(self, person: Person) -> bool:
        return person in self._of

    def add(self, person: Person) -> None:
        with self._lock:
            self._of[person] = None
            while len(self._of) > self.most:
                del self._of[next(iter(self._of))]


LEFT, NOTED = Left(), SignIns()


def is_set_up() -> bool:
    """Whether the server's settings have a provider that signs people in."""
    return bool(get_secrets_auth_section())


def person() -> Person:
    """Who has signed in in this session; raises NotSignedIn."""
    return of_claims(st.user.to_dict())


def of_claims(claims: Mapping[str, Any]) -> Person:
    """Who a provider's claims are about; raises NotSignedIn where they are about nobody, or not enough is said."""
    issuer, subject, since = _text(claims, "iss"), _text(claims, "sub"), claims.get("iat")
    if claims.get("is_logged_in") is not True or not issuer or not subject:
        raise NotSignedIn
    if isinstance(since, bool) or not isinstance(since, (int, float)):
        raise SignedInTooLongAgo
    called = (_text(claims, name) for name in ("name", "preferred_username", "email"))
    return Person(Identity(issuer, subject), next(filter(None, called), subject), float(since))


def still(person: Person) -> None:
    """Raises SignedInTooLongAgo where what they signed in for is over."""
    if not -SKEW <= time.time() - person.since <= hours() * 3600 or LEFT.has(person):
        raise SignedInTooLongAgo


def hours() -> float:
    """For how long a sign-in is good; where the setting is no number of hours up to LONGEST, a working day."""
    try:
        said = float(os.environ.get(HOURS, A_WORKING_DAY))
    except ValueError:
        return A_WORKING_DAY
    return said if 0 < said <= LONGEST else A_WORKING_DAY


def _text(claims: Mapping[str, Any], name: str) -> str:
    said = claims.get(name)
    return said if isinstance(said, str) else ""
