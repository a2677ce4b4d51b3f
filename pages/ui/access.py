"""The one way from a page to the figures, and the only home of caches.

Nobody gets an Ask but for a page that the door lets them in to (pages/ui/door.py), and none is answered once they may
no longer be there. Every question takes the viewer, and keys are scalars: the store and its version, what the viewer
may see, the language and the parameters. What is cached is never changed, so all sessions share it without a copy:
Streamlit's cache_data would pickle a page's figures at each visit, and the hashing in either of its caches takes longer
than a page's drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from analytics.funding.register import as_last_reported as last_reported
from analytics.loads.version_list import Listed, listed
from analytics.maturity.rounds import rounds
from analytics.model.errors import KvalitetError, NotAllowed, StoreBroken
from analytics.model.funding import Funding
from analytics.model.people import Did, Openness
from analytics.model.schools import RoundId, Viewer
from analytics.model.sender import Dispatch, Dispatches
from analytics.store.audit import note as write_down
from analytics.store.beside import FileBeside
from analytics.store.held import HeldStore
from analytics.store.openness import openness_file, rounds_in
from analytics.store.reading import View, standing_on, version_record
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.scoped import seen_by
from analytics.store.sender import sender_file
from analytics.store.versions import Published, read_current
from analytics.words.language import words
from pages.ui import signed_in
from pages.ui.content import Ask, Catalogue
from pages.ui.door import DOOR, ROLES_PAGE, may_release, opens, viewer_on
from pages.ui.recalling import RECALLED
from pages.ui.role_rows import nation_reads, roles, roles_are_kept, roles_of
from pages.ui.signed_in import Person
from pages.ui.together import let_go
from pages.ui.weighed import Weighed, weigh
from pages.ui.whose import OF_THE_WHOLE, in_store, owner_id, owners, store_folder, whole_store

Scalar = str | int | None
Answer = TypeVar("Answer")

KEPT = 200_000_000  # bytes of what pages are made of: those of 80 schools, some rounds back, in two languages


Admission = Callable[[Iterable[RoundId]], Viewer]
"""Who asks, as of now, of a version that has these rounds; raises NotAllowed."""


def viewer(rounds: Iterable[RoundId] = ()) -> Viewer:
    """Who may see all: the one person whose tool it is, and what is composed before anybody asks."""
    return Viewer("everybody", schools=None)


def openness() -> Openness:
    """What the city tells whom; raises StoreBroken where that cannot be read."""
    return _openness(store_folder()).said()


def dispatches() -> Dispatches:
    """Who sends the yearly reports; raises StoreBroken where that cannot be read."""
    return sender_file(Path(store_folder())).said()


def asks_who() -> bool:
    """Whether people must sign in: the server's settings say so, or the store has roles, which is then no one person's
    whatever becomes of the settings."""
    return _is_set_up() or roles_are_kept()


def ask(language: str, page: str = "") -> Ask:
    """The version in force, pinned for the whole run of a page; raises NotAllowed, StoreMissing or StoreBroken."""
    return _ask(language, admission(page))


def ahead(language: str) -> Ask:
    """The same for what is composed before anybody asks, and is given to nobody who may not see all."""
    return _ask(language, viewer)


def open_view() -> View:
    """The version in force, for whoever makes open data of it: what the world may see of it is analytics/opendata's to
    say. Raises StoreMissing or StoreBroken."""
    return _store(store_folder()).current()


def admission(page: str) -> Admission:
    """Who asks on a page, to be asked again whenever something is: whoever signed in when this was called."""
    if not asks_who():
        return viewer
    person, known, told, folder = still(signed_in.person()), roles(), _openness(store_folder()), store_folder()
    if not signed_in.NOTED.has(person):
        note(person, Did.SIGNED_IN)
        signed_in.NOTED.add(person)  # once a sign-in, whatever tabs and reloads follow on it

    def admit(rounds: Iterable[RoundId]) -> Viewer:
        still(person)
        rows = (*known.of(person.who), *nation_reads(page, person.who, folder))
        return viewer_on(page, rows, told.said(), rounds)

    return admit


def opened_pages() -> frozenset[str]:
    """The pages that whoever asks may open now: what the menu shows. What it does not show is refused all the same."""
    there = OF_THE_WHOLE | {"start"} if owners() and not owner_id() else frozenset(DOOR)
    if not asks_who():
        return there - {ROLES_PAGE}
    try:
        person = still(signed_in.person())
        rows, told = roles().of(person.who), openness()
        return frozenset(
            page for page in there if opens(page, (*rows, *nation_reads(page, person.who, store_folder())), told)
        )
    except KvalitetError:
        return frozenset()


def releases() -> bool:
    """Whether whoever asks says to whom a round is released: where people sign in, and management alone."""
    if not asks_who():
        return False
    try:
        return may_release(roles().of(still(signed_in.person()).who))
    except KvalitetError:
        return False


def called(person: Person) -> str:
    """The name that somebody's roles give them; what the provider calls them where they have none."""
    return next((row.name for row in roles_of(person)), person.name)


def saver() -> str | None:
    """The name that what is saved is saved under: that of who is signed in; None where nobody signs in. Raises
    NotAllowed."""
    if not asks_who():
        return None
    person = still(signed_in.person())
    if store_folder() != whole_store() and not roles().of(
        person.who
    ):  # who reads every owner's pages saves nothing there
        raise NotAllowed(person.name)
    return called(person)


