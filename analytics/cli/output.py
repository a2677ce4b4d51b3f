"""What the command prints: lines for people, one JSON object for scripts."""

from __future__ import annotations

import getpass
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from pathlib import Path

import click
import orjson

from analytics.cli.store_words import store_problem
from analytics.intake.file_report import FileReport
from analytics.loads.load import LoadOutcome, LoadRefused
from analytics.model.errors import KvalitetError, Problem, Refused, StoreBroken, StoreMissing
from analytics.store.versions import read_current
from analytics.words.language import Words

SHOWN = 200  # problems in a terminal; --json has them all
COLUMNS = 30  # in a line
SPANS = 20  # runs of rows in a line


SIGNS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | {0x7F: 0x2421}
SIGNS |= dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
"""What stands on a terminal for a character that would move it, colour it or turn what follows around: what files and
people have written is shown and never obeyed."""


def announce(text: str, *, err: bool = False) -> None:
    """Prints a text for people; the one place that does."""
    click.echo(text.translate(SIGNS), err=err)


def on_one_line(text: str) -> str:
    """A name within a line of a list: nobody's begins another entry."""
    return " ".join(text.split())


def report_outcome(outcome: LoadOutcome, as_json: bool, say: Words, *, done: str) -> None:
    """Prints an outcome that changed or checked something; raises LoadRefused where there are problems."""
    if outcome.problems:
        raise LoadRefused(outcome)
    if as_json:
        print_json(outcome)
        return
    tell_files(outcome.reports, say)
    announce(done)


def tell_files(reports: Iterable[FileReport], say: Words) -> None:
    """What each file was taken for, with what was noted of it and what of it was left out."""
    for report in reports:
        announce(f"{report.file}: {report.kind}, {say.plural('{n} row', '{n} rows', report.rows)}")
        for note in report.notes:
            announce(f"  {note}")
        for column, reason in report.dropped:
            announce("  " + say("left out: {column} ({reason})", column=column, reason=reason))


def in_force(version: int | None, say: Words) -> str:
    """What a command that changes the store says when it is done."""
    return say("Version {version} is in force.", version=version)


def account() -> str:
    """The name of the account that runs the command; in some containers it has a number alone."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"


def refusal(store: Path, problem: Problem) -> LoadRefused:
    """A refusal that names the version in force, if there is one."""
    try:
        number = read_current(store).number
    except (StoreMissing, StoreBroken):
        number = None
    return LoadRefused(LoadOutcome(number, (), (problem,)))


def fail(error: KvalitetError, as_json: bool, say: Words) -> int:
    """Prints what went wrong; returns the exit code."""
    if isinstance(error, LoadRefused):
        outcome, code = error.outcome, 1
    elif isinstance(error, Refused):
        outcome, code = LoadOutcome(None, (), tuple(error.problems)), 1
    else:
        outcome, code = LoadOutcome(None, (), (store_problem(error, say),)), 3
    if as_json:
        print_json(outcome)
        return code
    if code == 3:
        tell_of_the_store(outcome.problems, say)
        return code
    tell_problems(outcome.problems, say)
    if code == 1:
        announce(say("Nothing was changed."), err=True)
    return code


def tell_of_the_store(problems: Sequence[Problem], say: Words) -> None:
    """What is wrong with the store, and under it what technicians may ask for."""
    for problem in problems:
        announce(f"{problem.file}: {problem.problem} {problem.hint}", err=True)
        if problem.value:
            announce("  " + say("For technicians: {text}", text=problem.value), err=True)


def tell_problems(problems: Sequence[Problem], say: Words) -> None:
    """A line for all problems that are alike but for their rows and columns: one cause, one line."""
    alike: dict[tuple, list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[problem.file, problem.value, problem.problem, problem.hint].append(problem)
    for (file, value, said, hint), same in islice(alike.items(), SHOWN):
        columns = list(dict.fromkeys(problem.column for problem in same if problem.column))
        column = ", ".join(columns[:COLUMNS]) + (" …" if len(columns) > COLUMNS else "")
        rows = list({problem.row for problem in same})
        announce(_line(file, column or None, value, said, hint, rows, say), err=True)
    if len(alike) > SHOWN:
        more = len(alike) - SHOWN
        text = say.plural("… and {n} more; --json lists them all.", "… and {n} more; --json lists them all.", more)
        announce(text, err=True)


def _line(
    file: str, column: str | None, value: str | None, problem: str, hint: str, rows: list[int | None], say: Words
) -> str:
    """One line for a problem and all the rows that share it."""
    where = [file]
    numbers = sorted(row for row in rows if row is not None)
    if numbers:
        where.append(say("row {row}", row=_spans(numbers)))
    if column:
        where.append(column)
    said = " " + say.quoted(value) if value else ""
    return f"{', '.join(where)}:{said} {problem} {hint}"


def _spans(numbers: list[int]) -> str:
    """Row numbers, runs of them drawn together: 1–3, 7, 9–12."""
    breaks = [i for i, (a, b) in enumerate(pairwise(numbers), 1) if b > a + 1]
    spans = [numbers[i:j] for i, j in pairwise([0, *breaks, len(numbers)])]
    texts = [f"{span[0]}–{span[-1]}" if span[-1] > span[0] else f"{span[0]}" for span in spans[:SPANS]]
    return ", ".join(texts) + (" …" if len(spans) > SPANS else "")


def print_json(outcome: LoadOutcome, **more: object) -> None:
    """The one shape that scripts get; a command that lists something adds it under a name of its own."""
    files = [
        {
            "file": report.file,
            "sha256": report.sha256,
            "kind": report.kind,
            "rows": report.rows,
            "dropped": [{"column": column, "reason": reason} for column, reason in report.dropped],
            "notes": list(report.notes),
        }
        for report in outcome.reports
    ]
    problems = [{name: getattr(p, name) for name in Problem.__slots__} for p in outcome.problems]
    said = {"ok": outcome.ok, "version": outcome.version, "files": files, "problems": problems, **more}
    click.echo(orjson.dumps(said, option=orjson.OPT_INDENT_2).decode())
