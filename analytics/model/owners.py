"""Who runs schools: a municipality, a group of independent schools. In Swedish *huvudman*."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SchoolOwner:
    """An owner of schools, in a store that holds several. `id` is made of the name once, and stays."""

    id: str
    name: str
