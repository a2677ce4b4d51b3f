"""`kvalitet gallra`: answers that have been kept for as long as they should, or that must not be kept, go for good."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import json_option, say, store_option
from analytics.cli.output import account, announce, in_force, print_json, refusal
from analytics.documents.disposal import disposal_data
from analytics.intake.raw import file_name
from analytics.intake.register import CityVocabulary
from analytics.intake.word_problem import WordProblem
from analytics.loads.backup_disposal import GoneFromBackup, dispose_in_backup
from analytics.loads.disposal_rules import by_retention, outright
from analytics.loads.disposing import Wanted, dispose, look_through
from analytics.loads.load import LoadOutcome
from analytics.model.errors import Problem, StoreBroken
from analytics.model.people import Did
from analytics.store.audit import note_where_kept
from analytics.store.backup import BackupBroken
from analytics.store.disposals import Disposal, by_round
from analytics.store.drafts import Drafts
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.retention import FILE, Retention, RetentionWrong, read_retention
from analytics.store.versions import read_current
from analytics.words.disk import reason


@cli.command("gallra")
@store_option
@click.option("--round", "round_", metavar="FRAMEWORK/YEAR", help="The answers of this round, outright.")
@click.option("--school", help="The answers of this school, and the figures made of them, outright.")
@click.option("--with-figures", is_flag=True, help="What was published of the round as well.")
@click.option("--reason", "why", default="", help="Why, as the protocol is to say it.")
@click.option(
    "--backup",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What has gone from the store, out of this backup.",
)
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--by", help="Who does it (default: the account's name).")
@json_option
@click.pass_obj
def gallra(
    store: Path,
    round_: str | None,
    school: str | None,
    with_figures: bool,
    why: str,
    backup: Path | None,
    dry_run: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Takes answers away for good, with the earlier versions that hold them, and leaves a protocol (kvalitet export
    gallring). By itself: what the store's retention.toml says has been kept long enough; figures stay as they were
    published."""
    if backup is not None and (round_ or school or with_figures or why):
        raise click.UsageError(
            "--backup takes out what has gone from the store; it goes with --dry-run and --by alone."
        )
    if with_figures and not round_ and not school:
        raise click.UsageError("--with-figures goes with --round.")
    by = by or account()
    if backup is not None:
        gone = _in_backup(store, backup, dry_run, by)
        _report(store, gone.disposal, dry_run, as_json, backup, drafts=gone.drafts)
        return
    do = look_through if dry_run else dispose
    if round_ or school:
        _report(store, do(store, _outright(store, round_, school, with_figures, why), by), dry_run, as_json)
        return
    retention, today = _retention(store), date.today()
    disposal = do(store, by_retention(retention, today), by)
    drafts, damaged = _drafts(store, retention.drafts_are_due(today), dry_run, by)
    _report(store, disposal, dry_run, as_json, drafts=drafts, damaged=damaged)


def _drafts(store: Path, before: datetime | None, dry_run: bool, by: str) -> tuple[int, int]:
    """How many drafts go, or would, and how many files of them that were damaged and put aside; they are in no version,
    and tell nothing that is published."""
    if before is None:
        return 0, 0
    drafts = Drafts(store)
    old, aside = len(drafts.last_changed_before(before)), drafts.aside_before(before)
    if (old or aside) and not dry_run:
        note_where_kept(store, by, Did.DRAFTS_DISPOSED, drafts=old, **({"files": len(aside)} if aside else {}))
        drafts.let_go_before(before)
        drafts.let_go_aside(aside)
    return old, len(aside)


def _retention(store: Path) -> Retention:
    read_current(store)
    where = file_name(store / FILE)
    try:
        retention = read_retention(store)
    except RetentionWrong as error:
        text = say("The file of the store's retention cannot be read.")
        if error.key is not None:
            text = say("The store's retention cannot be this.")
        raise refusal(store, Problem(where, None, error.key, error.value, text, _what_it_may_say())) from None
    if retention is None:
        text = say("The store says nowhere how long anything is to be kept, so nothing goes.")
        raise refusal(store, Problem(where, None, None, None, text, _what_it_may_say()))
    return retention


