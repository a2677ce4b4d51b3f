"""Which rounds a year's projects are held against."""

from __future__ import annotations

from pages.ui.content import Catalogue


def first_and_last_round(catalogue: Catalogue, until: int | None) -> tuple[str, int, int] | None:
    """The framework with the latest round, of those that have two by a year (None: by now), and its first and last."""
    found = []
    for framework in catalogue.frameworks:
        years = [year for year in catalogue.years(framework.id) if until is None or year <= until]
        if len(years) > 1:
            found.append((max(years), framework.id, min(years)))
    if not found:
        return None
    last, framework_id, first = max(found)
    return framework_id, first, last
