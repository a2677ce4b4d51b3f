"""How the owners of a store stand beside each other, for who reads all of them: a row an owner, from what each has
published of its schools. An owner's own people have their own pages and nothing of another's, so nothing has to be
kept from them that a sum of all less their own would tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from analytics.maturity.all_owners import OfOwner
from analytics.maturity.owner_figures import OwnerRound, owner_rounds
from analytics.model.frameworks import Framework
from analytics.model.owners import SchoolOwner
from analytics.words.language import Words
from pages.ui import html
from pages.ui.titles import address

ROUND = "round_of_owners"
NONE = "–"
Round = tuple[Framework, int]


def rounds_told(of: Iterable[OfOwner]) -> list[Round]:
    """The rounds that owners have, the latest first; of one year's that which most of them have."""
    frameworks: dict[str, Framework] = {}
    times: Counter[tuple[str, int]] = Counter()
    for one in of:
        frameworks |= {framework.id: framework for framework in one.frameworks}
        times.update((row.framework, row.year) for row in one.rounds)
    by = sorted(times, key=lambda found: (-found[1], -times[found], found[0]))
    return [(frameworks[id_], year) for id_, year in by]


def round_name(told: Round, rounds: Sequence[Round], say: Words) -> str:
    """What the round is called; where others are called so, of which framework too."""
    names = [say.of_rounds(framework).round(year) for framework, year in rounds]
    name = names[rounds.index(told)]
    return name if names.count(name) == 1 else f"{name} · {told[0].title.in_(say.language)}"


def draw_owners(
    owners: Sequence[SchoolOwner], of: Iterable[OfOwner], told: Round, most: int, word: str, say: Words
) -> None:
    """The answer, and a row for each owner whose name has the word in it, so many of them at most; one that has no such
    round too."""
    framework, year = told
    nation, *rows = owner_rounds((row for one in of for row in one.rounds if row.year == year), framework.id)
    answer = _answer(nation, len(rows), len(owners), say.of_rounds(framework).round(year), say)
    html.show(html.answer(answer) + html.note(framework.title.in_(say.language)))
    by_id = {row.owner: row for row in rows}
    called = [one for one in owners if word in one.name.casefold()]
    html.draw(_table([(one, by_id.get(one.id)) for one in called[:most]], nation, framework, say), "owners")
    if len(called) > most:
        html.show(html.note(say("More are called so: write more of the name.")))


def _answer(nation: OwnerRound, owners: int, there: int, year: str, say: Words) -> str:
    text = say(
        "In {year} {met} of {n} schools reached the goal on every criterion, with {owners} of {there} school owners.",
        year=year,
        met=say.integer(nation.met),
        n=say.integer(nation.decided),
        owners=say.integer(owners),
        there=say.integer(there),
    )
    if nation.cannot_tell:
        text += " " + say("For {n} it cannot be determined.", n=say.integer(nation.cannot_tell))
    return text


def _table(
    owners: Iterable[tuple[SchoolOwner, OwnerRound | None]], nation: OwnerRound, framework: Framework, say: Words
) -> Markup:
    headings = (say("School owner"), say("Schools"), say("At the goal"), say("Mean of schools"), say("Change"))
    kinds = ("", "num", "num", "num", "")

    def line(name: str, row: OwnerRound | None) -> Markup:
        cells = (
            html.element("td", cell, class_=kind, **{"data-heading": heading})
            for cell, kind, heading in zip((name, *_cells(row, framework, say)), kinds, headings, strict=True)
        )
        return html.element("tr", *cells)

    head = html.element("tr", *(html.column_head(*of) for of in zip(headings, kinds, strict=True)))
    each = (line(html.link(one.name, address("oversikt", say, owner=one.id)), row) for one, row in owners)
    table = html.table(head, [line(say("All of them"), nation), *each], stacked=True, name=say("School owners"))
    return html.element("div", table, class_="kd-drawn")


def _cells(row: OwnerRound | None, framework: Framework, say: Words) -> tuple[str, ...]:
    if row is None:
        return (NONE, NONE, NONE, say("has no such round"))
    mean = say("hidden") if row.mean_of_schools is None else say.number(row.mean_of_schools)
    at_goal = say("{part} of {whole}", part=say.integer(row.met), whole=say.integer(row.decided))
    return (say.integer(row.decided + row.cannot_tell), at_goal, mean, _change(row, framework, say))


def _change(row: OwnerRound, framework: Framework, say: Words) -> str:
    if row.difference is None or row.before_year is None:
        return NONE
    since = say.of_rounds(framework).round(row.before_year)
    if not row.clear:
        return say("no clear change since {year}", year=since)
    return say("{difference} since {year}, clear", difference=say.signed(row.difference), year=since)
