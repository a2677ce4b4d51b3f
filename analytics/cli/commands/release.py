"""`kvalitet release`: to whom rounds' results are released, and what schools are told of each other."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import group_store_option, json_option, say, store_option
from analytics.cli.output import account, announce, print_json, refusal
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.model.errors import Problem
from analytics.model.people import Audience, OtherSchools
from analytics.store.openness import openness_file, release_new_rounds, rounds_in, tell_of_other_schools
from analytics.store.openness import release as release_round
from analytics.store.reading import Store
from analytics.words.people import AUDIENCE, OTHER_SCHOOLS

AUDIENCES = click.Choice([audience.value for audience in Audience])


@cli.group()
@group_store_option
def release() -> None:
    """Who may see which round's result, where people sign in."""


@release.command("list")
@store_option
@json_option
@click.pass_obj
def list_releases(store: Path, as_json: bool) -> None:
    """Every round and to whom it is released, and what is so of new ones."""
    _report(store, as_json)


@release.command("round")
@store_option
@click.option("--framework", required=True, help="The framework's id.")
@click.option("--year", required=True, type=int)
@click.option("--to", "to", required=True, type=AUDIENCES, help="Each step has those before it as well.")
@json_option
@click.pass_obj
def one_round(store: Path, framework: str, year: int, to: str, as_json: bool) -> None:
    """Releases a round's result to these, and holds it back from all others; it works at their next click."""
    rounds = rounds_in(Store(store).current())
    if (framework, year) not in rounds:
        text = say("There is no such round.")
        hint = say("Rounds that there are: {rounds}.", rounds=", ".join(f"{id_} {of}" for id_, of in rounds))
        raise refusal(store, Problem(file_name(store), None, "--year", f"{framework} {year}", text, hint))
    release_round(store, framework, year, Audience(to), account())
    _report(store, as_json)


@release.command("new-rounds")
@store_option
@click.argument("to", type=AUDIENCES)
@json_option
@click.pass_obj
def new_rounds(store: Path, to: str, as_json: bool) -> None:
    """Says to whom rounds are released that are yet to be loaded; those that there are stay as they are."""
    release_new_rounds(store, Audience(to), rounds_in(Store(store).current()), account())
    _report(store, as_json)


@release.command("other-schools")
@store_option
@click.argument("what", type=click.Choice([what.value for what in OtherSchools]))
@json_option
@click.pass_obj
def other_schools(store: Path, what: str, as_json: bool) -> None:
    """Says what the role skola is told of other schools' published figures."""
    tell_of_other_schools(store, OtherSchools(what), account())
    _report(store, as_json)


def _report(store: Path, as_json: bool) -> None:
    said = openness_file(store).said()
    by_round = {(row.framework, row.year): row for row in said.rounds}
    rounds = rounds_in(Store(store).current())
    if as_json:
        listed = [
            {
                "framework": framework,
                "year": year,
                "to": said.released_to(framework, year).value,
                "since": row.since.isoformat(timespec="seconds") if row else None,
                "by": row.by if row else None,
            }
            for framework, year in rounds
            for row in [by_round.get((framework, year))]
        ]
        more = {"new_rounds": said.new_rounds.value, "other_schools": said.other_schools.value}
        print_json(LoadOutcome(None, (), ()), rounds=listed, **more)
        return
    for framework, year in rounds:
        row = by_round.get((framework, year))
        when = f"  {row.since:%Y-%m-%d %H:%M} UTC  {row.by}" if row else ""
        announce(f"{year}  {framework}  {say.marked(AUDIENCE[said.released_to(framework, year)])}{when}")
    announce(say("New rounds: {audience}", audience=say.marked(AUDIENCE[said.new_rounds])))
    announce(say.marked(OTHER_SCHOOLS[said.other_schools]) + ".")
