"""What a version changed against the one that it was made from: in words, then figure by figure."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.loads.changed_schools import changed_schools, in_part
from analytics.loads.difference import Difference, RoundDifference, difference
from analytics.loads.figure_changes import CITY, WHOLE_ROUND, FigureChange, FigureChanges, figure_changes
from analytics.loads.version_list import Listed
from analytics.model.errors import StoreBroken
from analytics.model.provenance import Provenance
from analytics.registers.kinds import table_name
from analytics.store.reference import read_schools
from analytics.store.sources import SourceFile
from analytics.store.versions import Published
from analytics.words.language import Words
from analytics.words.versions import action_word
from pages.ui import access, html
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column
from pages.ui.downloads import table_html
from pages.ui.labels import kept_open
from pages.ui.moments import moment
from pages.ui.notices import draw_block


def draw_changed(ask: Ask, number: int, versions: Sequence[Published]) -> None:
    """Of a version whose files cannot be read, that alone is said."""
    say = ask.say
    try:
        told = access.version_listed(ask, number)
    except StoreBroken:
        html.show(html.answer(say("Version {n} cannot be read: its file is missing or damaged.", n=number)))
        return
    record = told.record
    html.show(
        html.section_title(
            say(
                "Version {n}: {what}, {moment}",
                n=number, what=action_word(record.action, say), moment=moment(say, record.created_at),
            )
        )
    )  # fmt: skip
    before = before_of(record.parent, versions)
    if before is None:
        html.show(html.note(_nothing_before(told, say)))
    else:
        _side_by_side(ask, number, before)
    if told.files:
        fold = kept_open(say("Which files it was made from"), key="version_files")
        if fold.open:
            with fold:
                html.show(table_html(_files(told.files, say), say, stacked=True))


def before_of(parent: int | None, versions: Sequence[Published]) -> int | None:
    """The version that one was made from, if it is there still."""
    return parent if parent in {version.number for version in versions} else None


def _nothing_before(told: Listed, say: Words) -> str:
    if told.record.parent is None:
        return say("This is the first version: there is no earlier one to compare it with.")
    return say("Version {n}, which it was made from, has been removed.", n=told.record.parent)


def _side_by_side(ask: Ask, number: int, before: int) -> None:
    say = ask.say
    try:
        found = access.composed(_compared, ask, before, number)
    except StoreBroken:
        html.show(html.note(say("Version {n}, which it was made from, cannot be read.", n=before)))
        return
    changed, figures, schools = found
    points = [*_of_schools(ask, changed, schools), *(_of_round(ask, one) for one in changed.rounds)]
    points += [
        say.plural(
            "{table}: {rows} row",
            "{table}: {rows} rows",
            abs(rows),
            table=table_name(kind, say),
            rows=say.signed(rows, 0),
        )
        for kind, rows in changed.rows
    ]
    if not points and not figures.figures:
        points = [say("No figure and no number of rows changed.")]
    html.show(html.listed(points))
    if figures.withheld:
        withheld = say.plural(
            "{n} school's round is not laid side by side: a few people's answers were changed in it, and both would"
            " tell which.",
            "{n} schools' rounds are not laid side by side: a few people's answers were changed in them, and both would"
            " tell which.",
            len(figures.withheld),
        )
        html.show(html.note(withheld))
    if figures.figures:
        draw_block(ask, access.composed(_figures_block, ask, before, number), Provenance.IMPORTED.value)


def _compared(ask: Ask, before: int, number: int) -> tuple[Difference, FigureChanges, tuple[str, ...]]:
    was, now = access.version(ask, before), access.version(ask, number)
    told = difference(was, now, ask.viewer), figure_changes(was, now, ask.view, ask.viewer)
    if not (was.is_of_this_edition and now.is_of_this_edition):  # it may not have what is read of a school
        return *told, ()
    return *told, tuple(changed_schools(read_schools(was), read_schools(now), ask.say))


def _of_schools(ask: Ask, changed: Difference, schools: Sequence[str]) -> list[str]:
    say, names = ask.say, ask.catalogue.school_names
    points = []
    if changed.schools:
        listed = say.listing([names.get(id_, id_) for id_ in changed.schools[:10]])
        points.append(
            say.plural(
                "{n} new school: {names}", "{n} new schools, {names} among them", len(changed.schools), names=listed
            )
        )
    if schools:
        points.append(
            say.plural(
                "{n} school changed: {schools}",
                "{n} schools changed: {schools}",
                len(schools),
                schools=in_part(schools, say),
            )
        )
    if changed.frameworks:
        points.append(say("New framework: {names}", names=say.listing(changed.frameworks)))
    return points


def _of_round(ask: Ask, one: RoundDifference) -> str:
    say = ask.say
    round_ = f"{_framework(ask, one.framework)} {_year(ask, one.framework, one.year)}"
    schools = say.plural("{n} school", "{n} schools", one.schools)
    if one.schools_before != one.schools:
        schools = say("{schools}, {before} before", schools=schools, before=say.integer(one.schools_before))
    was, now = (say.number(mean) if mean is not None else "–" for mean in (one.mean_before, one.mean))
    return say(
        "{round}: {schools}; the city's mean {before} → {mean}", round=round_, schools=schools, before=was, mean=now
    )


def _year(ask: Ask, framework: str, year: int) -> str:
    """As the framework calls it, where it is still there."""
    known = any(one.id == framework for one in ask.catalogue.frameworks)
    return (ask.of_rounds(framework) if known else ask).say.round(year)


def _framework(ask: Ask, framework: str) -> str:
    known = {one.id: one.title.in_(ask.say.language) for one in ask.catalogue.frameworks}
    return known.get(framework, framework)


def _figures_block(ask: Ask, before: int, number: int) -> Block:
    say, found = ask.say, access.composed(_compared, ask, before, number)[1].figures
    names, criteria = ask.catalogue.school_names, _criteria(ask)
    city, whole = say("The city"), say("All criteria")

    def school(one: FigureChange) -> str:
        return city if one.school == CITY else names.get(one.school, one.school)

    def criterion(one: FigureChange) -> str:
        return whole if one.criterion == WHOLE_ROUND else criteria.get((one.framework, one.criterion), one.criterion)

    columns: tuple[TableColumn[FigureChange], ...] = (
        text_column(say("Framework"), lambda one: _framework(ask, one.framework)),
        TableColumn(say("Year"), lambda one: one.year, numeric=True),
        text_column(say("School"), school),
        text_column(say("Criterion"), criterion),
        level_column(say("Mean before"), lambda one: one.before, say),
        level_column(say("Mean after"), lambda one: one.after, say),
        count_column(say("Answers before"), lambda one: one.n_before, say),
        count_column(say("Answers after"), lambda one: one.n, say),
    )
    headline = say.plural("{n} figure is not as it was", "{n} figures are not as they were", len(found))
    return Block(
        key=f"figures-{before}-{number}",
        headline=headline,
        title=say("Figure by figure"),
        alt=say(
            "One row per figure that version {n} changed, with what it was in version {before}.",
            n=number,
            before=before,
        ),
        table=Table.of(columns, found),
        note=say("An empty cell: there was none, or it is hidden as too few have answered."),
    )


def _criteria(ask: Ask) -> dict[tuple[str, str], str]:
    say = ask.say
    return {
        (framework.id, criterion.id): criterion.title.in_(say.language)
        for framework in ask.catalogue.frameworks
        for criterion in framework.criteria
    }


def _files(files: Sequence[SourceFile], say: Words) -> Table:
    """Their names and kinds alone: by a file's SHA-256 or its rows a hidden row can be guessed (store/sources.py).
    `kvalitet versions` tells them to whoever has the store."""
    columns: tuple[TableColumn[SourceFile], ...] = (
        text_column(say("File"), lambda file: file.file),
        text_column(say("What it was read as"), lambda file: file.kind),
    )
    return Table.of(columns, files)
