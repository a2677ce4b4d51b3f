"""A version's files between a machine's working folder and what all machines reach: views lie in the shared folder as
they are, what answers files hold in the lake's tables."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.model.errors import StoreUnreachable
from analytics.store.disk import put_in_place, sync, take_away
from analytics.store.homes import at_hand
from analytics.store.lake.address import LakeAddress
from analytics.store.lake.catalogue import InLake, Laid, Shared
from analytics.store.lake.tables import AttachedLake, LakeTables
from analytics.store.versions import OF_A_VERSION, Published, number_of

VIEWS = "views"
BRINGING = ".kvalitet-bringing-"
OLD = 3600  # seconds: what is brought is there by then


class Sharing:
    """What writes here is called by whoever holds the store. Everything raises StoreBroken."""

    def __init__(self, folder: Path, address: LakeAddress, attached: AttachedLake):
        self.folder, self.views = folder, address.folder / VIEWS
        self.tables = LakeTables(address, attached)

    def lay(self, version: Published) -> Laid:
        """Lays a version in everybody's reach. The view comes first: by it others see that its number is taken. None is
        written over, also by a writer who has lost the lock and does not know it."""
        view, shared = at_hand(self.folder / version.view), self.views / version.view
        try:
            self.views.mkdir(exist_ok=True, mode=0o700)
            digest = _digest(view)
            with suppress(FileExistsError), shared.open("xb") as file, view.open("rb") as of:
                shutil.copyfileobj(of, file)
            sync(shared)
            sync(self.views)
            if _digest(shared) != digest:
                raise StoreUnreachable(f"{shared}: SHA-256")
        except OSError as error:
            raise StoreUnreachable(f"{self.views}: {error.strerror or error}") from error
        return Laid(digest, self.tables.push(version, view, at_hand(self.folder / version.answers)))

    def differing(self, version: Published, laid: Laid) -> list[str]:
        """What of a version is there otherwise than in the folder: its view, tables of its answers."""
        view, answers = at_hand(self.folder / version.view), at_hand(self.folder / version.answers)
        is_it = _digest(self.views / version.view) == laid.view_sha256 == _digest(view)
        with self._own() as own:
            self.tables.pull(laid.snapshot, own / version.answers)
            return [*([] if is_it else [version.view]), *self.tables.differing(own / version.answers, answers)]

    def bring(self, name: str, found: InLake) -> None:
        """Lays a version's file in the folder, whole; a view that is there and is what it should be stays."""
        path, is_view = self.folder / name, name == found.version.view
        try:
            if path.exists() and (not is_view or _digest(path) == found.view_sha256):
                return
            with self._own() as own:
                if not is_view:
                    self.tables.pull(found.snapshot, own / name)
                    sync(own / name)
                    put_in_place(own / name, path)
                else:
                    _copy(self.views / name, own / name, path, found.view_sha256)
            sync(self.folder)
        except OSError as error:
            raise StoreUnreachable(f"{self.views / name}: {error.strerror or error}") from error

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
        names = [path.name.removesuffix(".part") for path in self.views.glob("view-*")]
        return frozenset(number_of(name) for name in names if OF_A_VERSION.fullmatch(name))

    def left(self, shared: Shared) -> list[Path]:
        """Views that are no version's any more, or never became one's."""
        named = {one.version.view for one in shared.versions}
        return [
            path
            for path in self.views.glob("view-*")
            if OF_A_VERSION.fullmatch(stem := path.name.removesuffix(".part"))
            and path.name not in named
            and number_of(stem) <= shared.last_number
        ]

    def let_go(self, shared: Shared) -> None:
        """Takes away what no version needs. The views go last: as long as one is left, the next writer tries again."""
        left = self.left(shared)
        self.tables.let_go([one.snapshot for one in shared.versions])
        for path in left:
            path.unlink(missing_ok=True)


def _copy(of: Path, part: Path, to: Path, digest: str | None = None) -> None:
    """Whole or not at all; raises OSError, StoreUnreachable where it is not what its digest says."""
    shutil.copyfile(of, part)
    if digest is not None and _digest(part) != digest:
        raise StoreUnreachable(f"{of}: SHA-256")
    sync(part)
    put_in_place(part, to)
    sync(to.parent)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
