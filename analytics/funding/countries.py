"""Which countries a project's partners are in: counted in one way on pages and in the report."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.model.funding import Partner

HOME = "SE"
"""The country of the administration that reports."""


def countries_abroad(partners: Iterable[Partner]) -> tuple[str, ...]:
    """ISO codes of the partners' countries but the city's own, each once, in the register's order."""
    return tuple(dict.fromkeys(partner.country for partner in partners if partner.country != HOME))
