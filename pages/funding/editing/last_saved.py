"""Who last saved something in a field of the funding register, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.funding.register import history
from analytics.loads.dialogue_rows import REMOVED
from analytics.loads.funding_texts import AnswerKey, answer_key
from analytics.model.funding import ReportQuestion
from analytics.registers.funding import NARRATIVES
from analytics.store.history import WHOLE, Entry
from pages.funding.editing.register import registers
from pages.ui import access
from pages.ui.content import Ask


def last_saved(ask: Ask, field: str) -> Entry | None:
    """What was last done to the field, or to its row as a whole; to anything in the row where the field says that it is
    taken away. None where nothing has been done since this is noted."""
    if answer_key(field):
        return next(_of_answer(ask, field), None)
    part, _, column = field.rpartition(".")
    kind, _, row = part.partition(".r")
    of_row = (entry for entry in reversed(history(ask.view, ask.viewer, kind)) if entry.change.row == row)
    return next((entry for entry in of_row if column == REMOVED or entry.change.field in (column, WHOLE)), None)


def _of_answer(ask: Ask, field: str) -> Iterator[Entry]:
    about = answer_key(field)
    answers = access.composed(registers, ask).of(NARRATIVES)
    ids = {kept.id for kept in answers if (kept.row.year, kept.row.question, kept.row.administration or "") == about}
    for entry in reversed(history(ask.view, ask.viewer, NARRATIVES.name)):
        said = entry.change.texts
        if entry.change.row in ids or (said and _said(said) == about):
            yield entry


def _said(texts: Mapping[str, str]) -> AnswerKey:
    """Which answer a row is, by its texts."""
    return int(texts["year"]), ReportQuestion(texts["question"]), texts.get("administration", "")
