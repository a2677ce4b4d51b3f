"""What the command says of a store that cannot be used, and what helps: never a command that takes anything away."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from analytics.intake.raw import file_name
from analytics.model.errors import (
    DoneUnnoted,
    FiguresDiffer,
    KvalitetError,
    LakeNotInstalled,
    LeftBehind,
    NoMemory,
    NoSharedFolder,
    NoStorageKey,
    PointerLost,
    Problem,
    SharedDamaged,
    StorageUnreachable,
    StoreBroken,
    StoreBusy,
    StoreMissing,
    StoreNewer,
    StoreOld,
    StoreUnreachable,
    TurnLost,
)
from analytics.store.audit import FILE as AUDIT
from analytics.store.reading import Store
from analytics.store.rollback import is_whole, newest_whole
from analytics.store.versions import holds_a_store, read_current
from analytics.store.writing import StoreUnwritable
from analytics.words.disk import reason
from analytics.words.language import Words


def store_problem(error: KvalitetError, say: Words) -> Problem:
    """What is wrong with the store, and what to do about it. The error begins with the path of the store, or of a file
    in it; what follows is for technicians, in whatever language it came in: it is the problem's `value`."""
    where, _, what = str(error).partition("\n")[0].partition(": ")
    match error:
        case StoreMissing():
            text, hint = say("There is no store here."), say("Make one with kvalitet build.")
        case NoMemory():
            text = say("There is too little memory to compare this with what has been published.")
            hint = say("Try again when less is running on the machine. Nothing was changed.")
        case StoreBusy():
            text, hint = say("Another load holds the store."), say("Try again when it is done.")
        case StoreOld():
            text = say("The store was published by an earlier edition of the program.")
            hint = say("Publish it once more with kvalitet republish; nothing is lost.")
        case StoreNewer():
            text = say("The store was published by a later edition of the program.")
            hint = say("Use that edition: this one would leave out what it does not know. Nothing was changed.")
        case StoreUnwritable():
            text = " ".join(filter(None, (say("The store cannot be written."), reason(error.__cause__, say))))
            hint = say("See to the folder's free space and access rights. Nothing was changed.")
        case FiguresDiffer():
            text = say(
                "Some figures are not what the answers come to when they are counted anew: {tables}.", tables=where
            )
            hint = say("Publish them once more with kvalitet republish, and tell who looks after the program.")
        case LeftBehind():
            text = say(
                "All of it is done, but for a file that could not be removed: {file}.", file=file_name(Path(where))
            )
            hint = say("See to the folder's access rights; the next command that writes takes it away.")
        case DoneUnnoted():
            why = reason(error.__cause__, say)
            text = say("It is done, but could not be written down in the audit file.")
            text = " ".join(filter(None, (text, why)))
            hint = say("See to the file, and note elsewhere what was done, by whom and when.")
        case StoreBroken() if Path(where).name == AUDIT:
            text = " ".join(
                filter(None, (say("The audit file cannot be read or written."), reason(error.__cause__, say)))
            )
            hint = say("See to the file: what cannot be written down is not done.")
        case StorageUnreachable():
            text = say("The object storage does not answer, or does not let this machine in.")
            hint = say(
                "See to AWS_ENDPOINT_URL and AWS_REGION, and to the key: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY."
            )
        case SharedDamaged():
            text = say("What machines share of the store is not what was laid there: {files}.", files=what)
            hint = say(
                "kvalitet repair lays views anew from a machine that has them whole. For the rest, use the latest"
                " backup, or what such a machine has: docs/lake.md."
            )
            what = ""
        case TurnLost():
            text = say("The connection to PostgreSQL ended while several owners' parts were seen to.")
            hint = say("Each owner has all of it or nothing. Do the same once more: it goes on from there.")
        case StoreUnreachable():
            text = say("What machines share of the store cannot be reached, or is not as it should be.")
            hint = say("See to PostgreSQL, and to the shared folder or storage (KVALITET_DATA).")
        case NoStorageKey():
            text = say("Nothing says who comes to the object storage.")
            hint = say("Give the key: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
        case NoSharedFolder():
            text = say("There is no shared folder or bucket for this store's data.")
            hint = say("Name one that is there, with KVALITET_DATA or --data.")
        case LakeNotInstalled():
            text = say("What a store in PostgreSQL takes is not installed.")
            hint = say("Install the package with its extra: kvalitetsdialog[lake].")
        case PointerLost():
            text = say("The file that says which version is in force is gone or cannot be read.")
            hint = _way_back(_store_of(where), say)
        case _:
            text = " ".join(filter(None, (say("The store is broken."), _wrong_with(Path(where), error, say))))
            hint = _way_back(_store_of(where), say)
    return Problem(where, None, None, what or None, text, hint)


def _wrong_with(path: Path, error: KvalitetError, say: Words) -> str:
    """What is wrong with a file of the store, or with its folder; nothing where it is the whole of it."""
    if not os.path.lexists(path):
        return say("The file is missing.")
    if why := reason(error.__cause__, say):
        return why
    if path.is_dir():
        if holds_a_store(path):
            return ""
        return say("A folder lies where a file should be, or a file where a folder should be.")
    return say("The file is damaged, or it is not the one it should be.")


def there_already(folder: Path, say: Words) -> Problem:
    """Why no store is made in the folder: one lies there, or what is left of one."""
    text, hint = say("There is a store in {folder} already.", folder=folder), say("Use load, or another folder.")
    try:
        Store(folder).current()
    except (StoreOld, StoreNewer):
        pass
    except StoreBroken as error:
        problem = store_problem(error, say)
        text, hint = f"{text} {problem.problem}", problem.hint
    return Problem(file_name(folder), None, None, None, text, hint)


def of_another_owner(archive: Path, owners: str, say: Words) -> Problem:
    """Why a backup is not put in an owner's place, or compared with the owner's store."""
    text = say("The backup is not of this owner, but of: {owners}.", owners=owners)
    return Problem(file_name(archive), None, None, None, text, say("Say whose with --owner, or use another copy."))


def _way_back(folder: Path, say: Words) -> str:
    """What helps where a version cannot be read, or none is known to be in force."""
    try:
        in_force = read_current(folder).in_force
    except PointerLost:
        in_force = None
    if in_force and is_whole(folder, in_force):
        return say(
            "Version {n}, which is in force, is whole. Put the file back from a copy of the folder.", n=in_force.number
        )
    newest = newest_whole(folder, but=in_force)
    if newest is None:
        return say("No version in the folder is whole. Keep the folder, and use an earlier copy of it.")
    quoted = subprocess.list2cmdline([str(folder)]) if os.name == "nt" else shlex.quote(str(folder))
    command = f"kvalitet rollback {newest.number} --store {quoted}"
    return say(
        "Version {n} is the newest that is whole; this puts it in force: {command}", n=newest.number, command=command
    )


def _store_of(where: str) -> Path:
    path = Path(where)
    return path if path.is_dir() and holds_a_store(path) else path.parent
