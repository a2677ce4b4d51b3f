"""What a file holds is told from its headings: the kinds of files, their columns, Swedish and English headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from analytics.intake.headings import bare, called, inner_parts, normalised, scale_mark
from analytics.intake.ledger_kind import LEDGER
from analytics.intake.level_tables import without_counts
from analytics.intake.limits import MOST_FORMS, MOST_LISTED, MOST_TABLED
from analytics.intake.outside.kinds import KOLADA, PROJECT_LIST, SCHOOL_UNITS
from analytics.intake.raw import shown
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary, folded
from analytics.model.errors import Problem, Refused
from analytics.model.frameworks import Framework
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.field import FileColumn, FileKind
from analytics.registers.funding import PARTICIPANTS
from analytics.registers.kinds import REGISTERS
from analytics.registers.shared import CRITERION, FRAMEWORK, SCHOOL, YEAR
from analytics.words.language import Words

TEAM = FileColumn("team", ("arbetslag", "lag"), required=False)
ROLE = FileColumn("role", ("roll", "befattning"), required=False)
OWNER = FileColumn("owner", ("huvudman", "huvudmannens_namn", "huvudmans_namn"), required=False)

SCHOOLS = FileKind(
    "schools",
    (
        FileColumn("school_id", ("skol_id", "skolid", "skolans_id"), required=False),
        FileColumn(
            "name",
            (
                *("namn", "skolnamn", "skolans_namn", "skolenhetsnamn", "skolenhetens_namn", "enhetsnamn", "skolenhet"),
                *("skola", "skolor", "school", "school_name", "schoolunitname", "school_unit_name"),
            ),
        ),
        FileColumn(
            "school_unit_code",
            ("skolenhetskod", "skolenhetens_kod", "enhetskod", "skolkod", "kod", "schoolunitcode", "code"),
            required=False,
        ),
        FileColumn("district", ("område", "distrikt", "stadsområde", "stadsdel"), required=False),
        FileColumn("stage", ("stadium", "skolform", "årskurser"), required=False),
        FileColumn("pupils", ("elever", "antal_elever"), required=False),
        FileColumn("staff", ("personal", "antal_anställda"), required=False),
        FileColumn("valid_from", ("giltig_från", "gäller_från", "från", "start", "startdatum"), required=False),
        FileColumn("valid_to", ("giltig_till", "gäller_till", "till", "slut", "slutdatum"), required=False),
        FileColumn("shares_practice", ("delar_med_sig", "delar_erfarenheter"), required=False),
        FileColumn("aliases", ("alias", "andra_namn", "tidigare_namn"), required=False),
        FileColumn("merged_into", ("gått_upp_i", "uppgått_i", "sammanslagen_med"), required=False),
        FileColumn("split_from", ("utbruten_ur", "delad_från"), required=False),
        OWNER,
    ),
    recognised_by=("school_id", "name"),
    not_with=(FRAMEWORK, YEAR),
)
ANSWERS = FileKind(
    "answers",
    (
        FRAMEWORK,
        YEAR,
        SCHOOL,
        FileColumn("respondent", ("svarande", "svarsperson")),
        CRITERION,
        FileColumn("level", ("nivå",)),
        TEAM,
        ROLE,
    ),
    recognised_by=("respondent", "level"),
)
COUNTS = FileKind(
    "counts",
    (FRAMEWORK, YEAR, SCHOOL, CRITERION, FileColumn("dont_know", ("vet_ej", "vet_inte"), required=False)),
    recognised_by=("level_1",),
)
PARTICIPATION = FileKind(
    "participation",
    (
        FRAMEWORK,
        YEAR,
        SCHOOL,
        FileColumn("invited", ("inbjudna", "antal_inbjudna")),
        FileColumn("responded", ("svarat", "antal_svar", "svarade"), required=False),
    ),
    recognised_by=("invited",),
)
FORM = FileKind("form", (SCHOOL, TEAM, ROLE), recognised_by=())
FRAMEWORK_FILE = "framework"
FIGURES = ("pulled_mean", "mean_of_schools", "pace_low")  # of our own exports results, city and trends

LISTS_OF_SCHOOLS = (SCHOOLS, SCHOOL_UNITS, KOLADA)
KINDS: dict[str, FileKind] = {
    kind.name: kind for kind in (*LISTS_OF_SCHOOLS, PROJECT_LIST, ANSWERS, FORM, COUNTS, PARTICIPATION, *REGISTERS)
}
LEVEL_HEADING = re.compile(r"(?:level|nivå)_?([0-9]{1,9})")
CONTEXT_HEADING = re.compile(r"(?:context|kontext)\s*:\s*(?P<name>\S.*)", re.IGNORECASE | re.DOTALL)
CONTEXT = "context:"  # and the measure's folded name: the column of a measure of what surrounds a school


def context_measure(heading: str) -> str | None:
    """The measure that a heading such as 'kontext: andel elever i fritidshem' names, as it is written there."""
    found = CONTEXT_HEADING.fullmatch(heading)
    return found["name"] if found else None


def columns_said(sheet: TextTable, kind: FileKind) -> dict[str, list[str]]:
    """The kind's column names that the sheet has -> the sheet's own headings, the plainest name first. Levels come as
    level_1, level_2 ..., a school's context as context:folded name."""
    if sheet.by_hand:
        return {c.name: there for c in kind.columns if (there := sheet.by_hand.headings_of(c.name))}
    lookup = {name: (column.name, i) for column in kind.columns for i, name in enumerate((column.name, *column.also))}
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    told = sheet.told if kind is COUNTS else {}
    for heading in sheet.headings:
        if heading in told:
            found[told[heading]].append((0, heading))
            continue
        word = _column_word(sheet.written(heading), lookup, kind)
        level = LEVEL_HEADING.fullmatch(word) if kind is COUNTS else None
        name, plainness = (f"level_{int(level[1])}", 0) if level else lookup.get(word, (None, 0))
        if kind is SCHOOLS and (measure := context_measure(heading)):
            name, plainness = CONTEXT + folded(measure), 0
        if name:
            found[name].append((plainness, heading))
    return {name: [heading for _, heading in sorted(said, key=lambda s: s[0])] for name, said in found.items()}


