"""Files of every kind and format with something wrong in them, drawn by number: each ends in a table or in refusals.

`python -m tests.intake.fuzz [--files N] [--first N] [--seed TEXT] [--keep FOLDER]` reads so many, and says what came of
them. What goes wrong is told by its number, from which the same file is drawn again, and kept in the folder.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from analytics.intake import guard
from analytics.intake.files import Intake, ReadingOptions, take_in
from analytics.intake.reading_process import ReadingProcess
from analytics.loads.load import LoadOutcome, LoadRefused, check, load
from analytics.model.errors import Problem
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.registers import read_registers
from analytics.store.rollback import check_whole
from analytics.store.versions import read_current
from tests.intake.fuzzed_files import DATA, FORM_EXPORTS, Drawn, draw, seeds
from tests.intake.making import SAY
from tests.kept_stores import copy_of_few
from tests.store.damages import files as held_in

HANGS = 300  # seconds by the clock on a machine that may have much else to do; a reader has eight of a processor
CHECKED, LOADED = 50, 200  # one in so many is checked against the store, and loaded into it, too


@dataclass
class Outcome:
    """What came of the files. `wrong`: what must not be, by the file's number; nothing, that is."""

    files: int = 0
    read: int = 0
    refused: int = 0
    checked: int = 0
    loaded: int = 0
    refused_by_load: int = 0
    readers: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    by_form: Counter[str] = field(default_factory=Counter)
    read_by_form: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    wrong: dict[int, str] = field(default_factory=dict)


class Fuzz:
    """Reads drawn files in the light of a store of its own."""

    def __init__(self, folder: Path, keep: Path | None = None):
        self._folder, self._keep = folder, keep
        self._pristine = copy_of_few(folder / "pristine")
        administrations = [DATA / "demo" / "administrations.csv"]  # whose parts of a report are among the files
        load(self._pristine, administrations, ReadingOptions(), SAY, loaded_by="test")
        self._store = shutil.copytree(self._pristine, folder / "store")
        view = Store(self._store).current()
        registers = read_registers(view)
        self.known = (read_frameworks(view), read_schools(view), registers.funding, registers.dialogues)
        self._kinds = seeds()
        self.outcome = Outcome()

    def read(self, seed: str, number: int) -> None:
        drawn = draw(seed, number, self._kinds)
        path = self._folder / drawn.name
        path.write_bytes(drawn.data)
        clock = time.perf_counter()
        try:
            with _no_longer_than(HANGS):
                self._read(path, drawn, number)
        except Exception:
            self.outcome.wrong[number] = f"{asdict(drawn) | {'data': None}}\n{traceback.format_exc()[-3000:]}"
            if self._keep:
                shutil.copy(path, self._keep)
        self.outcome.files += 1
        self.outcome.by_form[drawn.form] += 1
        self.outcome.slowest = max(self.outcome.slowest, (round(time.perf_counter() - clock, 2), number))
        path.unlink()

    def _read(self, path: Path, drawn: Drawn, number: int) -> None:
        frameworks, schools, funding, dialogues = self.known
        reading = ReadingOptions(framework="vebs-2022", year=2025) if drawn.kind in FORM_EXPORTS else ReadingOptions()
        intake = take_in([path], frameworks, schools, reading, SAY, lambda: None, funding, dialogues)
        self._must_be_told(intake, path)
        if number % CHECKED == 0:
            outcome = check(self._store, [path], reading, SAY)
            assert not intake.problems or outcome.problems, "what cannot be read is no good beside the store either"
            self.outcome.checked += 1
        if number % LOADED == 0:
            self._load(path, reading)

    def _must_be_told(self, intake: Intake, path: Path) -> None:
        """Read and reported, or refused in sentences."""
        self._must_be_sentences(intake.problems, path)
        if intake.problems:
            self.outcome.refused += 1
            self.outcome.problems.update({problem.problem for problem in intake.problems[:5]})
        else:
            (report,) = intake.reports
            assert report.rows > 0, "a file of nothing was taken for one of something"
            self.outcome.read += 1
            self.outcome.read_by_form[path.suffix] += 1

    @staticmethod
    def _must_be_sentences(problems: list[Problem] | tuple[Problem, ...], path: Path) -> None:
        for problem in problems:
            assert problem.problem and problem.hint and problem.file == str(path), problem
            assert problem.row is None or problem.row >= 0, problem
            f"{problem.problem} {problem.hint} {problem.column} {problem.value}".encode()

    def _load(self, path: Path, reading: ReadingOptions) -> None:
        """All of it or nothing."""
        before, number = held_in(self._store), read_current(self._store).number
        try:
            outcome: LoadOutcome = load(self._store, [path], reading, SAY, loaded_by="fuzz", replace=True, i_know=True)
        except LoadRefused as refused:
            self._must_be_sentences(refused.problems, path)
            assert held_in(self._store) == before, "a load that is refused changes nothing"
            self.outcome.refused_by_load += 1
            return
        assert outcome.version == read_current(self._store).number == number + 1
        check_whole(self._store, read_current(self._store).in_force)
        assert before.items() - {("CURRENT", before["CURRENT"])} <= held_in(self._store).items()
        self.outcome.loaded += 1
        shutil.rmtree(self._store)
        shutil.copytree(self._pristine, self._store)


class Hangs(Exception):
    pass


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    def late(*_: object) -> None:
        raise Hangs(f"after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def counted_readers(outcome: Outcome) -> Iterator[None]:
    """Counts the processes that are started to read: one that dies of a file is followed by another."""

    class Counted(ReadingProcess):
        def __init__(self):
            super().__init__()
            outcome.readers += 1

    guard.processes().end()
    plain, guard.ReadingProcess = guard.ReadingProcess, Counted
    try:
        yield
    finally:
        guard.processes().end()
        guard.ReadingProcess = plain


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--files", type=int, default=1000)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--seed", default="steady")
    asked.add_argument("--keep", type=Path)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        fuzz = Fuzz(Path(folder), said.keep)
        with counted_readers(fuzz.outcome):
            for number in range(said.first, said.first + said.files):
                fuzz.read(said.seed, number)
                if (number + 1) % 1000 == 0 or number + 1 == said.first + said.files:
                    told = vars(fuzz.outcome) | {"problems": fuzz.outcome.problems.most_common(40)}
                    print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
