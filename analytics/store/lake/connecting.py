"""A connection of DuckDB that knows lakes: with its extensions, as packages have them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import duckdb

from analytics.model.errors import LakeNotInstalled
from analytics.store.lake.address import LakeAddress
from analytics.store.lake.objects import let_in
from analytics.store.reading import HARDENED, QUIET, quoted

EXTENSIONS, HTTP = ("postgres_scanner", "ducklake"), "httpfs"


def made(address: LakeAddress) -> duckdb.DuckDBPyConnection:
    """A connection that knows lakes, and is let into what this one's machines share. Raises LakeNotInstalled,
    NoStorageKey."""
    connection = duckdb.connect(config=HARDENED)
    connection.execute(QUIET)
    for name in (*EXTENSIONS, *([HTTP] if address.is_in_objects else [])):
        connection.execute(f"load '{quoted(_extension(name))}'")
    if address.is_in_objects:
        for statement in let_in(address.data):
            connection.execute(statement)
    return connection


def _extension(name: str) -> Path:
    """The file of an extension, as its package has it: nothing is fetched. Raises LakeNotInstalled."""
    spec = find_spec(f"duckdb_extension_{name}")
    found = sorted(Path(str(spec.origin)).parent.glob(f"extensions/v{duckdb.__version__}/*")) if spec else []
    if not found:
        raise LakeNotInstalled(f"duckdb-extension-{name.replace('_', '-')}: {duckdb.__version__}")
    return found[0]
