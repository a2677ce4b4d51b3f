"""What a server that is started anew must know of what was done before, by the audit file."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analytics.model.errors import KvalitetError
from analytics.model.people import Did, Identity
from analytics.store.audit import entries_since
from pages.ui import signed_in
from pages.ui.access import store_folder
from pages.ui.refusals import REFUSALS


def recall_from_audit() -> None:
    """Who has left, of those whose sign-ins would still be good, as a cookie outlives the server; and who has been
    refused today."""
    now = datetime.now(UTC)
    with suppress(KvalitetError):
        for one in entries_since(Path(store_folder()), now - timedelta(hours=max(signed_in.hours(), 24))):
            match one.with_:
                case {"who": [str(issuer), str(subject)], "since": float(since)} if one.did == Did.SIGNED_OUT:
                    signed_in.LEFT.recall(Identity(issuer, subject), since)
                case {"who": [str(issuer), str(subject)], "page": str(page), "known": bool(known)} if (
                    one.did == Did.REFUSED and one.at.date() == now.date()
                ):
                    REFUSALS.recall(now.date(), (Identity(issuer, subject), page, known))
