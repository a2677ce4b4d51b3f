"""How long documents take to make, by the command in this process, once all that they need is loaded."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from statistics import median

from analytics.cli import main as kvalitet

FRAMEWORK, YEAR, SCHOOL = "vebs-2022", "2025", "agatskolan"
DOCUMENTS = {
    "a school's brief, PDF": ("brief.pdf", "brief", "--school", SCHOOL, "--year", YEAR),
    "a school's brief, Word": ("brief.docx", "brief", "--school", SCHOOL, "--year", YEAR),
    "the EU report, Word": ("funding.docx", "funding", "--year", YEAR),
    "the EU report, PDF": ("funding.pdf", "funding", "--year", YEAR),
    "all results, Excel": ("results.xlsx", "results", "--framework", FRAMEWORK),
}


def rows(store: Path, times: int) -> Iterator[tuple[str, float, float]]:
    """A document, the median of its milliseconds, its kilobytes; the first of each is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        for what, (name, *words) in DOCUMENTS.items():
            file = Path(folder) / name
            taken = [_made(store, file, words) for _ in range(times + 1)][1:]
            yield what, median(taken), file.stat().st_size / 1000


def _made(store: Path, file: Path, words: list[str]) -> float:
    began = time.perf_counter()
    file.unlink(missing_ok=True)
    try:
        with redirect_stdout(StringIO()):
            kvalitet(["export", *words, "--out", str(file), "--store", str(store)])
    except SystemExit as ended:
        if ended.code:
            raise RuntimeError(f"{' '.join(words)}: {ended.code}") from None
    return 1000 * (time.perf_counter() - began)
