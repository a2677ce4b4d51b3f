"""School-rounds in files: individual answers, counts per level, participation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.apart import combined, keys_of, repeated
from analytics.intake.columns import ResolvedColumn, SheetCheck
from analytics.intake.kinds import LEVEL_HEADING, named_columns
from analytics.intake.numbers import count
from analytics.intake.personal import looks_personal
from analytics.intake.raw import shown
from analytics.intake.same_answer import SAME
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.words.language import Words

ROUND = ("framework", "year", "school_id")

WORDS = pa.dictionary(pa.int32(), pa.string())  # of a million answers few words are different

# As the answers file holds them, with `respondent` as the file called the person, and where the row stood.
NO_ANSWERS = pa.Table.from_batches(
    [],  # an empty table made of columns would have pyarrow import pandas, which most commands do without
    pa.schema(
        [
            ("framework", WORDS),
            ("year", pa.int16()),
            ("school_id", WORDS),
            ("respondent", WORDS),
            ("criterion", WORDS),
            ("level", pa.uint8()),
            ("team", WORDS),
            ("role", WORDS),
            ("file", WORDS),
            ("row", pa.int64()),
        ]
    ),
)
NOTHING = NO_ANSWERS.select([])


def check_answers(check: SheetCheck) -> pa.Table:
    """One answer a row -> the columns of NO_ANSWERS; what is wrong goes to the check's problems."""
    say, register = check.say, check.register
    framework, keys = _round(check)
    criterion = check.resolve_within(framework, "criterion", register.criterion)
    level = check.resolve_within(framework, "level", register.level)
    missing = WordProblem(
        say("The respondent is missing."), say("Give every person a code of their own; names are not needed.")
    )
    respondent = check.resolve("respondent", lambda word: word or missing)
    team, role = group(check, "team"), group(check, "role")
    if check.problems:
        return NO_ANSWERS
    return pa.table(
        {
            **_arrays(keys),
            "respondent": respondent.words(),
            "criterion": criterion.words(),
            "level": level.array(pa.uint8()),
            "team": team,
            "role": role,
            **check.places(),
        }
    )


def check_counts(check: SheetCheck) -> pa.Table:
    """Answers per level -> one row a school x year x criterion x level (level NULL = don't know)."""
    say, register = check.say, check.register
    framework, keys = _round(check)
    criterion = check.resolve_within(framework, "criterion", register.criterion)
    named = [LEVEL_HEADING.fullmatch(name) for name in named_columns(check.sheet, check.kind)]
    names = {int(match[1]): match[0] for match in named if match}
    for framework_id in dict.fromkeys(framework.values):
        for level in register.frameworks[framework_id].levels:
            if level not in names:
                heading = f"level_{level}"
                text = say(
                    "The heading {heading} is missing: the scale of {framework} has it.",
                    heading=heading,
                    framework=framework_id,
                )
                check.problems.append(Problem(check.sheet.file, None, heading, None, text, say("Add the column.")))
    counts = {
        level: check.resolve_within(framework, name, _count_of(level, check)) for level, name in sorted(names.items())
    }
    dont_know = check.resolve("dont_know", lambda word: count(word, check.say, blank=0))
    if check.problems:
        return NOTHING
    same = {**_arrays(keys), "criterion": criterion.words(), **check.places()}
    parts = []
    for level, column in [*counts.items(), (None, dont_know)]:
        levels = pa.array([level] * len(check.sheet.rows), pa.uint8())
        part = pa.table({**same, "level": levels, "answers": column.array(pa.int32())})
        if level is not None:  # a level that only another framework in the file has is no level here
            on_scale = [level in register.frameworks[id_].levels for id_ in framework.values]
            part = part.filter(pa.array(np.array(on_scale)[framework.codes]))
        parts.append(part)
    return pa.concat_tables(parts)


def _count_of(level: int, check: SheetCheck) -> Callable[[str, str], int | WordProblem | None]:
    """What a cell in the column of this level stands for, in the light of the row's framework."""
    say = check.say

    def counted(framework_id: str, word: str) -> int | WordProblem | None:
        if level in check.register.frameworks[framework_id].levels:
            blank = WordProblem(say("The count is missing."), say("Write 0 where nobody answered so."))
            return count(word, check.say, blank=blank)
        number = count(word, check.say, blank=0)
        if number == 0 or isinstance(number, WordProblem):
            return number
        return WordProblem(say("The level is not on the scale."), say("Leave the cell empty, or check the framework."))

    return counted


