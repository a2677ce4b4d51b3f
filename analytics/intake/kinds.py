"""What a file holds is told from its headings: the kinds of files, their columns, Swedish and English headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.intake.readers import Sheet
from analytics.language import Words
from analytics.model import Problem, Refused


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind: its name, what else it may be called, whether the file must have it."""

    name: str
    also: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `told_by`: the columns that no other kind has, and that give it away."""

    name: str
    columns: tuple[Column, ...]
    told_by: tuple[str, ...]

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


FRAMEWORK = Column("framework", ("ramverk",))
YEAR = Column("year", ("år", "ar", "mätår"))
SCHOOL = Column("school", ("skola", "skolenhet", "enhet"))
CRITERION = Column("criterion", ("kriterium",))
TEAM = Column("team", ("arbetslag", "lag"), required=False)
ROLE = Column("role", ("roll", "befattning"), required=False)

SCHOOLS = Kind(
    "schools",
    (
        Column("school_id", ("skol_id", "skolid", "skolans_id")),
        Column("name", ("namn", "skolnamn", "skolans_namn")),
        Column("school_unit_code", ("skolenhetskod",), required=False),
        Column("district", ("område", "distrikt", "stadsområde", "stadsdel"), required=False),
        Column("stage", ("stadium", "skolform", "årskurser"), required=False),
        Column("pupils", ("elever", "antal_elever"), required=False),
        Column("staff", ("personal", "antal_anställda"), required=False),
        Column("valid_from", ("giltig_från", "gäller_från", "från"), required=False),
        Column("valid_to", ("giltig_till", "gäller_till", "till"), required=False),
        Column("shares_practice", ("delar_med_sig", "delar_erfarenheter"), required=False),
        Column("aliases", ("alias", "andra_namn", "tidigare_namn"), required=False),
    ),
    told_by=("school_id", "name"),
)
ANSWERS = Kind(
    "answers",
    (
        FRAMEWORK,
        YEAR,
        SCHOOL,
        Column("respondent", ("svarande", "svarsperson")),
        CRITERION,
        Column("level", ("nivå",)),
        TEAM,
        ROLE,
    ),
    told_by=("respondent", "level"),
)
COUNTS = Kind(
    "counts",
    (FRAMEWORK, YEAR, SCHOOL, CRITERION, Column("dont_know", ("vet_ej", "vet_inte"), required=False)),
    told_by=("level_1",),
)
PARTICIPATION = Kind(
    "participation",
    (
        FRAMEWORK,
        YEAR,
        SCHOOL,
        Column("invited", ("inbjudna", "antal_inbjudna")),
        Column("responded", ("svarat", "antal_svar", "svarade"), required=False),
    ),
    told_by=("invited",),
)
FORM = Kind("form", (SCHOOL, TEAM, ROLE), told_by=())
FRAMEWORK_FILE = "framework"

KINDS = {kind.name: kind for kind in (SCHOOLS, ANSWERS, FORM, COUNTS, PARTICIPATION)}
LEVEL_HEADING = re.compile(r"(?:level|nivå)_(\d+)")


def normalised(heading: str) -> str:
    """A heading without case, accents of spacing or punctuation: 'Antal elever' -> 'antal_elever'."""
    return re.sub(r"[^\w]+", "_", heading.casefold()).strip("_")


def named_columns(sheet: Sheet, kind: Kind) -> dict[str, str]:
    """The kind's column names that the sheet has -> the sheet's own heading. Levels come as level_1, level_2 ..."""
    lookup = {name: column.name for column in kind.columns for name in (column.name, *column.also)}
    found = {}
    for heading in sheet.headings:
        name = normalised(heading)
        level = LEVEL_HEADING.fullmatch(name) if kind is COUNTS else None
        name = f"level_{int(level[1])}" if level else lookup.get(name)
        if name:
            found.setdefault(name, heading)
    return found


def tell_kind(sheet: Sheet, say: Words, as_: str | None, framework_given: bool) -> Kind:
    """The kind that the headings tell; `as_` says it outright. Raises Refused with what is missing."""
    if as_ and as_ != FRAMEWORK_FILE:
        kind = KINDS[as_]
    else:
        told = [
            kind
            for kind in KINDS.values()
            if kind.told_by and all(c in named_columns(sheet, kind) for c in kind.told_by)
        ]
        kind = told[0] if told else _nearest(sheet, say, framework_given)
    if kind is FORM:
        return kind
    found = named_columns(sheet, kind)
    missing = [name for name in kind.required if name not in found]
    if kind is COUNTS and not any(LEVEL_HEADING.fullmatch(name) for name in found):
        missing.append("level_1")
    if missing:
        raise Refused(
            [
                Problem(
                    sheet.file,
                    None,
                    name,
                    None,
                    say(
                        "The heading {heading} is missing (the file was read as {kind}).", heading=name, kind=kind.name
                    ),
                    say("The headings are: {headings}.", headings=", ".join(sheet.headings)),
                )
                for name in missing
            ]
        )
    return kind


def _nearest(sheet: Sheet, say: Words, framework_given: bool) -> Kind:
    """No kind's own columns are all there: a form where a framework was named, else the kind that most headings fit."""
    if framework_given:
        return FORM
    scored = [(len(named_columns(sheet, kind)), kind) for kind in KINDS.values() if kind is not FORM]
    most, kind = max(scored, key=lambda pair: pair[0])
    if most < 2:
        raise Refused(
            [
                Problem(
                    sheet.file,
                    None,
                    None,
                    ", ".join(sheet.headings)[:200],
                    say("The headings do not tell what the file holds."),
                    say(
                        "Say it with --as ({kinds}); a forms tool's export also needs --framework and --year.",
                        kinds=", ".join(KINDS),
                    ),
                )
            ]
        )
    return kind


def ignored_headings(sheet: Sheet, kind: Kind) -> tuple[str, ...]:
    """Headings that the kind has no use for."""
    used = set(named_columns(sheet, kind).values())
    return tuple(heading for heading in sheet.headings if heading not in used)
