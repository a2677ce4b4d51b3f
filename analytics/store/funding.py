"""The funding register in a view, read as the model's own objects."""

from __future__ import annotations

from analytics.model.funding import Funding
from analytics.registers.funding import FUNDING
from analytics.store.reading import View
from analytics.store.rows import read_rows


def read_funding(view: View) -> Funding:
    """Everything the version holds of EU funding."""
    return Funding(
        **{kind.part: read_rows(view, kind.row) for kind in FUNDING},
        school_names=dict(
            view.rows(
                "select id, name from school where id in"
                " (select school_id from payment union select school_id from project_participant)"
            )
        ),
    )
