"""What somebody has typed, as drafts hold it, and the store that it is typed over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from analytics.loads.dialogue_rows import identity
from analytics.store.drafts import Typed
from analytics.store.reading import Store


def typed(
    texts: Mapping[str, str], began: Mapping[str, str], before: Mapping[str, str] | None = None
) -> dict[str, Typed]:
    """Texts typed when `began` was what was saved; `before`: what stood in the fields, where it was something else."""
    return {
        name: Typed((began if before is None else before).get(name, ""), text, identity(began, name))
        for name, text in texts.items()
    }


@lru_cache(maxsize=2)
def store_in(folder: Path) -> Store:
    """The store in a folder, as a server has it: a version is opened once, and what is in force asked each time."""
    return Store(folder)
