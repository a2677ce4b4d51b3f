"""Stöd's pictures: every school on every criterion by the effort that it calls for, and the schools to visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analytics.charts.rows import GroupName
from analytics.charts.support import SupportRow, support
from analytics.maturity.support import CriterionNeed, Need, SchoolNeed
from analytics.model.frameworks import Framework
from analytics.words.frameworks import criterion_name, criterion_title
from analytics.words.language import N_, Words
from pages.shared.many_schools import LISTED, evenly, rest_note, thinned_note
from pages.shared.parts import or_hidden
from pages.shared.row_table import RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.ui import controls, html
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column
from pages.ui.phrases import axis_of
from pages.ui.titles import address

NEED = {  # what a criterion calls for, as headings
    Need.CITY: N_("Low in many schools: a joint effort"),
    Need.VISITS: N_("Low in a few schools: visits"),
    Need.NONE: N_("At the goal in every school"),
}
FIRST = 10  # of them, told together


def need_block(
    ask: Ask,
    framework: Framework,
    needs: Sequence[CriterionNeed],
    pulled: Mapping[str, Sequence[tuple[str, float]]],
    city: Mapping[str, float | None],
) -> Block:
    """Criteria under the effort that they call for, those that take the most first. `pulled`: by criterion each school
    and its pulled mean, the lowest first."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    drawn = {need.criterion: evenly(pulled[need.criterion], lambda of: of[1]) for need in needs}
    # Written once each: some 1,800 dots have some 200 figures, and writing a number takes longer than drawing its dot.
    figures = {mean: say.number(mean) for mean in {round(m, 2) for means in drawn.values() for _, m in means}}
    rows: list[SupportRow | GroupName] = []
    for kind, of_kind in by_need(needs):
        rows.append(GroupName(say.marked(NEED[kind])))
        for need in of_kind:
            label = f"{need.criterion} {framework.criterion(need.criterion).title.in_(say.language)}"
            dots = drawn[need.criterion]
            hovers = tuple(f"{names[school]}\n{label}\n{figures[round(mean, 2)]}" for school, mean in dots)
            values = tuple(mean for _, mean in dots)
            rows.append(SupportRow(label, values, hovers, city.get(need.criterion), _row_text(need, say)))
    headline = needs_headline(needs, say)
    note = say(
        "A dot is a school, brown below the goal; the upright line is the city's mean. Those that take the most"
        " stand first: what is left to the goal, summed over the schools below. Means are pulled towards the"
        " city's, the more so the fewer who answered, so that no school is visited for chance; whether a school"
        " meets the goal is still decided on its own figures."
    )
    most = max(need.schools for need in needs)
    return Block(
        key="needs",
        title=every_school(say),
        headline=headline,
        alt=say(
            "Dots: each school's pulled mean on each criterion, in brown below the goal and in blue from it, with the"
            " city's mean as a tick; criteria stand under the effort that they call for. {headline}.",
            headline=headline,
        ),
        table=needs_figures(framework, needs, city, say),
        figure=support(rows, axis_of(framework, say), say.language),
        note=" ".join(filter(None, [note, thinned_note(most, say)])),
    )


def every_school(say: Words) -> str:
    """What the picture is called where it is folded."""
    return say("Every school on every criterion")


def by_need(needs: Sequence[CriterionNeed]) -> Iterator[tuple[Need, list[CriterionNeed]]]:
    """The kinds of effort that any criterion calls for, with those that do."""
    for kind in Need:
        if of_kind := [need for need in needs if need.need is kind]:
            yield kind, of_kind


def needs_in_short(needs: Sequence[CriterionNeed], say: Words) -> str:
    """On how many criteria many schools are low, and on how many a few."""
    many, few = (sum(need.need is kind for need in needs) for kind in (Need.CITY, Need.VISITS))
    return say("{many} low in many schools, {few} in a few", many=say.integer(many), few=say.integer(few))


def needs_headline(needs: Sequence[CriterionNeed], say: Words) -> str:
    counts = {kind: sum(need.need is kind for need in needs) for kind in Need}
    headline = say.plural(
        "Of {n} criterion, {city} is low in many schools and {visits} in a few",
        "Of {n} criteria, {city} are low in many schools and {visits} in a few",
        len(needs),
        city=counts[Need.CITY],
        visits=counts[Need.VISITS],
    )
    if counts[Need.NONE]:
        headline += say.plural(
            "; on {n} every school is at the goal", "; on {n} every school is at the goal", counts[Need.NONE]
        )
    return headline


