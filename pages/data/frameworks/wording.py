"""What a framework's fields are called, and how their texts are read and written by people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.loads.dialogue_rows import REMOVED, Texts
from analytics.loads.framework_texts import (
    AREAS,
    CALENDAR_YEAR,
    CRITERIA,
    ORDER,
    PLACE,
    PLAN,
    SCHOOL_YEAR,
    FrameworkRow,
    area_named,
    rows_in,
)
from analytics.model.frameworks import Change, Framework
from analytics.words.frameworks import CHANGE
from analytics.words.language import LANGUAGES, N_, Words, words

LABEL = {
    "id": N_("Id, in files and addresses"),
    "title_sv": N_("What it is called in Swedish"),
    "title_en": N_("What it is called in English"),
    "issuer": N_("Issued by"),
    "valid_from": N_("From the year"),
    "valid_to": N_("To the year (empty: until further notice)"),
    "previous": N_("Follows on"),
    "scale_min": N_("The lowest level's number"),
    "levels_sv": N_("The levels in Swedish, the lowest first, one per line"),
    "levels_en": N_("The levels in English"),
    "goal_level": N_("The goal: every criterion at least"),
    "goal_statistic": N_("Reached when"),
    "goal_share": N_("The share that is to be there"),
    "goals_month": N_("Goals are set in"),
    "follow_up_month": N_("They are followed up in"),
    "rating_month": N_("Schools rate themselves in"),
    "period": N_("A round is of"),
    f"{AREAS}{ORDER}": N_("The areas' order"),
    f"{CRITERIA}{ORDER}": N_("The criteria's order"),
    PLAN: N_("Aims, suggested actions and certification, as in the framework's file"),
    "source_sv": N_("Source, in Swedish"),
    "source_en": N_("Source, in English"),
    "note_sv": N_("What a reader must know, in Swedish"),
    "note_en": N_("What a reader must know, in English"),
}
ROW_LABEL = {
    "id": N_("Id"),
    "area": N_("Area"),
    PLACE: N_("Place in the framework"),
    "title_sv": N_("Text in Swedish"),
    "title_en": N_("Text in English"),
    "previous": N_("Follows on"),
    "change": N_("How"),
    "note_sv": N_("Note in Swedish"),
    "note_en": N_("Note in English"),
    "asked": N_("Who is asked"),
    REMOVED: N_("removed"),
}
STATISTIC = {
    "mean": N_("the mean is at the level"),
    "median": N_("the median is at the level"),
    "share": N_("a share of the answers is at the level"),
}
PERIOD = {CALENDAR_YEAR: N_("a year"), SCHOOL_YEAR: N_("a school year, named after the year in which it begins")}
# Where a check of the whole store names something by how a framework's file has it.
OF_FILES = {"goal": "goal_level", "criterion": "id"}


@dataclass(frozen=True)
class FrameworkWording:
    """How the texts of one framework in the making are read and written. `before`: the one that it follows on."""

    texts: Texts
    before: Framework | None
    frameworks: Mapping[str, str]  # id -> title
    say: Words

    def shown(self, column: str, text: str) -> str:
        """A row's text as a grid shows it."""
        if column == "change" and text in set(Change):
            return self.say.marked(CHANGE[Change(text)])
        if column == "area" and (area := area_named(self.texts, text)):
            return area.texts[f"title_{self.say.language}"] or text
        return text

    def read(self, column: str, text: str) -> str:
        """A text that was typed in a grid, as it is kept."""
        text = text if column.startswith("note_") else " ".join(text.split())
        word = text.casefold()
        if column == "change":
            return next((change.value for change in Change if word in _change_words(change)), text)
        if column == "area" and (area := area_named(self.texts, text)):
            return area.id or text
        if column == "previous" and self.before:
            called = ((one.id, one.title.in_(self.say.language)) for one in self.before.criteria)
            meant = [id_ for id_, title in called if word in _casefolded(id_, title, f"{id_} {title}")]
            return meant[0] if len(meant) == 1 else text
        return text

    @property
    def olds(self) -> dict[str, str]:
        """The criteria that these may follow on: id -> with what they ask."""
        criteria = self.before.criteria if self.before else ()
        return {one.id: f"{one.id} {one.title.in_(self.say.language)}" for one in criteria}

    def label(self, field: str) -> str:
        """A field, or a column that a problem is told of."""
        name = OF_FILES.get(field, field.rpartition(".")[2])
        found = ROW_LABEL if "." in field or field == "criterion" else LABEL
        return self.say.marked(found[name]) if name in found else name

    def place(self, field: str) -> str:
        """The row that a field is in; the framework where it is in none."""
        row = self.row_of(field)
        if row is None:  # of another framework, which stands on this one: vebs-2026.A2.previous
            return field.rpartition(".")[0].replace(".", " ") or self.say("The framework")
        title = row.texts[f"title_{self.say.language}"] or row.texts["title_sv"]
        kind = self.say("Area") if row.part.startswith(AREAS) else self.say("Criterion")
        return (
            f"{kind} {' '.join(filter(None, [row.id, title]))}" if row.part.startswith(CRITERIA) else f"{kind} {title}"
        )

    def row_of(self, field: str) -> FrameworkRow | None:
        part = field.rpartition(".")[0]
        rows = (*rows_in(self.texts, AREAS), *rows_in(self.texts, CRITERIA))
        return next((row for row in rows if row.part == part or (row.id == part and part)), None)

    def name(self, field: str) -> str:
        """Where a field stands and what it is."""
        label = self.label(field)
        return f"{self.place(field)}: {label}" if self.row_of(field) else label

    def written(self, field: str, text: str) -> str:
        """A field's text as people read it."""
        name, say = field.rpartition(".")[2], self.say
        if not text:
            return "–"
        if name == REMOVED:
            return say("removed") if text == "yes" else self.place(field)
        if "." in field:
            return self.shown(name, text)
        if name.endswith(ORDER):
            return self._ordered(name.removesuffix(ORDER), text)
        if name == "period" and text in PERIOD:
            return say.marked(PERIOD[text])
        if name in ("goals_month", "follow_up_month", "rating_month") and text.isdigit() and 1 <= int(text) <= 12:
            return say.month(int(text))
        if name == "goal_statistic" and text in STATISTIC:
            return say.marked(STATISTIC[text])
        if name == "previous":
            return self.frameworks.get(text, text)
        return self.level(text) if name == "goal_level" else text

    def _ordered(self, kind: str, text: str) -> str:
        """Criteria by their ids, areas by what they are called; what is there no more is left out."""
        title = f"title_{self.say.language}"
        called = {row.part: row.id if kind == CRITERIA else row.texts[title] for row in rows_in(self.texts, kind)}
        return ", ".join(called[part] or "–" for part in text.split() if part in called)

    def level(self, number: str) -> str:
        """A level by its number and name."""
        names = [line for line in self.texts.get(f"levels_{self.say.language}", "").split("\n") if line.strip()]
        lowest = self.texts.get("scale_min", "")
        at = int(number) - int(lowest) if number.isdigit() and lowest.isdigit() else -1
        return f"{number} {names[at].strip()}" if 0 <= at < len(names) else number


def _change_words(change: Change) -> set[str]:
    return {change.value, *(words(language).marked(CHANGE[change]).casefold() for language in LANGUAGES)}


def _casefolded(*texts: str) -> tuple[str, ...]:
    return tuple(text.casefold() for text in texts)