def check_participation(check: SheetCheck) -> pa.Table:
    """Invited and, where stated, responded -> one row a school-round. Rows that nobody has filled in (a template has
    one for each school) are left out, and noted."""
    say = check.say
    _leave_unfilled(check)
    _, keys = _round(check)
    blank = WordProblem(say("The number of invited is missing."), say("Leave the row out if it is not known."))
    invited = check.resolve("invited", lambda word: count(word, check.say, blank=blank))
    responded = check.resolve("responded", lambda word: count(word, check.say))
    if invited.good.all() and responded.good.all():
        numbers = [column.array(pa.int32()) for column in (responded, invited)]
        more = WordProblem(say("More responded than were invited."), say("Check both numbers."))
        for at in np.flatnonzero(pc.fill_null(pc.greater(*numbers), False).to_numpy(zero_copy_only=False)).tolist():
            check.complain(at, "responded", str(numbers[0][at]), more)
    if check.problems:
        return NOTHING
    return pa.table(
        {
            **_arrays(keys),
            "invited": invited.array(pa.int32()),
            "responded": responded.array(pa.int32()),
            **check.places(),
        }
    )


def _leave_unfilled(check: SheetCheck) -> None:
    empty = pc.and_(*(pc.equal(check.texts(name), "") for name in ("invited", "responded")))
    unfilled = pc.sum(empty).as_py() or 0
    if check.sheet.from_file and 0 < unfilled < len(check.sheet.rows):
        kept = pc.invert(empty)
        columns = tuple(column.filter(kept) for column in check.sheet.columns)
        rows = check.sheet.rows[kept.to_numpy(zero_copy_only=False)]
        check.sheet = replace(check.sheet, columns=columns, rows=rows)
        text = check.say.plural(
            "{n} row without a number of invited was left out.",
            "{n} rows without a number of invited were left out.",
            unfilled,
        )
        check.notes.append(text)


def number_respondents(answers: pa.Table, rounds: np.ndarray, say: Words) -> tuple[pa.Array, list[Problem]]:
    """A number for each person in a school-round (`rounds` has which each row is of), in place of what the files call
    them; refuses the same person twice on a criterion, whichever files the two answers are in."""
    people = combined(rounds, answers["respondent"])
    again, first = _places(repeated(keys_of(people, answers["criterion"])))
    names = ("file", "row", "respondent", "criterion")
    rows = zip(*_lists(answers, again, names), *_lists(answers, first, ("file", "row")), strict=True)
    problems, told = [], set()
    for file, row, respondent, criterion, earlier_file, earlier in rows:
        if not respondent.startswith(SAME):
            text = say("The respondent has answered {criterion} already.", criterion=criterion)
            hint = say("See row {row} in {file}; keep one of them.", row=earlier, file=earlier_file)
            problems.append(Problem(file, row, "respondent", shown(respondent), text, hint))
        elif (file, row) not in told:  # one row of a form, once and not for each criterion
            told.add((file, row))
            hint = (
                say("See row {row} in {file}; keep one of them.", row=earlier, file=earlier_file)
                if file == earlier_file
                else say("It is in {file} as well; load the newest export alone.", file=earlier_file)
            )
            problems.append(Problem(file, row, None, None, say("The same answer stands twice."), hint))
    return pa.array(people, pa.int32()), problems


def repeated_cells(table: pa.Table, keys: tuple[str, ...], column: str, say: Words) -> list[Problem]:
    """A problem for every row whose keys an earlier row has, in the same file or in another of the same call."""
    again, first = _places(repeated(keys_of(*(table[name] for name in keys))))
    rows = zip(*_lists(table, again, ("file", "row", keys[-1])), *_lists(table, first, ("file", "row")), strict=True)
    text = say("An earlier row is about the same thing.")
    return [
        Problem(file, row, column, value, text, say("See row {row} in {file}; keep one of them.", row=r, file=f))
        for file, row, value, f, r in rows
    ]


def group(check: SheetCheck, name: str) -> pa.DictionaryArray:
    """A team or role column; where its cells look like persons nothing of it is kept, and the check says so."""
    if not check.has(name):
        return _none(check)
    texts = check.texts(name)
    if looks_personal(texts):
        reason = check.say("holds names, addresses, personal numbers or times; never stored")
        check.dropped.append((check.heading(name), reason))
        return _none(check)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts).dictionary_encode()


def _none(check: SheetCheck) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.nulls(len(check.sheet.rows), pa.int32()), pa.array([], pa.string()))


def _round(check: SheetCheck) -> tuple[ResolvedColumn, dict[str, ResolvedColumn]]:
    """The framework of each row, and the columns that name its school-round."""
    framework = check.resolve("framework", check.register.framework)
    year = check.resolve_within(framework, "year", check.register.year)
    school = check.resolve("school", check.register.school)
    return framework, {"framework": framework, "year": year, "school_id": school}


def _arrays(keys: dict[str, ResolvedColumn]) -> dict[str, pa.Array]:
    return {name: column.array(pa.int16()) if name == "year" else column.words() for name, column in keys.items()}


def _places(pairs: list[tuple[int, int]]) -> tuple[pa.Array, pa.Array]:
    return pa.array([again for again, _ in pairs], pa.int64()), pa.array([first for _, first in pairs], pa.int64())


def _lists(table: pa.Table, places: pa.Array, names: tuple[str, ...]) -> list[list]:
    return [table[name].take(places).to_pylist() for name in names]
