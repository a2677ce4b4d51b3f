"""What a table of a question a row needs to be counts: its round, one group, and counts where it has shares.

A share becomes a count only where one whole number of the answers, and no other, is written so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil, floor

import numpy as np
import pyarrow as pa
from rapidfuzz import fuzz

from analytics.intake.headings import bare
from analytics.intake.level_tables import CRITERION, DONT_KNOW, GROUP, RESPONSES
from analytics.intake.limits import MOST_FAULTS
from analytics.intake.near_criteria import NEARLY, SHORTEST
from analytics.intake.numbers import count, decimal_number
from analytics.intake.raw import shown
from analytics.intake.readers import TextTable
from analytics.intake.reading_options import ReadingOptions
from analytics.intake.register import CityVocabulary, folded
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem, Refused
from analytics.words.language import Words

NAMED = 5  # questions that are left out, by name
HUNDRED = 100
FINEST = 6  # decimals: a spreadsheet's last ones are noise


def as_counts(sheet: TextTable, reading: ReadingOptions, register: CityVocabulary, say: Words) -> TextTable:
    """The table with counts in its levels' columns and its round beside them. Raises Refused."""
    told = {name: heading for heading, name in sheet.told.items()}
    framework = reading.framework if reading.framework in register.frameworks else None
    sheet = _with_round(sheet, reading, say)
    sheet = _of_one_group(sheet, told.get(GROUP), reading.group, say)
    levels = [heading for heading, name in sheet.told.items() if name.startswith("level_") or name == DONT_KNOW]
    sheet = _with_numbers(sheet, levels, say)
    if framework is not None:
        sheet = _of_criteria(sheet, told[CRITERION], register, framework, say)
    return _counted(sheet, levels, told.get(RESPONSES), say)


def groups_in(sheet: TextTable) -> tuple[str, ...]:
    """The groups of people whose answers the table has apart."""
    heading = next((heading for heading, name in sheet.told.items() if name == GROUP), None)
    return tuple(dict.fromkeys(filter(None, sheet.column(heading).to_pylist()))) if heading else ()


def _with_round(sheet: TextTable, reading: ReadingOptions, say: Words) -> TextTable:
    """Framework, year and school as columns, where the table has none and somebody has said them."""
    from analytics.intake.kinds import COUNTS, named_columns  # it reads what is told here

    there = named_columns(sheet, COUNTS)
    words = {"framework": reading.framework, "year": reading.year, "school": sheet.school or reading.school}
    missing = [name for name, word in words.items() if name not in there and not word]
    if missing:
        texts = {
            "framework": say("The file does not say which framework it is of."),
            "year": say("The file does not say which year it is of."),
            "school": say("The file does not say which school it is of."),
        }
        hint = {name: say("Add --{name}.", name=name) for name in missing}
        raise Refused([Problem(sheet.file, None, name, None, texts[name], hint[name]) for name in missing])
    added = {name: str(word) for name, word in words.items() if name not in there}
    columns = tuple(pa.array([word] * len(sheet.rows), pa.string()) for word in added.values())
    return replace(sheet, headings=(*sheet.headings, *added), columns=(*sheet.columns, *columns))


def _of_one_group(sheet: TextTable, heading: str | None, group: str | None, say: Words) -> TextTable:
    groups = groups_in(sheet)
    if heading is None or len(groups) < 2:
        return sheet
    listed = say.listing(groups)
    wanted = next((one for one in groups if group and folded(one) == folded(group)), None)
    if wanted is None:
        text = say("The file has the answers of several groups, which are not added together: {groups}.", groups=listed)
        raise Refused([Problem(sheet.file, None, heading, None, text, say("Say which with --group."))])
    others = say.listing(one for one in groups if one != wanted)
    note = say("Only the answers of {group} are read; left out: {others}.", group=wanted, others=others)
    return _kept(sheet, lambda at: sheet.column(heading)[at].as_py() == wanted, note)


