"""School-rounds in files: individual answers, forms tools' exports, counts per level, participation."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.columns import Check, Resolved, combined, repeated
from analytics.intake.kinds import FORM, LEVEL_HEADING, named_columns, normalised
from analytics.intake.readers import Sheet
from analytics.intake.register import Register, Trouble
from analytics.language import Words
from analytics.model import Problem, Refused

# As the answers file holds them, with `respondent` as the file called the person and where the row stood.
ANSWER_COLUMNS = ("framework", "year", "school_id", "respondent", "criterion", "level", "team", "role", "file", "row")

PERSONAL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|\b(?:19|20)?\d{6}[-+]?\d{4}\b")
PERSONAL_HEADING = re.compile(
    r"name|namn|e_?mail|e_?post|mejl|person_?n|personal_?n|start_?time|completion_?time|starttid|slutf|tidst|timestamp|"
    r"date|datum|ip_|last_modified"
)
TIME_STAMP = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d{1,2}[:.]\d{2}.*|\d{4}-\d{2}-\d{2}(T.*)?")


def check_answers(check: Check) -> pa.Table:
    """One answer a row -> a table of ANSWER_COLUMNS; what is wrong goes to the check's problems."""
    say, register = check.say, check.register
    framework, year, school = _round(check)
    criterion = check.resolve_within(framework, "criterion", register.criterion)
    level = check.resolve_within(framework, "level", register.level)
    missing = Trouble(
        say("The respondent is missing."), say("Give every person a code of their own; names are not needed.")
    )
    respondent = check.resolve("respondent", lambda word: word or missing)
    if check.problems:
        return _nothing()
    return pa.table(
        {
            "framework": framework.array(pa.string()),
            "year": year.array(pa.int16()),
            "school_id": school.array(pa.string()),
            "respondent": respondent.array(pa.string()),
            "criterion": criterion.array(pa.string()),
            "level": level.array(pa.uint8()),
            "team": _group(check, "team"),
            "role": _group(check, "role"),
            "file": pa.array([check.sheet.file] * len(check.sheet.rows)),
            "row": pa.array(check.sheet.rows),
        }
    )


def check_form(
    sheet: Sheet, register: Register, say: Words, framework_id: str | None, year: int | None
) -> tuple[pa.Table, list[Problem], list[tuple[str, str]]]:
    """One respondent a row, a column a criterion -> (answers, problems, dropped columns with the reason)."""
    check = Check(sheet, FORM, register, say)
    if framework_id is None or year is None:
        text = say("A forms tool's export does not say which framework and year it is about.")
        return _nothing(), [Problem(sheet.file, None, None, None, text, say("Add --framework and --year."))], []
    known = register.framework(framework_id)
    valid = known if isinstance(known, Trouble) else register.year(known, str(year))
    if isinstance(valid, Trouble):
        name, value = ("--framework", framework_id) if isinstance(known, Trouble) else ("--year", str(year))
        return _nothing(), [Problem(sheet.file, None, name, value, valid.problem, valid.hint)], []

    school_heading = _school_heading(sheet)
    criterion_of = _criterion_headings(sheet, register.criterion_words(known))
    if school_heading is None:
        text = say("There is no column of schools.")
        check.problems.append(Problem(sheet.file, None, "school", None, text, say("Head it “school” or “skola”.")))
    if not criterion_of:
        ids = ", ".join(criterion.id for criterion in register.frameworks[known].criteria)
        text = say("No heading is a criterion of {framework}.", framework=known)
        check.problems.append(
            Problem(sheet.file, None, None, None, text, say("Head the columns by id or title: {ids}.", ids=ids))
        )
    twice = [heading for heading in criterion_of if list(criterion_of.values()).count(criterion_of[heading]) > 1]
    for heading in twice:
        text = say("Two columns hold the criterion {criterion}.", criterion=criterion_of[heading])
        check.problems.append(Problem(sheet.file, None, heading, None, text, say("Keep one of them.")))
    if check.problems:
        return _nothing(), check.problems, []

    rows = len(sheet.rows)
    here = Resolved(np.zeros(rows, dtype=np.int64), [known])
    school = check.resolve_texts(
        sheet.column(school_heading), school_heading, here, lambda _, word: register.school(word)
    )
    levels = {
        heading: check.resolve_texts(sheet.column(heading), heading, here, register.level) for heading in criterion_of
    }
    if check.problems:
        return _nothing(), check.problems, []
    team, role = _group(check, "team"), _group(check, "role")
    people = pa.array([f"{sheet.sha256}:{row}" for row in sheet.rows])
    parts = [
        pa.table(
            {
                "framework": pa.array([known] * rows),
                "year": pa.array([valid] * rows, pa.int16()),
                "school_id": school.array(pa.string()),
                "respondent": people,
                "criterion": pa.array([criterion] * rows),
                "level": levels[heading].array(pa.uint8()),
                "team": team,
                "role": role,
                "file": pa.array([sheet.file] * rows),
                "row": pa.array(sheet.rows),
            }
        )
        for heading, criterion in criterion_of.items()
    ]
    kept = {school_heading, *criterion_of, *(check.heading(name) for name in ("team", "role") if check.has(name))}
    dropped = [(heading, _why_dropped(sheet, heading, say)) for heading in sheet.headings if heading not in kept]
    return pa.concat_tables(parts), [], dropped


