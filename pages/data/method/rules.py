"""The rules in words. What each says is done in analytics/maturity; examples are counted by the same functions."""

from __future__ import annotations

from analytics.maturity import examples as worked
from analytics.maturity.methods import prediction as foretelling
from analytics.maturity.methods.disclosure import CERTAIN_FROM, FEW_AS, FEW_BELOW, FEW_INTERVAL, RESPONSE_FROM
from analytics.words.language import Words
from pages.data.method.dialogue import brief_section, certification_section, follow_up_section
from pages.data.method.schools import (
    agreement_section,
    comparison_section,
    equity_section,
    goal_section,
    similar_section,
    support_section,
)
from pages.data.method.section import Section
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
        comparison_section(say),
        similar_section(say),
        goal_section(say, goal),
        agreement_section(say),
        equity_section(say),
        support_section(say),
        brief_section(say),
        follow_up_section(say),
        certification_section(say),
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
                "A cell's own spread gives its answers away: from the number of answers, the mean, the share "
                "and the interval nearly every cell of under {certain} answers could be turned back into them. "
                "So how answers spread is given from {certain} answers. Below, the interval is calculated with "
                "the city's spread, and the figure is marked; so it is where under {response} of the invited "
                "responded.",
                certain=CERTAIN_FROM,
                response=say.percent(RESPONSE_FROM),
            ),
            say(
                "From {limit} to {most} answers the number is given as a band, the mean to one decimal (or that"
                " it lies near an end of the scale), and of the share only whether it is below, about or above "
                "half. Its interval is that of {surely} answers, and in everything that is made of cells it "
                "counts as {as_}.",
                limit=ask.catalogue.hide_below,
                most=FEW_BELOW - 1,
                surely=FEW_INTERVAL,
                as_=FEW_AS,
            ),
            say(
                "From {few} to {most} answers the mean is given to two decimals, and the share; as a bound "
                "where two people or fewer lie on one side of the goal, so that nobody is alone on a side.",
                few=FEW_BELOW,
                most=CERTAIN_FROM - 1,
            ),
            say(
                "How the city's answers spread is shown for its schools with {certain} answers or more alone: a"
                " sum with smaller ones would tell of one whose answers come later. A framework keeps its goal "
                "level and its scale for as long as rounds are given by it, and a load that repeats what is "
                "published but for one to four people, on any criterion or under another school, year or "
                "framework, is refused.",
                certain=CERTAIN_FROM,
            ),
            say(
                "Don't know and blanks are counted apart and are in no mean. One to four are given as that, to "
                "keep them out of tables, but that is no secret: it follows from the numbers of answers. What "
                "is hidden is not in the file that the pages read."
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
                "The mean is that of the answers with a level. The share at the goal is that of the answers at "
                "the goal level or above. Each carries a 95% interval: a beta distribution on the scale, with "
                "one answer more that is spread evenly over the levels, for the mean; Wilson's for the share. "
                "It answers what these answers say of staff like these, in years like this."
            ),
            say(
                "Where it is known how many were invited there is a narrower interval, called this staff, this year:"
                " what the mean would be had all of them answered. It is never used to compare years."
            ),
            say(
                "The interval never leaves the scale, and has a width also where all answered alike. With 5 to 10"
                " answers of a staff in two camps it holds what is true 89 times in 100, not 95; of other staffs 90"
                " times or more. From 15 answers it does so 93 times or more, whatever the staff."
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
                " interval follows each person over the criteria. Where only counts are known it goes by how one"
                " person's answers go together elsewhere, and the page says by what."
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
                "What is surest is the whole, so a school is judged from the whole down: first all areas together, then"
                " each area, then each criterion (Benjamini and Hochberg within each step, Wiens between them). The"
                " promise is: of schools where nothing has changed, at most one in twenty is said to have changed in"
                " anything. The whole has three of those five parts in a hundred, the areas one and the criteria one;"
                " a step that finds something leaves its part to the next. The city is judged alike."
            ),
            say(
                "That is not to say that of the claims made only one in twenty is chance: in a city where most schools"
                " stand still, many of the few claims are, and the simulations below tell how many. Counts and lists"
                " of schools that have clearly moved are therefore judged over all the schools at once: where none has"
                " changed, any is counted in at most one comparison in twenty, and on average at most one in twenty"
                " of those counted is chance."
            ),
            say(
                "Areas and the whole are compared on the criteria that were asked and can be shown both times, "
                "and the page says how many are left out; how people's answers go together on them is taken to "
                "be as it is over all that is shown of the area. What is said to be clearly above or below the"
                " city is judged over a school's criteria, and over its areas: of schools that stand just where"
                " the city does, at most one in twenty is said to differ on any criterion, and at most one in "
                "twenty on any area. Where all answer alike, the noise is taken to be what it is in the city's "
                "other schools."
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
        source=say("Welch (1947); Benjamini and Hochberg (1995); Wiens (2003)."),
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
                "The range holds {share} of {draws} draws. Every earlier round is forecast in the same way from"
                " the one before it, and the page shows how that went; where the ranges have missed more often "
                "than chance explains it says that it cannot tell. Where the framework was replaced, the goal "
                "is no mean, there are too few rounds, or only counts and nothing that tells how one person's "
                "answers go together, nothing is forecast.",
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
