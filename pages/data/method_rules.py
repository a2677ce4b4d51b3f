"""The rules in words. What each says is done in analytics/maturity; examples are counted by the same functions."""

from __future__ import annotations

from analytics.language import Words
from analytics.maturity import agreement, foretelling, readiness, resampling, similar, worked
from analytics.maturity.disclosure import CERTAIN_FROM, DISTRIBUTION_FROM, RESPONSE_FROM
from pages.data.section import Section
from pages.ui.content import Ask


def rules(ask: Ask, goal: str) -> list[Section]:
    """One a rule, in the order that figures are made in."""
    say = ask.say
    return [
        _hidden(ask),
        _interval(say),
        _city(say),
        _change(say),
        _frameworks(say),
        _comparison(say),
        _similar(say),
        _goal(say, goal),
        _agreement(say),
        _equity(say),
        _support(say),
        _forecast(say),
        _never(say),
    ]


def _hidden(ask: Ask) -> Section:
    say = ask.say
    return Section(
        "dolt",
        say("What is hidden, and what is uncertain"),
        (
            say(
                "A school's figure on a criterion is shown from {limit} answers. With fewer, nothing of it is"
                " published, and the city, its districts and every group are counted without it, so that nothing can"
                " be won back by subtraction. How many are left out is always said.",
                limit=ask.catalogue.hide_below,
            ),
            say(
                "Below {distribution} answers the mean and the share are shown, but not who answered what. Below"
                " {certain} answers, or where under {response} of the invited responded, the figure is marked.",
                distribution=DISTRIBUTION_FROM,
                certain=CERTAIN_FROM,
                response=say.percent(RESPONSE_FROM),
            ),
            say(
                "Don't know and blanks are counted apart and are in no mean. What is hidden is not in the file that the"
                " pages read."
            ),
        ),
    )


def _interval(say: Words) -> Section:
    found = worked.mean_example()
    one, two, three, four = found.levels
    return Section(
        "intervall",
        say("Mean, share and their intervals"),
        (
            say(
                "The mean is that of the answers with a level. The share at the goal is that of the answers at the"
                " goal level or above. Each carries a 95 % interval: Student's t for the mean, Wilson's for the share."
                " It answers what these answers say of staff like these, in years like this."
            ),
            say(
                "Where it is known how many were invited there is a narrower interval, called this staff, this year:"
                " what the mean would be had all of them answered. It is never used to compare years."
            ),
        ),
        say(
            "{n} answers, {one} on level 1, {two} on 2, {three} on 3 and {four} on 4: the mean is {mean}, interval"
            " {low}–{high}. {share} are at level 3 or above, interval {share_low}–{share_high}. Of {invited} invited:"
            " this staff, this year, {staff_low}–{staff_high}.",
            n=found.n,
            one=one,
            two=two,
            three=three,
            four=four,
            mean=say.number(found.mean),
            low=say.number(found.low),
            high=say.number(found.high),
            share=say.percent(found.share),
            share_low=say.percent(found.share_low),
            share_high=say.percent(found.share_high),
            invited=found.invited,
            staff_low=say.number(found.staff_low),
            staff_high=say.number(found.staff_high),
        ),
        source=say("Wilson (1927); finite-population correction: Cochran (1977), Sampling Techniques."),
    )


def _city(say: Words) -> Section:
    return Section(
        "staden",
        say("The city and its areas"),
        (
            say(
                "The mean of schools counts each shown school once; the mean of answers counts each answer once."
                " P10–P90 is where eight schools in ten lie. The city's interval is about these very schools: only who"
                " answered in each is left to chance."
            ),
            say(
                "An area's mean is the mean of its criteria's means. As the same people answer all of them, its"
                " interval follows each person over the criteria. Where only counts are known it is the widest that"
                " the criteria allow, and the page says so."
            ),
        ),
    )


def _change(say: Words) -> Section:
    found = worked.change_example()
    return Section(
        "andring",
        say("What counts as a change"),
        (
            say(
                "Answers are anonymous and cannot be paired between years, so two rounds are compared as two samples"
                " (Welch's t). The pages say how large a difference would have been needed. For the city the same"
                " schools are compared in both rounds, each once."
            ),
            say(
                "All of a school's criteria are judged together, so that of what is called a clear change at most one"
                " in twenty is chance in the long run (Benjamini and Hochberg). The same holds for its areas, for the"
                " city's criteria, and for what is said to lie clearly above or below the city. Where all answer"
                " alike, the noise is taken to be what it is in the city's other schools."
            ),
        ),
        say(
            "From {before} with {before_n} answers to {mean} with {n}: {difference} is less than the {needed} that it"
            " takes for one criterion alone to say that something has changed.",
            before=say.number(found.before),
            before_n=found.before_n,
            mean=say.number(found.mean),
            n=found.n,
            difference=say.signed(found.difference),
            needed=say.number(found.needed),
        ),
        source=say("Welch (1947); Benjamini and Hochberg (1995)."),
    )


def _frameworks(say: Words) -> Section:
    return Section(
        "ramverk",
        say("When the framework changes"),
        (
            say(
                "A new framework asks other questions, so no line crosses it, unless a criterion is in the same words."
                " A reworded one is joined by a dashed line with a note. The framework's band over each time axis"
                " shows which one held when; the criteria page shows what each criterion was before, and both goal"
                " rules."
            ),
        ),
    )


