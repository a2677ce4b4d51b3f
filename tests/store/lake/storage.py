"""Object storage of the tests' own: moto's server, which keeps what it is given in memory, in a process of its own and
with packages of its own (`make ready`)."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pyarrow.fs import S3FileSystem

from tests.pages.serving import ROOT, free_port

SERVER = ROOT / ".venv" / "storage" / "bin" / "moto_server"
KEY, SECRET, REGION = "the-key", "the+se/cret='", "eu-north-1"
NUMBERS = count(1)
PATIENCE = 60


@dataclass(frozen=True)
class Storage:
    """`endpoint`: its address."""

    endpoint: str

    @property
    def environment(self) -> dict[str, str]:
        """What says where it is, and who comes."""
        who = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": REGION}
        return who | {"AWS_ENDPOINT_URL": self.endpoint}

    def bucket(self) -> str:
        """The name of a new one."""
        name = f"kvalitet{next(NUMBERS)}"
        self.opened().create_dir(name)
        return name

    def opened(self) -> S3FileSystem:
        return S3FileSystem(
            access_key=KEY,
            secret_key=SECRET,
            region=REGION,
            endpoint_override=self.endpoint,
            allow_bucket_creation=True,
        )


@contextmanager
def serving(log: Path) -> Iterator[Storage]:
    port = free_port()
    with log.open("wb") as told:
        server = subprocess.Popen([SERVER, "-H", "127.0.0.1", "-p", str(port)], stdout=told, stderr=told)
    try:
        until = time.monotonic() + PATIENCE
        while b"Running on" not in log.read_bytes():
            assert server.poll() is None and time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.05)
        yield Storage(f"http://127.0.0.1:{port}")
    finally:
        server.kill()
        server.wait()
