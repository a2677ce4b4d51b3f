"""Where the command finds a store: a folder, or a lake's working folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from analytics.store.homes import SCHEMES, folder_of


class StoreAt(click.Path):
    """A folder, whether it is there or not; the words that name a lake become the machine's working folder of it."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and value.startswith(SCHEMES):
            return folder_of(value)
        return super().convert(value, param, ctx)