def _with_numbers(sheet: TextTable, levels: Sequence[str], say: Words) -> TextTable:
    """Without the rows that hold a heading of their own, and no number."""
    texts = [sheet.column(heading).to_pylist() for heading in levels]
    empty = [at for at in range(len(sheet.rows)) if not any(column[at] for column in texts)]
    note = say.plural("{n} row without any number was left out.", "{n} rows without any number were left out.",
                      len(empty))  # fmt: skip
    gone = set(empty)
    return _kept(sheet, lambda at: at not in gone, note) if 0 < len(empty) < len(sheet.rows) else sheet


def _of_criteria(sheet: TextTable, heading: str, register: CityVocabulary, framework: str, say: Words) -> TextTable:
    """Without the questions that the framework does not have; one that is nearly a criterion's stays, to be refused."""
    words = sheet.column(heading).to_pylist()
    titles = [bare(t) for c in register.frameworks[framework].criteria for t in (c.title.sv, c.title.en)]
    unknown = {word for word in words if not register.criteria_named(framework, word) and not _nearly(word, titles)}
    if not unknown or unknown == set(words):
        return sheet
    listed = ", ".join(say.quoted(shown(word)) for word in [*dict.fromkeys(w for w in words if w in unknown)][:NAMED])
    note = say.plural(
        "{n} question is no criterion of the framework, and was left out: {questions}.",
        "{n} questions are no criteria of the framework, and were left out: {questions}{more}.",
        len(unknown),
        questions=listed,
        more=" …" if len(unknown) > NAMED else "",
    )
    return _kept(sheet, lambda at: words[at] not in unknown, note)


def _nearly(word: str, titles: Sequence[str]) -> bool:
    own = bare(word)
    return len(own) >= SHORTEST and any(fuzz.ratio(own, title) >= NEARLY for title in titles)


def _counted(sheet: TextTable, levels: Sequence[str], responses: str | None, say: Words) -> TextTable:
    """With whole numbers in the columns of levels; raises Refused with each row in which they cannot be told."""
    texts = {heading: sheet.column(heading).to_pylist() for heading in levels}
    totals = sheet.column(responses).to_pylist() if responses else [""] * len(sheet.rows)
    lines = list(zip(*texts.values(), strict=True))
    shares, notes = _are_shares(lines, totals, say), sheet.notes
    if shares and responses is None:
        text = say("The file holds shares, and not of how many answers they are.")
        hint = say("Add a column {n} with the number of answers, or export the counts.", n="n")
        raise Refused([Problem(sheet.file, None, None, shown(", ".join(levels)), text, hint)])
    of_hundred = any("%" in cell for line in lines for cell in line) or any(_sum(line) > 2 for line in lines)
    whole = HUNDRED if of_hundred else 1
    step = Decimal(1).scaleb(-max(min(_decimals(cell), FINEST) for line in lines for cell in line))
    unknown = [place for place, heading in enumerate(levels) if sheet.told[heading] == DONT_KNOW]
    problems: list[Problem] = []
    for at, (line, total, row) in enumerate(zip(lines, totals, sheet.rows.tolist(), strict=True)):
        if len(problems) > MOST_FAULTS:
            break
        found = _of_shares(line, total, whole, step, say) if shares else _add_up(line, unknown, total, say)
        if isinstance(found, WordProblem):
            problems.append(Problem(sheet.file, row, responses, shown(total), found.problem, found.hint))
            continue
        for heading, number in zip(levels, found, strict=True):
            if isinstance(number, WordProblem):
                problems.append(Problem(sheet.file, row, heading, texts[heading][at], number.problem, number.hint))
            else:
                texts[heading][at] = str(number)
    if problems:
        raise Refused(problems)
    if shares:
        notes += (say("Shares were read as counts of the answers: {columns}.", columns=say.listing(levels)),)
    again = [levels[place] for place in unknown[1:]]  # not applicable, and would not say: both without a level
    for at, line in enumerate(zip(*(texts[levels[place]] for place in unknown), strict=True)):
        texts[levels[unknown[0]]][at] = str(sum(map(int, line)))
    columns = (
        pa.array(texts[heading], pa.string()) if heading in texts and heading not in again else column
        for heading, column in zip(sheet.headings, sheet.columns, strict=True)
    )
    told = {heading: name for heading, name in sheet.told.items() if heading not in again}
    return replace(sheet, columns=tuple(columns), told=told, notes=notes)


