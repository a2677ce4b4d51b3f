"""`kvalitet roles`: who may do what in a store that several people use; the first administrator is made here."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import group_store_option, json_option, say, whole_store_option
from analytics.cli.output import account, announce, print_json, refusal
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.model.errors import Problem
from analytics.model.people import Identity, RoleRow, ViewerRole
from analytics.store.funding import read_funding
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.roles import Roles, give_role, take_role
from analytics.store.roles import as_json as roles_json

issuer_option = click.option("--issuer", required=True, help="The provider that signs them in: `iss` of their token.")
subject_option = click.option("--subject", required=True, help="Who they are to that provider: `sub` of their token.")
ROLE = click.Choice([role.value for role in ViewerRole])


@cli.group()
@group_store_option
def roles() -> None:
    """Who may do what, once people sign in."""


@roles.command("list")
@whole_store_option
@json_option
@click.pass_obj
def list_roles(store: Path, as_json: bool) -> None:
    """Everybody who has a role."""
    _report(Roles(store).rows(), as_json)


@roles.command("add")
@whole_store_option
@issuer_option
@subject_option
@click.option("--name", required=True, help="What they are called here.")
@click.option("--role", "role", required=True, type=ROLE)
@click.option("--school", "schools", multiple=True, help="A school's id, for the role skola; as many as there are.")
@click.option(
    "--administration", "administrations", multiple=True,
    help="An administration's id, where the role eu is limited to some; without: the whole city.",
)  # fmt: skip
@json_option
@click.pass_obj
def add_role(
    store: Path,
    issuer: str,
    subject: str,
    name: str,
    role: str,
    schools: tuple[str, ...],
    administrations: tuple[str, ...],
    as_json: bool,
) -> None:
    """Gives somebody a role; what they have already stays, but for the same role's schools and administrations."""
    _check(store, ViewerRole(role), schools)
    _check_administrations(store, ViewerRole(role), administrations)
    limited = administrations or None
    row = give_role(store, Identity(issuer, subject), name, ViewerRole(role), schools, account(), limited)
    _report((row,), as_json)


@roles.command("remove")
@whole_store_option
@issuer_option
@subject_option
@click.option("--role", "role", type=ROLE, help="Only this role; else all that they have.")
@json_option
@click.pass_obj
def remove_role(store: Path, issuer: str, subject: str, role: str | None, as_json: bool) -> None:
    """Takes a role away; it is gone at their next click."""
    gone = take_role(store, Identity(issuer, subject), ViewerRole(role) if role else None, account())
    if not gone:
        text, hint = say("They have no such role."), say("The list of roles tells who has which.")
        raise refusal(store, Problem(file_name(store), None, "--subject", subject, text, hint))
    _report(gone, as_json)


def _check(store: Path, role: ViewerRole, schools: tuple[str, ...]) -> None:
    """Refuses a school's role without a school or with one that there is not, and schools for any other role."""
    known = {school.id for school in read_schools(Store(store).current())}
    unknown = [school for school in schools if school not in known]
    text, value = None, None
    if unknown:
        text, value = say("The school is not known."), unknown[0]
    elif (role is ViewerRole.SCHOOL) != bool(schools):
        text = say("The role skola is about schools, and no other role is.")
    if text:
        hint = say("Say --role skola with one --school or more, by their ids; any other role without.")
        raise refusal(store, Problem(file_name(store), None, "--school", value, text, hint))


def _check_administrations(store: Path, role: ViewerRole, administrations: tuple[str, ...]) -> None:
    """Refuses an administration that there is not, and any for another role than eu."""
    if not administrations:
        return
    known = [one.id for one in read_funding(Store(store).current()).administrations]
    unknown = [one for one in administrations if one not in known]
    text, hint, value = None, say("Say --role eu with --administration ID."), None
    if role is not ViewerRole.FUNDS:
        text = say("The role eu is limited to administrations, and no other role is.")
    elif unknown:
        text, value = say("The administration is not known."), unknown[0]
        hint = say("The administrations are: {listed}.", listed=", ".join(known) or "-")
    if text:
        raise refusal(store, Problem(file_name(store), None, "--administration", value, text, hint))


def _report(rows: tuple[RoleRow, ...], as_json: bool) -> None:
    if as_json:
        print_json(LoadOutcome(None, (), ()), roles=roles_json(rows))
        return
    for row in rows:
        about = row.schools if row.administrations is None else row.administrations
        of = f"  {', '.join(about)}" if about or row.administrations is not None else ""
        announce(f"{row.role.value}  {row.name}  {row.who.issuer}  {row.who.subject}{of}")
    if not rows:
        announce(say("Nobody has a role."))
