"""What somebody has typed, as drafts hold it."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.loads.dialogue_rows import identity
from analytics.store.drafts import Typed


def typed(
    texts: Mapping[str, str], began: Mapping[str, str], before: Mapping[str, str] | None = None
) -> dict[str, Typed]:
    """Texts typed when `began` was what was saved; `before`: what stood in the fields, where it was something else."""
    return {
        name: Typed((began if before is None else before).get(name, ""), text, identity(began, name))
        for name, text in texts.items()
    }
