"""Which of LibreOffice's programs are on this machine: Debian has each as a package of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CALC, WRITER = "sclo", "swlo"  # as the library of each is called, with `lib` before it or not


def is_here(library: str, command: str | None = None) -> bool:
    """Whether the program is there that `command` (`soffice`) starts. Where that lies apart from all its programs, as
    what starts a snap does, it is taken to have them."""
    command = command or shutil.which("soffice")
    if command is None:
        return False
    folder = Path(command).resolve().parent
    return not any(folder.glob("soffice.bin")) or any(folder.glob(f"*{library}.*"))


needs_calc = pytest.mark.skipif(not is_here(CALC), reason="LibreOffice Calc is not here")
needs_writer = pytest.mark.skipif(not is_here(WRITER), reason="LibreOffice Writer is not here")
