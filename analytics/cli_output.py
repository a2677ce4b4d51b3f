"""What the command prints: lines for people, one JSON object for scripts."""

from __future__ import annotations

from itertools import groupby

import click
import orjson

from analytics.language import Words
from analytics.loading import Outcome
from analytics.model import KvalitetError, Problem, Refused, StoreBusy, StoreMissing

SHOWN = 200  # problems in a terminal; --json has them all


def announce(text: str) -> None:
    click.echo(text)


def report_outcome(outcome: Outcome, as_json: bool, say: Words, *, done: str) -> None:
    """Prints an outcome that changed or checked something; raises Refused where there are problems."""
    if outcome.problems and not as_json:
        raise Refused(list(outcome.problems))
    if as_json:
        _print_json(outcome.ok, outcome.version, outcome)
        if not outcome.ok:
            raise SystemExit(1)
        return
    for report in outcome.reports:
        announce(f"{report.file}: {report.kind}, {say.plural('{n} row', '{n} rows', report.rows)}")
        for column, reason in report.dropped:
            announce("  " + say("left out: {column} ({reason})", column=column, reason=reason))
    announce(done)


def fail(error: KvalitetError, as_json: bool, say: Words) -> int:
    """Prints what went wrong; returns the exit code."""
    if isinstance(error, Refused):
        problems, code = error.problems, 1
    else:
        problems, code = [_store_problem(error, say)], 3
    if as_json:
        _print_json(False, None, Outcome(None, (), tuple(problems)))
        return code
    collapsed = [
        _line(list(group), say) for _, group in groupby(problems, lambda p: (p.file, p.column, p.value, p.problem))
    ]
    for line in collapsed[:SHOWN]:
        click.echo(line, err=True)
    if len(collapsed) > SHOWN:
        click.echo(
            say.plural(
                "… and {n} more; --json lists them all.",
                "… and {n} more; --json lists them all.",
                len(collapsed) - SHOWN,
            ),
            err=True,
        )
    if code == 1:
        click.echo(say("Nothing was changed."), err=True)
    return code


def _line(group: list[Problem], say: Words) -> str:
    """One line for a problem, or for a run of rows that share it."""
    first, last = group[0], group[-1]
    where = [first.file]
    if first.row is not None:
        rows = f"{first.row}–{last.row}" if last.row != first.row else f"{first.row}"
        where.append(say("row {row}", row=rows))
    if first.column:
        where.append(first.column)
    value = " " + say("“{value}”", value=first.value) if first.value else ""
    return f"{', '.join(where)}:{value} {first.problem} {first.hint}"


def _store_problem(error: KvalitetError, say: Words) -> Problem:
    if isinstance(error, StoreMissing):
        return Problem(
            str(error), None, None, None, say("There is no store here."), say("Make one with kvalitet build.")
        )
    if isinstance(error, StoreBusy):
        return Problem(
            str(error), None, None, None, say("Another load holds the store."), say("Try again when it is done.")
        )
    return Problem(
        str(error),
        None,
        None,
        None,
        say("The store is broken."),
        say("Go back with kvalitet rollback, or restore a copy."),
    )


def _print_json(ok: bool, version: int | None, outcome: Outcome) -> None:
    files = [
        {
            "file": report.file,
            "sha256": report.sha256,
            "kind": report.kind,
            "rows": report.rows,
            "dropped": [{"column": column, "reason": reason} for column, reason in report.dropped],
        }
        for report in outcome.reports
    ]
    problems = [{name: getattr(p, name) for name in Problem.__slots__} for p in outcome.problems]
    announce(
        orjson.dumps(
            {"ok": ok, "version": version, "files": files, "problems": problems}, option=orjson.OPT_INDENT_2
        ).decode()
    )
