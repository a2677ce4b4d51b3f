"""A cell's figures as they are told: under twenty answers some stand as bands or bounds, in words, not in numbers."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor
from typing import Protocol

from analytics.model.figures import N_BAND, Bound, DontKnowBand, ShareBand, Status
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.language import N_, NP_, Words

FEW_ANSWERS = N_("5–9 answers")
SHARE_BAND = {
    ShareBand.BELOW_HALF: N_("below half"),
    ShareBand.ABOUT_HALF: N_("about half"),
    ShareBand.ABOVE_HALF: N_("above half"),
}
BOUND = {Bound.AT_MOST: N_("{figure} or lower"), Bound.AT_LEAST: N_("{figure} or higher")}
DONT_KNOW = {DontKnowBand.NONE: N_("none"), DontKnowBand.SOME: N_("some"), DontKnowBand.ONE_TO_FOUR: N_("1–4")}
HAIR = 1e-9
NOT_TOLD = N_("not given")
COUNTED = NP_("{n} answer", "{n} answers")


class ToldMean(Protocol):
    """A mean of a cell, and how it is told."""

    @property
    def mean(self) -> float | None: ...
    @property
    def mean_bound(self) -> str | None: ...
    @property
    def n(self) -> int | None: ...
    @property
    def n_band(self) -> str | None: ...


class ToldCell(ToldMean, Protocol):
    """A cell, and how it is told."""

    @property
    def status(self) -> str: ...
    @property
    def share_at_goal(self) -> float | None: ...
    @property
    def share_bound(self) -> str | None: ...
    @property
    def share_band(self) -> str | None: ...
    @property
    def dont_know(self) -> int | None: ...
    @property
    def dont_know_band(self) -> str | None: ...


def mean_text(cell: ToldMean, say: Words) -> str:
    """The mean of a cell that is shown: 2,92; of few 2,9; 3,5 or higher where it is a bound."""
    figure = say.number(present(cell.mean), 1 if cell.n_band else 2)
    return say.marked(BOUND[Bound(cell.mean_bound)], figure=figure) if cell.mean_bound else figure


def mean_short(cell: ToldMean, say: Words) -> str:
    """The same where there is little room: ≥3,5."""
    figure = say.number(present(cell.mean), 1 if cell.n_band else 2)
    return {Bound.AT_MOST: "≤", Bound.AT_LEAST: "≥"}[Bound(cell.mean_bound)] + figure if cell.mean_bound else figure


def answers_text(cell: ToldMean, say: Words) -> str:
    """How many answers a cell that is shown has."""
    return say.marked(FEW_ANSWERS) if cell.n_band else say.marked(COUNTED, n=present(cell.n))


def share_at_goal_text(cell: ToldCell, say: Words) -> str:
    """The share of a shown cell's answers that lie at the goal: 60 %, a bound or a band; empty where it is not told."""
    if cell.share_band:
        return say.marked(SHARE_BAND[ShareBand(cell.share_band)])
    if cell.share_at_goal is None:
        return ""
    share = cell.share_at_goal
    if cell.share_bound:  # in whole per cent that hold
        share = (ceil(share * 100 - HAIR) if cell.share_bound == Bound.AT_MOST else floor(share * 100 + HAIR)) / 100
    figure = say.percent(share)
    return say.marked(BOUND[Bound(cell.share_bound)], figure=figure) if cell.share_bound else figure


def told_text(
    figure: float | None,
    written: Callable[[float, int], str],
    n_band: str | None,
    bound: str | None,
    band: str | None,
    say: Words,
) -> str:
    """A figure as it is told: `written` with its decimals, the band of its share, or that it is not told."""
    if band:
        return say.marked(SHARE_BAND[ShareBand(band)])
    if figure is None:
        return say.marked(NOT_TOLD)
    text = written(figure, 1 if n_band else 2)
    return say.marked(BOUND[Bound(bound)], figure=text) if bound else text


# In tables: a number where it is told as one, else words -------------------------------------------------------------


def mean_value(cell: ToldMean, say: Words) -> float | str | Missing:
    if cell.mean is None:
        return Missing.HIDDEN
    return mean_text(cell, say) if cell.n_band or cell.mean_bound else cell.mean


def answers_value(cell: ToldMean) -> int | str | Missing:
    if cell.n is not None:
        return cell.n
    return N_BAND.replace("-", "–") if cell.n_band else Missing.HIDDEN


def share_value(cell: ToldCell, say: Words) -> float | str | Missing:
    if cell.status == Status.HIDDEN:
        return Missing.HIDDEN
    if cell.share_at_goal is not None and not cell.share_bound:
        return cell.share_at_goal
    return share_at_goal_text(cell, say) or say.marked(NOT_TOLD)


def share_end(cell: ToldCell, end: float | None, say: Words) -> float | str | Missing:
    """An end of the share's interval, which few answers have none of."""
    if cell.status == Status.HIDDEN:
        return Missing.HIDDEN
    return say.marked(NOT_TOLD) if end is None else end


def dont_know_value(cell: ToldCell, say: Words) -> int | str | Missing:
    if cell.dont_know is not None:
        return cell.dont_know
    return say.marked(DONT_KNOW[DontKnowBand(cell.dont_know_band)]) if cell.dont_know_band else Missing.HIDDEN
