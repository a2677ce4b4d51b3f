"""What may become of a store folder: its CURRENT lost, most of it gone, a version's file missing. Each takes a store at
version 3 whose newest version shares the answers file of the one before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analytics.store.versions import OF_A_VERSION

Damage = Callable[[Path], None]


def kept(*names: str) -> Damage:
    """Leaves these files alone."""

    def leave(store: Path) -> None:
        for path in store.iterdir():
            if path.name not in names:
                path.unlink()

    return leave


def says(text: str) -> Damage:
    def write_pointer(store: Path) -> None:
        (store / "CURRENT").write_text(text, "utf-8")

    return write_pointer


def gone(name: str) -> Damage:
    return lambda store: (store / name).unlink()


def a_folder(store: Path) -> None:
    gone("CURRENT")(store)
    (store / "CURRENT").mkdir()


def a_link_to_nowhere(store: Path) -> None:
    gone("CURRENT")(store)
    (store / "CURRENT").symlink_to(store / "nowhere")


def a_view_in_capitals(store: Path) -> None:
    kept("view-2.duckdb")(store)
    (store / "view-2.duckdb").rename(store / "VIEW-2.DUCKDB")


def a_view_that_is_a_link_to_nowhere(store: Path) -> None:
    kept()(store)
    (store / "view-1.duckdb").symlink_to(store / "nowhere")


def an_empty_pointer_alone(store: Path) -> None:
    kept()(store)
    (store / "CURRENT").touch()


LOST: dict[str, Damage] = {
    "gone": gone("CURRENT"),
    "empty": says(""),
    "rubbish": says("rubbish"),
    "another shape": says("[1, 2]"),
    "a version that was never published": says('{"version": 9, "published": []}'),
    "lists without end": says("[" * 200_000),
    "a number without end": says('{"version": 1e999, "published": []}'),
    "a folder": a_folder,
    "a link to nowhere": a_link_to_nowhere,
}
"""CURRENT is, or says; all else is whole."""

LEFT: dict[str, Damage] = {
    "a view": kept("view-2.duckdb"),
    "answers": kept("answers-2.duckdb"),
    "views": kept("view-1.duckdb", "view-2.duckdb", "view-3.duckdb"),
    "a version": kept("view-2.duckdb", "answers-2.duckdb"),
    "a view in capitals": a_view_in_capitals,
    "a view that is a link to nowhere": a_view_that_is_a_link_to_nowhere,
    "CURRENT": kept("CURRENT"),
    "an empty CURRENT": an_empty_pointer_alone,
}
"""All that is left."""

DAMAGED: dict[str, Damage] = {
    "the view in force": gone("view-3.duckdb"),
    "its answers": gone("answers-2.duckdb"),
    "an earlier view": gone("view-1.duckdb"),
}
"""What is gone while CURRENT is whole."""

BROKEN = LOST | LEFT | DAMAGED
NOT_READ = [*LOST, *(state for state in LEFT if state != "CURRENT")]
"""Those in which CURRENT tells nothing."""


def files(store: Path) -> dict[str, bytes | None]:
    """All in the store but the lock; None: no file, or none that can be read."""
    paths = [path for path in store.iterdir() if path.name not in (".lock", ".turn", ".copy.lock")]
    return {path.name: path.read_bytes() if path.is_file() else None for path in paths}


def of_versions(store: Path) -> dict[str, bytes | None]:
    return {name: held for name, held in files(store).items() if OF_A_VERSION.fullmatch(name)}
