"""Two lists that are edited as texts and saved whole: the events of a school on its way to be certified, and what the
administration offers within a framework. A field's name is a sum of what its row is about, which no other row has, and
its column: `e1f0c9a2b.date`; what is new has a letter n and a token (`en8f3.date`), and what comes back its id
(`en3-12.date`), as in dialogue_rows."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

from analytics.loads.dialogue import ClearedDialogues
from analytics.loads.dialogue_rows import ABOUT, Texts, entries_in, identified
from analytics.loads.register_rows import Row, as_text
from analytics.loads.save import SaveUnit
from analytics.loads.save_dialogue import writing_rows
from analytics.store.registers import Registers

EVENTS = ("event", "date", "note", "framework")
ACTIVITIES = ("activity_id", "title", "area", "description", "start", "end", "contact")
FIELD = {"date": "day", "activity_id": "id"}  # called otherwise in the model


def events_of(school: str) -> SaveUnit:
    """The events of a school."""
    return SaveUnit(
        school=school,
        texts=lambda registers: _texts(
            (c for c in registers.dialogues.certifications if c.school_id == school), EVENTS
        ),
        writing=writing_rows(
            lambda texts, _: {"certifications": rows_of(texts, EVENTS, {"school": school})},
            lambda _: ClearedDialogues(certifications=frozenset([school])),
        ),
    )


def activities_of(framework: str) -> SaveUnit:
    """What the administration offers within a framework's areas."""

    def texts(registers: Registers) -> dict[str, str]:
        return _texts((a for a in registers.dialogues.activities if a.framework == framework), ACTIVITIES)

    def rows(texts: Texts, _: Texts) -> Mapping[str, Sequence[Row]]:
        return {"activities": rows_of(texts, ACTIVITIES, {"framework": framework})}

    def cleared(now: Texts) -> ClearedDialogues:
        return ClearedDialogues(activities=frozenset(t for name, t in now.items() if name.endswith(".activity_id")))

    return SaveUnit(None, texts, writing_rows(rows, cleared))


def _texts(rows: Iterable, columns: Sequence[str]) -> dict[str, str]:
    texts = {}
    for row in rows:
        part, own = named(row, columns)
        texts.update({f"{part}.{column}": text for column, text in own.items()})
    return texts


def named(row: object, columns: Sequence[str]) -> tuple[str, dict[str, str]]:
    """What the names of a saved row's fields begin with, and its texts by column."""
    own = {column: as_text(getattr(row, FIELD.get(column, column))) for column in columns}
    about = " ".join(text for column, text in own.items() if column in ABOUT)
    return f"e{zlib.crc32(about.encode()):08x}", own


def rows_of(texts: Texts, columns: Sequence[str], key: Row) -> list[dict[str, str]]:
    """The rows that the fields become; a new activity is named after its field, which nobody else has."""
    found = []
    for name in entries_in(texts):
        row = {**key, **{column: texts.get(f"{name}.{column}", "") for column in columns}}
        if "activity_id" in columns and not row["activity_id"]:
            row["activity_id"] = f"{key['framework']}-{name.removeprefix('en')}"
        found.append(identified(row, name))
    return found
