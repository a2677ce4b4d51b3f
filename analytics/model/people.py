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
    that the role is about, by id, for ViewerRole.SCHOOL alone; `administrations`: those whose part alone the role is
    about, by id, for ViewerRole.FUNDS, None: the whole city's. `since` is UTC."""

    who: Identity
    name: str
    role: ViewerRole
    schools: tuple[str, ...]
    since: datetime
    by: str
    administrations: tuple[str, ...] | None = None


class Audience(StrEnum):
    """To whom a round's result has been released; each step has those before it as well. Which roles those are stands
    in pages/ui/door.py."""

    MANAGEMENT = "management"
    PRINCIPALS = "principals"
    ALL = "all"

    def includes(self, other: Audience) -> bool:
        steps = list(Audience)
        return steps.index(other) <= steps.index(self)


class OtherSchools(StrEnum):
    """What a school's own people are told of the other schools' published figures."""

    NOTHING = "nothing"
    DOTS = "dots"  # where they lie, without saying which is which
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class RoundRelease:
    """A step of a round's release that somebody has taken. `since` is UTC."""

    framework: str
    year: int
    to: Audience
    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Openness:
    """What a city tells whom. `new_rounds`: to whom a round is released that nobody has said anything of."""

    new_rounds: Audience = Audience.ALL
    other_schools: OtherSchools = OtherSchools.NOTHING
    rounds: tuple[RoundRelease, ...] = ()

    @property
    def in_steps(self) -> bool:
        return self.new_rounds is not Audience.ALL or any(row.to is not Audience.ALL for row in self.rounds)

    def released_to(self, framework: str, year: int) -> Audience:
        said = (row.to for row in self.rounds if (row.framework, row.year) == (framework, year))
        return next(said, self.new_rounds)


class Did(StrEnum):
    """What somebody did."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"
    VERSION_MADE = "version_made"  # a load, a save, a frozen brief: what the version itself says
    VERSION_CHOSEN = "version_chosen"
    VERSIONS_PURGED = "versions_purged"
    ANSWERS_DISPOSED = "answers_disposed"  # kvalitet gallra
    DRAFTS_DISPOSED = "drafts_disposed"  # by the same
    VERSIONS_TIDIED = "versions_tidied"
    DOWNLOADED = "downloaded"
    EXPORTED = "exported"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    MOVED = "moved"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    RELEASED = "released"  # a round's result, to whom it says
    OPENNESS_SET = "openness_set"  # to whom new rounds go, or what schools are told of each other
    SENDER_SET = "sender_set"  # who sends the yearly report, or how a year's is kept and decided on
