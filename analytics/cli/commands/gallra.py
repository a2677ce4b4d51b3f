"""`kvalitet gallra`: answers that have been kept for as long as they should, or that must not be kept, go for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from analytics.cli.disposal_output import disposal_told, tell_disposal
from analytics.cli.every_owner import Part, end_with, in_each, parts_of, parts_there
from analytics.cli.group import cli
from analytics.cli.options import json_option, say, whole_store_option
from analytics.cli.output import account, announce, on_one_line, print_json, refusal
from analytics.cli.owned import store_of
from analytics.cli.store_words import of_another_owner
from analytics.intake.raw import file_name
from analytics.intake.register import CityVocabulary
from analytics.intake.word_problem import WordProblem
from analytics.loads.backup_disposal import ComparedStore, GoneFromBackup, dispose_of_each
from analytics.loads.disposal_rules import by_retention, outright
from analytics.loads.disposing import Wanted, dispose, look_through
from analytics.loads.load import LoadOutcome
from analytics.model.errors import Problem, StoreBroken
from analytics.model.owners import SchoolOwner
from analytics.model.people import Did
from analytics.store.archive_file import BackupBroken, contents_of
from analytics.store.audit import note_where_kept
from analytics.store.backup import AnotherOwners
from analytics.store.disposals import Disposal
from analytics.store.drafts import Drafts
from analytics.store.owners import owner_whose_store
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.retention import FILE, Retention, RetentionWrong, read_retention
from analytics.store.versions import holds_a_store, read_current
from analytics.words.disk import reason

Came = TypeVar("Came")


@cli.command("gallra")
@whole_store_option
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
    published. In a store of several owners each by its own retention.toml, unless --owner says whose."""
    if backup is not None and (round_ or school or with_figures or why):
        raise click.UsageError(
            "--backup takes out what has gone from the store; it goes with --dry-run and --by alone."
        )
    if with_figures and not round_ and not school:
        raise click.UsageError("--with-figures goes with --round.")
    by = by or account()
    if round_ or school:
        store = store_of(store, None, say, whole=False)  # one owner's decision, of what is the owner's
    elif parts := parts_of(store):
        if backup is None:
            _by_each_owners_retention(parts, dry_run, by, as_json)
        else:
            _in_backup_of_owners(store, backup, dry_run, by, as_json)
        return
    if backup is not None:
        [gone] = _in_backup(store, [store], backup, dry_run, by)
        _report(store, gone.disposal, dry_run, as_json, backup, drafts=gone.drafts)
        return
    if round_ or school:
        do = look_through if dry_run else dispose
        _report(store, do(store, _outright(store, round_, school, with_figures, why), by), dry_run, as_json)
        return
    gone = _by_retention(store, _retention(store), dry_run, by)
    _report(store, gone.disposal, dry_run, as_json, drafts=gone.drafts, damaged=gone.damaged)


class _Gone(NamedTuple):
    """What went, or would, by a store's retention; of drafts and damaged files of them, how many."""

    disposal: Disposal
    drafts: int
    damaged: int


def _by_retention(store: Path, retention: Retention, dry_run: bool, by: str) -> _Gone:
    do, today = look_through if dry_run else dispose, date.today()
    disposal = do(store, by_retention(retention, today), by)
    return _Gone(disposal, *_drafts(store, retention.drafts_are_due(today), dry_run, by))


def _by_each_owners_retention(parts: Sequence[Part], dry_run: bool, by: str, as_json: bool) -> None:
    """Every owner's setting is read before anything goes of anybody's."""
    there = [part for part in parts if holds_a_store(part[1])]
    said = {folder: _retention(folder) for _, folder in there if (folder / FILE).exists()}
    if there and not said:
        _retention(there[0][1])  # refused, with what the file may say

    def gone(owner: SchoolOwner, folder: Path) -> dict[str, object]:
        if folder not in said:
            if not as_json:
                announce(say("The store says nowhere how long anything is to be kept, so nothing goes."))
            return {"id": owner.id, "version": read_current(folder).number, "gallra": None}
        found = _by_retention(folder, said[folder], dry_run, by)
        if not as_json:
            drafts, damaged = found.drafts, found.damaged
            tell_disposal(found.disposal, say, dry_run=dry_run, whose=owner, drafts=drafts, damaged=damaged)
        told = disposal_told(found.disposal, drafts=found.drafts, damaged=found.damaged)
        return {"id": owner.id, "version": read_current(folder).number, "gallra": told}

    found, problems = in_each(parts, gone, say, as_json=as_json)
    end_with(problems, None, as_json, dry_run=dry_run, owners=found)


def _in_backup_of_owners(store: Path, backup: Path, dry_run: bool, by: str, as_json: bool) -> None:
    """What has gone from each owner's store, out of a backup of all; out of one owner's, what has from that owner's."""
    parts = parts_there(store)
    held = _refusing(store, backup, lambda: contents_of(backup))
    if held.owners is None:
        parts = [part for part in parts if part[0].id == held.owner]
        if not parts:
            text = say("The backup is of one owner's store, and does not say whose.")
            if held.owner:
                text = say("The store holds no such owner.")
            problem = Problem(file_name(backup), None, "--owner", held.owner, text, say("Say whose with --owner."))
            raise refusal(store, problem)
    gone = _in_backup(store, [folder for _, folder in parts], backup, dry_run, by)
    found = []
    for (owner, folder), one in zip(parts, gone, strict=True):
        told = disposal_told(one.disposal, drafts=one.drafts)
        found.append({"id": owner.id, "version": read_current(folder).number, "gallra": told})
        if not as_json:
            announce(on_one_line(f"{owner.name} ({owner.id})"))
            tell_disposal(one.disposal, say, dry_run=dry_run, backup=backup, drafts=one.drafts)
    end_with((), None, as_json, dry_run=dry_run, owners=found)


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


def _in_backup(store: Path, stores: Sequence[Path], backup: Path, dry_run: bool, by: str) -> list[GoneFromBackup]:
    today = date.today()
    compared = [
        ComparedStore(one, _retention(one).drafts_are_due(today) if (one / FILE).exists() else None) for one in stores
    ]
    return _refusing(store, backup, lambda: dispose_of_each(compared, backup, by, dry_run=dry_run))


def _refusing(store: Path, backup: Path, do: Callable[[], Came]) -> Came:
    """What comes of it; a backup that nothing can be done with is told."""
    try:
        return do()
    except FileNotFoundError:
        text, hint = say("There is no such file."), say("Check the path.")
    except AnotherOwners as error:
        raise refusal(store, of_another_owner(backup, str(error), say)) from None
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
        told = disposal_told(disposal, drafts=drafts, damaged=damaged)
        print_json(LoadOutcome(number, (), ()), dry_run=dry_run, gallra=told)
        return
    whose = owner_whose_store(store)
    tell_disposal(disposal, say, dry_run=dry_run, whose=whose, backup=backup, drafts=drafts, damaged=damaged)
