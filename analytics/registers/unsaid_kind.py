"""Of which kind a payment is where nothing says so: a setting of whoever runs the program, which the page shows.

Files from before there were kinds have none: what they call paid is what was spent, unless the city has said that its
own files hold something else.
"""

from __future__ import annotations

import os

from analytics.model.funding import MoneyKind

SETTING = "KVALITET_PAYMENT_KIND"


def unsaid_kind() -> MoneyKind | None:
    """The kind; None where the setting says what is none: nothing is read by a guess."""
    said = os.environ.get(SETTING, "").strip().lower() or MoneyKind.SPENT
    return next((kind for kind in MoneyKind if kind == said), None)
