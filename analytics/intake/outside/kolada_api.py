"""Figures of a municipality's school units out of Kolada's API, with what units and figures are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import httpx

from analytics.intake.outside.asking import asked, unlike_the_api
from analytics.words.language import Words

API = "https://api.kolada.se/v3"
AT_ONCE = 25  # units in a question
MOST_PAGES = 200


def kolada_pages(
    client: httpx.Client, municipality: str, kpis: Sequence[str], years: Sequence[int], say: Words
) -> list[dict]:
    """The answers, page after page, without what is not read; raises Refused."""
    units = list(_pages(client, f"{API}/ou?municipality={municipality}&per_page=5000", say))
    ids = [unit["id"] for page in units for unit in page["values"] if isinstance(unit, dict) and "id" in unit]
    pages = [{"values": [_called(one) for page in units for one in page["values"]]}]
    of_years = f"/year/{','.join(map(str, years))}" if years else ""
    for kpi in kpis:
        pages += [{"values": list(map(_called, page["values"]))} for page in _pages(client, f"{API}/kpi/{kpi}", say)]
        for at in range(0, len(ids), AT_ONCE):
            some = ",".join(ids[at : at + AT_ONCE])
            figures = _pages(client, f"{API}/oudata/kpi/{kpi}/ou/{some}{of_years}", say)
            pages += [{"values": page["values"]} for page in figures]
    return pages


def _called(thing: Any) -> dict:
    return {name: thing.get(name) for name in ("id", "title")} if isinstance(thing, dict) else {}


def _pages(client: httpx.Client, address: str, say: Words) -> Iterator[dict]:
    """A page and those that follow it (`next_url`), all of them Kolada's own."""
    here: str | None = address
    for _ in range(MOST_PAGES):
        if here is None:
            return
        page = asked(client, here, say)
        if not isinstance(page, dict) or not isinstance(page.get("values"), list):
            raise unlike_the_api(here, say)
        yield page
        following = page.get("next_url")
        if following is not None and not str(following).startswith(API):
            raise unlike_the_api(here, say)
        here = following
