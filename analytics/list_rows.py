"""Two lists that are edited as texts and saved whole: the events of a school on its way to be certified, and what the
administration offers within a framework. A field's name is its row's place and its column: `e2.date`; what is new has a
letter n and a token (`en8f3.date`), as in dialogue_rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.dialogue_rows import Texts, entries_in
from analytics.loading_dialogue import ClearedDialogues
from analytics.model_dialogue import Dialogues
from analytics.register_rows import Row, as_text
from analytics.saving_dialogue import Saved

EVENTS = ("event", "date", "note")
ACTIVITIES = ("activity_id", "title", "area", "description", "start", "end", "contact")
FIELD = {"date": "day", "activity_id": "id"}  # called otherwise in the model


def events_of(school: str) -> Saved:
    """The events of a school."""
    return Saved(
        school=school,
        texts=lambda dialogues: _texts((c for c in dialogues.certifications if c.school_id == school), EVENTS),
        rows=lambda texts: {"certifications": _rows(texts, EVENTS, {"school": school})},
        cleared=lambda _: ClearedDialogues(certifications=frozenset([school])),
    )


def activities_of(framework: str) -> Saved:
    """What the administration offers within a framework's areas. A new one is named after its field, which nobody else
    has."""

    def texts(dialogues: Dialogues) -> dict[str, str]:
        return _texts((a for a in dialogues.activities if a.framework == framework), ACTIVITIES)

    def rows(texts: Texts) -> dict[str, list[Row]]:
        made = _rows(texts, ACTIVITIES, {"framework": framework})
        for name, row in zip(entries_in(texts), made, strict=True):
            row["activity_id"] = row["activity_id"] or f"{framework}-{name.removeprefix('en')}"
        return {"activities": made}

    def cleared(now: Texts) -> ClearedDialogues:
        return ClearedDialogues(activities=frozenset(t for name, t in now.items() if name.endswith(".activity_id")))

    return Saved(None, texts, rows, cleared)


def _texts(rows: Iterable, columns: Sequence[str]) -> dict[str, str]:
    return {
        f"e{place}.{column}": as_text(getattr(row, FIELD.get(column, column)))
        for place, row in enumerate(rows, 1)
        for column in columns
    }


def _rows(texts: Texts, columns: Sequence[str], key: Row) -> list[dict[str, str]]:
    return [{**key, **{column: texts.get(f"{name}.{column}", "") for column in columns}} for name in entries_in(texts)]
