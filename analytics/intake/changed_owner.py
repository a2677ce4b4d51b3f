"""A school that another owner runs from a day on: with the one it has a last day, with the other its first comes after
that. It is two schools to the store, as what was asked by the one is not the other's, with one code or id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from analytics.intake.columns import SheetCheck
from analytics.intake.kinds import SCHOOLS
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary, unspaced_code
from analytics.intake.schools import SchoolRow
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.model.schools import School
from analytics.words.language import N_, Words

CHANGED = N_(
    "If it has changed owner, write its last day with the one before (valid_to) and its first day with the new one"
    " after that (valid_from), both in the same load."
)


def goes_on(before: School, after: School) -> bool:
    """Whether the one has its last day before the other's first."""
    return before.valid_to is not None and after.valid_from is not None and before.valid_to < after.valid_from


def apart(one: School, other: School) -> bool:
    """Whether two owners may have these, which are called the same: one school with one owner after the other, or two
    by their codes, as ids are each owner's own."""
    codes = one.school_unit_code, other.school_unit_code
    return goes_on(one, other) or goes_on(other, one) or (None not in codes and codes[0] != codes[1])


def is_one_school(schools: Sequence[School]) -> bool:
    """Whether all of these, each another owner's, are one school by its code."""
    codes = {school.school_unit_code for school in schools}
    return len(schools) > 1 and len(codes) == 1 and None not in codes


def had_in(schools: Iterable[School], year: int) -> bool:
    """Whether the school was the owner's on any day of the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return any(
        (one.valid_from is None or one.valid_from <= last) and (one.valid_to is None or one.valid_to >= first)
        for one in schools
    )


def of_two_owners(
    lists: Mapping[str, Sequence[TextTable]],
    known: Mapping[str, Iterable[School]],
    after: Mapping[str, Iterable[School]],
    names: Mapping[str, str],
    say: Words,
) -> list[Problem]:
    """Schools, by code or id, that files give to one owner and others of them, or the store, to another; but those that
    by their days, as they will be `after` this, are one owner's after the other's."""
    found: list[Problem] = []
    for column, attribute in (("school_unit_code", "school_unit_code"), ("school_id", "id")):
        theirs = {
            (owner, value): school
            for owner, schools in after.items()
            for school in schools
            if (value := getattr(school, attribute))
        }
        whose: dict[str, dict[str, str]] = defaultdict(dict)
        for owner, schools in known.items():
            for school in schools:
                if value := getattr(school, attribute):
                    text = say("In the store, it is {owner}'s.", owner=names[owner])
                    whose[value][owner] = f"{text} {say.marked(CHANGED)}"
        for owner, tables in lists.items():
            for table in tables:
                check = SheetCheck(table, SCHOOLS, CityVocabulary((), (), say), say)
                for at, word in enumerate(check.texts(column).to_pylist()):
                    if not word:
                        continue
                    word, row = unspaced_code(word) if attribute != "id" else word, int(table.rows[at])
                    for other, where in whose[word].items():
                        one, another = theirs.get((owner, word)), theirs.get((other, word))
                        if other != owner and not (one and another and apart(one, another)):
                            check.complain(at, column, word, WordProblem(say("Two owners have the school."), where))
                            break
                    text = say("See row {row} in {file}; keep one of them.", row=row, file=table.file)
                    whose[word].setdefault(owner, f"{text} {say.marked(CHANGED)}")
                found += check.problems
    return found


def called_as_another(
    coming: Mapping[str, Iterable[SchoolRow]],
    known: Mapping[str, Iterable[School]],
    after: Mapping[str, Iterable[School]],
    say: Words,
) -> list[Problem]:
    """Schools that come from another owner to one who has another of the same name: its row would be taken for that."""
    whose: dict[str, set[str]] = defaultdict(set)
    for owner, schools in (*known.items(), *after.items()):
        for school in schools:
            whose[school.school_unit_code or ""].add(owner)
    found = []
    for owner, rows in coming.items():
        had = {school.id: school.school_unit_code for school in known.get(owner, ())}
        for row in rows:
            code, before = row.school.school_unit_code, had.get(row.school.id)
            if code and before and code != before and whose[code] - {owner}:
                text = say("The owner has another school of that name, with the code {code}.", code=before)
                hint = say("Give both schools ids in the column school_id, this one an id that no school there has.")
                found.append(Problem(row.file, row.row, "school_unit_code", code, text, hint))
    return found


def handed_over(
    known: Mapping[str, Iterable[School]], after: Mapping[str, Iterable[School]]
) -> list[tuple[School, str, str]]:
    """Schools that go from one owner to another: as the new owner has it, from whom and to whom. Those that had gone
    before are not among them."""
    had = {(owner, one.school_unit_code) for owner, schools in known.items() for one in schools if not one.valid_to}
    found = []
    for owner, schools in after.items():
        for school in schools:
            if not school.school_unit_code or school.valid_to or (owner, school.school_unit_code) in had:
                continue
            found += (
                (school, other, owner)
                for other, code in sorted(had)
                if other != owner and code == school.school_unit_code
            )
    return found
