"""Skolverket's register of school units as it is published: JSON of the open API, version 2, and the workbook.

Both are taken apart by the process that reads files, which hands on what is named here and nothing else: the register
also holds principals' names and addresses, which never leave that process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from analytics.intake.headings import normalised
from analytics.intake.limits import check_rows
from analytics.intake.raw import RawTable, cleaned, text_column
from analytics.words.language import Words

OF_JSON = ("schoolUnitCode", "name", "status", "municipalityCode", "schoolTypes", "grades", "startdate", "endDate")
OF_TYPE = ("schoolunit", "schoolunits")
GRADED = ("gr", "gran", "sam", "sp")  # schoolTypeProperties that have grades, not programmes

CODE, NAME = "skolenhetskod", ("skolenhetens_namn", "skolenhetsnamn")
MUNICIPALITY, MUNICIPALITY_NAME = ("kommun", "kommunkod"), "kommunnamn"
OF_REGISTER = {"huvudmannatyp", "huvudmans_namn", "rektors_namn"}  # one of them at least: else it is a city's own list
OF_WORKBOOK = ("SKOLENHETSKOD", "SKOLENHETENS NAMN", "KOMMUN", "KOMMUNNAMN", "SKOLFORM", "ÅRSKURSER")
SCHOOL_TYPES = {  # the workbook has a sheet for each, called so
    "förskoleklass": "FKLASS",
    "fritidshem": "FTH",
    "grundskola": "GR",
    "anpassad_grundskola": "GRAN",
    "grundsärskola": "GRAN",
    "specialskola": "SP",
    "sameskola": "SAM",
    "gymnasieskola": "GY",
    "anpassad_gymnasieskola": "GYAN",
    "gymnasiesärskola": "GYAN",
    "vuxenutbildning": "VUX",
    "kommunal_vuxenutbildning": "VUX",
    "komvux": "VUX",
}


def units_of_json(value: Any, say: Words) -> RawTable | None:
    """The units in an answer of `/v2/school-units`, of `/v2/school-units/CODE`, in a list of the latter, or in one of
    the things that JSON:API calls so (`data`, each with its `attributes`); None where it is something else."""
    units = list(_units(value))
    if not units:
        return None
    check_rows(len(units), say)
    columns = zip(*(map(_text, unit) for unit in units), strict=True)
    return _table(OF_JSON, columns, np.arange(1, len(units) + 1), say)


def _units(value: Any) -> Iterator[tuple]:
    if isinstance(value, list):
        for one in value:
            yield from _units(one)
        return
    about = value.get("attributes") if isinstance(value, dict) else None
    if isinstance(about, dict) and (code := _code(value, about)):
        yield (code, *_said(about))
    elif isinstance(about, list) and all(isinstance(one, dict) and "schoolUnitCode" in one for one in about):
        yield from ((one["schoolUnitCode"], *_said(one)) for one in about)
    elif isinstance(value, dict) and isinstance(value.get("data"), dict | list):
        yield from _units(value["data"])


def _code(unit: Mapping[str, Any], about: Mapping[str, Any]) -> Any:
    """Beside what is told of the unit as the API writes it, or among it; as JSON:API has it, the thing's own id."""
    own = unit.get("id") if str(unit.get("type")).replace("-", "").casefold() in OF_TYPE else None
    return unit.get("schoolUnitCode") or about.get("schoolUnitCode") or own


def _said(about: Mapping[str, Any]) -> tuple:
    of_type = about.get("schoolTypeProperties")
    of_type = of_type if isinstance(of_type, dict) else {}
    graded = [of_type[key] for key in GRADED if isinstance(of_type.get(key), dict)]
    grades = [grade for one in graded if isinstance(one.get("grades"), list) for grade in one["grades"]]
    return (
        about.get("name") or about.get("displayName"),
        about.get("status"),
        about.get("municipalityCode"),
        about.get("schoolTypes"),
        grades,
        about.get("startdate"),
        about.get("endDate") or about.get("enddate"),  # the specification has the one, the answers the other
    )


def _text(value: Any) -> str:
    """A list as its words with a comma between; no cell is a thing with parts."""
    if isinstance(value, list):
        return ",".join(dict.fromkeys(str(one) for one in value if isinstance(one, str | int)))
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def units_of_sheets(sheets: Iterable[tuple[str, Sequence[Sequence[str]]]], say: Words) -> RawTable | None:
    """The units on a workbook's sheets (name, rows of texts), a sheet a school type: each unit once, with all its
    types and grades; None where the sheets are something else."""
    units: dict[str, dict[str, list[str]]] = {}
    rows, read = [], []
    for sheet, cells in sheets:
        headings = [normalised(cell) for cell in cells[0]] if cells else []
        code, name = _place(headings, (CODE,)), _place(headings, NAME)
        municipality = _place(headings, MUNICIPALITY)
        if code is None or name is None or municipality is None or not OF_REGISTER & set(headings):
            continue
        read.append(sheet)
        called = _place(headings, (MUNICIPALITY_NAME,))
        graded = [(at, grade) for at, heading in enumerate(headings) if (grade := _grade(heading))]
        type_ = SCHOOL_TYPES.get(normalised(sheet), "")
        for number, row in enumerate(cells[1:], 1):
            if not any(row):
                continue
            about = [row[code], row[name], row[municipality], row[called] if called is not None else ""]
            unit = units.setdefault(row[code] or f"{sheet} {number}", {"about": about, "types": [], "in": []})
            if len(rows) < len(units):
                rows.append(number)
            unit["types"] += [type_] if type_ else []
            unit["in"] += [grade for at, grade in graded if row[at].casefold() in ("j", "ja", "x", "1", "true")]
    if not read:
        return None
    check_rows(len(units), say)
    records = [(*unit["about"], _text(unit["types"]), _text(unit["in"])) for unit in units.values()]
    note = say("Read from the sheets {sheets}; a unit that stands on several is one.", sheets=", ".join(read))
    notes = (note,) if len(read) > 1 else ()
    return _table(OF_WORKBOOK, zip(*records, strict=True), np.array(rows), say, notes) if records else None


def _place(headings: Sequence[str], names: Iterable[str]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


def _grade(heading: str) -> str | None:
    """ÅR1 ... ÅR10 as the grade; the pre-school class, which has a column of its own, as 0."""
    if heading == "fklass":
        return "0"
    grade = heading.removeprefix("år").removeprefix("_")
    return grade if heading.startswith("år") and grade.isascii() and grade.isdigit() else None


def _table(
    headings: Sequence[str], columns: Iterable[Sequence[str]], rows: np.ndarray, say: Words, notes: tuple[str, ...] = ()
) -> RawTable:
    note = say("Of the school-unit register nothing else is read: no names of principals, no addresses or numbers.")
    cells = tuple(text_column([cleaned(cell) for cell in column]) for column in columns)
    return RawTable(list(headings), cells, rows, (*notes, note))
