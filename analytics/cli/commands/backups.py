"""`kvalitet backup`, `restore`, `verify` and `repair`: a store as one file and back, and whether it is whole."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from analytics.cli.every_owner import end_with, in_each, in_whole, parts_of
from analytics.cli.group import cli
from analytics.cli.options import json_option, say, whole_store_option
from analytics.cli.output import account, announce, in_force, print_json, refusal
from analytics.cli.store_words import of_another_owner
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.loads.recounting import differing_figures
from analytics.model.errors import FiguresDiffer, Problem, SharedDamaged, StoreBroken, StoreThere
from analytics.model.owners import SchoolOwner
from analytics.model.people import Did
from analytics.store.archive_file import Backup
from analytics.store.audit import done_already, note_where_kept
from analytics.store.backup import AnotherOwners, BackupBroken, BackupThere, back_up, check_backup
from analytics.store.backup import restore as restore_store
from analytics.store.homes import home_of
from analytics.store.owners import folder_of_owner
from analytics.store.rollback import check_whole, is_whole, known_versions, newest_whole, roll_back
from analytics.store.versions import read_current
from analytics.store.writing import locked
from analytics.words.disk import reason

archive_argument = click.argument("archive", type=click.Path(path_type=Path, dir_okay=False))


@cli.command("backup")
@whole_store_option
@click.argument("archive", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The same as ARCHIVE.")
@json_option
@click.pass_obj
def backup_command(store: Path, archive: Path | None, out: Path | None, as_json: bool) -> None:
    """Writes the whole store to the new file ARCHIVE (ZIP), while the app runs, and reads it once more. Of a store of
    several owners all of theirs, or with --owner that owner's."""
    if archive is not None and out is not None:
        raise click.UsageError("one file: ARCHIVE or --out")
    archive = archive or out
    if archive is None:
        raise click.UsageError("say which file: ARCHIVE or --out")
    try:
        backup = back_up(store, archive)
    except BackupThere:
        raise _refused(store, archive, say("There is such a file already."), say("Choose another name.")) from None
    except OSError as error:
        text = " ".join(filter(None, (say("The file cannot be written."), reason(error, say))))
        raise _refused(store, archive, text, say("Check the path.")) from None
    with done_already():
        note_in_each(store, Did.BACKED_UP, archive, backup)
    _report(backup, as_json, say("The store is in {file}.", file=file_name(archive)))


@cli.command("restore")
@whole_store_option
@archive_argument
@json_option
@click.pass_obj
def restore_command(store: Path, archive: Path, as_json: bool) -> None:
    """Puts the store in ARCHIVE back, in a folder that holds none: of several owners all of theirs; with --owner that
    owner's part alone, out of a backup of all or of the owner's own."""
    try:
        backup = restore_store(archive, store)
    except StoreThere:
        text, hint = say("There is something in {folder} already.", folder=store), say("Choose an empty folder.")
        raise _refused(store, store, text, hint) from None
    except AnotherOwners as error:
        raise refusal(store, of_another_owner(archive, str(error), say)) from None
    except (BackupBroken, StoreBroken, FileNotFoundError) as error:
        raise _no_backup(store, archive, error) from None
    except OSError as error:
        text = " ".join(filter(None, (say("The store cannot be written."), reason(error, say))))
        raise _refused(store, archive, text, say("See to the folder's free space and access rights.")) from None
    with done_already():
        note_in_each(store, Did.RESTORED, archive, backup)
    _report(backup, as_json, in_force(backup.version, say))


def note_in_each(store: Path, did: Did, archive: Path, backup: Backup) -> None:
    """Writes it down in the store, and with every owner whose part it was of."""
    versions = {store: backup.version}
    versions |= {folder_of_owner(store, one.id): one.version for one in backup.owners or ()}
    for folder, version in versions.items():
        note_where_kept(folder, account(), did, file=archive.name, version=version)


@cli.command("verify")
@whole_store_option
@click.argument("archive", required=False, type=click.Path(path_type=Path, dir_okay=False))
@json_option
@click.pass_obj
def verify_command(store: Path, archive: Path | None, as_json: bool) -> None:
    """Reads every version of the store, or all of the backup ARCHIVE; says what is not whole, and changes nothing. The
    figures in force are counted anew from their answers. Of a store of several owners every owner's."""
    if archive is not None:
        try:
            _report(check_backup(archive), as_json, say("The backup is whole."))
        except (BackupBroken, OSError) as error:
            raise _no_backup(store, archive, error) from None
        return
    parts = parts_of(store)
    of_whole, wrong = in_whole(parts, lambda: _verified(store, as_json), say, as_json=as_json)
    number, broken = of_whole or (None, [])

    def verified(owner: SchoolOwner, folder: Path) -> dict[str, object]:
        version, not_whole = _verified(folder, as_json)
        return {"id": owner.id, "version": version, "broken": not_whole}

    found, problems = in_each(parts, verified, say, as_json=as_json)
    whole = [v.number for v in read_current(store).published if v.number not in broken] if of_whole else []
    more = {"owners": found} if parts else {}
    end_with([*wrong, *problems], number, as_json, whole=whole, broken=broken, **more)


