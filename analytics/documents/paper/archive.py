"""Many files as one archive, each made when its turn comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NO_PLACE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def archive(files: Iterable[tuple[str, Callable[[], bytes]]], on_file: Callable[[int], None]) -> bytes:
    """A zip of the files by name; `on_file` is told after each how many there are. Names keep å, ä and ö: those that
    are not ASCII are marked as UTF-8. They are made of what schools are called and never lead out of a folder, or into
    one. Raises ValueError for a name that comes twice."""
    out, names, there = BytesIO(), set(), set()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for n, (name, made) in enumerate(files, 1):
            if name in names:
                raise ValueError(f"two files named {name}")
            names.add(name)
            zipped.writestr(_of_its_own(as_file_name(name), there), made())
            on_file(n)
    return out.getvalue()


def as_file_name(name: str) -> str:
    """As every computer takes it: without what parts folders, and what Windows has no place for."""
    return NO_PLACE.sub("-", name).lstrip(". ") or "-"


def _of_its_own(name: str, there: set[str]) -> str:
    """The name, numbered where another one became the same; some computers know no case."""
    stem, dot, suffix = name.rpartition(".")
    numbered, n = name, 1
    while numbered.casefold() in there:
        n += 1
        numbered = f"{stem} ({n}){dot}{suffix}"
    there.add(numbered.casefold())
    return numbered
