"""Who signs in, what each may do here, and what is written down of what they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ViewerRole(StrEnum):
    """What somebody has come for. Which pages each opens stands in pages/ui/door.py."""

    MANAGEMENT = "ledning"
    SCHOOL = "skola"
    FUNDS = "eu"
    DATA = "data"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as the provider that signs them in knows them: `subject` is theirs alone with that `issuer`, and is
    never given to anybody else; a name or an address of mail may be."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role that somebody has been given. `name`: as whoever gave it wrote it, for people to read; `schools`: those
    that the role is about, by id, for ViewerRole.SCHOOL alone. `since` is UTC."""

    who: Identity
    name: str
    role: ViewerRole
    schools: tuple[str, ...]
    since: datetime
    by: str


class Did(StrEnum):
    """What somebody did."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"
    VERSION_MADE = "version_made"  # a load, a save, a frozen brief: what the version itself says
    VERSION_CHOSEN = "version_chosen"
    VERSIONS_PURGED = "versions_purged"
    DOWNLOADED = "downloaded"
    EXPORTED = "exported"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
