"""`kvalitet export brief` and `briefs`: the papers of the quality dialogue, one school's or all of a round's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from analytics.cli.export import export, nothing_in_year, out_option, write
from analytics.cli.options import EVERYTHING, json_option, say, store_option
from analytics.cli.output import refusal, report_outcome
from analytics.dialogue.brief.facts import BriefSources, brief, brief_sources
from analytics.documents.brief import FORMATS, brief_bytes, frozen_bytes
from analytics.documents.paper.archive import archive
from analytics.intake.raw import file_name
from analytics.intake.register import CityVocabulary
from analytics.intake.word_problem import WordProblem
from analytics.loads.load import LoadOutcome
from analytics.maturity.rounds import rounds, school_rounds, schools_of_round
from analytics.model.errors import Problem
from analytics.store.dialogue import frozen_brief
from analytics.store.reading import Store, View

Found = TypeVar("Found", str, int)

framework_option = click.option("--framework", help="Framework id (default: the one that has the year's round).")


@export.command("brief")
@store_option
@click.option("--school", "word", required=True, help="The school's id, school unit code or name.")
@click.option("--year", required=True, type=int, help="The round's year.")
@framework_option
@click.option("--now", is_flag=True, help="As the figures are now, even where the brief is kept as it was.")
@out_option(FORMATS)
@json_option
@click.pass_obj
def export_brief(store: Path, word: str, year: int, framework: str | None, now: bool, out: Path, as_json: bool) -> None:
    """The brief of a school's quality dialogue; as it was when it was frozen, where it is kept."""
    view = Store(store).current()
    of = brief_sources(view, EVERYTHING)
    register = CityVocabulary(of.frameworks, of.schools, say)
    school_id = _known(store, out, "--school", word, register.school(word))
    framework_id = _framework(store, out, view, register, framework, year, school_id)
    data, day = brief_file(view, of, school_id, framework_id, year, out.suffix.lower(), now)
    write(store, out, data)
    name = register.schools[school_id].name
    told = say("{school} {year}, as it was on {day}", school=name, year=year, day=say.day(day)) if day else ""
    done = f"{out}: {told or f'{name} {year}'}"
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=done)


@export.command("briefs")
@store_option
@click.option("--year", required=True, type=int, help="The round's year.")
@framework_option
@click.option("--format", "kind", type=click.Choice(("pdf", "docx")), default="pdf", show_default=True)
@out_option((".zip",))
@json_option
@click.pass_obj
def export_briefs(store: Path, year: int, framework: str | None, kind: str, out: Path, as_json: bool) -> None:
    """The briefs of every school in a round, as one archive."""
    view = Store(store).current()
    of = brief_sources(view, EVERYTHING)
    register = CityVocabulary(of.frameworks, of.schools, say)
    framework_id = _framework(store, out, view, register, framework, year, None)
    schools = [row.school_id for row in school_rounds(view, EVERYTHING, framework_id, year)]
    if not schools:
        raise _nothing(store, out, view, year, framework_id)
    kept = {id_: frozen_brief(view, id_, framework_id, year) for id_ in schools}
    version = {id_: frozen.made_from if frozen else view.number for id_, frozen in kept.items()}
    files = [
        (
            f"{year}-{id_}-{framework_id}-v{version[id_]}.{kind}",
            _making(view, of, id_, framework_id, year, f".{kind}"),
        )
        for id_ in schools
    ]
    quiet = as_json or not sys.stderr.isatty()
    with click.progressbar(length=len(files), label=say("Writing briefs"), file=sys.stderr, hidden=quiet) as bar:
        data = archive(files, lambda _: bar.update(1))
    write(store, out, data)
    told = say.plural("{n} school", "{n} schools", len(files))
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {told}")


def _making(
    view: View, of: BriefSources, school_id: str, framework_id: str, year: int, suffix: str
) -> Callable[[], bytes]:
    return lambda: brief_file(view, of, school_id, framework_id, year, suffix, now=False)[0]


def brief_file(
    view: View, of: BriefSources, school_id: str, framework_id: str, year: int, suffix: str, now: bool
) -> tuple[bytes, date | None]:
    """The file, and the day it was frozen, None where it is the brief as it is now."""
    kept = None if now else frozen_brief(view, school_id, framework_id, year)
    if kept is not None:
        return frozen_bytes(kept.contents, suffix, say), kept.frozen_at.date()
    told = brief(view, EVERYTHING, school_id, framework_id, year, date.today(), of=of)
    return brief_bytes(told, suffix, say), None


def _framework(
    store: Path, out: Path, view: View, register: CityVocabulary, word: str | None, year: int, school_id: str | None
) -> str:
    """The framework that was asked for; else the one that has a round of the school in the year, or of any school."""
    if word is not None:
        framework_id = _known(store, out, "--framework", word, register.framework(word))
        _known(store, out, "--year", str(year), register.year(framework_id, str(year)))
        return framework_id
    held = [found.framework for found in rounds(view) if found.year == year]
    if not held:
        raise _nothing(store, out, view, year)
    for framework_id in reversed(held):
        if school_id in schools_of_round(view, EVERYTHING, framework_id, year):
            return framework_id
    return held[-1]


def _known(store: Path, out: Path, option: str, word: str, found: Found | WordProblem) -> Found:
    """What the word stands for; raises the refusal that says why it stands for nothing."""
    if isinstance(found, WordProblem):
        raise refusal(store, Problem(file_name(out), None, option, word, found.problem, found.hint))
    return found


def _nothing(store: Path, out: Path, view: View, year: int, framework: str | None = None) -> Exception:
    """`framework`: whose rounds it is about, if not any framework's."""
    there = {found.year for found in rounds(view) if framework in (None, found.framework)}
    years = ", ".join(map(str, sorted(there))) or "-"
    return nothing_in_year(store, out, year, say("Years with self-assessments: {years}.", years=years))
