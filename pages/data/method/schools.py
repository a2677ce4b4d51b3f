"""The rules that compare and judge schools, in words. What each says is done in analytics/maturity."""

from __future__ import annotations

from analytics.maturity import examples as worked
from analytics.maturity import readiness, similar
from analytics.maturity.methods import consensus as agreeing
from analytics.maturity.methods import resampling, together
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.words.language import Words
from pages.data.method.section import Section
from pages.shared.ready_words import small_schools_text


def comparison_section(say: Words) -> Section:
    small, large = worked.shrinkage_examples()
    return Section(
        "jamforelse",
        say("Comparing schools"),
        (
            say(
                "A small school lands far up or far down by chance alone. For comparing schools, and for nothing else,"
                " each mean is therefore pulled towards the city's mean, the more the less it tells. The raw mean"
                " stands beside it, and the goal is always decided on that."
            ),
            say(
                "How much schools truly differ is itself uncertain, above all where they are few. The pull is "
                "therefore an average over all that it may be, and never farther than chance in the school's "
                "own answers can have put it (95%). Where only two schools are shown nothing is pulled."
            ),
            say(
                "Schools are sorted by name. A place is only given as a range, from what the schools' levels "
                "may be. The funnel shows how far from the city's mean chance alone takes a school with so many"
                " answers."
            ),
        ),
        say(
            "In a city at {city} where it is known how much schools differ (a standard deviation of {tau}), a mean of"
            " {mean} is pulled to {small} with {small_n} answers and to {large} with {large_n}.",
            tau=say.number(worked.TAU),
            city=say.number(worked.CITY),
            mean=say.number(small.mean),
            small=say.number(small.shrunken),
            small_n=small.n,
            large=say.number(large.shrunken),
            large_n=large.n,
        ),
        source=say(
            "Random-intercept model by REML: Searle, Casella and McCulloch (1992); averaged: Gelman (2006); no farther:"
            " Efron and Morris (1972). Places: Goldstein and Spiegelhalter (1996). Funnel: Spiegelhalter (2005)."
        ),
    )


def similar_section(say: Words) -> Section:
    return Section(
        "liknande",
        say("Similar schools"),
        (
            say(
                "Schools of the same stage come first; among them the nearest by pupils, staff and whatever context"
                " has been loaded, each scaled by its range. There are {fewest} to {most} of them, usually {count}."
                " Too few of the same stage are filled up with the nearest of other stages. The page names them and"
                " says what they were chosen by; you can choose others yourself, and the choice stands in the address.",
                fewest=similar.FEWEST,
                most=similar.MOST,
                count=similar.COUNT,
            ),
            say(
                "Where too little but the stage is known to say which are nearest, none is called so: the "
                "school is compared with every school of the stage, and the page says so."
            ),
        ),
        source=say("Gower (1971)."),
    )


def goal_section(say: Words, goal: str) -> Section:
    return Section(
        "mal",
        say("The goal, and how sure it is"),
        (
            say("{goal} Met or not is decided on the raw figures, as the framework says.", goal=goal),
            say(
                "Next to it are two questions. Are we there? The chance that the school's true levels are all "
                "at the goal: from its means, how many answered, and how the city's schools differ as a whole, "
                "in their areas and on single criteria. From {reached} it is there, from {likely} probably, "
                "from {cannot} it cannot be determined, below that not yet.",
                reached=say.percent(readiness.REACHED),
                likely=say.percent(readiness.LIKELY),
                cannot=say.percent(readiness.CANNOT_TELL),
            ),
            say(
                "Would a new round show it? The school's respondents are drawn anew {resamples} times, with all their"
                " answers, and the share of the draws in which every criterion reaches the goal is counted; the limits"
                " are the same. A school may well be there without a round that shows it: with few answers chance"
                " alone takes some criterion below.",
                resamples=say.integer(resampling.RESAMPLES),
            ),
            say(
                "Where only counts of answers were loaded nobody can be followed over the criteria. How one "
                "person's answers go together is then taken from rounds where they can, of the same framework "
                "or else another, if at least {people} people are followed there; people are made up who gave "
                "these very answers and go together so. Where nothing tells it a correlation of {low}–{high} is"
                " assumed: intervals are the widest of these, chances are given from and to, and how much "
                "schools differ, places and forecasts are not given.",
                people=together.ENOUGH,
                low=say.number(together.ASSUMED[0], 1),
                high=say.number(together.ASSUMED[1], 1),
            ),
            say(
                "What those who did not respond could change is counted too: what the school's figure would be if they"
                " lay half a level below and above the goal or, where the goal is a share, {points} percentage points"
                " below and above it.",
                points=round(50 * readiness.HALF_A_LEVEL),
            ),
        ),
        small_schools_text(say),
        source=say(
            "Bootstrap: Efron and Tibshirani (1993). The normal hierarchical model: Gelman et al. (2013). Made-up"
            " people: the tetrachoric series, Pearson (1900)."
        ),
    )


def agreement_section(say: Words) -> Section:
    (together, agreed), (apart, camps) = worked.agreement_examples()
    return Section(
        "samstammighet",
        say("How far a staff agrees"),
        (
            say(
                "Agreed: at least {agreed} of the answers lie within two neighbouring levels. Divided: two camps, each"
                " of at least {camp} of the answers, with few in between. Everything else is spread. From {from_}"
                " answers.",
                agreed=say.percent(float(agreeing.AGREED)),
                camp=say.percent(float(agreeing.CAMP)),
                from_=CERTAIN_FROM,
            ),
        ),
        say(
            "{together} on level 2 and {together} on level 3 have the mean 2.5, and so have {apart} on level 1 and"
            " {apart} on level 4. The first agree (consensus {agreed}), the others are divided (consensus {divided}).",
            together=together[1],
            apart=apart[0],
            agreed=say.number(agreed.consensus),
            divided=say.number(camps.consensus),
        ),
        source=say("Consensus, 0–1: Tastle and Wierman (2007)."),
    )


def equity_section(say: Words) -> Section:
    return Section(
        "likvardighet",
        say("How much schools differ"),
        (
            say(
                "Part of the spread between schools' means is chance. The standard deviation between schools is"
                " given with that noise taken out, with a 95% interval, and so is the part of all variation "
                "among respondents that lies between schools. Gaps are said to have closed or grown only where "
                "the change is larger than chance explains."
            ),
        ),
        source=say("Random-intercept model by REML, profile likelihood; differences: Zou and Donner (2008)."),
    )


def support_section(say: Words) -> Section:
    return Section(
        "stod",
        say("Where support helps"),
        (
            say(
                "By pulled means: a criterion that over a third of the schools lie below the goal on calls for one"
                " effort for the city; one that fewer lie below the goal on calls for visits. They are ordered by what"
                " it would take to bring every school to the goal, in levels."
            ),
        ),
    )
