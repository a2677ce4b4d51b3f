"""The funding register in a view, read as the model's own objects."""

from __future__ import annotations

from typing import Any

from analytics.model.funding import Funding
from analytics.registers.funding import FUNDING
from analytics.store.reading import View
from analytics.store.rows import read_rows


def read_funding(view: View) -> Funding:
    """Everything the version holds of EU funding."""
    parts: dict[str, Any] = {kind.part: read_rows(view, kind.row) for kind in FUNDING}
    return Funding(
        **parts,
        school_names=dict(
            view.rows(
                "select id, name from school where id in"
                " (select school_id from payment union select school_id from project_participant)"
            )
        ),
    )