def _verified(store: Path, as_json: bool) -> tuple[int, list[int]]:
    """The version in force, and those that are not whole. Raises StoreBroken where the one in force is not,
    FiguresDiffer where its figures are not what its answers come to, and SharedDamaged where what machines share is
    not what was laid there."""
    current = read_current(store)
    broken = [version.number for version in current.published if not is_whole(store, version)]
    if current.number in broken:
        check_whole(store, current.in_force)  # raises with what is wrong, and what helps
    if differing := differing_figures(store):
        raise FiguresDiffer(", ".join(differing))
    if unsound := home_of(store).unsound():
        told = "; ".join(f"{number}: {', '.join(found)}" for number, found in unsound.items())
        raise SharedDamaged(f"{store}: {told}")
    if not as_json:
        for number in broken:
            announce(say("Version {n} is not whole; it is not in force.", n=number))
        announce(in_force(current.number, say))
        if not broken:
            announce(say.plural("{n} version, whole.", "{n} versions, all whole.", len(current.published)))
    return current.number, broken


@cli.command("repair")
@whole_store_option
@json_option
@click.pass_obj
def repair_command(store: Path, as_json: bool) -> None:
    """Where the file CURRENT is gone, or the version in force is not whole: puts the newest that is whole in force. Of
    a store of several owners in every owner's."""
    parts = parts_of(store)
    number, wrong = in_whole(parts, lambda: _repaired(store, as_json), say, as_json=as_json)
    if number is not None and not as_json:
        announce(in_force(number, say))

    def repaired(owner: SchoolOwner, folder: Path) -> dict[str, object]:
        version = _repaired(folder, as_json)
        if not as_json:
            announce(in_force(version, say))
        return {"id": owner.id, "version": version}

    found, problems = in_each(parts, repaired, say, as_json=as_json)
    more = {"owners": found} if parts else {}
    end_with([*wrong, *problems], number, as_json, **more)


def _repaired(store: Path, as_json: bool) -> int:
    """The version that is in force then."""
    with locked(store):
        if (laid := home_of(store).lay_anew()) and not as_json:
            announce(say("Laid anew where machines share it: {files}.", files=", ".join(laid)))
        try:
            in_force_now = read_current(store).in_force
        except StoreBroken:
            in_force_now = None
        if in_force_now is None or not is_whole(store, in_force_now):
            newest = newest_whole(store)
            if newest is None:
                raise StoreBroken(f"{store}: {', '.join(v.view for v in known_versions(store))}")
            note = partial(note_where_kept, store, account(), Did.VERSION_CHOSEN, version=newest.number)
            roll_back(store, newest.number, note)
        return read_current(store).number


def _report(backup: Backup, as_json: bool, done: str) -> None:
    if as_json:
        files = [{"file": kept.name, "bytes": kept.bytes, "sha256": kept.sha256} for kept in backup.files]
        left_out = list(backup.left_out)
        more: dict[str, object] = {"made_at": backup.made_at.isoformat(), "backup": files, "left_out": left_out}
        if backup.owner is not None:
            more["owner"] = backup.owner
        if backup.owners is not None:
            parts = [
                {"id": one.id, "version": one.version, "made_at": one.made_at.isoformat()} for one in backup.owners
            ]
            more |= {"owners": parts, "without": list(backup.without)}
        print_json(LoadOutcome(backup.version, (), ()), **more)
        return
    total = sum(kept.bytes for kept in backup.files)
    announce(done)
    announce(
        say.plural(
            "{n} file, {size} bytes, made {day}, version {version}.",
            "{n} files, {size} bytes, made {day}, version {version}.",
            len(backup.files),
            size=say.integer(total),
            day=f"{backup.made_at:%Y-%m-%d %H:%M} UTC",
            version=backup.version,
        )
    )
    if backup.owner is not None:
        announce(say("It is the store of the owner {id}.", id=backup.owner))
    for one in backup.owners or ():
        announce(f"  {one.id}  version {one.version}")
    for id_ in backup.without:
        announce(say("Nothing of {owner} lies in the store.", owner=id_), err=True)
    for name in backup.left_out:
        announce(say("{file} is damaged and is not in it: what was typed and not saved.", file=name))


def _no_backup(store: Path, archive: Path, error: Exception) -> Exception:
    if isinstance(error, FileNotFoundError):
        return _refused(store, archive, say("There is no such file."), say("Check the path."))
    text = say("The file is no whole backup of a store.")
    return _refused(store, archive, text, say("Use another copy. Nothing was changed."))


def _refused(store: Path, archive: Path, text: str, hint: str) -> Exception:
    return refusal(store, Problem(file_name(archive), None, None, None, text, hint))
