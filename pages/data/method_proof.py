"""How the rules were tried: simulations in which the truth is known, and how often the figures were right."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.language import Words
from analytics.model import Missing
from analytics.simulations import Trial
from pages.data.section import Section
from pages.ui.content import Column, Table

MIXED = "mixed"


def proof(trials: Sequence[Trial], say: Words) -> list[Section]:
    """The simulations' figures, a table a theme; empty where they have not been run."""
    if not trials:
        return []
    sections = []
    for key, title, text, names in _themes(say):
        table = _table(trials, names, say)
        if table:
            sections.append(Section(key, title, (text,), table=table))
    return sections


def _themes(say: Words) -> list[tuple[str, str, str, dict[str, str]]]:
    """key, title, what it says, and the questions that belong to it with their names."""
    return [
        (
            "provade-intervall",
            say("Tried: do the intervals hold the truth?"),
            say(
                "In made-up schools of 8 to 120 respondents the truth is known. A 95 % interval should hold it in 93"
                " to 97 cases out of 100. One that is the widest that the answers allow may do so more often."
            ),
            {
                "interval_mean": say("A criterion's mean"),
                "interval_share": say("A criterion's share at the goal"),
                "interval_staff_mean": say("This staff, this year: mean"),
                "interval_staff_share": say("This staff, this year: share"),
                "interval_area": say("An area's mean"),
                "interval_area_by_counts": say("An area's mean, from counts alone"),
                "interval_whole": say("The mean of all areas"),
                "interval_whole_by_counts": say("The mean of all areas, from counts alone"),
                "interval_city_schools": say("The city: mean of schools"),
                "interval_city_answers": say("The city: mean of answers"),
                "interval_between": say("The standard deviation between schools"),
                "interval_place": say("A school's place"),
            },
        ),
        (
            "provade-andringar",
            say("Tried: how often is a change claimed where there is none?"),
            say(
                "At most 5 cases in 100. Where some criteria have moved, it is the share of the claims that are false."
            ),
            {
                "change_school_false": say("Nothing has moved in a school: any clear change on 25 criteria"),
                "change_some_false": say("Some criteria have moved: false ones among the claims"),
                "change_areas_false": say("Nothing has moved in a school: any clear change on five areas"),
                "change_whole_false": say("Nothing has moved in a school: a clear change over all areas"),
                "change_city_false": say("Nothing has moved in the city: any clear change on 25 criteria"),
                "side_false": say("All schools alike: a school clearly above or below the city"),
                "side_wrong": say("Schools differ: false ones among those clearly above or below"),
                "divided_false": say("One camp: a staff called divided"),
                "gap_false": say("Differences between schools unchanged: said to have changed"),
            },
        ),
        (
            "provade-dragna",
            say("Tried: do pulled means come closer to the truth than raw ones?"),
            say("The squared error of pulled means as a part of that of raw means: below 1 is better."),
            {"pulled": say("Squared error, pulled to raw")},
        ),
    ]


def _table(trials: Sequence[Trial], names: dict[str, str], say: Words) -> Table | None:
    """A row a question and kind of world, a column a size."""
    found = [trial for trial in trials if trial.question in names and trial.high is not None]
    if not found:
        return None
    sizes = sorted({t.size for t in found}, key=lambda size: (isinstance(size, str), size))
    headings = [say("Mixed sizes") if size == MIXED else say("{n} answers", n=size) for size in sizes]
    columns = (
        Column(say("What was tried")),
        *(Column(heading, lambda v: say.number(v, 3), numeric=True) for heading in headings),
        Column(say("Draws"), lambda v: say.integer(v), numeric=True),
    )
    order = list(names)
    keys = sorted({(order.index(t.question), t.case) for t in found})
    rows = []
    for place, case in keys:
        these = {t.size: t for t in found if (t.question, t.case) == (order[place], case)}
        figures = [these[size].figure if size in these else Missing.NOT_APPLICABLE for size in sizes]
        rows.append((names[order[place]], *figures, min(t.draws for t in these.values())))
    return Table(columns, tuple(rows))
