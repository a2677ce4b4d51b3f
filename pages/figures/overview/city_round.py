"""The round of the city that Översikt shows."""

from __future__ import annotations

from analytics.maturity import city_round as rounds_of_the_city
from analytics.maturity.city_round import CityRound
from pages.shared.parts import FIRST
from pages.ui.content import Ask


def city_round(ask: Ask, framework_id: str, year: int, since: str) -> CityRound:
    """`since` says what it is held against: the framework's first round, or the one before."""
    frameworks, rounds = ask.catalogue.frameworks, ask.catalogue.rounds
    return rounds_of_the_city.city_round(
        ask.view, ask.viewer, frameworks, rounds, framework_id, year, since_the_first=since == FIRST
    )
