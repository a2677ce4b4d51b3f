"""How the rules were tried: simulations in which the truth is known, and how often the figures were right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.maturity.simulations import Trial
from analytics.model.figures import Verdict
from analytics.model.provenance import Missing
from analytics.words.figures import THERE, VERDICT
from analytics.words.language import Marked, Words
from pages.data.method.section import Section
from pages.data.method.tried import (
    CASE,
    CHANGES,
    CLAIMS,
    FEW_CELLS,
    INTERVALS,
    NOT_YET_THOUGH_THERE,
    READINESS,
    READINESS_CASES,
    SIZE,
    TRENDS,
)
from pages.ui.content import Table, TableColumn, count_column, text_column

CHECK = "check"  # a few draws for the tests, and nothing to show


def proof(trials: Sequence[Trial], say: Words) -> list[Section]:
    """The simulations' figures, a table a theme; empty where they have not been run."""
    if not trials:
        return []
    promised = [t for t in trials if t.high is not None]
    sections = [
        Section(key, title, (text, *_not_kept(promised, names, say)), table=_table(promised, names, say))
        for key, title, text, names in _themes(say)
    ]
    first, told = sections[0], (*_monte_carlo(promised, say), *sections[0].paragraphs)
    sections[0] = replace(first, paragraphs=told)
    sections.insert(2, _claims(trials, say))
    sections.insert(4, _readiness(trials, say))
    sections.append(_trends([t for t in trials if t.case != CHECK], say))
    return [section for section in sections if section.table]


def _not_kept(trials: Sequence[Trial], names: dict[str, str], say: Words) -> list[str]:
    """What of these questions lies outside what is promised."""

    def size(of: int | str) -> str:
        return say.integer(of) if isinstance(of, int) else say.marked(SIZE[of])

    outside = [
        f"{names[t.question]} ({size(t.size)}: {say.number(t.figure, 3)})"
        for t in trials
        if t.question in names and not t.kept
    ]
    return [say("Outside what is promised: {found}.", found="; ".join(outside))] if outside else []


def _monte_carlo(promised: Sequence[Trial], say: Words) -> list[str]:
    """How far the figures themselves are left to chance; the example is the promise that is exceeded by most errors and
    still taken to be kept."""
    if not promised:
        return []
    said = [
        say(
            "The figures below are drawn, so they have a Monte Carlo error of their own: at most {error} where"
            " something is promised, mostly far less. A promise is taken to be kept up to two such errors.",
            error=say.number(max(trial.error for trial in promised)),
        )
    ]
    beyond = [(t, t.exceeded) for t in promised if t.kept and t.error and t.exceeded is not None]
    if beyond:
        found, limit = max(beyond, key=lambda told: abs(told[0].figure - told[1]) / told[0].error)
        said.append(
            say(
                "So {figure} against {limit} is within it, as the error there is {error}.",
                figure=say.number(found.figure, 3),
                limit=say.number(limit),
                error=say.number(found.error, 3),
            )
        )
    return [" ".join(said)]


def _readiness(trials: Sequence[Trial], say: Words) -> Section:
    """What became of each verdict: of whether the school is there, and of whether a new round shows it."""
    names, asked = {}, []
    for question, told in READINESS.items():
        for verdict in Verdict:
            key = f"{question}/{verdict.value}"
            word = say.marked((THERE if question.startswith("there") else VERDICT)[verdict])
            names[key] = say.marked(told, verdict=word)
            asked += [replace(t, question=key) for t in trials if (t.question, t.verdict) == (question, verdict)]
    names |= _said(NOT_YET_THOUGH_THERE, say)
    asked += [t for t in trials if t.question in NOT_YET_THOUGH_THERE]
    asked = [t for t in asked if t.case in READINESS_CASES]
    return Section(
        "provad-sakerhet",
        say("Tried: what do the two answers on the goal come to?"),
        (
            say(
                "In made-up schools with 25 criteria. Of those where it is said that they are there, the share that"
                " truly are; of those where it is said that a new round would show it, the share of new rounds with as"
                " many answers that do. Surely should be at least 95 in 100, probably 80 to 95, seldom or not yet under"
                " 20. From people's answers, and from the same answers as counts."
            ),
            say(
                "Under twenty answers count as they are given. At the top of the scale means are given as “3.5 "
                "or higher” where a few answered, and counted as 3.5: a new round shows the goal oftener than "
                "is said."
            ),
            say(
                "Last, of the schools that truly are there the share that is told “not yet”: by the chance that they"
                " are, and, for comparison, had new rounds alone been asked."
            ),
            *_not_kept([t for t in asked if t.high is not None], names, say),
        ),
        table=_table(asked, names, say),
    )


def _claims(trials: Sequence[Trial], say: Words) -> Section:
    """How many of the claims made are false: what the control does not promise, beside what it does."""
    return Section(
        "provade-utslag",
        say("Tried: of the changes that are claimed, how many are false?"),
        (
            say(
                "In made-up cities of 75 schools some have risen by 0.3 on everything and the others stand still. Of"
                " those that stand still, at most five in a hundred should be said to have changed, and of the city's"
                " list on average as many should be false. Of all that is claimed of single schools nothing is"
                " promised: the fewer schools change, the more of it is false."
            ),
        ),
        table=_table([t for t in trials if t.case != CHECK], _said(CLAIMS, say), say),
    )


