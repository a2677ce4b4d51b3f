"""The schools that a school is put beside: the similar ones, and why they are; or a set of the reader's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from analytics.maturity.groups import GroupFigure, group_areas, group_cells
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import AreaCell
from analytics.maturity.similar import MOST, Similar, similar_schools
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.model.schools import School
from analytics.words.language import Words
from analytics.words.schools import source_of, stage_name
from pages.figures.school.similar_words import how_chosen
from pages.shared.parts import figure_of, or_unknown
from pages.ui import controls, html
from pages.ui.content import Ask, Block, Item, Table, TableColumn, count_column, level_column, text_column
from pages.ui.titles import address

NAMED = MOST  # schools that the note names


@dataclass(frozen=True)
class ComparisonGroup:
    """The schools to be put beside, the nearest first, with their figures by area and criterion.

    `own_set`: they were chosen by the reader; then nothing is said of how alike they are and `similar` is None.
    """

    schools: tuple[School, ...]
    own_set: bool
    similar: Similar | None
    areas: Mapping[str, GroupFigure]
    cells: Mapping[str, GroupFigure]

    @property
    def whole_stage(self) -> bool:
        """Whether they are every school of the stage, none of them chosen for being near."""
        return self.similar is not None and self.similar.whole_stage

    @property
    def drawn(self) -> bool:
        """Whether there is any figure of theirs to show."""
        return any(figure.mean is not None for figure in self.cells.values())


def group_of(
    ask: Ask, framework_id: str, year: int, school_id: str, among: Collection[str], own_set: Collection[str]
) -> ComparisonGroup:
    """The schools `own_set`, or where it is empty those `among` these that are most like the school."""
    similar = None if own_set else similar_schools(ask.catalogue.schools, school_id, among)
    ids = list(own_set) if similar is None else [neighbour.school_id for neighbour in similar.neighbours]
    schools = tuple(map(ask.catalogue.school, ids))
    return ComparisonGroup(
        schools,
        bool(own_set),
        similar,
        group_areas(ask.view, ask.viewer, framework_id, year, ids),
        group_cells(ask.view, ask.viewer, framework_id, year, ids),
    )


def similar_block(
    ask: Ask, school: School, own: AreaCell | None, group: ComparisonGroup, digits: int, of: SchoolRound
) -> Block:
    """Which schools the diamonds stand for, each a way to its page, and how they were chosen. The answer is in words
    and a table. `digits`: how finely the school's own mean is told; `of`: its round."""
    say = ask.say
    names = controls.school_names(ask.catalogue)
    headline = _headline(school, own, group, digits, say)
    chosen = how_chosen(school, group.similar, group.own_set, say)
    listed = group.schools if len(group.schools) <= NAMED else ()  # of a whole stage the table has the names
    where = {"framework": of.framework, "year": of.year}
    ways = [html.link(names[each.id], address("skola", say, **where, school=each.id)) for each in listed]
    named = f"{say.listing(names[each.id] for each in listed)}." if listed else ""
    measures = sorted({name for each in (school, *group.schools) for name, _ in each.context})
    chosen = " ".join(filter(None, (chosen, source_of(measures, say))))
    near = {n.school_id: n for n in group.similar.neighbours} if group.similar else {}
    columns: list[TableColumn[School]] = [
        text_column(say("School"), lambda each: names[each.id]),
        text_column(say("Stage"), lambda each: or_unknown(stage_name(each.stage, say) if each.stage else None)),
        count_column(say("Pupils"), lambda each: or_unknown(each.pupils), say),
        count_column(say("Staff"), lambda each: or_unknown(each.staff), say),
        *(level_column(name, _measure(name), say) for name in measures),
    ]
    if any(neighbour.distance is not None for neighbour in near.values()):
        distance = say("Distance (0 alike, 1 as different as can be)")
        columns.append(
            level_column(distance, lambda each: or_unknown(near[each.id].distance) if each.id in near else 0.0, say)
        )
    return Block(
        key="similar",
        headline=headline,
        alt=say("Table: the school and those it is compared with, with what they were compared by. {note}",
                note=" ".join(filter(None, [chosen, named]))),
        table=Table.of(columns, (school, *group.schools)),
        note=html.joined([chosen, " ", html.joined(ways, ", "), "."]) if ways else chosen,
    )  # fmt: skip


