"""Stores that the command builds: once for a state of code and data, kept between runs and shared by those at once."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from analytics.cli import cli
from tests import few_schools
from tests.few_schools import build_few

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".pytest_cache" / "stores"
A_WEEK = 7 * 24 * 3600  # seconds after which what nobody has asked for goes


def built(folder: Path, *options: str) -> Path:
    cli.main(["build", *options, "--store", str(folder)], standalone_mode=False)
    return folder


def copy_of_built(folder: Path, *options: str) -> Path:
    """As `built`, but copied where these code and data have built it before."""
    name = "-".join([state(), *(option.strip("-") for option in options)])
    return _copy(folder, name, lambda part: built(part, *options))


def copy_of_few(folder: Path) -> Path:
    """The demo with few of its schools, copied in the same way."""
    return _copy(folder, f"{state()}-few-{sha256(Path(few_schools.__file__).read_bytes()).hexdigest()[:8]}", build_few)


def _copy(folder: Path, name: str, build: Callable[[Path], Path]) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / name
    with FileLock(KEPT / ".lock"):
        if not kept.exists():
            build(kept.with_suffix(".part")).rename(kept)
            _let_go(KEPT)
        kept.touch()
    return shutil.copytree(kept, folder)


@cache
def state() -> str:
    """What a store is made of: the product's code, its data and its libraries; and the day, which data are held to."""
    said = sha256(date.today().isoformat().encode())
    for path in _made_of():
        said.update(f"{path.relative_to(ROOT)} {path.stat().st_size} ".encode())
        said.update(path.read_bytes())
    return said.hexdigest()[:16]


def _made_of() -> Iterator[Path]:
    yield ROOT / "requirements.txt"
    for folder in ("analytics", "data"):
        for path in sorted((ROOT / folder).rglob("*")):
            inner = path.relative_to(ROOT).parts
            if path.is_file() and "__pycache__" not in inner and inner[:2] != ("data", "store"):
                yield path


def _let_go(folder: Path) -> None:
    """Takes away what has not been asked for in a week, and what was left half built."""
    for path in folder.iterdir():
        if path.is_dir() and (path.suffix == ".part" or time.time() - path.stat().st_mtime > A_WEEK):
            shutil.rmtree(path)


def build_all() -> None:
    """Makes those that most tests ask for, before the first does: the others would wait for it."""
    with tempfile.TemporaryDirectory() as folder:
        copy_of_built(Path(folder) / "demo")
        copy_of_built(Path(folder) / "empty", "--empty")
        copy_of_few(Path(folder) / "few")


if __name__ == "__main__":
    build_all()
