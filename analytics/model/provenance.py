"""Where a figure comes from, and why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Provenance(StrEnum):
    """Where a figure comes from. Synthetic data says so wherever it shows."""

    PUBLISHED = "published"
    IMPORTED = "imported"
    SYNTHETIC = "synthetic"
    MIXED = "mixed"  # partly synthetic

    @property
    def invented(self) -> bool:
        """Whether all of it is synthetic, or a part."""
        return self in (Provenance.SYNTHETIC, Provenance.MIXED)

    @staticmethod
    def of_all(parts: Iterable[Provenance]) -> Provenance:
        """The provenance of what stands on all of these. Synthetic data is never called anything less than mixed;
        published and imported together are imported."""
        different = set(parts)
        if len(different) == 1:
            return different.pop()
        made_up = different & {Provenance.SYNTHETIC, Provenance.MIXED}
        return Provenance.MIXED if made_up else Provenance.IMPORTED


class Missing(StrEnum):
    """Why there is no figure. A missing figure is one of these, never a bare NULL that a chart turns into 0."""

    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"  # there was no such thing to ask, or to tell
    HIDDEN = "hidden"
