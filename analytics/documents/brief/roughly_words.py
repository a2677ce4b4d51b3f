"""The school's figures on criteria, as they are told: exactly, or of under twenty answers as bounds and in bands."""

from __future__ import annotations

from analytics.dialogue.brief.strengths import Roughly
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.cells import NOT_TOLD, told_text
from analytics.words.goal_figure import figure_text
from analytics.words.language import Words


def goal_figure_text(figure: float | None, roughly: Roughly | None, framework: Framework, say: Words) -> str:
    """A figure in the goal's own statistic."""
    if roughly is None:
        return say.marked(NOT_TOLD) if figure is None else figure_text(figure, framework, say)
    if framework.goal.statistic == "mean":
        return mean_of_few_text(present(figure), roughly, say)
    return told_text(
        figure, lambda share, _: say.percent(share), roughly.n_band, roughly.bound, roughly.share_band, say
    )


def mean_of_few_text(mean: float, roughly: Roughly | None, say: Words) -> str:
    """A mean."""
    if roughly is None:
        return say.number(mean)
    return told_text(mean, say.number, roughly.n_band, roughly.bound, None, say)
