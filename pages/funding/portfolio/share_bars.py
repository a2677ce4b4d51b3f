"""A picture with a bar a project: a share of something, and an upright line where something else is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from analytics.charts.timeline import ShareRow, shares
from analytics.funding.plan import ProjectStatus
from pages.ui.content import Ask, Block, Table

DRAWN = 10  # projects that the picture has room for; the table has them all


def share_block(
    ask: Ask,
    key: str,
    shown: Sequence[ProjectStatus],
    *,
    title: str,
    headline: str,
    alt: Callable[[str], str],
    share: Callable[[ProjectStatus], Decimal],
    mark: Callable[[ProjectStatus], Decimal],
    told: Callable[[ProjectStatus], str],
    table: Table,
    notes: Sequence[str],
    drawn: str,
    hover: Callable[[ProjectStatus], str] = lambda one: "",
) -> Block:
    """The first of the projects `shown` as bars of their `share`, with a line at `mark`; `told` is both in words.
    `alt`: the text alternative, given the projects read out; `notes`: what is to be known, without what is empty;
    `drawn`: which of them are drawn, where there is no room for all."""
    say, first = ask.say, shown[:DRAWN]
    rows = [
        ShareRow(
            one.project.title, float(share(one)), float(mark(one)), f"{one.project.title}\n{told(one)}", hover(one)
        )
        for one in first
    ]
    return Block(
        key=key,
        title=title,
        headline=headline,
        alt=alt("; ".join(f"{one.project.title}: {told(one)}" for one in first)),
        table=table,
        figure=shares(rows, [(quarter / 4, say.percent(quarter / 4)) for quarter in range(5)], say.language),
        note=" ".join(filter(None, [*notes, drawn if len(shown) > DRAWN else ""])),
    )
