"""What every document says of what it was made from."""

from __future__ import annotations

from analytics.store.reading import View, version_record


def version_about(view: View) -> dict[str, str]:
    """The store's version, as documents tell it."""
    record = version_record(view)
    return {"Version": f"{record.number} ({record.created_at:%Y-%m-%d %H:%M} UTC)"}
