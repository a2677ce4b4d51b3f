"""Makes the open data of a version in a process of its own: `python -m analytics.opendata.making STORE VERSION FOLDER`.

It is some seconds of work, and Arrow reads in pandas for it: the server that pages come from is spared both. Who
publishes is told by the environment, as to the server.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from analytics.model.errors import StoreBroken
from analytics.model.installed import PACKAGES
from analytics.opendata.folder import write_open_data
from analytics.opendata.publisher import publisher
from analytics.store.reading import Store

SECONDS = 300  # many times what the largest city takes


def made_apart(store: Path, version: int, folder: Path) -> tuple[str, ...]:
    """Has them made in an empty folder; the files by their paths below it. Raises StoreBroken where it fails."""
    command = [sys.executable, "-m", __name__, str(store.resolve()), str(version), str(folder.resolve())]
    try:
        done = subprocess.run(command, cwd=PACKAGES, capture_output=True, text=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreBroken(f"open data: {error}") from error
    if done.returncode:
        raise StoreBroken(f"open data: {done.stderr[-500:]}")
    return tuple(done.stdout.splitlines())


if __name__ == "__main__":
    store, version, folder = sys.argv[1:]
    written = write_open_data(Store(Path(store)).version(int(version)), publisher(os.environ), Path(folder))
    print("\n".join(written.paths))
