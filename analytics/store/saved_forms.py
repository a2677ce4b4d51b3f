"""How forms are read that somebody has put right by hand, in a small file of the store's own: the same headings next
year are read the same way.

It is no version of the data and in no figure. It holds headings and what each is, and of answers the few words
that somebody has said the meaning of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from analytics.model.errors import StoreBroken, StoreBusy
from analytics.store.disk import write_whole
from analytics.store.homes import home_of

FILE = "forms.json"
LOCK = ".forms.lock"
WAIT = 10  # seconds for another who writes: that takes milliseconds
MOST = 200  # forms; beyond that the one that was saved the longest ago is let go


@dataclass(frozen=True, slots=True)
class SavedForm:
    """A form's headings, the kind it was read as, and what each heading is; those that are nothing are not named.
    `since` is UTC; `levels`: what answers mean, a level or None for don't know."""

    headings: tuple[str, ...]
    kind: str
    columns: Mapping[str, str]
    framework: str
    by: str
    since: datetime
    levels: Mapping[str, int | None] = field(default_factory=dict)


def saved_forms(folder: Path) -> tuple[SavedForm, ...]:
    """All of them, the last saved last; raises StoreBroken where the file cannot be read."""
    path = folder / FILE
    try:
        return tuple(_form(one) for one in orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreBroken(f"{path}: {error}") from error


def form_with(forms: Sequence[SavedForm], headings: Sequence[str]) -> SavedForm | None:
    """The one that has just these headings, in whatever order."""
    return next((form for form in reversed(forms) if sorted(form.headings) == sorted(headings)), None)


def save_form(
    folder: Path,
    headings: Sequence[str],
    kind: str,
    columns: Mapping[str, str],
    framework: str,
    by: str,
    levels: Mapping[str, int | None] | None = None,
) -> None:
    """In place of one with the same headings; raises StoreBusy or StoreBroken."""
    new = SavedForm(tuple(headings), kind, dict(columns), framework, by, datetime.now(UTC), dict(levels or {}))
    _change(folder, lambda forms: (*_without(forms, headings), new)[-MOST:])


def forget_form(folder: Path, headings: Sequence[str]) -> None:
    """Raises StoreBusy or StoreBroken."""
    _change(folder, lambda forms: _without(forms, headings))


def _without(forms: Sequence[SavedForm], headings: Sequence[str]) -> tuple[SavedForm, ...]:
    same = form_with(forms, headings)
    return tuple(form for form in forms if form is not same)


def _form(said: Mapping) -> SavedForm:
    return SavedForm(
        headings=tuple(map(str, said["headings"])),
        kind=str(said["kind"]),
        columns={str(heading): str(column) for heading, column in said["columns"].items()},
        framework=str(said["framework"]),
        by=str(said["by"]),
        since=datetime.fromisoformat(said["since"]),
        levels={str(code): _level(level) for code, level in said.get("levels", {}).items()},
    )


def _level(said: int | None) -> int | None:
    return None if said is None else int(said)


def _change(folder: Path, change: Callable[[tuple[SavedForm, ...]], tuple[SavedForm, ...]]) -> None:
    try:
        with FileLock(folder / LOCK, timeout=WAIT), home_of(folder).changing(FILE) as keep:
            told = [asdict(form) | {"since": form.since.isoformat()} for form in change(saved_forms(folder))]
            text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
            keep(text.encode())
            write_whole(folder / FILE, text)
    except Timeout:
        raise StoreBusy(str(folder / FILE)) from None
    except OSError as error:
        raise StoreBroken(f"{folder / FILE}: {error.strerror or error}") from error
