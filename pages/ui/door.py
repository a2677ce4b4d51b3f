"""The one door: which roles open which page. What does not stand here nobody may open.

A page's address alone is asked about, and its questions with it: what a role opens it sees, all of it, but for rounds
that have not been released to it, and the school's own, which sees its schools' part (analytics/store/scoped.py); who
works with EU funds may be limited to some administrations' part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analytics.model.errors import NotAllowed
from analytics.model.people import Audience, Openness, OtherSchools, RoleRow, ViewerRole
from analytics.model.schools import RoundId, Viewer

MANAGEMENT, SCHOOL, FUNDS, DATA, ADMIN = ViewerRole
ANYBODY = frozenset(ViewerRole)
ROLES_PAGE = "behorighet"

DOOR: Mapping[str, frozenset[ViewerRole]] = {
    "start": frozenset({MANAGEMENT}),
    "oversikt": frozenset({MANAGEMENT, DATA}),
    "skolor": frozenset({MANAGEMENT, DATA}),
    "skola": frozenset({MANAGEMENT, DATA, SCHOOL}),
    "kriterier": frozenset({MANAGEMENT, DATA}),
    "stod": frozenset({MANAGEMENT, DATA}),
    "dialog": frozenset({MANAGEMENT, SCHOOL}),
    "uppfoljning": frozenset({MANAGEMENT}),
    "certifiering": frozenset({MANAGEMENT}),
    "lara": frozenset({MANAGEMENT}),
    "eu": frozenset({MANAGEMENT, FUNDS}),
    "eu-rapport": frozenset({MANAGEMENT, FUNDS}),
    "eu-projekt": frozenset({MANAGEMENT, FUNDS}),
    "avstamning": frozenset({MANAGEMENT, FUNDS}),
    "importera": frozenset({DATA}),
    "ramverk": frozenset({MANAGEMENT, DATA, SCHOOL}),
    "historik": frozenset({DATA}),
    "oppna-data": frozenset({MANAGEMENT, DATA}),
    "metod": ANYBODY,
    "tillganglighet": ANYBODY,
    ROLES_PAGE: frozenset({ADMIN}),
}
"""Page -> the roles that open it."""
READ_BY_NATION = frozenset(
    {"start", "oversikt", "skolor", "skola", "kriterier", "stod", "lara", "eu", "metod", "oppna-data"}
    | {"tillganglighet"}
)
"""The pages of every owner that management of the whole store reads, where it holds several: those on which nothing is
typed. What an owner's own people write, and who they are, is theirs."""
HOME = (("start", MANAGEMENT), ("skola", SCHOOL), ("eu", FUNDS), ("oversikt", DATA), (ROLES_PAGE, ADMIN))
"""Where somebody is taken who asks for no page in particular: the first that a role of theirs is at home on."""

AUDIENCE: Mapping[ViewerRole, Audience] = {
    MANAGEMENT: Audience.MANAGEMENT,
    DATA: Audience.MANAGEMENT,  # they see to it that it is right before anybody else sees it
    SCHOOL: Audience.PRINCIPALS,
    FUNDS: Audience.ALL,
    ADMIN: Audience.ALL,
}
"""Role -> with whom it sees a round's result."""

OF_OTHERS: Mapping[OtherSchools, frozenset[str]] = {
    OtherSchools.NOTHING: frozenset(),
    OtherSchools.DOTS: frozenset({"skola"}),
    OtherSchools.NAMES: frozenset({"oversikt", "skolor", "skola", "kriterier"}),
}
"""What a school is told of the others -> the pages that it is told it on, and opens with it: those that ask for
published figures alone, and would be wrong with some schools' missing. What the others have talked about is nowhere."""


def opens(page: str, rows: Iterable[RoleRow], openness: Openness) -> bool:
    return bool(_opening(page, rows, openness))


def _opening(page: str, rows: Iterable[RoleRow], openness: Openness) -> list[RoleRow]:
    """The roles by which somebody opens a page."""
    roles = DOOR.get(page, frozenset())
    if page in DOOR and page in OF_OTHERS[openness.other_schools]:
        roles |= {SCHOOL}
    return [row for row in rows if row.role in roles]


def of_every_owner(rows: Iterable[RoleRow]) -> tuple[RoleRow, ...]:
    """Of somebody's roles in a store of several owners, those by which they read every owner's pages."""
    return tuple(row for row in rows if row.role is MANAGEMENT)


def home(rows: Iterable[RoleRow]) -> str | None:
    """The address of the page to begin on; None for who has no role."""
    roles = {row.role for row in rows}
    return next((page for page, role in HOME if role in roles), None)


def may_release(rows: Iterable[RoleRow]) -> bool:
    """Whether somebody who has these roles says to whom a round is released."""
    return any(row.role is MANAGEMENT for row in rows)


def viewer_on(page: str, rows: Iterable[RoleRow], openness: Openness, rounds: Iterable[RoundId]) -> Viewer:
    """Who asks, on a page, having these roles, of a version that has these rounds; raises NotAllowed."""
    opening = _opening(page, rows, openness)
    if not opening:
        raise NotAllowed(page)
    of_all = [row for row in opening if row.role is not SCHOOL]
    audiences = [AUDIENCE[row.role] for row in of_all or opening]  # what one role sees no other one lends its reach
    held = frozenset(
        round_ for round_ in rounds if not any(openness.released_to(*round_).includes(one) for one in audiences)
    )
    if of_all:
        limits = [row.administrations for row in of_all if row.administrations is not None]
        whole = len(limits) < len(of_all)  # a role of the whole city's that opens the page sees all of it
        own = None if whole else frozenset(one for limit in limits for one in limit)
        return Viewer(opening[0].name, None, held=held, who=opening[0].who, administrations=own)
    own = frozenset(school for row in opening for school in row.schools)
    others = openness.other_schools if page in OF_OTHERS[openness.other_schools] else OtherSchools.NOTHING
    return Viewer(opening[0].name, own, others, held, opening[0].who)