def owner() -> str:
    """Whose what is typed is: '' where nobody signs in. Raises NotSignedIn."""
    if not asks_who():
        return ""
    who = signed_in.person().who
    return f"{who.issuer} {who.subject}"


def still(person: Person) -> Person:
    """The same; raises SignedInTooLongAgo where what they signed in for is over, whichever process they have left."""
    RECALLED.look(Path(whole_store()))
    signed_in.still(person)
    return person


def leave(person: Person) -> None:
    """Ends all that this sign-in has opened, also in other tabs, in other processes, and after a restart."""
    if signed_in.LEFT.has(person):
        return
    signed_in.LEFT.note(person)
    # Nobody is kept here because it cannot be written down; it is, where all processes look, whosever pages they show.
    with suppress(KvalitetError), in_store(whole_store()):
        note(person, Did.SIGNED_OUT, since=person.since)


def note(person: Person, did: Did, **with_: object) -> None:
    """Writes down what somebody did; raises StoreBroken or StoreBusy."""
    who = [person.who.issuer, person.who.subject]
    write_down(Path(store_folder()), called(person), did, who=who, **with_)


def _ask(language: str, admission: Admission) -> Ask:
    folder, say = store_folder(), words(language)
    admission(())  # who may not be here is told so whatever is wrong with the store
    whole = _store(folder).current()
    admit = partial(admission, _rounds(whole))
    asking = admit()
    view = _seen(whole, replace(asking, name="", who=None))
    open_rounds = _seen(whole, Viewer("", None, held=asking.held))
    key = (folder, view.number, asking.scope, say.key)
    catalogue = _catalogue(view, open_rounds)
    return Ask(key, view, asking, admit, say, catalogue, _stands_on(folder, view.number, whole))


class _Composed:
    """What pages are made of, kept."""

    def __init__(self) -> None:
        self.kept: Weighed[tuple, Any] = Weighed(KEPT, weigh)
        self.cache_clear = self.kept.clear

    def __call__(self, compose: Callable[..., Answer], asked: Ask, *parameters: Scalar | Dispatch) -> Answer:
        """What `compose(asked, *parameters)` answers, made once per version, viewer's scope, language and parameters.
        What it stands on must be among them: it may not ask what day it is. Raises NotAllowed."""
        asked.viewer  # noqa: B018 - what is kept is given to nobody who may no longer be here
        return self.kept.of((compose, asked, *parameters), lambda: let_go() or compose(asked, *parameters))


composed = _Composed()


def as_last_reported(asked: Ask, year: int) -> Funding | None:
    """The funding register as it was when the report of the year before was made, where a version tells."""
    return last_reported(_store(asked.key[0]), asked.view.number, asked.viewer, year)


def published(asked: Ask) -> tuple[Published, ...]:
    """The versions that are kept, oldest first; raises StoreBroken. Like what follows, for who may see every school."""
    return read_current(Path(asked.key[0])).published


def version(asked: Ask, number: int) -> View:
    """A version that is kept; raises KeyError or StoreBroken."""
    return _store(asked.key[0]).version(number)


def version_listed(asked: Ask, number: int) -> Listed:
    """What it says of itself; raises KeyError or StoreBroken."""
    return _listed(asked.key[0], read_current(Path(asked.key[0])).version(number))


def failing() -> KvalitetError | None:
    """Why pages show an earlier version than the one in force, which cannot be read; None where they do not."""
    return _store(store_folder()).failing


def made_at(asked: Ask, version: int) -> datetime:
    """When a version was made; of one that is no longer there, or cannot be read, when the one in force was."""
    try:
        view = _store(asked.key[0]).version(version)
    except (KeyError, StoreBroken):
        view = asked.view
    return version_record(view).created_at


@lru_cache(maxsize=32)  # owners that are looked at; each has the versions open that pages ask
def _store(folder: str) -> HeldStore:
    return HeldStore(Path(folder))


@lru_cache(maxsize=2000)  # a year of saves
def _listed(folder: str, published: Published) -> Listed:
    return listed(Path(folder), published)


@lru_cache(maxsize=64)
def _stands_on(folder: str, version: int, view: View) -> tuple[int, int]:
    return standing_on(view)


@lru_cache(maxsize=1)
def _is_set_up() -> bool:
    """Settings are read when a server starts; Streamlit looks for a file that is not there each time that it is asked,
    which takes as long as a short question."""
    return signed_in.is_set_up()


@lru_cache(maxsize=1000)
def _openness(folder: str) -> FileBeside[Openness]:
    return openness_file(Path(folder))


@lru_cache(maxsize=64)
def _rounds(whole: View) -> tuple[RoundId, ...]:
    return rounds_in(whole)


@lru_cache(maxsize=200)  # the schools of a city, for some versions
def _seen(whole: View, viewer: Viewer) -> View:
    return seen_by(whole, viewer)


@lru_cache(maxsize=200)
def _catalogue(view: View, open_rounds: View) -> Catalogue:
    """`open_rounds`: how many schools a round has is no one's figure."""
    return Catalogue(read_frameworks(view), read_schools(view), rounds(open_rounds), version_record(view).hide_below)
