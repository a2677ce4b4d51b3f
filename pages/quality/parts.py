"""Parts that several of the quality pages are made of."""

from __future__ import annotations

from typing import TypeVar

from analytics.charts.bars import BarRow
from analytics.model import Framework, Missing
from pages.ui.content import Ask

Value = TypeVar("Value")


def bar_row(ask: Ask, framework: Framework, label: str, levels: tuple[int, ...] | None, n: int | None) -> BarRow:
    """A bar of what people answered, with every level's share and count on hovering."""
    say = ask.say
    if levels is None or not sum(levels):
        return BarRow(
            label, None, (), (), say("under ten answers: no distribution") if n else say("hidden (too few answers)")
        )
    total = sum(levels)
    names = framework.labels(say.language)
    shares = tuple(count / total for count in levels)
    hovers = tuple(
        say(
            "{label}<br>{level}: {share} ({count} of {total} answers)",
            label=label,
            level=name,
            share=say.percent(share),
            count=say.integer(count),
            total=say.integer(total),
        )
        for name, share, count in zip(names, shares, levels, strict=True)
    )
    return BarRow(label, shares, tuple(say.percent(share) for share in shares), hovers)


def or_hidden(value: Value | None) -> Value | Missing:
    """The value, or that it is hidden: published figures lack a value for no other reason."""
    return Missing.HIDDEN if value is None else value