def _are_shares(lines: Sequence[Sequence[str]], totals: Sequence[str], say: Words) -> bool:
    """Whether the table's numbers are parts of one or of a hundred."""
    if any("%" in cell for line in lines for cell in line):
        return True
    sums = [_sum(line) for line in lines]
    if any(number != number.to_integral_value() for line in lines for number in _numbers(line)):
        return True
    hundreds = all(abs(told - HUNDRED) <= 1 for told in sums)
    without_total = not any(totals) and len(lines) > 1
    return hundreds and (without_total or any(count(n, say) != told for n, told in zip(totals, sums, strict=True)))


def _numbers(line: Sequence[str]) -> list[Decimal]:
    found = (decimal_number(cell.replace("%", "")) for cell in line if cell)
    return [number for number in found if number is not None]


def _decimals(cell: str) -> int:
    return len(cell.replace("%", "").strip().replace(",", ".").partition(".")[2])


def _sum(line: Sequence[str]) -> Decimal:
    return sum(_numbers(line), Decimal())


def _of_shares(
    cells: Sequence[str], total: str, whole: int, step: Decimal, say: Words
) -> Sequence[int | WordProblem] | WordProblem:
    """How many answers each share of the `whole` is; `step`: what the finest of the table is rounded to, as a
    spreadsheet drops the others' last zeros."""
    answers = count(total, say)
    if not isinstance(answers, int):
        return answers or WordProblem(say("The number of answers is missing."), say("Write how many answered."))
    found: list[int | WordProblem] = []
    for cell in cells:
        share = decimal_number(cell.replace("%", "")) if cell else Decimal(0)
        if share is None or share < 0:
            found.append(WordProblem(say("This is not a share."), say("Write it like 0.5 or 50%.")))
            continue
        least = max(ceil((share - step / 2) * answers / whole), 0)
        most = floor((share + step / 2) * answers / whole)
        if most > least and share:
            return WordProblem(
                say("The shares are too rough for so many answers: several counts are written so."),
                say("Export the counts, or shares with more decimals."),
            )
        found.append(least if most >= least else answers + 1)  # no whole number is written so: it adds up to nothing
    told = [number for number in found if isinstance(number, int)]
    if len(told) == len(found) and sum(told) != answers:
        return WordProblem(
            say("The shares are not of so many answers."), say("Check the number of answers, or export the counts.")
        )
    return found


def _add_up(
    cells: Sequence[str], unknown: Sequence[int], total: str, say: Words
) -> Sequence[int | WordProblem] | WordProblem:
    """The counts; with how many answered, with or without those of don't know, they must add up to that, and an empty
    cell is nobody's."""
    blank = 0 if total else WordProblem(say("The count is missing."), say("Write 0 where nobody answered so."))
    found = [count(cell, say, blank=0 if place in unknown else blank) for place, cell in enumerate(cells)]
    answers = count(total, say) if total else None
    if isinstance(answers, WordProblem):
        return answers
    told = [number for number in found if isinstance(number, int)]
    known = sum(told) - sum(number for place in unknown if isinstance(number := found[place], int))
    if answers is not None and len(told) == len(found) and answers not in (sum(told), known):
        text = say("The answers add up to {sum}, and the file says {n}.", sum=sum(told), n=answers)
        return WordProblem(text, say("Check the row: is an answer left out?"))
    return [number if number is not None else blank for number in found]


def _kept(sheet: TextTable, stays: Callable[[int], bool], note: str) -> TextTable:
    kept = np.array([stays(at) for at in range(len(sheet.rows))], dtype=bool)
    columns = tuple(column.filter(pa.array(kept)) for column in sheet.columns)
    return replace(sheet, columns=columns, rows=np.asarray(sheet.rows)[kept], notes=(*sheet.notes, note))