def _column_word(heading: str, lookup: Mapping[str, Any], kind: FileKind) -> str:
    """The heading as the kind's columns are called; in a form also what stands within a question or after a number."""
    words = [normalised(heading), *(map(normalised, inner_parts(heading)) if kind is FORM else ())]
    return next((word for word in words if word in lookup), words[0])


def known_headings(frameworks: Iterable[Framework], say: Words) -> set[str]:
    """Every heading of what can be loaded, as bare words: the kinds' columns, the frameworks' criteria and scales."""
    frameworks = tuple(frameworks)
    scales = {
        scale_mark(labels)
        for one in frameworks
        for labels in (one.labels_sv, one.labels_en, [str(level) for level in one.levels])
    }
    return scales | _columns_words() | CityVocabulary(frameworks, (), say).heading_words()


@cache
def _columns_words() -> frozenset[str]:
    words = {bare(word) for kind in KINDS.values() for column in kind.columns for word in (column.name, *column.also)}
    return frozenset(words | {f"{word} {level}" for word in ("level", "nivå") for level in range(1, 11)})


def named_columns(sheet: TextTable, kind: FileKind) -> dict[str, str]:
    """The kind's column names that the sheet has -> the sheet's own heading."""
    return {name: headings[0] for name, headings in columns_said(sheet, kind).items()}


def most_rows(kind: FileKind) -> int | None:
    """How many rows a file of the kind may have: fewer, the more becomes of each; None: as many as any."""
    match kind.name:
        case "form":
            return MOST_FORMS
        case "counts" | "participation":
            return MOST_TABLED
    return MOST_LISTED if kind in (*REGISTERS, *LISTS_OF_SCHOOLS) else None


def tell_kind(
    sheet: TextTable, register: CityVocabulary, say: Words, as_: str | None, framework: str | None
) -> FileKind:
    """The kind that the headings tell; `as_` says it outright, and `framework` that a forms tool's export is expected.

    Raises Refused with the headings that are missing, or that stand for the same column.
    """
    as_ = sheet.by_hand.kind if sheet.by_hand else as_
    if as_ == LEDGER.name:
        text = say("This is the city's ledger, as somebody has said before.")
        hint = say("It is not loaded but compared with the register: upload it under Reconciliation.")
        raise Refused([Problem(sheet.file, None, None, None, text, hint)])
    as_ = as_ or (COUNTS.name if sheet.told else None)
    kind = KINDS[as_] if as_ in KINDS else _told(sheet, register, say, framework)
    if kind is FORM:
        return kind
    if problems := heading_problems(sheet, kind, say):
        raise Refused(problems)
    return kind


