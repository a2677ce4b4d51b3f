"""Whom to ask, as rows: each school to learn from with where it stands; and what they did, school by school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.dialogue.learning import AgreedWork, ClearDifference, Lesson
from analytics.model.frameworks import Framework
from analytics.words.cells import mean_text
from analytics.words.language import Words
from pages.shared.row_table import Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.talks.learning.lists import SchoolLesson, done_of, lessons_html
from pages.talks.learning.pictures import LIKE_DRAWN, SchoolFacts, schools_table
from pages.ui import html
from pages.ui.content import Ask, Block
from pages.ui.titles import address

TOLD = 4  # schools of another kind whose doings are listed; the table has all
LIKE, OTHER, DID = "lika", "annan", "gjort"  # kinds of rows


def lesson_table(ask: Ask, framework: Framework, year: int, found: Lesson, known: SchoolFacts) -> Block | None:
    """A row a school to learn from, those like it first; None where there are none."""
    rows = [*found.alike, *found.others]
    if not rows:
        return None
    say = ask.say

    def row(of: ClearDifference) -> TableRow:
        did = of.school_id in known.did
        cells = (
            RowCell(mean_text(of.there, say), of.there.mean),
            RowCell(say.signed(of.difference), of.difference),
            RowCell(say("like it") if of.alike else say("of another kind")),
            RowCell(say("certified") if known.marks.is_certified(of.school_id) else ""),
            RowCell(say("written down") if did else ""),
        )
        there = address("skola", say, framework=framework.id, year=year, school=of.school_id)
        return TableRow(known.names[of.school_id], there, cells, (LIKE if of.alike else OTHER, *([DID] if did else ())))

    headline = say("Schools to ask")
    columns = (
        RowColumn(say("Mean"), "num", short=say("Mean")),
        RowColumn(say("Higher by"), "num", short=say("Higher by")),
        RowColumn(say("Kind"), "say"),
        RowColumn(say("Certified"), "say"),
        RowColumn(say("What they did"), "say", short=say("What they did")),
    )
    chips = (
        Chip(LIKE, say("Like the school"), len(found.alike)),
        Chip(OTHER, say("Of another kind"), len(found.others)),
        Chip(DID, say("Have written down what they did"), sum(each.school_id in known.did for each in rows)),
        Chip("", say("All"), len(rows)),
    )
    more = say("All {n} schools", n=len(rows))
    drawn = row_table(TableHeadings(headline, say("School"), more), columns, [row(of) for of in rows], chips)
    return Block(
        key="ask",
        headline=headline,
        alt=say(
            "Table: the schools that share and are clearly higher, those that are like it first. {headline}.",
            headline=headline,
        ),
        table=schools_table(rows, known, say),
        drawing=html.element("div", drawn, class_="kd-drawn"),
    )


def lessons(
    ask: Ask,
    framework: Framework,
    year: int,
    found: Lesson,
    did: Mapping[str, tuple[AgreedWork, ...]],
    known: SchoolFacts,
) -> tuple[SchoolLesson, ...]:
    """The schools to learn from: those that are like it, and of another kind those that wrote down what they did."""
    say = ask.say
    others = [row for row in found.others if row.school_id in did][:TOLD]
    told = []
    for row in (*found.alike[:LIKE_DRAWN], *others):
        kind = say("like it") if row.alike else say("of another kind")
        stands = [
            say("{difference} higher, {kind}.", difference=say.number(row.difference), kind=kind),
            known.marks.lines.get(row.school_id, ""),
            "" if row.school_id in did else say("There is no note of what it did: call and ask."),
        ]
        done = done_of(framework, did.get(row.school_id, ()), say)
        there = address("skola", say, framework=framework.id, year=year, school=row.school_id)
        told.append(SchoolLesson(known.names[row.school_id], there, " ".join(filter(None, stands)), done))
    return tuple(told)


def lessons_block(told: Sequence[SchoolLesson], say: Words) -> Block | None:
    """What they did, a list a school; None where there is no school."""
    if not told:
        return None
    return Block(
        key="did",
        title=say("What did they do?"),
        short=say.plural("{n} school", "{n} schools", len(told)),
        headline=say("What they did"),
        alt="",
        table=None,
        drawing=html.element("div", lessons_html(told), class_="kd-drawn"),
    )
