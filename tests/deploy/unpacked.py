"""Programs that the tests of docs/deploy run: the machine's, else what `make programs` has unpacked beside it."""

from __future__ import annotations

import shutil

from tests.pages.serving import ROOT

UNPACKED = ROOT / ".venv" / "debian"


def program(name: str) -> str | None:
    folders = ("", "/usr/sbin/", "/usr/local/sbin/", f"{UNPACKED}/usr/sbin/", f"{UNPACKED}/usr/bin/")
    return next(filter(None, (shutil.which(f"{folder}{name}") for folder in folders)), None)