def _comparison(say: Words) -> Section:
    small, large = worked.pulled_examples()
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
                "Schools are sorted by name. A place is only told as a range, from what the schools' levels may be."
                " The funnel shows how far from the city's mean chance alone takes a school with so many answers."
            ),
        ),
        say(
            "In a city at {city} a mean of {mean} is pulled to {small} with {small_n} answers and to {large} with"
            " {large_n}.",
            city=say.number(worked.CITY),
            mean=say.number(small.mean),
            small=say.number(small.pulled),
            small_n=small.n,
            large=say.number(large.pulled),
            large_n=large.n,
        ),
        source=say(
            "Random-intercept model by REML: Searle, Casella and McCulloch (1992). Places: Goldstein and Spiegelhalter"
            " (1996). Funnel: Spiegelhalter (2005)."
        ),
    )


def _similar(say: Words) -> Section:
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
        ),
        source=say("Gower (1971)."),
    )


def _goal(say: Words, goal: str) -> Section:
    small, large = worked.goal_examples()
    return Section(
        "mal",
        say("The goal, and how sure it is"),
        (
            say("{goal} Met or not is decided on the raw figures, as the framework says.", goal=goal),
            say(
                "Beside it stands how sure that is: the school's respondents are drawn anew {resamples} times, with"
                " all their answers, and the share of the draws in which every criterion reaches the goal is counted."
                " From {reached}: reached. From {likely}: likely. From {cannot}: cannot tell. Below: not yet. Where"
                " only counts were loaded, each criterion is drawn by itself, and the page says that it is"
                " approximate.",
                resamples=say.integer(resampling.RESAMPLES),
                reached=say.percent(readiness.REACHED),
                likely=say.percent(readiness.LIKELY),
                cannot=say.percent(readiness.CANNOT_TELL),
            ),
            say(
                "What those who did not respond could change is counted too: what the school's figure would be if they"
                " lay half a level below and above the goal."
            ),
        ),
        say(
            "A goal on every criterion is hard on small schools. Schools that truly stand at {true} on all of"
            " {criteria} criteria reach level 3 on every one in {small} of the cases with {small_n} answers, in"
            " {large} with {large_n}.",
            true=say.number(worked.TRUE, 1),
            criteria=worked.CRITERIA,
            small=say.percent(small.share),
            small_n=small.n,
            large=say.percent(large.share),
            large_n=large.n,
        ),
        source=say("Bootstrap: Efron and Tibshirani (1993)."),
    )


def _agreement(say: Words) -> Section:
    (together, agreed), (apart, camps) = worked.agreement_examples()
    return Section(
        "samstammighet",
        say("How far a staff agrees"),
        (
            say(
                "Agreed: at least {agreed} of the answers lie within two neighbouring levels. Divided: two camps, each"
                " of at least {camp} of the answers, with few in between. Everything else is spread. From {from_}"
                " answers.",
                agreed=say.percent(float(agreement.AGREED)),
                camp=say.percent(float(agreement.CAMP)),
                from_=DISTRIBUTION_FROM,
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


def _equity(say: Words) -> Section:
    return Section(
        "likvardighet",
        say("How much schools differ"),
        (
            say(
                "Part of the spread between schools' means is chance. The standard deviation between schools is told"
                " with that noise taken out, with a 95 % interval, and so is the part of all variation among"
                " respondents that lies between schools. Gaps are said to have closed or grown only where the change"
                " is larger than chance explains."
            ),
        ),
        source=say("Random-intercept model by REML, profile likelihood; differences: Zou and Donner (2008)."),
    )


def _support(say: Words) -> Section:
    return Section(
        "stod",
        say("Where support pays"),
        (
            say(
                "By pulled means: a criterion that most schools lie below the goal on calls for one effort for the"
                " city; one that a few schools lie below the goal on calls for visits. They are ordered by what it"
                " would take to bring every school to the goal, in levels."
            ),
        ),
    )


def _forecast(say: Words) -> Section:
    low, high = foretelling.RANGE
    return Section(
        "prognos",
        say("The forecast"),
        (
            say(
                "How many schools will reach the goal next round, if they go on as they have? A school's next mean is"
                " where it stands now, pulled to its own level and that to the city's, plus how the city may move, how"
                " schools depart from that, and who happens to answer. How much the city moves is learnt from its"
                " earlier moves; at least {moves} are needed. Nothing of a school's own past but its present level is"
                " carried on.",
                moves=foretelling.LEAST_MOVES,
            ),
            say(
                "The range holds {share} of {draws} draws. Every earlier round is foretold in the same way from the"
                " one before it, and the page shows how that went. Where the framework was replaced, the goal is no"
                " mean or there are too few rounds, nothing is foretold.",
                share=say.percent(high - low),
                draws=say.integer(foretelling.DRAWS),
            ),
        ),
    )


def _never(say: Words) -> Section:
    return Section(
        "aldrig",
        say("What the pages do not do"),
        (
            say(
                "No league table, no arrows for noise, no red and green for ordinary variation, no control-chart"
                " rules: four yearly points are no control chart. No figure for a group within a school. Nothing here"
                " is a judgement of a school; it is material for a conversation."
            ),
        ),
    )