def _measure(name: str) -> Callable[[School], float | Missing]:
    """What is known of a school in a measure that was loaded of context."""
    return lambda school: or_unknown(dict(school.context).get(name))


def _headline(school: School, own: AreaCell | None, group: ComparisonGroup, digits: int, say: Words) -> str:
    n, theirs = len(group.schools), group.areas.get(WHOLE)
    if not n:
        return say("There is no similar school to compare {school} with", school=school.name)
    if theirs is None or theirs.mean is None:
        return say("Of the schools that {school} is compared with nothing can be shown", school=school.name)
    figures = {"school": school.name, "theirs": say.number(theirs.mean)}
    figures |= {"low": say.number(present(theirs.lowest)), "high": say.number(present(theirs.highest))}
    if own is None or own.mean is None:
        return say.plural(
            "The school that {school} is compared with has the mean {theirs}",
            "The {n} schools that {school} is compared with have the mean {theirs} together; they lie between "
            "{low} and {high}",
            n,
            **figures,
        )
    figures["own"] = say.number(own.mean, digits)
    if group.own_set:
        return say.plural(
            "Compared with the school that you chose, {school} has the mean {own} and that school {theirs}",
            "Compared with the {n} schools that you chose, {school} has the mean {own} and they {theirs} "
            "together; they lie between {low} and {high}",
            n,
            **figures,
        )
    if group.whole_stage:
        return say.plural(
            "Compared with the one other school of its stage, {school} has the mean {own} and that school {theirs}",
            "Compared with the {n} other schools of its stage, {school} has the mean {own} and they {theirs} "
            "together; they lie between {low} and {high}",
            n,
            **figures,
        )
    return say.plural(
        "Compared with its one similar school, {school} has the mean {own} and that school {theirs}",
        "Compared with its {n} similar schools, {school} has the mean {own} and they {theirs} together; they "
        "lie between {low} and {high}",
        n,
        **figures,
    )


def group_columns(
    group: ComparisonGroup, figure: Callable[[Item], GroupFigure | None], say: Words
) -> tuple[TableColumn[Item], ...]:
    """The group's mean, its lowest and highest school, and how many of the schools are shown; none where there is no
    group to show. `figure`: the group's figures beside an item of the table."""
    if not group.drawn:
        return ()
    known = figure_of(figure, Missing.NOT_COLLECTED)
    mean = (
        say("Chosen schools, mean")
        if group.own_set
        else say("Schools of the same stage, mean")
        if group.whole_stage
        else say("Similar schools, mean")
    )
    return (
        level_column(mean, known(lambda found: found.mean), say),
        level_column(say("Lowest of them"), known(lambda found: found.lowest), say),
        level_column(say("Highest of them"), known(lambda found: found.highest), say),
        count_column(say("Number of them"), lambda item: 0 if (found := figure(item)) is None else found.schools, say),
    )


def group_hover(group: ComparisonGroup, figure: GroupFigure, say: Words) -> str:
    """What the diamond says."""
    mean = say.number(present(figure.mean))
    name = (
        say("Chosen schools: {mean}", mean=mean)
        if group.own_set
        else say("Schools of the same stage: {mean}", mean=mean)
        if group.whole_stage
        else say("Similar schools: {mean}", mean=mean)
    )
    spread = say.plural(
        "the mean of {n} school",
        "the mean of {n} schools, from {low} to {high}",
        figure.schools,
        low=say.number(present(figure.lowest)),
        high=say.number(present(figure.highest)),
    )
    return f"{name}\n{spread}"
