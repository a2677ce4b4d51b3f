"""Uppföljning in words: the answer, and what it leaves out."""

from __future__ import annotations

from analytics.dialogue import followup_words
from analytics.dialogue.followup_report import YearReport
from analytics.dialogue.goal_effect import GoalCriteriaEffect
from analytics.words.frameworks import calendar_sentence
from analytics.words.language import Words


def answer(report: YearReport, say: Words) -> str:
    """What was agreed and what came of it, and whether the work helped: two sentences."""
    found, goals = report.found, report.found.agreements
    if not goals.agreed:
        return followup_words.talked(found, say)
    first = say.plural(
        "{agreed} of {schools} schools set {n} goal after the {year} round: {done} done, {late} late.",
        "{agreed} of {schools} schools set {n} goals after the {year} round: {done} done, {late} late.",
        goals.agreed,
        agreed=say.integer(found.agreeing_schools),
        schools=say.integer(found.schools),
        year=say.round(found.year),
        done=say.integer(goals.done),
        late=say.integer(goals.late),
    )
    return f"{first} {_helped(report.moved, say)}"


def _helped(effect: GoalCriteriaEffect | None, say: Words) -> str:
    """Whether the work helped, without the reckoning."""
    if effect is None:
        return say("Whether it helped shows when the next round has been answered.")
    found = effect.moved
    if found is None:
        return say("Too few schools worked on criteria shown in both rounds to tell whether it helped.")
    if found.beyond_low > 0:
        return say("The criteria that were worked on rose more than expected, beyond chance.")
    if found.beyond_high < 0:
        return say("The criteria that were worked on rose less than expected, beyond chance.")
    return say("The criteria worked on show no clear rise beyond the expected.")


def reckoned(report: YearReport, say: Words) -> tuple[str, ...]:
    """The figures behind the answer, what was expected, and when in the year goals are set and followed up."""
    calendar = calendar_sentence(report.framework, report.year, say)
    if not report.found.agreements.agreed:
        return (calendar,)
    return (
        followup_words.talked(report.found, say),
        followup_words.helped(report.moved, say),
        followup_words.how_expected(say) if report.moved and report.moved.moved else "",
        calendar,
    )
