"""Saving what was typed in a dialogue, and in the lists beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analytics.intake.readers import TextTable
from analytics.loads.dialogue import ClearedDialogues
from analytics.loads.dialogue_rows import ROW_ID, RoundKey, Texts, overlaid, rows_in, texts_of
from analytics.loads.load import LoadOutcome
from analytics.loads.register_rows import Row
from analytics.loads.save import SaveUnit, Writing, save
from analytics.loads.sheets import sheet_of
from analytics.model.schools import Viewer
from analytics.store.drafts import Typed
from analytics.words.language import Words


def save_dialogue(
    folder: Path, viewer: Viewer, about: RoundKey, typed: Mapping[str, Typed], say: Words, *, saved_by: str
) -> LoadOutcome:
    """Saves what was typed in a dialogue; see save."""
    return save(folder, viewer, dialogue_of(about), typed, say, saved_by=saved_by)


def dialogue_of(about: RoundKey) -> SaveUnit:
    """A dialogue with all that is agreed on in it."""
    return SaveUnit(
        school=about[0],
        texts=lambda registers: texts_of(registers.dialogues, about),
        writing=writing_rows(
            lambda texts, saved: rows_in(texts, about, saved), lambda _: ClearedDialogues(rounds=frozenset([about]))
        ),
    )


def writing_rows(
    rows: Callable[[Texts, Texts], Mapping[str, Sequence[Row]]], cleared: Callable[[Texts], ClearedDialogues]
) -> Callable[[Texts, Mapping[str, Typed], Words], Writing]:
    """What is written of something that is saved whole: the rows of each kind that its texts become, given also those
    that are saved now; and what gives way to these, given the latter."""

    def writing(now: Texts, typed: Mapping[str, Typed], say: Words) -> Writing:
        names, own = part_names(say), rows(overlaid(now, typed), now)
        sheets = [_sheet(names[kind], own[kind]) for kind in own if own[kind]]
        return Writing(sheets, cleared_dialogues=cleared(now))

    return writing


def _sheet(name: str, rows: Sequence[Row]) -> TextTable:
    columns = [column for column in rows[0] if column != ROW_ID]
    return sheet_of(name, columns, rows, [row.get(ROW_ID, "") for row in rows])


def part_names(say: Words) -> dict[str, str]:
    """What each kind of row is called where something in it is refused."""
    return {
        "dialogues": say("The dialogue"),
        "agreements": say("Agreements"),
        "actions": say("Actions"),
        "certifications": say("Events"),
        "activities": say("Activities"),
    }
