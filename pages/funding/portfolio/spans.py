"""A project's time as a small picture: from start to end, how much has gone, how much of its own budget is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from analytics.charts.timeline import year_of
from analytics.funding.plan import ProjectStatus
from analytics.model.funding import Project
from pages.shared.small_pictures import UNREAD, scale, svg
from pages.ui import html

WIDTH, HEIGHT = 112, 16  # pixels
TIME, PAID = 6, 4  # the bar of time, the one of what is paid


@dataclass(frozen=True, slots=True)
class SpanFrame:
    """What all pictures of a table share: the years from the first to the last, and the day that is looked at."""

    first: int
    last: int
    looked_at: float

    @classmethod
    def of(cls, projects: Sequence[Project], looked_at: date) -> SpanFrame:
        years = [year for project in projects for year in (project.start.year, project.end.year)]
        return cls(min([*years, looked_at.year]), max([*years, looked_at.year]), year_of(looked_at, ending=True))

    def x(self, year: float) -> float:
        return round(WIDTH * (year - self.first) / (self.last + 1 - self.first), 1)

    def years(self) -> Markup:
        """What stands over the pictures: the first year and the last."""
        return svg(WIDTH, 14, [scale(WIDTH, [(0, str(self.first)), (WIDTH, str(self.last))])], UNREAD)


def span_picture(one: ProjectStatus, frame: SpanFrame, said: str) -> Markup:
    """`said`: the same in words."""
    start, end = frame.x(year_of(one.project.start)), frame.x(year_of(one.project.end, ending=True))

    def bar(kind: str, share: float, y: int, height: int) -> Markup:
        width = max((end - start) * min(max(share, 0), 1), 0)
        return html.element("rect", class_=kind, x=f"{start:g}", y=str(y), width=f"{width:.1f}", height=str(height))

    parts = [bar("kd-whole", 1, 2, TIME), bar("kd-gone", float(one.time_gone), 2, TIME)]
    if one.paid_share is not None:
        parts.append(bar("kd-paid", float(one.paid_share), TIME + 4, PAID))
    x = frame.x(frame.looked_at)
    line = html.element("path", class_="kd-zero", d=f"M{x:g},0V{HEIGHT}")
    return svg(WIDTH, HEIGHT, [*parts, line], {"role": "img", "aria-label": said})
