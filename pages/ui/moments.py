"""When something was done, as people here say it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.words.language import Words

HERE = ZoneInfo("Europe/Stockholm")


def moment(say: Words, at: datetime) -> str:
    """28 November 2026 at 14:10."""
    here = at.astimezone(HERE)
    return say("{day} at {time}", day=say.day(here.date()), time=f"{here:%H:%M}")
