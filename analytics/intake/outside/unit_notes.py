"""A school unit, and what is said of a file of them: what the register tells that the city did not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.intake.raw import shown
from analytics.model.schools import School
from analytics.words.language import Words

OPEN, CLOSED = "open", "closed"
STATUS = {"aktiv": OPEN, "planerad": OPEN, "": OPEN, "vilande": "dormant", "upphort": CLOSED, "upphört": CLOSED}
NAMED = 20  # schools, in a note


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the file has it. `at`: its place in the sheet."""

    at: int
    code: str
    name: str
    status: str
    stage: str | None
    start: date | None
    end: date | None


def note_unit(told: dict[str, list[str]], unit: Unit, school: School | None, now: School) -> None:
    """Notes what the register says of a school that the city did not know."""
    if school is None:
        told["new"].append(unit.name)
        return
    if school.school_unit_code not in (None, unit.code):
        told["code"].append(f"{unit.name} ({school.school_unit_code} → {unit.code})")
    if unit.name in now.aliases and unit.name not in school.aliases:
        told["name"].append(f"{school.name} ({unit.name})")
    if unit.end and unit.end != school.valid_to:
        told["closed"].append(f"{unit.name} ({unit.end.isoformat()})")
    elif unit.status is CLOSED and now.valid_to is None:
        told["no_day"].append(unit.name)
    elif unit.status is OPEN and unit.end is None and now.valid_to and now.valid_to < date.today():
        told["open"].append(unit.name)


def notes_on_units(told: Mapping[str, list[str]], say: Words) -> list[str]:
    """A sentence for each thing that was noted of any school."""

    def named(key: str) -> str:
        names = told[key]
        return shown(", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else ""))

    texts = {
        "new": say("New by the register: {schools}.", schools=named("new")),
        "name": say("Called otherwise by the register, and found by that name too: {schools}.", schools=named("name")),
        "code": say("The same school under another code: {schools}.", schools=named("code")),
        "closed": say("Closed by the register: {schools}.", schools=named("closed")),
        "no_day": say(
            "Closed by the register, which says no day here, so nothing is changed: {schools}.", schools=named("no_day")
        ),
        "open": say(
            "Open by the register, closed in the list of schools; nothing is changed: {schools}.", schools=named("open")
        ),
        "left_out": say(
            "Closed or dormant, and not among the city's schools: {schools}. Left out.", schools=named("left_out")
        ),
    }
    return [text for key, text in texts.items() if told[key]]