def _trends(trials: Sequence[Trial], say: Words) -> Section:
    """Whether the interval of a yearly pace holds the true one, and whether the next round is foretold better."""
    names = _said(TRENDS, say)
    told = say(
        "In made-up cities of 75 schools whose paces are known. A 90% interval of a school's pace should hold "
        "the true one in 88 to 93 cases out of 100. The squared error is better below 1."
    )
    withheld = say(
        "Where no school has twenty answers or more, nothing tells how much of a mean is chance, and no pace is"
        " given; nor where many means are given as a bound, as near the ends of the scale, in which no pace is "
        "seen. Where nothing is given (5, 8 and 15 answers, most of the ends of the scale), the table has what "
        "it would have been."
    )
    outside = _not_kept([t for t in trials if t.high is not None], names, say)
    return Section(
        "provade-trender",
        say("Tried: does the pace's interval hold the true pace?"),
        (told, withheld, *outside),
        table=_table(trials, names, say),
    )


def _themes(say: Words) -> list[tuple[str, str, str, dict[str, str]]]:
    """key, title, what it says, and the questions that belong to it with their names."""
    return [
        (
            "provade-intervall",
            say("Tried: do the intervals hold the truth?"),
            say(
                "In made-up schools of up to 120 respondents the truth is known. A 95% interval should hold it "
                "in 93 to 97 cases out of 100. One from counts alone is the widest of what is assumed, and may "
                "do so more often."
            ),
            _said(INTERVALS, say),
        ),
        (
            "provade-andringar",
            say("Tried: how often is a change claimed where there is none?"),
            say(
                "At most 5 cases in 100. Where some criteria have moved, it is the share of the claims that are"
                " false. Of under twenty answers it is not shown how they spread, and the city's spread is "
                "taken: where a staff lies in two camps and the city's others agree, it is too small, and more "
                "is said to have changed than has. Nobody can see this in what is given of so few. Also tried "
                "where more answer than the year before, so that more is given of them."
            ),
            _said(CHANGES, say),
        ),
        (
            "provade-dragna",
            say("Tried: do pulled means come closer to the truth than raw ones?"),
            say("The squared error of pulled means as a part of that of raw means: below 1 is better."),
            {"pulled": say("Squared error, pulled to raw")},
        ),
        (
            "provad-prognos",
            say("Tried: does the forecast's range hold what comes?"),
            say(
                "In made-up cities of 75 schools, nine times in ten or more. How far the city moves is known "
                "from few moves. Where most figures rest on fewer than twenty answers (5 in every school, small"
                " schools) the city is forecast to stand lower than it comes to, so nothing is given; the table"
                " has what it would have been."
            ),
            {
                "forecast_range": say("The range holds the number of schools at the goal"),
                "forecast_range_counts": say("The same, from counts and their people's correlation"),
            },
        ),
        (
            "provade-fa",
            say("Tried: do the intervals of 5–19 answers hold the truth?"),
            say(
                "Not drawn but counted, by every outcome there can be: a 95% interval that is calculated with "
                "the city's spread should hold the truth in at least 89 cases out of 100. In a school of two "
                "camps it does so in 82 to 95, and in 72 with five answers where all other schools agree; the "
                "table has the worst of each kind of school."
            ),
            _said(FEW_CELLS, say),
        ),
    ]


def _said(names: Mapping[str, Marked], say: Words) -> dict[str, str]:
    return {question: say.marked(name) for question, name in names.items()}


def _table(trials: Sequence[Trial], names: dict[str, str], say: Words) -> Table | None:
    """A row a question and kind of world, a column a size."""
    found = [trial for trial in trials if trial.question in names]
    if not found:
        return None
    order = list(names)
    keys = list(dict.fromkeys(sorted(((order.index(t.question), t.case) for t in found), key=lambda key: key[0])))
    tried = []
    for place, case in keys:
        these = {t.size: t for t in found if (t.question, t.case) == (order[place], case)}
        several = sum(key[0] == place for key in keys) > 1
        world = say.marked(CASE.get(case))
        name = f"{names[order[place]]} – {world}" if several and world else names[order[place]]
        tried.append(_Tried(name, these))

    def figure(size: str | int) -> Callable[[_Tried], float | Missing]:
        return lambda row: row.by_size[size].figure if size in row.by_size else Missing.NOT_APPLICABLE

    sizes = sorted({t.size for t in found}, key=_place_of_size)
    headings = {size: say.marked(SIZE[size]) if size in SIZE else say("{n} answers", n=size) for size in sizes}
    columns: tuple[TableColumn[_Tried], ...] = (
        text_column(say("What was tried"), lambda row: row.name),
        *(TableColumn(headings[size], figure(size), lambda v: say.number(v, 3), numeric=True) for size in sizes),
        count_column(say("Draws, at least"), lambda row: min(t.draws for t in row.by_size.values()), say),
    )
    return Table.of(columns, tried)


def _place_of_size(size: int | str) -> tuple[bool, int]:
    """Numbers first, then what has a name."""
    return (True, [*SIZE].index(size)) if isinstance(size, str) else (False, size)


@dataclass(frozen=True)
class _Tried:
    """A question and kind of world, tried at some sizes."""

    name: str
    by_size: dict[str | int, Trial]