def check_counts(check: Check) -> pa.Table:
    """Answers per level -> one row a school x year x criterion x level (level NULL = don't know)."""
    say, register = check.say, check.register
    framework, year, school = _round(check)
    criterion = check.resolve_within(framework, "criterion", register.criterion)
    headings = [name for name in named_columns(check.sheet, check.kind) if LEVEL_HEADING.fullmatch(name)]
    numbers = {int(LEVEL_HEADING.fullmatch(name)[1]): name for name in headings}
    for framework_id in framework.values:
        for level in register.frameworks[framework_id].levels:
            if level not in numbers:
                text = say(
                    "The heading {heading} is missing: the scale of {framework} has it.",
                    heading=f"level_{level}",
                    framework=framework_id,
                )
                check.problems.append(
                    Problem(check.sheet.file, None, f"level_{level}", None, text, say("Add the column."))
                )

    def explain(level: int):
        def counted(framework_id: str, word: str):
            on_scale = level in register.frameworks[framework_id].levels
            blank = Trouble(say("The count is missing."), say("Write 0 where nobody answered so.")) if on_scale else 0
            number = check.count(word, blank=blank)
            if not on_scale and number != 0 and not isinstance(number, Trouble):
                return Trouble(
                    say("The level is not on the scale."), say("Leave the cell empty, or check the framework.")
                )
            return number

        return counted

    counts = {level: check.resolve_within(framework, name, explain(level)) for level, name in numbers.items()}
    dont_know = check.resolve("dont_know", lambda word: check.count(word, blank=0))
    if check.problems:
        return pa.table({})
    keys = {
        "framework": framework.array(pa.string()),
        "year": year.array(pa.int16()),
        "school_id": school.array(pa.string()),
        "criterion": criterion.array(pa.string()),
    }
    _refuse_repeated(check, combined(*keys.values()), "criterion")
    where = {"file": pa.array([check.sheet.file] * len(check.sheet.rows)), "row": pa.array(check.sheet.rows)}
    parts = []
    for level, column in [*counts.items(), (None, dont_know)]:
        levels = pa.array([level] * len(check.sheet.rows), pa.uint8())
        part = pa.table({**keys, "level": levels, "answers": column.array(pa.int32()), **where})
        if level is not None:  # a level that only another framework in the file has is no level here
            on_scale = [level in register.frameworks[id_].levels for id_ in framework.values]
            part = part.filter(pa.array(np.array(on_scale)[framework.codes]))
        parts.append(part)
    return pa.concat_tables(parts)


