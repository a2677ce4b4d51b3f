"""A version's files between a machine's working folder and what all machines reach: views lie in the shared place as
they are, what answers files hold in the lake's tables."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.model.errors import SharedDamaged
from analytics.store.disk import put_in_place, sync, take_away
from analytics.store.homes import at_hand
from analytics.store.lake.address import LakeAddress
from analytics.store.lake.catalogue import InLake, Laid, Shared
from analytics.store.lake.places import digest_of
from analytics.store.lake.tables import AttachedLake, LakeTables
from analytics.store.versions import OF_A_VERSION, Published, number_of

VIEWS = "views"
BRINGING = ".kvalitet-bringing-"
OLD = 3600  # seconds: what is brought is there by then


class Sharing:
    """What writes here is called by whoever holds the store. Everything raises StoreBroken."""

    def __init__(self, folder: Path, address: LakeAddress, attached: AttachedLake):
        self.folder, self.place = folder, address.place
        self.tables = LakeTables(address, attached)

    def lay(self, version: Published) -> Laid:
        """Lays a version in everybody's reach. The view comes first: by it others see that its number is taken. None is
        written over, also by a writer who has lost the lock and does not know it."""
        view = at_hand(self.folder / version.view)
        with self._reaching():
            self.place.begin(VIEWS)
            digest = _digest(view)
            name = self._view(version, digest)
            self.place.put(view, name)
            if self.place.digest(name) != digest:
                raise SharedDamaged(f"{self.place.shown}/{name}: {version.view}")
        return Laid(digest, self.tables.push(version, view, at_hand(self.folder / version.answers)))

    def differing(self, version: Published, laid: Laid) -> list[str]:
        """What of a version is there otherwise than in the folder: its view, tables of its answers."""
        view, answers = at_hand(self.folder / version.view), at_hand(self.folder / version.answers)
        with self._reaching():
            there = self.place.digest(self._view(version, laid.view_sha256))
        is_it = there == laid.view_sha256 == _digest(view)
        with self._own() as own:
            self.tables.pull(laid.snapshot, own / version.answers)
            return [*([] if is_it else [version.view]), *self.tables.differing(own / version.answers, answers)]

    def bring(self, name: str, found: InLake) -> None:
        """Lays a version's file in the folder, whole; a view that is there and is what it should be stays."""
        path, is_view = self.folder / name, name == found.version.view
        with self._reaching():
            if path.exists() and (not is_view or _digest(path) == found.view_sha256):
                return
            with self._own() as own:
                part = own / name
                if not is_view:
                    self.tables.pull(found.snapshot, part)
                else:
                    self._take(found, part)
                sync(part)
                put_in_place(part, path)
            sync(self.folder)

    def _take(self, found: InLake, to: Path) -> None:
        """The shared view; raises OSError, SharedDamaged."""
        name = self._view(found.version, found.view_sha256)
        with suppress(FileNotFoundError):
            self.place.take(name, to)
            if _digest(to) == found.view_sha256:
                return
        raise SharedDamaged(f"{self.place.shown}/{name}: {found.version.view}")

    def is_view_sound(self, found: InLake) -> bool:
        """Whether the view that lies there is the one that was laid there."""
        with self._reaching(), suppress(FileNotFoundError):
            return self.place.digest(self._view(found.version, found.view_sha256)) == found.view_sha256
        return False

    def lay_anew(self, found: InLake) -> bool:
        """Lays a view there once more, from the folder; False where the folder has it not, or not as it was."""
        view, name = self.folder / found.version.view, self._view(found.version, found.view_sha256)
        with self._reaching():
            if not view.exists() or _digest(view) != found.view_sha256:
                return False
            self.place.remove(name)
            self.place.put(view, name)
        return self.is_view_sound(found)

    def unlike(self, found: InLake) -> list[str]:
        """The tables of a version's answers that are others in the lake than in the folder; where it has none, they are
        but read. Raises StoreUnreachable where they cannot be."""
        answers = self.folder / found.version.answers
        with self._own() as own:
            self.tables.pull(found.snapshot, own / answers.name)
            return self.tables.differing(answers, own / answers.name) if answers.exists() else []

    def _view(self, version: Published, digest: str) -> str:
        return self.place.named(f"{VIEWS}/{version.view}", digest)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        """Raises StoreUnreachable where what is shared, or the folder, does not do what is asked of it inside."""
        try:
            yield
        except OSError as error:
            raise self.place.unreachable(f"{self.place.shown}/{VIEWS}: {error.strerror or error}") from error

    @contextmanager
    def _own(self) -> Iterator[Path]:
        """A folder for what is not whole yet; those of processes that were killed go when they are old."""
        for left in self.folder.glob(f"{BRINGING}*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > OLD:
                    take_away(left)
        with TemporaryDirectory(prefix=BRINGING, dir=self.folder, ignore_cleanup_errors=True) as own:
            yield Path(own)

    def numbers(self) -> frozenset[int]:
        """Of the views that lie there, published or not."""
        with self._reaching():
            return frozenset(number for number in map(_number, self.place.names(VIEWS)) if number is not None)

    def left(self, shared: Shared) -> list[str]:
        """Views that are no version's any more, or never became one's."""
        named = {self._view(one.version, one.view_sha256) for one in shared.versions}
        with self._reaching():
            there = {f"{VIEWS}/{name}": _number(name) for name in self.place.names(VIEWS)}
        return [
            name
            for name, number in there.items()
            if name not in named and number is not None and number <= shared.last_number
        ]

    def let_go(self, shared: Shared) -> None:
        """Takes away what no version needs. The views go last: as long as one is left, the next writer tries again."""
        left = self.left(shared)
        self.tables.let_go([one.snapshot for one in shared.versions])
        with self._reaching():
            for name in left:
                self.place.remove(name)


def _number(name: str) -> int | None:
    """Of the version whose view, or what there is of it, has this name among the shared ones."""
    stem, *_, kind = name.removesuffix(".part").split(".")
    view = f"{stem}.{kind}"
    return number_of(view) if OF_A_VERSION.fullmatch(view) and view.startswith("view-") else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return digest_of(file)
