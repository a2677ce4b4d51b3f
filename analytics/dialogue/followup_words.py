"""The follow-up in sentences, the same on the page and in the report."""

from __future__ import annotations

from analytics.dialogue.followup import FollowUp, Tally
from analytics.dialogue.followup_report import YearReport
from analytics.dialogue.goal_effect import LEAST_ALIKE, LEAST_SCHOOLS, GoalCriteriaEffect
from analytics.words.language import N_, Words
from analytics.words.school_links import link_sentence, name_now

TALKED = N_("Schools that have held a dialogue")  # key figures
DONE = N_("Goals done")
LATE = N_("Late goals")
WORKED_ON = N_("Worked on")  # criteria
NOT_WORKED_ON = N_("Not worked on")
BEYOND = N_("Beyond the expected")


def talked(found: FollowUp, say: Words) -> str:
    """How many dialogues were held, how much was agreed, and where no action is written down for any of it, that."""
    held = say.plural(
        "{talked} of {n} school has held a dialogue about the round of {year}.",
        "{talked} of {n} schools have held a dialogue about the round of {year}.",
        found.schools,
        talked=say.integer(found.talked),
        year=say.round(found.year),
    )
    if not found.agreements.agreed:
        return f"{held} {nothing_agreed(found, say)}"
    came = say.plural(
        "They agreed on {n} goal: {came}.",
        "They agreed on {n} goals: {came}.",
        found.agreements.agreed,
        came=say.listing(states(found.agreements, say)),
    )
    return " ".join(filter(None, [held, came, "" if found.actions.agreed else no_action(found, say)]))


def nothing_agreed(found: FollowUp, say: Words) -> str:
    """There is nothing to follow up."""
    return say("Nothing has been agreed about the round of {year}.", year=say.round(found.year))


def where_to_begin(say: Words) -> str:
    """For a round about which nothing has been agreed."""
    return say(
        "Goals are written down on the page Quality dialogue: choose a school and the round, and begin with the brief."
        " The follow-up then tells what comes of them."
    )


def no_action(found: FollowUp, say: Words) -> str:
    """There are goals, and nothing is written down of who does what towards them."""
    return say.plural(
        "No action is written down for the goal: who does what towards it is not stated.",
        "No action is written down for any of the {n} goals: who does what towards them is not stated.",
        found.agreements.agreed,
    )


def states(tally: Tally, say: Words) -> list[str]:
    """How many are done, under way, late and given up, those there are: 7 done, 2 late."""
    return [
        text
        for n, text in (
            (tally.done, say.plural("{n} done", "{n} done", tally.done)),
            (tally.under_way, say.plural("{n} under way", "{n} under way", tally.under_way)),
            (tally.late, say.plural("{n} late", "{n} late", tally.late)),
            (tally.dropped, say.plural("{n} given up", "{n} given up", tally.dropped)),
        )
        if n
    ]


def helped(effect: GoalCriteriaEffect | None, say: Words) -> str:
    """Whether criteria that were worked on rose more than was to be expected of them: one sentence."""
    if effect is None:
        return say("How the criteria that were worked on have moved shows when the next round has been answered.")
    found = effect.moved
    if found is None:
        return say(
            "Fewer than {n} schools worked on criteria that are shown in both rounds: whether it helped cannot "
            "be determined.",
            n=LEAST_SCHOOLS,
        )
    figures = {
        "change": say.signed(found.change),
        "expected": say.signed(found.expected),
        "year": say.round(effect.next_year),
    }
    if found.beyond_low > 0:
        return say(
            "Criteria that were worked on moved by {change} to {year}, clearly more than the {expected} that was to be"
            " expected from where they started.",
            **figures,
        )
    if found.beyond_high < 0:
        return say(
            "Criteria that were worked on moved by {change} to {year}, clearly less than the {expected} that was to be"
            " expected from where they started.",
            **figures,
        )
    return say(
        "Criteria that were worked on moved by {change} to {year}; {expected} was to be expected from where "
        "they started, so it cannot be determined whether the work made a difference.",
        **figures,
    )


