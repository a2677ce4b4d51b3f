"""The city's yearly quality report as files, for who reads what was agreed with the schools too."""

from __future__ import annotations

from datetime import date

from analytics.dialogue.board_report import board_report
from analytics.documents.about import version_about
from analytics.documents.board import FORMATS, board_bytes
from analytics.words.plain import plain_name
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.files import file_buttons
from pages.ui.labels import kept_open

TELLS = "uppfoljning"  # whose page tells what was agreed and what came of it, as the report does


def report_fold(ask: Ask, framework: str, year: int) -> None:
    """The report's files in a fold, each made when somebody asks for it; nothing for those whom a part of it is not
    for."""
    if TELLS not in access.opened_pages():
        return
    say = ask.say
    fold = kept_open(say("The quality report for {year}", year=say.round(year)), key="more_report", type="compact")
    if fold.open:
        with fold:
            html.show(
                html.note(
                    say(
                        "For the committee: where the schools stand, what has moved, where effort pays, what was agreed"
                        " and what came of it. No school is named."
                    )
                )
            )
            stem = f"kvalitetsdialog-kvalitetsrapport-{plain_name(say.round(year))}-{framework}"
            file_buttons(
                ask, "board", FORMATS, stem, ask.view.number, lambda suffix: file_of(ask, framework, year, suffix)
            )


def file_of(ask: Ask, framework: str, year: int, suffix: str) -> bytes:
    found = board_report(ask.view, ask.viewer, ask.catalogue.framework(framework), year, date.today())
    return board_bytes(found, suffix, version_about(ask.view), ask.say)
