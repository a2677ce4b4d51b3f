"""All that the city's yearly quality report tells: where the schools stand in a round, what has moved, where effort
pays, and what has been agreed with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.dialogue.followup_report import YearReport, year_report
from analytics.maturity.city_round import CityRound, city_round
from analytics.maturity.rounds import rounds
from analytics.maturity.support import CriterionNeed, criterion_needs, school_needs
from analytics.maturity.trends import Trend, city_trends
from analytics.model.frameworks import Framework
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.store.reading import View
from analytics.store.reference import read_frameworks


@dataclass(frozen=True, slots=True)
class BoardReport:
    """The city's round of a year, held against the round before. `needs`: criterion -> how many schools are below the
    goal on it, empty where the goal is no mean; `visits`: how many schools a visit would help; `trends`: area ('' = all
    of them) -> the city's trend. `agreed`: what the dialogues about the round have come to, as of a day."""

    city: CityRound
    needs: dict[str, CriterionNeed]
    visits: int
    trends: dict[str, Trend]
    agreed: YearReport

    @property
    def framework(self) -> Framework:
        return self.city.framework

    @property
    def year(self) -> int:
        return self.city.year

    @property
    def provenance(self) -> Provenance:
        return self.agreed.provenance


def board_report(view: View, viewer: Viewer, framework: Framework, year: int, today: date) -> BoardReport:
    """Of a round that there is."""
    city = city_round(view, viewer, read_frameworks(view), rounds(view), framework.id, year)
    needs = criterion_needs(view, viewer, framework, year)
    trends = {trend.area: trend for trend in city_trends(view, viewer, framework.id) if not trend.criterion}
    return BoardReport(
        city,
        {need.criterion: need for need in needs},
        len(school_needs(view, viewer, framework, year, needs)),
        {area: trend for area, trend in trends.items() if trend.last_year == year},
        year_report(view, viewer, framework, year, today),
    )
