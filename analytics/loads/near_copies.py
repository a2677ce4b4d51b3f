"""Loads that nearly repeat what has been published: two versions side by side would tell a few people's answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.intake.files import Intake
from analytics.intake.rounds import ROUND
from analytics.loads.checks import rounds_of
from analytics.loads.cuts import Cut
from analytics.loads.held_rounds import AT_ONCE, HELD, differing_by_few, hold
from analytics.loads.lookalikes import OfRound, counted, lookalikes, may_be_told_apart
from analytics.model.errors import Problem, StoreBroken
from analytics.store.in_turn import InTurn
from analytics.store.versions import Published
from analytics.words.language import Words

Round = tuple[str, int, str]
"""(framework, year, school)."""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A school-round that arrives as a version has it, but for one to four people. `brought`: the version that the
    round came with as it was; `other`: what it is called there, where it is another school, year or framework."""

    round: Round
    brought: int
    other: Round | None = None


def near_copies(
    folder: Path, published: Sequence[Published], intake: Intake, cuts: Mapping[str, Cut], files: InTurn
) -> list[NearCopy]:
    """The arriving rounds that differ by one to four people from what any version holds of them, one a version that
    brought the round. Of rounds with fewer than five people nothing was published, so nothing can be told. `cuts`:
    those of the frameworks after the load."""
    if intake.answers is None and intake.counts is None:
        return []
    search = _Search(intake, cuts)
    for name in dict.fromkeys(version.answers for version in reversed(published)):
        # A file that nobody can read: no version that stands on it can be put in force.
        with suppress(StoreBroken), files.opened(folder / name, has="round_source") as stored:
            search.look_into(stored)
        if search.held >= AT_ONCE:
            with files.between() as memory:
                search.compare(memory)
    if search.held:
        with files.between() as memory:
            search.compare(memory)
    return search.found


class _Search:
    """What files tell of the arriving rounds, one after another: what they hold of these is put aside, and compared for
    all of them at once. `held`: rows put aside."""

    def __init__(self, intake: Intake, cuts: Mapping[str, Cut]):
        self._intake, self._cuts = intake, cuts
        self._seen: set[tuple[Round, int]] = set()
        self._is_begun, self._come = False, dict[Round, OfRound]()
        self._places: list[tuple[int, NearCopy]] = []  # with the number of the file
        self._found: list[tuple[int, NearCopy]] = []
        self._files = self.held = 0

    @property
    def found(self) -> list[NearCopy]:
        """In the order of the files, and in each of them a round's own before others'."""
        return [copy for _, copy in sorted(self._found, key=lambda each: (each[0], each[1].other is not None))]

    def look_into(self, stored: duckdb.DuckDBPyConnection) -> None:
        """One file, of which only what no file before it has told is looked at."""
        self._files += 1
        brought = {
            (framework, year, school): version
            for framework, year, school, version in stored.execute(
                "select framework, year, school_id, version from round_source"
            ).fetchall()
        }
        anew = set(brought.items()) - self._seen
        if not anew:
            return
        if not self._is_begun:
            for part, table in ((self._intake.answers, "answer"), (self._intake.counts, "level_count")):
                _arriving(stored, part, table)
            stored.execute(HELD)
            self._come, self._is_begun = counted(stored, "arriving_"), True
        if here := [key for key in _rounds(self._intake) if (key, brought.get(key)) in anew]:
            first = len(self._places)
            self._places += [(self._files, NearCopy(key, brought[key])) for key in here]
            self.held += hold(stored, here, first)
        if may_be_told_apart(self._come) and any(key not in self._come for key, _ in anew):
            columns = zip(*(key for key, _ in anew), strict=True)
            stored.register("anew", pa.table(dict(zip(ROUND, map(list, columns), strict=True))))
            there = counted(stored, "", "semi join anew using (framework, year, school_id)")
            for key, other in lookalikes(self._come, there, self._cuts, partial(_same_sheets, stored)).items():
                self._found.append((self._files, NearCopy(key, brought[other], other)))
        self._seen |= anew  # of a file that breaks off here another may tell

    def compare(self, memory: duckdb.DuckDBPyConnection) -> None:
        """What is put aside with what arrives."""
        self._found += [self._places[place] for place in differing_by_few(memory)]
        self.held = 0


def _rounds(intake: Intake) -> Iterator[Round]:
    for row in rounds_of(intake, intake.answers, intake.counts).to_pylist():
        yield row["framework"], row["year"], row["school_id"]


def _arriving(stored: duckdb.DuckDBPyConnection, part: pa.Table | None, table: str) -> None:
    """The part of the load that goes to the table, as `arriving_TABLE`; empty where there is none."""
    if part is None:
        stored.execute(f"create or replace temp table arriving_{table} as from {table} limit 0")
    else:
        stored.register(f"arriving_{table}", part)


def _same_sheets(stored: duckdb.DuckDBPyConnection, key: Round, other: Round, criteria: Sequence[str]) -> float | None:
    """Of the people of an arriving round or the file's other one, where fewer answered, the share who answered the
    criteria as somebody of the other round did; None where either came as counts."""
    one, held = _sheets(stored, "arriving_answer", key, criteria), _sheets(stored, "answer", other, criteria)
    fewest = min(one.total(), held.total())
    return (one & held).total() / fewest if fewest else None


def _sheets(
    stored: duckdb.DuckDBPyConnection, table: str, of: Round, criteria: Sequence[str]
) -> Counter[frozenset[tuple]]:
    """How many people of a round answered these criteria so."""
    rows = stored.execute(
        f"select respondent, criterion, level from {table} where (framework, year, school_id) = (?, ?, ?)"
        " and criterion in (select unnest(?))",
        [*of, criteria],
    ).fetchall()
    people = defaultdict[object, set[tuple]](set)
    for person, *answer in rows:
        people[person].add(tuple(answer))
    return Counter(map(frozenset, people.values()))


def refuse_near_copies(copies: Sequence[NearCopy], intake: Intake, say: Words) -> list[Problem]:
    """A problem for the first row of each round that nearly repeats what has been published."""
    if not copies:
        return []
    earlier: dict[Round, NearCopy] = {}
    for copy in copies:
        earlier.setdefault(copy.round, copy)
    return [
        Problem(file, row, "school", key[2], *_told(earlier[key], say))
        for part in (intake.answers, intake.counts)
        if part is not None
        for key, file, row in intake.first_rows(part)
        if key in earlier
    ]


def _told(copy: NearCopy, say: Words) -> tuple[str, str]:
    """The problem, and what to do."""
    framework, year, _ = copy.round
    if copy.other:
        of_framework, of_year, school = copy.other
        return say(
            "{framework} {year} holds the answers of {school}, {of_framework} {of_year}, that came with version {n}, or"
            " all but one to four people's: the two side by side would tell what they answered.",
            framework=framework, year=year, school=school, of_framework=of_framework, of_year=of_year, n=copy.brought,
        ), say(
            "Check the school, the year and the framework. If these are other people's answers, load with --i-know."
        )  # fmt: skip
    return say(
        "{framework} {year} differs by one to four people, on all or on some criterion, from what came with version"
        " {n}: the two versions side by side would tell what they answered.",
        framework=framework, year=year, n=copy.brought,
    ), say(
        "Wait until five people or more have changed on each criterion that changes, or load it with --i-know: the"
        " earlier versions are then marked, and kvalitet purge takes them away."
    )  # fmt: skip
