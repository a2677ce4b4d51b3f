"""What is to go: by the store's retention, because somebody says so, or because it has gone from the store itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.loads.disposing import Wanted
from analytics.store.disposals import Disposal, Round, Rule
from analytics.store.retention import Retention


def by_retention(retention: Retention, today: date) -> Wanted:
    """The answers of rounds and the versions that the store has kept for as long as it should; figures stay."""
    rule = Rule(
        outright=False,
        decision=retention.decision,
        answers_years=retention.answers_years,
        versions_days=retention.versions_days,
    )
    before = retention.versions_are_due(today)
    return Wanted(rule, lambda key, _: retention.round_is_due(key[1], today), versions_before=before)


def outright(round_: tuple[str, int] | None, school: str | None, figures: bool, reason: str) -> Wanted:
    """The answers of a round (framework, year), of a school, or of a school in a round. A school's go with the figures
    that were made of them: the city's could not be counted anew of the others' answers beside what stays of its own."""
    figures = figures or school is not None
    rule = Rule(
        outright=True,
        decision=reason,
        round="/".join(map(str, round_)) if round_ else "",
        school=school or "",
        figures=figures,
    )

    def goes(key: Round, _: int | None) -> bool:
        return round_ in (None, key[:2]) and school in (None, key[2])

    return Wanted(rule, goes, figures=figures)


def as_in(protocols: Sequence[Disposal]) -> tuple[Wanted, ...]:
    """What these protocols say has gone, for another copy of the store: first what went with its figures. What was
    loaded again after that is another thing, and stays."""
    rule = Rule(outright=False, decision=", ".join(f"{one.at:%Y-%m-%d}/{one.version}" for one in protocols))
    with_figures = {key: one.version for one in protocols for key in one.figures}
    answers = {key[:2]: one.version for one in protocols for key in one.answers}

    def went(key: Round, brought: int | None) -> bool:
        return key in with_figures and (brought is None or brought < with_figures[key])

    def answers_went(key: Round, brought: int | None) -> bool:
        return key[:2] in answers and (brought is None or brought < answers[key[:2]])

    return Wanted(rule, went, figures=True), Wanted(rule, answers_went)