def check_participation(check: Check) -> pa.Table:
    """Invited and, where stated, responded -> one row a school-round."""
    say = check.say
    framework, year, school = _round(check)
    blank = Trouble(say("The number of invited is missing."), say("Leave the row out if it is not known."))
    invited = check.resolve("invited", lambda word: check.count(word, blank=blank))
    responded = check.resolve("responded", lambda word: check.count(word))
    if check.problems:
        return pa.table({})
    table = pa.table(
        {
            "framework": framework.array(pa.string()),
            "year": year.array(pa.int16()),
            "school_id": school.array(pa.string()),
            "invited": invited.array(pa.int32()),
            "responded": responded.array(pa.int32()),
            "file": pa.array([check.sheet.file] * len(check.sheet.rows)),
            "row": pa.array(check.sheet.rows),
        }
    )
    for at in np.flatnonzero(pc.fill_null(pc.greater(table["responded"], table["invited"]), False).to_numpy()):
        value = str(table["responded"][at])
        check.complain(
            int(at), "responded", value, Trouble(say("More responded than were invited."), say("Check both numbers."))
        )
    _refuse_repeated(check, combined(*(table[name] for name in ("framework", "year", "school_id"))), "school")
    return table


def number_respondents(answers: pa.Table, say: Words) -> tuple[pa.Array, list[Problem]]:
    """A number for each person in a school-round, in place of what the files call them; refuses the same person twice
    on a criterion, whichever files the two answers are in."""
    people = combined(*(answers[name] for name in ("framework", "year", "school_id", "respondent")))
    criteria = combined(answers["criterion"])
    problems = []
    if len(people):
        for again, first in repeated(people * (criteria.max() + 1) + criteria):
            where = answers["row"][first].as_py()
            file = answers["file"][first].as_py()
            problems.append(
                Problem(
                    answers["file"][again].as_py(),
                    answers["row"][again].as_py(),
                    "respondent",
                    answers["respondent"][again].as_py(),
                    say(
                        "The respondent has answered {criterion} already.",
                        criterion=answers["criterion"][again].as_py(),
                    ),
                    say("See row {row} in {file}; keep one of them.", row=where, file=file),
                )
            )
    return pa.array(people, pa.int32()), problems


def _round(check: Check) -> tuple[Resolved, Resolved, Resolved]:
    framework = check.resolve("framework", check.register.framework)
    return (
        framework,
        check.resolve_within(framework, "year", check.register.year),
        check.resolve("school", check.register.school),
    )


def _refuse_repeated(check: Check, keys: np.ndarray, name: str) -> None:
    say = check.say
    for again, first in repeated(keys):
        trouble = Trouble(
            say("An earlier row is about the same thing."),
            say("See row {row}; keep one of them.", row=int(check.sheet.rows[first])),
        )
        check.complain(again, name, check.texts(name)[again].as_py(), trouble)
    if check.problems:
        raise Refused(check.problems)


def _group(check: Check, name: str) -> pa.Array:
    """A team or role column, unless its cells look like persons."""
    texts = check.texts(name)
    different = pc.unique(texts).to_pylist()
    if not check.has(name) or any(PERSONAL.search(word) for word in different):
        return pa.nulls(len(texts), pa.string())
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _school_heading(sheet: Sheet) -> str | None:
    """The column of schools: by its name, else the only heading that speaks of schools."""
    known = named_columns(sheet, FORM).get("school")
    if known:
        return known
    codes = [
        heading
        for heading in sheet.headings
        if normalised(heading) in ("school_unit_code", "skolenhetskod", "school_id")
    ]
    speaking = [h for h in sheet.headings if re.search(r"\b(?:skola|skolenhet|school)\b", h.casefold())]
    return codes[0] if codes else speaking[0] if len(speaking) == 1 else None


def _criterion_headings(sheet: Sheet, words: dict[str, str]) -> dict[str, str]:
    folded = {heading: " ".join(heading.casefold().split()) for heading in sheet.headings}
    return {heading: words[word] for heading, word in folded.items() if word in words}


def _why_dropped(sheet: Sheet, heading: str, say: Words) -> str:
    sample = [word for word in pc.unique(sheet.column(heading)).to_pylist()[:200] if word]
    if any(PERSONAL.search(word) for word in sample) or PERSONAL_HEADING.search(normalised(heading)):
        return say("holds names, addresses, personal numbers or times; never stored")
    if sample and all(TIME_STAMP.fullmatch(word) for word in sample):
        return say("holds names, addresses, personal numbers or times; never stored")
    return say("is no criterion of the framework; not stored")


def _nothing() -> pa.Table:
    return pa.table({name: [] for name in ANSWER_COLUMNS})
