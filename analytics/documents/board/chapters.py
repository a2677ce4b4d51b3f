"""The yearly quality report's chapters; each a picture or a few sentences, and a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.dialogue.board_report import BoardReport
from analytics.documents.followup.chapters import about_blocks
from analytics.documents.paper.shapes import Block, Bullets, DotLine, Dots, Paragraph, Tone
from analytics.documents.paper.table import PaperColumn, PaperTable
from analytics.maturity.changes import CityChange
from analytics.maturity.city import CityArea, CityCell
from analytics.maturity.support import Need
from analytics.model.frameworks import WHOLE
from analytics.words.frameworks import criterion_name
from analytics.words.goals import goal_level
from analytics.words.language import Words

NOTHING = "–"
LONGEST = 24  # letters of a level's name under the picture
LISTED = 5  # criteria


def area_blocks(report: BoardReport, say: Words) -> Iterator[Block]:
    """The areas on the level scale, then a row an area, the whole last."""
    city = report.city
    rows = [city.by_area[area.id] for area in report.framework.areas if area.id in city.by_area]
    shown = [row for row in rows if row.mean is not None]
    if not shown:
        yield Paragraph(say("No area can be shown: every school has too few answers."), Tone.MISSING)
        return
    yield _picture(report, shown, say)
    if WHOLE in city.by_area:
        rows.append(city.by_area[WHOLE])
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas} | {WHOLE: say("All areas")}
    columns: list[PaperColumn[CityArea]] = [
        PaperColumn(say("Area"), lambda row: titles[row.area], 6),
        PaperColumn(say("Schools"), lambda row: say.integer(row.schools), 2, True),
        PaperColumn(say("Mean"), lambda row: _level(row.mean, say), 3, True),
        PaperColumn(say("Between schools (P10–P90)"), lambda row: _span(row.p10, row.p90, say), 4, True),
        PaperColumn(say("Pace a year"), lambda row: _pace(report, row.area, say), 3, True, optional=True),
    ]
    if city.before:
        since = say("Change since {year}", year=say.round(city.before.year))
        columns.append(PaperColumn(since, lambda row: change_told(_change(report, row.area), say), 4, True))
    yield PaperTable.of("", columns, rows)
    if left_out := max(row.left_out for row in rows):
        note = say.plural(
            "{n} school with too few answers is left out.", "{n} schools with too few answers are left out.", left_out
        )
        yield Paragraph(note, Tone.NOTE)


def _picture(report: BoardReport, rows: list[CityArea], say: Words) -> Dots:
    framework = report.framework
    titles = {area.id: area.title.in_(say.language) for area in framework.areas}
    lines = tuple(DotLine(titles[row.area], row.mean, row.ci_low, row.ci_high) for row in rows)
    told = [f"{titles[row.area]}: {_level(row.mean, say)} ({_span(row.ci_low, row.ci_high, say)})" for row in rows]
    names = framework.labels(say.language)
    return Dots(
        caption=say("The areas in {year}, means", year=say.round(report.year)),
        alt=say("Dots with intervals per area: the mean of the schools. {lines}.", lines="; ".join(told)),
        lowest=framework.scale_min,
        names=tuple(name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in names),
        goal=framework.goal.level,
        goal_name=say("the goal: {goal}", goal=goal_level(framework, say)),
        lines=lines,
        value_name=say("mean of the schools, with a 95% interval"),
        city_name="",
        similar_name="",
    )


def criterion_blocks(report: BoardReport, say: Words) -> Iterator[Block]:
    """A row a criterion, in the framework's order."""
    city, goal = report.city, report.framework.goal
    order = {criterion.id: n for n, criterion in enumerate(report.framework.criteria)}
    changes = {change.criterion: change for change in city.changes if change.criterion}
    columns: list[PaperColumn[CityCell]] = [
        PaperColumn(say("Criterion"), lambda cell: criterion_name(report.framework, cell.criterion, say), 9),
        PaperColumn(say("Mean"), lambda cell: _level(cell.mean, say), 3, True),
        PaperColumn(say("Answers at the goal"), lambda cell: _share(cell.share_at_goal, say), 3, True),
        PaperColumn(say("Schools below the goal"), lambda cell: _below(report, cell, say), 3, True, optional=True),
    ]
    if city.before:
        since = say("Change since {year}", year=say.round(city.before.year))
        columns.append(PaperColumn(since, lambda cell: change_told(changes.get(cell.criterion), say), 4, True))
    yield PaperTable.of("", columns, sorted(city.now, key=lambda cell: order[cell.criterion]))
    if goal.statistic == "mean":
        text = say("Schools below the goal are counted by means that allow for how few answers a school may have.")
        yield Paragraph(text, Tone.NOTE)


def effort_blocks(report: BoardReport, say: Words) -> Iterator[Block]:
    """What is low in many schools, by name; how many schools a visit would help, none of them by name."""
    if report.framework.goal.statistic != "mean":
        yield Paragraph(say("Where effort pays is told where the goal is a mean: here it is another."), Tone.MISSING)
        return
    city = [need for need in report.needs.values() if need.need is Need.CITY]
    if city:
        yield Paragraph(say("Low in many schools, so that one effort for all of them pays most:"))
        yield Bullets(
            tuple(
                say(
                    "{criterion}: {below} of {schools} schools are below the goal",
                    criterion=criterion_name(report.framework, need.criterion, say),
                    below=say.integer(need.below),
                    schools=say.integer(need.schools),
                )
                for need in city[:LISTED]
            )
        )
    else:
        yield Paragraph(say("No criterion is low in so many schools that one effort for all of them would pay."))
    yield Paragraph(
        say.plural(
            "On criteria that are low in a few schools, {n} school would be helped by a visit.",
            "On criteria that are low in a few schools, {n} schools would be helped by a visit.",
            report.visits,
        )
    )


def method_blocks(report: BoardReport, about: Mapping[str, str], say: Words) -> Iterator[Block]:
    """What is left out, what a clear change is, and where the data come from."""
    yield Paragraph(
        say(
            "Figures that fewer than {n} answers stand behind are hidden and are in none of the means here. Each school"
            " counts once in a mean of the schools.",
            n=report.agreed.hide_below,
        )
    )
    yield Paragraph(
        say(
            "A change is told where it is more than chance between two rounds of anonymous answers explains, in the"
            " schools that are shown in both."
        )
    )
    yield from about_blocks(report.agreed, about, say)


def change_told(change: CityChange | None, say: Words) -> str:
    """The difference where it is clear, else that none is; a dash where the two rounds cannot be compared."""
    if change is None:
        return NOTHING
    return say.signed(change.difference) if change.clear else say("no clear change")


def _change(report: BoardReport, area: str) -> CityChange | None:
    return report.city.area_changes.get(area) if area else report.city.whole_change


def _pace(report: BoardReport, area: str, say: Words) -> str:
    trend = report.trends.get(area)
    return say.signed(trend.pace) if trend and trend.pace is not None else ""


def _below(report: BoardReport, cell: CityCell, say: Words) -> str:
    need = report.needs.get(cell.criterion)
    if need is None:
        return ""
    return say("{part} of {whole}", part=say.integer(need.below), whole=say.integer(need.schools))


def _level(value: float | None, say: Words) -> str:
    return NOTHING if value is None else say.number(value)


def _share(value: float | None, say: Words) -> str:
    return NOTHING if value is None else say.percent(value)


def _span(low: float | None, high: float | None, say: Words) -> str:
    if low is None or high is None:
        return NOTHING
    return say("{low}–{high}", low=say.number(low), high=say.number(high))
