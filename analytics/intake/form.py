"""A forms tool's export: one respondent a row, a column a criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.by_hand import ByHand, answer_code, level_reader
from analytics.intake.columns import ResolvedColumn, SheetCheck
from analytics.intake.headings_again import headings_in_another_order
from analytics.intake.kinds import FORM
from analytics.intake.likely_questions import likely_questions
from analytics.intake.near_criteria import near_criteria, said_missing
from analytics.intake.personal import why_dropped
from analytics.intake.raw import shown
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary
from analytics.intake.rounds import NO_ANSWERS, group
from analytics.intake.same_answer import answer_names
from analytics.intake.school_column import school_column
from analytics.intake.ticked import ticked_columns
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.words.language import Words


def check_form(check: SheetCheck, framework_id: str | None, year: int | None, whose: str | None = None) -> pa.Table:
    """Answers as `check_answers` gives them; columns that are no criterion are dropped, and the check says so. `whose`:
    the school that all of it is of, where no column says so."""
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

    if row := headings_in_another_order(sheet):
        text = say(
            "The headings stand once more in row {row}, in another order: what is below has other columns.", row=row
        )
        hint = say("Save what is below it as a file of its own, with those headings first, and load both.")
        check.problems.append(Problem(sheet.file, row, None, None, text, hint))
        return NO_ANSWERS
    if not sheet.by_hand and (ticked := ticked_columns(sheet, register, framework)):
        text = say("The form has a column for each question and level, with a mark where somebody has answered so.")
        hint = say(
            "Export it with one column a question, where the answer stands ({first} and {second} are then one), and"
            " leave it again.",
            first=say.quoted(sheet.written(ticked[0]) or ticked[0]),
            second=say.quoted(sheet.written(ticked[1]) or ticked[1]),
        )
        complain(sheet.written(ticked[0]) or ticked[0], None, text, hint)
        return NO_ANSWERS
    criteria = _criteria(check, framework)
    for heading, found in criteria.items():
        if isinstance(found, WordProblem):
            complain(heading, None, found.problem, found.hint)
    there = {found for found in criteria.values() if isinstance(found, str)}
    near = {} if sheet.by_hand else near_criteria(check, register.frameworks[framework], criteria, there)
    for heading, criterion in near.items():
        called = f"{criterion.id} ({criterion.title.in_(say.language)})"
        text = say("The heading is nearly that of a criterion: {criterion}.", criterion=called)
        hint = say("Head it {id} if it is that; else take the column away.", id=criterion.id)
        complain(sheet.written(heading) or heading, None, text, hint)
    if not criteria and not near:
        if _criteria_in_rows(check, framework):
            text = say("The criteria stand below each other, as rows, and who answered beside each other, as columns.")
            hint = say("Turn the table: copy it, and paste it in Excel with Paste special, Transpose.")
            complain(sheet.written(sheet.headings[0]) or sheet.headings[0], None, text, hint)
            return NO_ANSWERS
        ids = ", ".join(criterion.id for criterion in register.frameworks[framework].criteria)
        text = say("No heading is a criterion of {framework}.", framework=framework)
        complain(None, shown(", ".join(sheet.headings)), text, say("Head the columns by id or title: {ids}.", ids=ids))
        return NO_ANSWERS
    whose = sheet.school or whose
    school_heading = school_column(check, [*criteria, *near], _unheard if whose else complain)
    _told_twice(criteria, complain, say)
    if not near and (missing := said_missing(check, register.frameworks[framework], there)):
        check.notes.append(missing)

    check.taken.extend((heading, found) for heading, found in criteria.items() if isinstance(found, str))
    here = ResolvedColumn(np.zeros(len(sheet.rows), dtype=np.int64), [framework])
    level = level_reader(sheet.by_hand, register)
    levels = {heading: check.resolve_texts(sheet.column(heading), heading, here, level) for heading in criteria}
    if sheet.by_hand and sheet.by_hand.levels:
        check.notes.append(_meanings(sheet.by_hand, register.frameworks[framework], say))
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
    if school_heading is None and not whose:
        return NO_ANSWERS
    schools = sheet.column(school_heading) if school_heading else pa.array([whose]).take(pa.array(here.codes))
    school = check.resolve_texts(schools, school_heading or "school", here, lambda _, word: register.school(word))
    if check.problems:
        return NO_ANSWERS
    unstored = [heading for heading in sheet.headings if heading not in kept]
    in_order = sorted(criteria, key=lambda heading: str(criteria[heading]))
    said = [pc.fill_null(levels[heading].array(pa.uint8()).cast(pa.string()), "") for heading in in_order]
    same = {
        "framework": here.words(),
        "year": pa.array([valid], pa.int16()).take(pa.array(here.codes)),
        "school_id": school.words(),
        "respondent": answer_names(unstored, list(map(sheet.column, unstored)), said, sheet.sha256).dictionary_encode(),
        "team": team,
        "role": role,
        **check.places(),
    }
    parts = [
        pa.table(
            {
                **same,
                "criterion": check.nothing(criterion).words(),
                "level": levels[heading].array(pa.uint8()),
            }
        )
        for heading, criterion in criteria.items()
    ]
    return pa.concat_tables(parts).select(NO_ANSWERS.column_names)


def _criteria_in_rows(check: SheetCheck, framework: str) -> bool:
    """Whether the first column holds criteria, as where a table lies on its side."""
    first = [word for word in pc.unique(check.sheet.columns[0]).to_pylist() if word]
    found = check.register.criteria_in(framework, first)
    return len(first) > 1 and 2 * sum(len(ids) == 1 for ids in found.values()) > len(first)


def _told_twice(criteria: Mapping[str, str | WordProblem], complain: Callable[..., None], say: Words) -> None:
    """Complains once of the criteria that two columns hold: of two grids about the same there are many."""
    headings: dict[str, list[str]] = {}
    for heading, criterion in criteria.items():
        if not isinstance(criterion, WordProblem):
            headings.setdefault(criterion, []).append(heading)
    twice = {criterion: found for criterion, found in headings.items() if len(found) > 1}
    if len(twice) == 1:
        ((criterion, found),) = twice.items()
        for heading in found:
            text = say("Two columns hold the criterion {criterion}.", criterion=criterion)
            complain(heading, None, text, say("Keep one of them."))
    elif twice:
        first = next(iter(twice.values()))
        text = say("Each of these criteria has two columns or more: {criteria}.", criteria=say.listing(twice))
        hint = say("Keep one of each, as of {headings}.", headings=say.listing(map(say.quoted, first)))
        complain(None, None, text, hint)


def _unheard(*_: object) -> None:
    """Where somebody has said whose all of it is nothing is to be said of columns."""


def _meanings(by_hand: ByHand, framework: Framework, say: Words) -> str:
    """What somebody has said that answers mean."""
    names = dict(zip(framework.levels, framework.labels(say.language), strict=True))
    told = []
    for code, level in by_hand.levels.items():
        meaning = say("don't know") if level is None else f"{level} {names.get(level, '')}".rstrip()
        told.append(say("“{answer}” = {meaning}", answer=shown(code), meaning=meaning))
    return say("Answers are read as somebody has said: {meanings}.", meanings="; ".join(told))


def _criteria(check: SheetCheck, framework: str) -> dict[str, str | WordProblem]:
    """The columns of criteria: those that somebody has said are, else those that read like one."""
    sheet, register = check.sheet, check.register
    if sheet.by_hand:
        said, own = sheet.by_hand.columns, {column.name for column in check.kind.columns}
        named = [heading for heading in sheet.headings if said.get(heading) and said[heading] not in own]
        return {heading: register.criterion(framework, said[heading]) for heading in named}
    found = register.criteria_in(framework, [sheet.written(heading) for heading in sheet.headings])
    return {
        heading: ids[0] if len(ids) == 1 else register.criterion(framework, sheet.written(heading))
        for heading in sheet.headings
        if (ids := found.get(sheet.written(heading)))
    }


def different_answers(sheet: TextTable, headings: Iterable[str]) -> list[str]:
    """The different words in these columns, one for each code, in order."""
    found: dict[str, str] = {}
    for heading in headings:
        for word in pc.unique(sheet.column(heading)).to_pylist() if heading in sheet.headings else ():
            if word:
                found.setdefault(answer_code(word), word)
    return [found[code] for code in sorted(found)]


def likely_school_heading(sheet: TextTable, schools: Iterable[School], say: Words) -> str | None:
    """The column of schools of a form, whatever its criteria are; None where that is not clear."""
    asked = [question.heading for question in likely_questions(sheet).questions]
    return school_column(SheetCheck(sheet, FORM, CityVocabulary((), schools, say), say), asked, lambda *_: None)
