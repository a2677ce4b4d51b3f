"""What differs between two snapshots, by kind of key, with the lines of the first few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from itertools import groupby
from pathlib import Path

from tests.snapshot import book

LINES, WIDTH, BEFORE = 24, 160, 40  # shown of a difference, of a line of it, of that before it differs


def compared(before: Path, after: Path, only: str = "", shown: int = 5) -> tuple[int, Iterator[str]]:
    """How many keys that begin with `only` differ, and the lines that tell which and how."""
    old, new = ({k: h for k, h in book.hashes(file).items() if k.startswith(only)} for file in (before, after))
    kinds = {
        "differ": sorted(key for key in old.keys() & new.keys() if old[key] != new[key]),
        "are gone": sorted(old.keys() - new.keys()),
        "are new": sorted(new.keys() - old.keys()),
    }
    return sum(map(len, kinds.values())), _told(kinds, before, after, len(old), shown)


def _told(kinds: dict[str, list[str]], before: Path, after: Path, of: int, shown: int) -> Iterator[str]:
    for what, keys in kinds.items():
        yield f"{len(keys)} of {of} {what}"
        for group, n in Counter(map(group_of, keys)).items():
            yield f"  {n:5} {group}"
            own = [key for key in keys if group_of(key) == group]
            yield from (f"          {key}" for key in own[:shown])
    # One of each group first: they differ for different reasons.
    groups = [list(keys) for _, keys in groupby(kinds["differ"], group_of)]
    turns = [keys[n] for n in range(max(map(len, groups), default=0)) for keys in groups if n < len(keys)]
    for key in turns[:shown]:
        yield f"\n--- {key}"
        yield from difference(book.text(before, key), book.text(after, key))


def group_of(key: str) -> str:
    """What kind of thing the key names: composed/skola, export/results. The picture of a block is a kind of its own."""
    kind, _, rest = key.partition("/")
    words = rest.replace("/", " ").split()
    name = words[1] if words[0] == "export" and len(words) > 1 else words[0]
    return f"{kind}/{name}" + (" picture" if key.endswith(" picture") else "")


def difference(before: str, after: str) -> Iterator[str]:
    """A short unified diff; of long lines the part from a little before where they part."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1))[2:]
    shown = [line for _, run in groupby(lines, lambda line: line[0] in "+-") for line in _shortened(list(run))]
    yield from shown[:LINES]
    if len(shown) > LINES:
        yield f"… and {len(shown) - LINES} lines more"


def _shortened(run: list[str]) -> Iterator[str]:
    """Lines of a diff that stand together, each cut against the one that stands in its stead."""
    gone, new = ([line for line in run if line[0] == sign] for sign in "-+")
    starts = [max(_parting(one[1:], other[1:]) - BEFORE, 0) for one, other in zip(gone, new, strict=False)]
    for n, line in enumerate(run):
        at = n - len(gone) if line[0] == "+" else n
        start = starts[at] if line[0] in "+-" and len(line) > WIDTH and at < len(starts) else 0
        yield line[0] + ("…" if start else "") + line[1 + start : 1 + start + WIDTH]


def _parting(one: str, other: str) -> int:
    """Where the two are no longer the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
