"""The rules of the quality dialogue, in words. What each says is done in analytics/dialogue."""

from __future__ import annotations

from analytics.dialogue import findings
from analytics.dialogue import goal_effect as worked_on
from analytics.dialogue.brief.questions import MANY_UNSURE
from analytics.words.language import Words
from pages.data.method.section import Section


def brief_section(say: Words) -> Section:
    return Section(
        "underlag",
        say("The brief for the dialogue"),
        (
            say(
                "The three strengths are the criteria whose interval has the highest lower end, so that a "
                "figure that happens to be high is not taken for one. Where any of them is below the goal or "
                "clearly below the city they are called the school's three highest, and nothing below the goal "
                "is called a strength. What stands in the way are the criteria surest to miss the goal. A "
                "change is given only where it is clear."
            ),
            say(
                "The three questions are drawn from the figures in a fixed order: two camps on a criterion, something"
                " agreed that is late or not reached, a criterion below the goal (the surest to miss it first), a clear"
                " fall, many who do not know ({share} or more), low response, a clear rise, the goal reached, a"
                " criterion clearly above the city, an area clearly below it, a strength. At most one of each kind is"
                " asked.",
                share=say.percent(MANY_UNSURE),
            ),
            say(
                "A frozen brief is kept word for word as it was on the day it was frozen. What is late is late as of"
                " the day of the dialogue, or of today where it has not been held."
            ),
        ),
    )


def follow_up_section(say: Words) -> Section:
    return Section(
        "uppfoljning",
        say("Whether the work helped"),
        (
            say(
                "Schools choose to work on what is low, and what is low by chance rises by itself at the next round"
                " (regression to the mean). So that the criteria that were worked on rose more than the others proves"
                " nothing."
            ),
            say(
                "What was to be expected is therefore calculated from the criteria that nobody worked on: from "
                "where they started, the school's mean and the criterion's mean in the city. What counts is the"
                " change beyond that. Each school counts once, goals that were given up count as well, and with"
                " fewer than {schools} schools nothing is said.",
                schools=worked_on.LEAST_SCHOOLS,
            ),
            say(
                "Tried on made-up cities where the work did nothing, its interval held nothing about as often as it"
                " should. It is still no experiment: schools choose for themselves what to work on."
            ),
        ),
        source=say("Galton (1886). Analysis of covariance: Vickers and Altman (2001)."),
    )


def certification_section(say: Words) -> Section:
    return Section(
        "certifiering",
        say("Certification and learning from others"),
        (
            say(
                "What those who certify found is held against the staff's own mean in the latest round before. That"
                " staff rate a criterion too high is said only where it is clear over at least {schools} schools,"
                " with all criteria controlled together.",
                schools=findings.LEAST_SCHOOLS,
            ),
            say(
                "On course is a school that, at the pace it has taken criteria to the goal since its first round, has"
                " them all by the framework's last year. Noise makes single schools jump; the number of schools says"
                " more than which they are."
            ),
            say(
                "To learn from are named schools that say they share, that reach the goal on the criterion themselves"
                " and whose staff clearly rate it higher, with all schools compared controlled together. Those that"
                " resemble the school come first."
            ),
        ),
    )
