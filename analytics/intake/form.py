"""A forms tool's export: one respondent a row, a column a criterion."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pyarrow as pa

from analytics.intake.columns import ResolvedColumn, SheetCheck
from analytics.intake.headings import normalised
from analytics.intake.kinds import FORM
from analytics.intake.personal import why_dropped
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary
from analytics.intake.rounds import NO_ANSWERS, group
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.words.language import Words

SCHOOL_HEADINGS = ("school_unit_code", "skolenhetskod", "school_id", "skol_id", "skolid")
SPEAKS_OF_SCHOOLS = re.compile(r"\b(?:skola|skolan|skolans|skolenhet|skolenheten|school)\b", re.IGNORECASE)


def check_form(check: SheetCheck, framework_id: str | None, year: int | None) -> pa.Table:
    """Answers as `check_answers` gives them; columns that are no criterion are dropped, and the check says so."""
    say, register, sheet = check.say, check.register, check.sheet

    def complain(column: str | None, value: str | None, problem: str, hint: str) -> None:
        check.problems.append(Problem(sheet.file, None, column, value, problem, hint))

    if framework_id is None or year is None:
        text = say("A forms tool's export does not say which framework and year it is about.")
        complain(None, None, text, say("Add --framework and --year."))
        return NO_ANSWERS
    framework = register.framework(framework_id)
    if isinstance(framework, WordProblem):
        complain("--framework", framework_id, framework.problem, framework.hint)
        return NO_ANSWERS
    valid = register.year(framework, str(year))
    if isinstance(valid, WordProblem):
        complain("--year", str(year), valid.problem, valid.hint)

    criteria = {}
    named = sheet.by_hand.columns if sheet.by_hand else {}
    for heading in _criterion_headings(check, framework):
        criteria[heading] = found = register.criterion(framework, named.get(heading, heading))
        if isinstance(found, WordProblem):
            complain(heading, None, found.problem, found.hint)
    school_heading = _school_heading(check, criteria)
    if school_heading is None:
        complain("school", None, say("There is no column of schools."), say("Head it “school” or “skola”."))
    if not criteria:
        ids = ", ".join(criterion.id for criterion in register.frameworks[framework].criteria)
        text = say("No heading is a criterion of {framework}.", framework=framework)
        complain(None, None, text, say("Head the columns by id or title: {ids}.", ids=ids))
    times = Counter(criteria.values())
    for heading, criterion in criteria.items():
        if times[criterion] > 1 and not isinstance(criterion, WordProblem):
            text = say("Two columns hold the criterion {criterion}.", criterion=criterion)
            complain(heading, None, text, say("Keep one of them."))

    check.taken.extend((heading, found) for heading, found in criteria.items() if isinstance(found, str))
    here = ResolvedColumn(np.zeros(len(sheet.rows), dtype=np.int64), [framework])
    levels = {
        heading: check.resolve_texts(sheet.column(heading), heading, here, register.level) for heading in criteria
    }
    team, role = group(check, "team"), group(check, "role")
    if school_heading is not None:
        check.taken.insert(0, (school_heading, "school"))
    check.taken.extend((check.heading(name), name) for name in ("team", "role") if check.has(name))
    kept = {school_heading, *criteria, *(check.heading(name) for name in ("team", "role") if check.has(name))}
    no_criterion = say("is no criterion of the framework; not stored")
    check.dropped.extend(
        (heading, why_dropped(heading, column, no_criterion, say))
        for heading, column in zip(sheet.headings, sheet.columns, strict=True)
        if heading not in kept
    )
    if school_heading is None:
        return NO_ANSWERS
    school = check.resolve_texts(
        sheet.column(school_heading), school_heading, here, lambda _, word: register.school(word)
    )
    if check.problems:
        return NO_ANSWERS
    same = {
        "framework": pa.array([framework]).take(pa.array(here.codes)),
        "year": pa.array([valid], pa.int16()).take(pa.array(here.codes)),
        "school_id": school.array(pa.string()),
        "respondent": pa.array([f"{sheet.sha256}:{row}" for row in sheet.rows]),
        "team": team,
        "role": role,
        **check.places(),
    }
    parts = [
        pa.table(
            {
                **same,
                "criterion": pa.array([criterion]).take(pa.array(here.codes)),
                "level": levels[heading].array(pa.uint8()),
            }
        )
        for heading, criterion in criteria.items()
    ]
    return pa.concat_tables(parts).select(NO_ANSWERS.column_names)


def _criterion_headings(check: SheetCheck, framework: str) -> list[str]:
    """The columns of criteria: those that somebody has said are, else those that read like one."""
    sheet = check.sheet
    if sheet.by_hand:
        said, own = sheet.by_hand.columns, {column.name for column in check.kind.columns}
        return [heading for heading in sheet.headings if said.get(heading) and said[heading] not in own]
    return check.register.criterion_headings(sheet.headings, framework)


def _school_heading(check: SheetCheck, criteria: dict[str, str]) -> str | None:
    """The column of schools: by its name, else one of ids or codes, else the only heading that speaks of schools."""
    if check.has("school") or check.sheet.by_hand:
        return check.heading("school") if check.has("school") else None
    others = [heading for heading in check.sheet.headings if heading not in criteria]
    coded = [heading for heading in others if normalised(heading) in SCHOOL_HEADINGS]
    speaking = [heading for heading in others if SPEAKS_OF_SCHOOLS.search(heading)]
    return coded[0] if coded else speaking[0] if len(speaking) == 1 else None


def likely_school_heading(sheet: TextTable, say: Words) -> str | None:
    """The column of schools of a form, whatever its criteria are; None where that is not clear."""
    return _school_heading(SheetCheck(sheet, FORM, CityVocabulary((), (), say), say), {})