def parted(report: YearReport, say: Words) -> str:
    """Which schools with goals became others in between, and why: their criteria are in no change."""
    links = report.moved.links if report.moved else ()
    return " ".join(link_sentence(link, link.other, report.school_names, say) for link in links)


def school_named(report: YearReport, school_id: str, say: Words) -> str:
    """The school of a goal: one that is no more with what has become of it."""
    return name_now(school_id, report.school_names, report.gone, say)


def of_gone_schools(report: YearReport, say: Words) -> str:
    """That some goals are still open in schools that are no more, and what to do; empty where none is."""
    late = sum(row.school_id in report.gone for row in report.found.late)
    if not late:
        return ""
    return say.plural(
        "{n} late goal is of a school that is no more. It stays late until somebody writes in the school's dialogue"
        " what came of it, or that it was given up.",
        "{n} late goals are of schools that are no more. They stay late until somebody writes in the schools' dialogues"
        " what came of them, or that they were given up.",
        late,
    )


def against_other_criteria(effect: GoalCriteriaEffect, say: Words) -> str:
    """The plain comparison, before anything is reckoned with; empty where there is none."""
    if effect.moved is None or effect.others is None:
        return ""
    return say(
        "Those that nobody worked on moved by {others}, but they started at {others_start} on average, the"
        " worked-on ones at {start}.",
        others=say.signed(effect.others.change),
        others_start=say.number(effect.others.start),
        start=say.number(effect.moved.start),
    )


def warning(say: Words) -> str:
    """Regression to the mean, for whoever has not heard of it."""
    return say(
        "What is picked because it is low is partly low by chance, and rises by itself at the next measurement"
        " (regression to the mean). So a rise on what was worked on is no proof that the work helped. Only what goes"
        " beyond the expected speaks for it."
    )


def how_expected(say: Words) -> str:
    """What is expected, and of what it is made."""
    return say(
        "Expected: what criteria that nobody worked on did, given where they started, the school's mean and the"
        " criterion's mean in the city (least squares). Each school counts once; the interval is Student's t over"
        " schools. A worked-on criterion counts only where at least {n} others started within a quarter of a level of"
        " it, and it counts also if the goal was given up. The schools chose themselves what to work on: this is no"
        " experiment.",
        n=LEAST_ALIKE,
    )


def in_short_expected(say: Words) -> str:
    """The same for whoever only looks at the picture."""
    return say(
        "Expected: what criteria that nobody worked on did, given where they started, the school's mean and the"
        " criterion's mean in the city. The schools chose themselves what to work on: this is no experiment."
    )


def with_interval(value: float, low: float, high: float, say: Words) -> str:
    """A change with its interval."""
    return say(
        "{value} (95% interval {low} to {high})", value=say.signed(value), low=say.signed(low), high=say.signed(high)
    )


def leaning(report: YearReport, say: Words) -> str:
    """How many actions lean on what the administration offers; where no action is written down, what it offers."""
    uses = report.found.activities
    if not report.found.actions.agreed:
        return say.plural(
            "The administration offers {n} activity that actions can lean on.",
            "The administration offers {n} activities that actions can lean on.",
            len(uses),
        )
    sentence = say.plural(
        "{leaning} of {n} action leans on a central activity.",
        "{leaning} of {n} actions lean on a central activity.",
        report.found.actions.agreed,
        leaning=say.integer(sum(use.actions for use in uses)),
    )
    unused = sum(not use.actions for use in uses)
    if not unused:
        return sentence
    return (
        sentence
        + " "
        + say.plural(
            "No action leans on {n} of the {all} activities.",
            "No action leans on {n} of the {all} activities.",
            unused,
            all=say.integer(len(uses)),
        )
    )