def needs_figures(
    framework: Framework, needs: Sequence[CriterionNeed], city: Mapping[str, float | None], say: Words
) -> Table:
    """A row a criterion, under the effort that it calls for."""
    columns: tuple[TableColumn[CriterionNeed], ...] = (
        text_column(say("Id"), lambda need: need.criterion),
        text_column(say("Criterion"), lambda need: framework.criterion(need.criterion).title.in_(say.language)),
        text_column(say("What it calls for"), lambda need: say.marked(NEED[need.need])),
        count_column(say("Schools below the goal"), lambda need: need.below, say),
        count_column(say("Schools"), lambda need: need.schools, say),
        level_column(say("Left to the goal, levels in all"), lambda need: need.lift, say),
        level_column(
            say("Left on average per school below"), lambda need: need.lift / need.below if need.below else 0.0, say
        ),
        level_column(say("The city's mean"), lambda need: or_hidden(city.get(need.criterion)), say),
    )
    return Table.of(columns, [need for _, of_kind in by_need(needs) for need in of_kind])


def to_visit(n: int, say: Words) -> str:
    """What the schools to visit are called where they are folded."""
    return say.plural("{n} school to visit", "All {n} schools to visit", n)


def visits_block(
    ask: Ask, framework: Framework, year: int, visits: Sequence[tuple[SchoolNeed, Sequence[str]]], shown: int
) -> Block:
    """A row a school with the criteria that it would be visited for, those that need the most first; `shown`: of how
    many."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    headline = say.plural(
        "A visit would help {n} of {of} schools",
        "A visit would help {n} of {of} schools",
        len(visits),
        of=say.integer(shown),
    )
    if len(visits) > FIRST:
        share = sum(need.lift for need, _ in visits[:FIRST]) / sum(need.lift for need, _ in visits)
        headline = say(
            "{headline}; the {first} that need it most hold {share} of what is left to do there",
            headline=headline,
            first=FIRST,
            share=say.percent(share),
        )
    columns: tuple[TableColumn[tuple[SchoolNeed, Sequence[str]]], ...] = (
        text_column(say("School"), lambda of: names[of[0].school_id]),
        text_column(say("District"), lambda of: ask.catalogue.school(of[0].school_id).district or ""),
        count_column(say("Number of criteria"), lambda of: len(of[1]), say),
        level_column(say("Left to the goal, levels in all"), lambda of: of[0].lift, say),
        text_column(say("Criteria that the visit is for"), lambda of: _listed(framework, of[1], say)),
    )

    def row(need: SchoolNeed, criteria: Sequence[str]) -> TableRow:
        of = {"framework": framework.id, "year": year, "school": need.school_id}
        ways = (
            html.link(criterion_title(framework, id_, say), address("lara", say, **of, criterion=id_))
            for id_ in criteria
        )
        lift = RowCell(say.number(need.lift, 1), need.lift)
        return TableRow(names[need.school_id], address("skola", say, **of), (lift, RowCell(html.joined(ways, "; "))))

    table = row_table(
        TableHeadings(say("Schools to visit"), say("School"), say("All {n} schools", n=min(len(visits), LISTED))),
        (
            RowColumn(say("Levels left"), "num", short=say("Levels left")),
            RowColumn(say("Criteria that the visit is for"), "say"),
        ),
        [row(*of) for of in visits[:LISTED]],
    )
    return Block(
        key="visits",
        title=to_visit(len(visits), say),
        headline=headline,
        alt=say("Table: what is left to the goal for each school to visit, and on which criteria. {headline}.",
                headline=headline),
        table=Table.of(columns, visits),
        drawing=html.element("div", table, class_="kd-drawn"),
        note=" ".join(filter(None, [rest_note(len(visits) - LISTED, say), _visits_reading(say)])),
    )  # fmt: skip


def _visits_reading(say: Words) -> str:
    return say(
        "Only criteria that most schools manage count here: those that are low in many schools need a joint "
        "effort. A criterion leads to the schools to learn from."
    )


def _listed(framework: Framework, criteria: Sequence[str], say: Words) -> str:
    """Criteria with their titles."""
    return "; ".join(criterion_name(framework, criterion, say) for criterion in criteria)


def _row_text(need: CriterionNeed, say: Words) -> str:
    if not need.below:
        return say.plural("no school of {n} below the goal", "no school of {n} below the goal", need.schools)
    return say.plural(
        "{below} of {n} school below the goal; {lift} levels left in all",
        "{below} of {n} schools below the goal; {lift} levels left in all",
        need.schools,
        below=say.integer(need.below),
        lift=say.number(need.lift, 1),
    )
