"""What was done to a table's rows, and taking one of it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analytics.funding.register import history
from analytics.loads.dialogue_rows import REMOVED
from analytics.loads.funding_texts import edited
from analytics.loads.taking_back import TakenBack, taken_back
from analytics.loads.taking_back_funding import EditedFundingRows
from analytics.registers.field import RowKind
from analytics.registers.funding import PROJECTS
from analytics.store.history import Entry, with_what_stood
from pages.funding.editing.naming import column_label, recognised_by, written
from pages.funding.editing.register import edited_now, noting, register_form
from pages.ui.content import Ask
from pages.ui.forms import Form
from pages.ui.row_history import History, RowWords, Shown, history_fold


def table_history(ask: Ask, current: Form, kind: RowKind, project: str | None) -> None:
    """The table's history in a fold, each change with a way back."""

    def shown(entries: Sequence[Entry]) -> Iterator[Shown]:
        saved = {row.id: row.texts for row in edited(current.saved, {}).of(kind)}
        there = {row.id for row in edited_now(current).there(kind)}
        for entry, texts in with_what_stood(entries, saved):
            yield Shown(entry, recognised_by(ask, kind, texts), entry.change.row in there)

    history_fold(
        ask,
        History(
            about=f"{kind.name} {project or 'projects'}",
            title=ask.say("History of {table}", table=ask.say.marked(kind.title)),
            entries=lambda: history(ask.view, ask.viewer, kind.name, project),
            shown=shown,
            words=_words(ask, kind),
            column=lambda entry: column_label(ask, entry.change.field),
            written=lambda entry, text: written(ask, kind, entry.change.field, text),
            taken_back=lambda entry: _taken_back(ask, entry),
            put=_put,
        ),
    )


def _words(ask: Ask, kind: RowKind) -> RowWords:
    say = ask.say
    added, taken_away = say("the row was added"), say("the row was removed")
    if kind is PROJECTS:
        return RowWords(added, taken_away, say("Remove this project"), say("Bring this project back"))
    return RowWords(added, taken_away, say("Remove this row"), say("Bring this row back"))


def _taken_back(ask: Ask, entry: Entry) -> TakenBack:
    now, about = edited_now(register_form(ask)), entry.change.project_id
    return taken_back(entry, EditedFundingRows(now, lambda kind: history(ask.view, ask.viewer, kind.name, about)))


def _put(fields: Mapping[str, str]) -> None:
    with noting() as notes:
        for name, text in fields.items():
            part, _, column = name.rpartition(".")
            if column == REMOVED:
                notes.take_away(part)
            else:
                notes.put(name, text)
