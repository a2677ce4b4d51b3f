"""`kvalitet parts`: how far each administration's part of a year's report of EU funding is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from analytics.cli.group import cli
from analytics.cli.options import EVERYTHING, json_option, say, store_option
from analytics.cli.output import announce, print_json
from analytics.funding.register import funding
from analytics.loads.load import LoadOutcome
from analytics.loads.part_states import PartState, part_states
from analytics.loads.part_words import changed_in_words, status_in_words, who_has_handed_in
from analytics.store.history import Entry
from analytics.store.reading import Store


@cli.command()
@store_option
@click.option("--year", required=True, type=int, help="Report year.")
@json_option
@click.pass_obj
def parts(store: Path, year: int, as_json: bool) -> None:
    """How far each administration's part of the yearly report of EU funding is: status, last day, sum, what was changed
    after it was handed in."""
    view = Store(store).current()
    register = funding(view, EVERYTHING)
    states = part_states(view, EVERYTHING, register, year)
    if as_json:
        print_json(LoadOutcome(view.number, (), ()), year=year, parts=[_as_json(state) for state in states])
        return
    if not states:
        announce(say("The city has one administration: the report has no parts."))
        return
    titles = {project.id: project.title for project in register.projects}
    announce(who_has_handed_in(states, say))
    for state in states:
        day = say("last day {day}", day=say.day(state.deadline)) if state.deadline else ""
        told = (
            status_in_words(state, say),
            day,
            say("SEK\N{NO-BREAK SPACE}{amount}", amount=say.number(state.total_sek)),
            changed_in_words(state, titles, say),
        )
        announce(f"{state.administration.id} ({state.administration.title}): {'; '.join(filter(None, told))}")


def _as_json(state: PartState) -> dict[str, Any]:
    return {
        "administration": state.administration.id,
        "name": state.administration.title,
        "status": state.status.value,
        "deadline": state.deadline.isoformat() if state.deadline else None,
        "amount_sek": orjson.Fragment(f"{state.total_sek:f}"),
        "projects": state.projects,
        "answers": state.answers,
        "note": state.note,
        "handed_in": _entry(state.handed_in),
        "approved": _entry(state.approved),
        "changed_since": list(state.changed),
    }


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {"version": entry.version, "at": entry.at.isoformat(timespec="seconds"), "by": entry.who}
