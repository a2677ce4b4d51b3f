"""The framework that typed fields make, as a file of it would, with all that is wrong told at its field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.intake.framework_toml import checked_framework
from analytics.intake.raw import Unreadable, shown
from analytics.loads.dialogue_rows import Texts
from analytics.loads.framework_copies import free_id
from analytics.loads.framework_texts import (
    AREAS,
    BETWEEN,
    CRITERIA,
    PLACE,
    PLAN,
    FrameworkRow,
    area_named,
    rows_in,
)
from analytics.model.errors import Problem, Refused
from analytics.model.frameworks import Change, Framework
from analytics.words.frameworks import CHANGE
from analytics.words.language import Words
from analytics.words.plain import plain_name

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
BESIDE = ("state", "aim", "action", "serves")  # what areas and criteria have beside what is rated
IN_PLAN = re.compile(rf"\.(?:{'|'.join(BESIDE)})\b")
FIRST, LAST = 1990, 2200  # years that a framework's file may say


def framework_of(texts: Texts, file: str, say: Words) -> Framework:
    """The framework that the fields make; raises Refused with all that is wrong, each with its field as the column.
    What has no English name has its Swedish one: English readers get it as it is."""
    made = _Making(texts, file, say)
    values = made.values()
    if made.problems:
        raise Refused(made.problems)
    try:
        return checked_framework(values, say)[0]
    except Unreadable as error:
        problems = (
            Problem(file, None, made.field_at(fault.column or ""), fault.value, fault.problem, fault.hint)
            for fault in error.faults
        )
        raise Refused(list(problems)) from None


@dataclass
class _Making:
    """Makes the values that a framework's file would hold. `fields`: where they stand there -> the field."""

    texts: Texts
    file: str
    say: Words
    problems: list[Problem] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        say = self.say
        levels = [self._levels("levels_sv"), self._levels("levels_en")]
        if len(levels[0]) < 2:
            hint = say("Write a name for each level on a line of its own, the lowest first.")
            self._wrong("levels_sv", say("A scale has at least two levels."), hint)
        lowest = self._number("scale_min", say("Write the number of the lowest level."))
        statistic = self._text("goal_statistic") or "mean"
        goal: dict[str, Any] = {
            "level": self._number("goal_level", say("Choose the level that is the goal.")),
            "statistic": statistic,
        }
        if statistic == "share":
            goal["share"] = self._share("goal_share")
        values: dict[str, Any] = {
            "id": self._id(),
            "title": self._said("title", say("Write what it is called.")),
            "issuer": self._text("issuer"),
            "valid_from": self._year("valid_from", say("Write the first year, in four digits.")),
            "scale": {
                "min": lowest,
                "max": lowest + len(levels[0]) - 1,
                "labels": {"sv": levels[0], "en": levels[1] or levels[0]},
            },
            "goal": goal,
            "calendar": self._calendar(),
            "area": self._areas(),
        }
        if self._text("valid_to"):
            values["valid_to"] = self._year("valid_to", say("Write the last year, in four digits, or nothing."))
        if self._text("previous"):
            values["previous"] = self._text("previous")
        elif any(row.texts["previous"].strip() for row in rows_in(self.texts, CRITERIA)):
            hint = say("Choose the framework that they are in, or clear what they follow on.")
            self._wrong("previous", say("Criteria follow on others, but the framework follows on none."), hint)
        self._plan(values)
        for name in ("source", "note"):
            if self._text(f"{name}_sv") or self._text(f"{name}_en"):
                values[name] = self._said(name, "")
        return values

    def field_at(self, where: str) -> str:
        """The field that a place in a framework's file is made of."""
        places = {"goal.level": "goal_level", "goal.share": "goal_share", "goal.statistic": "goal_statistic"}
        places |= {"scale.min": "scale_min", "calendar.goals": "goals_month", "calendar.follow_up": "follow_up_month"}
        places |= {"calendar.rating": "rating_month", "calendar.period": "period"}
        places |= {"scale": "levels_sv", "scale.labels.en": "levels_en", "title": "title_sv"} | self.fields
        if where.startswith("certification") or IN_PLAN.search(where):
            return PLAN
        found = [place for place in places if where == place or where.startswith((f"{place}.", f"{place}["))]
        return places[max(found, key=len)] if found else where

    def _areas(self) -> list[dict[str, Any]]:
        say = self.say
        areas, ids = {}, set()
        for row in rows_in(self.texts, AREAS):
            if not row.empty:
                self._place(row)
                own = row.id or free_id(plain_name(row.texts["title_sv"]) or "omrade", ids)
                ids.add(own)
                title = self._said(f"{row.part}.title", say("Write what the area is called."))
                areas[row.part] = {"id": own, "title": title, "criterion": []}
        for row in rows_in(self.texts, CRITERIA):
            if not row.empty:
                self._criterion(row, areas)
        for at, (part, area) in enumerate(areas.items()):
            self.fields[f"area[{at}]"] = f"{part}.title_sv"
            if not area["criterion"]:
                text, hint = say("The area has no criterion."), say("Give it one, or remove it.")
                self._wrong(f"{part}.title_sv", text, hint)
        if not areas:
            self._wrong("title_sv", say("There is no area."), say("Add an area, and the criteria in it."))
        return list(areas.values())

    def _place(self, row: FrameworkRow) -> None:
        """A place that stands in its row was no number; else the rows have it."""
        if row.texts[PLACE].strip():
            hint = self.say("Write a number: 1 is the first.")
            self._wrong(f"{row.part}.{PLACE}", self.say("This is not a position."), hint)

    def _criterion(self, row: FrameworkRow, areas: Mapping[str, dict[str, Any]]) -> None:
        say = self.say
        self._place(row)
        title = self._said(f"{row.part}.title", say("Write what is rated."))
        if not row.id:
            self._wrong(f"{row.part}.id", say("The criterion has no id."), say("Give it one of its own, such as A1."))
        area = area_named(self.texts, row.texts["area"])
        if area is None or area.part not in areas:
            self._wrong(f"{row.part}.area", say("There is no such area."), say("Write one of the areas, by its name."))
            return
        criterion: dict[str, Any] = {"id": row.id, "title": title}
        before, change = row.texts["previous"].strip(), row.texts["change"].strip()
        if before and change in set(Change) - {Change.NEW}:
            criterion["previous"] = {"criterion": before, "change": change}
        elif before:
            ways = ", ".join(say.marked(CHANGE[kind]) for kind in Change if kind is not Change.NEW)
            hint = say("Write one of: {words}.", words=ways)
            self._wrong(f"{row.part}.change", say("How it relates to the one before is not said."), hint)
        elif change not in ("", Change.NEW):
            hint = say("Write which criterion it follows on, or leave both empty: then it is new.")
            self._wrong(f"{row.part}.previous", say("Which criterion it follows on is not said."), hint)
        if row.texts["note_sv"].strip() or row.texts["note_en"].strip():
            criterion["note"] = self._said(f"{row.part}.note", "")
        if row.texts["asked"].strip():
            criterion["asked"] = row.texts["asked"].split(BETWEEN)
        at, there = list(areas).index(area.part), areas[area.part]["criterion"]
        self.fields[f"area[{at}].criterion[{len(there)}]"] = f"{row.part}.title_sv"
        self.fields[f"area[{at}].criterion[{len(there)}].id"] = f"{row.part}.id"
        self.fields[f"area[{at}].criterion[{len(there)}].previous"] = f"{row.part}.previous"
        there.append(criterion)

    def _calendar(self) -> dict[str, Any]:
        months = {"goals": "goals_month", "follow_up": "follow_up_month"}
        months |= {"rating": "rating_month"} if self._text("rating_month") else {}
        calendar: dict[str, Any] = {
            key: self._number(name, self.say("Choose a month.")) for key, name in months.items()
        }
        return calendar | ({"period": self._text("period")} if self._text("period") else {})

    def _plan(self, values: dict[str, Any]) -> None:
        """What areas and criteria have beside, and the certification, written as in a file."""
        say = self.say
        try:
            plan = tomllib.loads(self._text(PLAN))
        except (ValueError, RecursionError) as error:
            self._wrong(PLAN, say("This is not TOML."), str(error))
            return
        known = {"area": {area["id"]: area for area in values["area"]}}
        known["criterion"] = {one["id"]: one for area in values["area"] for one in area["criterion"]}
        rows = [("area", row) for row in _rows(plan, "area")]
        rows += [("criterion", one) for _, row in rows for one in _rows(row, "criterion")]
        for place, row in rows:
            own = known[place].get(str(row.get("id")))
            if own is None:
                text = say("There is no area or criterion with the id {id}.", id=shown(str(row.get("id", ""))))
                self._wrong(PLAN, text, say("Write the id that it has, or remove it here too."))
            else:
                own |= {key: row[key] for key in BESIDE if key in row}
        if "certification" in plan:
            values["certification"] = plan["certification"]

    def _text(self, name: str) -> str:
        return self.texts.get(name, "").strip()

    def _said(self, name: str, hint: str) -> dict[str, str]:
        sv, en = self._text(f"{name}_sv"), self._text(f"{name}_en")
        if not (sv or en):
            self._wrong(f"{name}_sv", self.say("There is no text."), hint)
        return {"sv": sv or en, "en": en or sv}

    def _levels(self, name: str) -> list[str]:
        return [line.strip() for line in self.texts.get(name, "").split("\n") if line.strip()]

    def _number(self, name: str, hint: str) -> int:
        """0 where it is none, which is told."""
        word = self._text(name)
        if word.isascii() and word.isdigit() and len(word) < 5:
            return int(word)
        self._wrong(name, self.say("This is not a whole number."), hint)
        return 0

    def _year(self, name: str, hint: str) -> int:
        year = self._number(name, hint)
        if year and not FIRST <= year <= LAST:
            self._wrong(name, self.say("This is not a year that a framework can have."), hint)
        return year

    def _id(self) -> str:
        word = self._text("id")
        if not ID.fullmatch(word):
            text = self.say("An id is small letters, digits and hyphens.")
            self._wrong("id", text, self.say("Write one such as vebs-2026."))
        return word

    def _share(self, name: str) -> float:
        word = self._text(name).replace(",", ".")
        try:
            percent = word.endswith("%")
            share = float(word.removesuffix("%").strip()) / (100 if percent else 1)
            if 0 < share <= 1:
                return share
        except ValueError:
            pass
        self._wrong(name, self.say("This is not a share."), self.say("Write it as 50% or 0.5."))
        return 1.0

    def _wrong(self, name: str, problem: str, hint: str) -> None:
        value = shown(self._text(name)) or None
        self.problems.append(Problem(self.file, None, name, value, problem, hint))


def _rows(values: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The tables of this name; what is no table is none."""
    found = values.get(name, [])
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