def heading_problems(sheet: TextTable, kind: FileKind, say: Words) -> list[Problem]:
    """The headings that are missing, or that stand for the same column."""
    said = columns_said(sheet, kind)
    missing = [name for name in kind.required if name not in said]
    if kind is COUNTS and not any(LEVEL_HEADING.fullmatch(name) for name in said):
        missing.append("level_1")
    listed = say("The headings are: {headings}.", headings=shown(", ".join(sheet.headings)))
    problems = [
        Problem(
            sheet.file,
            None,
            name,
            None,
            say(
                "The heading {heading} is missing (the file was read as {kind}).",
                heading=called(kind, name, say),
                kind=kind.name,
            ),
            listed,
        )
        for name in missing
    ]
    for name, headings in said.items():
        for heading in headings[1:]:
            text = (
                say("Two columns have the same heading.")
                if sheet.written(heading).casefold() == sheet.written(headings[0]).casefold()
                else say(
                    "{heading} and {other} are both the column {name}.",
                    heading=headings[0],
                    other=heading,
                    name=called(kind, name, say),
                )
            )
            heading = sheet.written(heading)
            problems.append(Problem(sheet.file, None, heading, None, text, say("Keep one of them.")))
    return problems


def _told(sheet: TextTable, register: CityVocabulary, say: Words, framework: str | None) -> FileKind:
    """Columns that one kind alone has give it away. Columns that are criteria make a form, whatever else a forms tool
    adds: its `name` is the respondent's, and no school's; its `date` is the day of answering."""
    if any(heading in sheet.headings for heading in FIGURES):
        text = say("The file holds figures that this program has exported.")
        hint = say("Figures are made of answers and are not loaded: load the answers, or a register's own export.")
        raise Refused([Problem(sheet.file, None, None, shown(", ".join(sheet.headings)), text, hint)])
    likely = [kind for kind in KINDS.values() if gives_away(sheet, kind)]
    if SCHOOLS not in likely and _lists_schools(sheet):
        likely.append(SCHOOLS)
    if likely and likely[0] not in (*LISTS_OF_SCHOOLS, PARTICIPANTS, *DIALOGUE):
        return likely[0]
    schools = set(named_columns(sheet, SCHOOLS).values())
    if any(heading not in schools for heading in register.criterion_headings(sheet.headings, framework)):
        return FORM
    if likely and (framework is None or likely[0] not in DIALOGUE or _has_all(sheet, likely[0])):
        return likely[0]
    tools = not likely and not _has_any(sheet, (FRAMEWORK,))  # who has that heading means one of our kinds
    if tools and (problem := without_counts(sheet, register, framework, say)):
        raise Refused([problem])
    if framework is not None:
        return FORM
    fitting = {kind: len(columns_said(sheet, kind)) for kind in KINDS.values() if kind is not FORM}
    kind, most = max(fitting.items(), key=lambda pair: pair[1])
    if most >= 2:
        return kind
    problem = say("The headings do not tell what the file holds.")
    hint = say(
        "Say it with --as ({kinds}); a forms tool's export also needs --framework and --year.", kinds=", ".join(KINDS)
    )
    raise Refused([Problem(sheet.file, None, None, shown(", ".join(sheet.headings)), problem, hint)])


def gives_away(sheet: TextTable, kind: FileKind) -> bool:
    """Whether the sheet has the columns that no other kind has."""
    said = columns_said(sheet, kind)
    given_away = bool(kind.recognised_by) and all(name in said for name in kind.recognised_by)
    return given_away and not _has_any(sheet, kind.not_with)


def _has_any(sheet: TextTable, columns: Iterable[FileColumn]) -> bool:
    words = {normalised(heading) for heading in sheet.headings}
    return any(word in words for column in columns for word in (column.name, *column.also))


def _lists_schools(sheet: TextTable) -> bool:
    """Names with the register's codes, or names alone."""
    said = columns_said(sheet, SCHOOLS)
    return (
        not _has_any(sheet, SCHOOLS.not_with)
        and "name" in said
        and ("school_unit_code" in said or len(sheet.headings) == 1)
    )


def _has_all(sheet: TextTable, kind: FileKind) -> bool:
    return set(kind.required) <= columns_said(sheet, kind).keys()


def ignored_headings(sheet: TextTable, kind: FileKind) -> tuple[str, ...]:
    """Headings that the kind has no use for."""
    used = set(named_columns(sheet, kind).values())
    return tuple(heading for heading in sheet.headings if heading not in used)
