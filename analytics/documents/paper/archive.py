"""Many files as one archive, each made when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def archive(files: Iterable[tuple[str, Callable[[], bytes]]], on_file: Callable[[int], None]) -> bytes:
    """A zip of the files by name; `on_file` is told after each how many there are. Names keep å, ä and ö: those that
    are not ASCII are marked as UTF-8. Raises ValueError for a name that comes twice."""
    out, names = BytesIO(), set()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for n, (name, made) in enumerate(files, 1):
            if name in names:
                raise ValueError(f"two files named {name}")
            names.add(name)
            zipped.writestr(name, made())
            on_file(n)
    return out.getvalue()
