"""How many connections somebody may have open, and how much they may ask over them.

A connection costs the server memory, and whatever is asked over it a thread: ten who asked for a page as fast as they
could send kept everybody else from theirs for minutes, also after they had gone. So nobody gets more of the server than
people can use. On the machine itself, where the store lies beside the server, nobody is held back.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic

from starlette.requests import Request

from pages.ui import access
from pages.ui.guarded import of_cookie
from pages.ui.signed_in import NotSignedIn

BEHIND = 10.0  # seconds that a connection is held back in one go before it is closed: no browser sends so much
MOST = 10_000  # whose pace is remembered


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody may have of the server: connections, and messages at once and then in a second. A browser sends a
    message for each thing that somebody does."""

    connections: int
    at_once: int
    a_second: int


OF_A_PERSON = Share(40, 100, 20)  # who has signed in: all tabs of all their devices
OF_NOBODY = Share(100, 100, 10)  # an address, where people sign in and these have not: one page that says so
OF_AN_ADDRESS = Share(400, 400, 100)  # where nobody signs in: a whole office may come by one


@dataclass
class Pace:
    """How quickly messages are passed on, of all connections of somebody."""

    share: Share
    now: Callable[[], float] = monotonic
    _left: float | None = None
    _at: float = 0.0

    def wait(self) -> float:
        """One more: the seconds until it may be passed on."""
        now, most = self.now(), self.share.at_once
        self._left = most if self._left is None else min(most, self._left + (now - self._at) * self.share.a_second)
        self._at, self._left = now, self._left - 1
        return max(0.0, -self._left / self.share.a_second)


@dataclass
class Connections:
    """How many each has open, and at what pace they ask."""

    open: Counter[str] = field(default_factory=Counter)
    paces: OrderedDict[str, Pace] = field(default_factory=OrderedDict)

    @contextmanager
    def one(self, whose: str, share: Share) -> Iterator[Pace | None]:
        """One more, until the end, and the pace for it; None where there is no room for one more."""
        if self.open[whose] >= share.connections:
            yield None
            return
        self.open[whose] += 1
        pace = self.paces.setdefault(whose, Pace(share))  # who comes anew goes on where they were
        self.paces.move_to_end(whose)
        while len(self.paces) > MOST:
            self.paces.popitem(last=False)
        try:
            yield pace
        finally:
            self.open[whose] -= 1
            if not self.open[whose]:
                del self.open[whose]


def whose(scope) -> tuple[str, Share]:
    """By what the connections of whoever asks are counted, and what they may have."""
    at = _address((scope.get("client") or [""])[0])
    if not access.asks_who():
        return at, OF_AN_ADDRESS
    try:
        who = of_cookie(Request({**scope, "type": "http"})).who
    except NotSignedIn:
        return at, OF_NOBODY
    return f"{who.issuer} {who.subject}", OF_A_PERSON


def _address(client: str) -> str:
    """Of IPv6 the network: whoever has one address there has all of them."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else client


CONNECTIONS = Connections()