def _what_it_may_say() -> str:
    return say(
        "The file retention.toml in the store's folder may have answers_years (a whole number), versions_days and"
        " drafts_days (whole numbers) and decision (a text)."
    )


def _outright(store: Path, round_: str | None, school: str | None, figures: bool, why: str) -> Wanted:
    view = Store(store).current()
    register = CityVocabulary(read_frameworks(view), read_schools(view), say)
    found = None
    if round_:
        framework, _, year = round_.rpartition("/")
        if not framework or not year.isdecimal():
            raise click.BadParameter("FRAMEWORK/YEAR, as vebs-2022/2024", param_hint="--round")
        found = (_known(store, "--round", round_, register.framework(framework)), int(year))
    id_ = _known(store, "--school", school, register.school(school)) if school else None
    return outright(found, id_, figures, why)


def _known(store: Path, option: str, word: str, found: str | WordProblem) -> str:
    if isinstance(found, WordProblem):
        raise refusal(store, Problem(file_name(store), None, option, word, found.problem, found.hint))
    return found


def _in_backup(store: Path, backup: Path, dry_run: bool, by: str) -> GoneFromBackup:
    says = (store / FILE).exists()
    before = _retention(store).drafts_are_due(date.today()) if says else None
    try:
        return dispose_in_backup(store, backup, by, dry_run=dry_run, drafts_before=before)
    except FileNotFoundError:
        text, hint = say("There is no such file."), say("Check the path.")
    except (BackupBroken, StoreBroken) as error:
        if isinstance(error, StoreBroken) and str(error).startswith(str(store)):
            raise
        text, hint = say("The file is no whole backup of a store."), say("Use another copy. Nothing was changed.")
    except OSError as error:
        text = " ".join(filter(None, (say("The file cannot be written."), reason(error, say))))
        hint = say("See to the folder's free space and access rights.")
    raise refusal(store, Problem(file_name(backup), None, None, None, text, hint))


def _report(
    store: Path,
    disposal: Disposal,
    dry_run: bool,
    as_json: bool,
    backup: Path | None = None,
    *,
    drafts: int = 0,
    damaged: int = 0,
) -> None:
    number = disposal.version if disposal.version and backup is None else read_current(store).number
    if as_json:
        told = disposal_data(disposal) | {"drafts": drafts, "damaged_drafts": damaged}
        print_json(LoadOutcome(number, (), ()), dry_run=dry_run, gallra=told)
        return
    if disposal.is_empty and not drafts and not damaged:
        announce(say("There is nothing to take away."))
        return
    announce(say("This would go:") if dry_run else say("Removed for good:"))
    for (framework, year), schools in by_round(disposal.answers).items():
        told = say.plural(
            "{framework} {year}: the answers of {n} school; its figures stay as they were published",
            "{framework} {year}: the answers of {n} schools; their figures stay as they were published",
            len(schools),
            framework=framework,
            year=year,
        )
        announce(f"  {told}")
    for (framework, year), schools in by_round(disposal.figures).items():
        told = say.plural(
            "{framework} {year}: the answers of {n} school and the figures made of them",
            "{framework} {year}: the answers of {n} schools and the figures made of them",
            len(schools),
            framework=framework,
            year=year,
        )
        announce(f"  {told}")
    if disposal.briefs:
        announce("  " + say.plural("{n} frozen brief", "{n} frozen briefs", len(disposal.briefs)))
    if disposal.versions:
        numbers = ", ".join(str(version.number) for version in disposal.versions)
        announce("  " + say.plural("version {numbers}", "versions {numbers}", len(disposal.versions), numbers=numbers))
    if drafts:
        announce("  " + say.plural("{n} draft that was never saved", "{n} drafts that were never saved", drafts))
    if damaged:
        announce("  " + say.plural("{n} damaged file of drafts", "{n} damaged files of drafts", damaged))
    if dry_run:
        announce(say("Nothing was changed."))
    elif backup is not None:
        announce(say("The backup {file} is as it was but for that.", file=file_name(backup)))
    elif not disposal.is_empty:
        announce(say("The protocol: kvalitet export gallring --out protocol.pdf"))
        announce(in_force(number, say))
