"""Uppföljning: what came of the goals that were agreed on in a round's dialogues, and whether it helped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analytics.dialogue import followup_words
from analytics.dialogue.followup_report import YearReport, year_report
from analytics.dialogue.followup_words import no_action
from analytics.documents.about import version_about
from analytics.documents.followup import FORMATS, followup_bytes
from analytics.words.language import Words
from analytics.words.plain import plain_name
from pages.shared.list_editor import activities_editor
from pages.shared.words_block import reckoned_block
from pages.talks.followup.effect import moved_block
from pages.talks.followup.goals import goals_table, late_block, late_ways
from pages.talks.followup.pictures import activity_block, area_block, role_block
from pages.talks.followup.sentences import answer, reckoned
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, KeyFigure, Subject, Way, Ways
from pages.ui.files import file_buttons
from pages.ui.forms import commit_while_typing
from pages.ui.head import page_head
from pages.ui.labels import kept_open
from pages.ui.titles import address, questions, titles


def render(ask: Ask) -> None:
    with page_head(ask.say, questions(ask.say)["uppfoljning"]):
        framework, year = _choose(ask)
        ask = ask.of_rounds(framework)
    today = date.today().isoformat()
    content = access.composed(compose, ask, framework, year, today)
    notices.draw(ask, replace(content, notices=()))
    activities_editor(ask, ask.catalogue.framework(framework))
    commit_while_typing()
    _downloads(ask, framework, year, today)
    notices.small_print(content.notices)


def _choose(ask: Ask) -> tuple[str, int]:
    """Framework and year; by default the latest round that has been followed by another, so that there is something to
    look back on."""
    framework = controls.choose_answered(ask)
    years = controls.rounds_of(ask, framework)
    followed = str(ask.catalogue.years(framework)[-2:][0])
    year = controls.choose("year", ask.say("Year of the dialogues"), years, followed, told=years.__getitem__)
    return framework, int(year)


def compose(ask: Ask, framework_id: str, year: int, today: str) -> Content:
    """The page for one round, as of a day."""
    say, report = ask.say, report_of_year(ask, framework_id, year, today)
    agreed, reckoning = bool(report.found.agreements.agreed), reckoned_block(reckoned(report, say), say)
    if not agreed:
        return Content(
            answer=answer(report, say),
            provenance=report.provenance.value,
            about=Subject(year=year, framework=framework_id),
            beside=(_where_to_begin(framework_id, year, say),),
            blocks=tuple(filter(None, [activity_block(ask, report), reckoning])),
        )
    folds = (
        moved_block(ask, report),
        role_block(ask, report),
        late_block(ask, report),
        activity_block(ask, report),
        reckoning,
    )
    return Content(
        answer=answer(report, say),
        provenance=report.provenance.value,
        about=Subject(year=year, framework=framework_id),
        first=area_block(ask, report),
        figures=_key_figures(ask, report),
        beside=late_ways(ask, report),
        table=goals_table(ask, report),
        notices=tuple(filter(None, ["" if report.found.actions.agreed else no_action(report.found, say)])),
        blocks=tuple(filter(None, folds)),
    )


def _where_to_begin(framework: str, year: int, say: Words) -> Ways:
    """Where goals are written down, for a round about which nothing has been agreed."""
    there = address("dialog", say, framework=framework, year=year)
    return Ways(
        say("Where to begin"), (Way(titles(say)["dialog"], there, say("choose a school, and write its goals")),)
    )


def report_of_year(ask: Ask, framework_id: str, year: int, today: str) -> YearReport:
    framework = ask.catalogue.framework(framework_id)
    return year_report(ask.view, ask.viewer, framework, year, date.fromisoformat(today))


def _key_figures(ask: Ask, report: YearReport) -> tuple[KeyFigure, ...]:
    say, found = ask.say, report.found
    moved = report.moved.moved if report.moved else None
    goals = found.agreements
    figures = [
        KeyFigure(
            say.marked(followup_words.TALKED),
            say("{part} of {whole}", part=say.integer(found.talked), whole=say.integer(found.schools)),
            say("that took part in {year}", year=say.round(report.year)),
        ),
        KeyFigure(
            say.marked(followup_words.DONE),
            say("{part} of {whole}", part=say.integer(goals.done), whole=say.integer(goals.agreed)),
            say.plural("in {n} school", "in {n} schools", found.agreeing_schools),
        ),
        KeyFigure(
            say.marked(followup_words.LATE),
            say.integer(goals.late),
            say("open on {day}", day=say.day(found.today)),
        ),
    ]
    if moved:
        low, high = say.signed(moved.beyond_low), say.signed(moved.beyond_high)
        figures.append(
            KeyFigure(
                say("Rise beyond the expected"),
                say.signed(moved.beyond),
                say("levels, {low} to {high}", low=low, high=high),
            )
        )
    return tuple(figures)


def _downloads(ask: Ask, framework: str, year: int, today: str) -> None:
    """The report's files in a fold, each made when somebody asks for it."""
    say = ask.say
    stem, version = f"kvalitetsdialog-uppfoljning-{plain_name(say.round(year))}-{framework}", ask.view.number
    fold = kept_open(say("The follow-up as a report"), key="more_report", type="compact")
    if fold.open:
        with fold:
            file_buttons(
                ask, "followup", FORMATS, stem, version, lambda suffix: file_of(ask, framework, year, today, suffix)
            )


def file_of(ask: Ask, framework: str, year: int, today: str, suffix: str) -> bytes:
    return followup_bytes(report_of_year(ask, framework, year, today), suffix, version_about(ask.view), ask.say)
