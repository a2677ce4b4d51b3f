"""A PostgreSQL of the tests' own: Debian's programs, in a folder that goes with them, reached by a socket alone."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.deploy.unpacked import UNPACKED

PROGRAMS = "usr/lib/postgresql"
QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "listen_addresses": "", "jit": "off"}


def programs() -> Path | None:
    """Where initdb and postgres lie; None where this machine has none."""
    found = [path.parent for root in (Path("/"), UNPACKED) for path in (root / PROGRAMS).glob("*/bin/initdb")]
    return max(found, default=None)


@dataclass(frozen=True)
class Server:
    """`socket`: the folder that its socket lies in."""

    bin: Path
    socket: Path

    def database(self) -> str:
        """The address of a new database."""
        name = f"kvalitet{next(NUMBERS)}"
        subprocess.run([self.bin / "createdb", "-h", self.socket, "-U", "kvalitet", name], check=True)
        return f"postgres://kvalitet@/{name}?host={self.socket}"


NUMBERS = count(1)


@contextmanager
def started(bin_: Path) -> Iterator[Server]:
    """Started anew, and stopped; root, whom it refuses, has it run by nobody."""
    folder = Path(tempfile.mkdtemp(prefix="kvalitet-pg-"))
    who: dict = {}
    if os.name == "posix" and os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    folder.chmod(0o755)
    settings = [part for name, value in QUICK.items() for part in ("-c", f"{name}={value}")]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder, **who}
    try:
        initdb = [bin_ / "initdb", "-D", folder / "data", "-A", "trust", "-U", "kvalitet", "--no-sync", "-E", "UTF8"]
        subprocess.run([*initdb, "--no-instructions", "--locale", "C"], check=True, **quiet)
        server = subprocess.Popen([bin_ / "postgres", "-D", folder / "data", "-k", folder, *settings], **quiet)
        try:
            ready = [bin_ / "pg_isready", "-q", "-h", folder, "-t", "10"]
            while server.poll() is None and subprocess.run(ready).returncode:
                pass
            yield Server(bin_, folder)
        finally:
            server.send_signal(signal.SIGINT)  # whoever is still connected is not waited for
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
