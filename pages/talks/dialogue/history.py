"""What was done to a dialogue, its goals and their actions, and taking one of it back."""

from __future__ import annotations

from analytics.dialogue.register import history_of_round
from analytics.loads.dialogue_rows import RoundKey, Texts
from analytics.loads.taking_back_dialogue import EditedDialogueRows, parts_of_dialogue
from analytics.model.frameworks import Framework
from analytics.store.history import Entry
from pages.shared.form_history import form_history
from pages.shared.typed import registers
from pages.talks.dialogue.sentences import label, part_name, written_value
from pages.ui import access
from pages.ui.content import Ask
from pages.ui.forms import Form

TOLD_BY = {"agreements": "criterion", "actions": "text"}  # the column by which people know a row


def dialogue_history(ask: Ask, about: RoundKey, current: Form, framework: Framework) -> None:
    """The history of the round's dialogue in a fold, each change with a way back."""
    form_history(
        ask,
        current,
        title=ask.say("History"),
        entries=lambda: history_of_round(ask.view, ask.viewer, *about),
        row=lambda now, entry: _row(ask, now, entry, framework),
        column=lambda entry: label(_field(entry), ask.say),
        written=lambda entry, text: written_value(_field(entry), text, ask, framework) if text else "",
        standing=lambda texts: _standing(ask, about, texts),
    )


def _standing(ask: Ask, about: RoundKey, texts: Texts) -> EditedDialogueRows:
    saved = parts_of_dialogue(access.composed(registers, ask), about)
    return EditedDialogueRows(saved, texts, history_of_round(ask.view, ask.viewer, *about))


def _field(entry: Entry) -> str:
    """A name that a field of the row could have on the page, for what such a field is called."""
    part = {"agreements": "a.", "actions": "a.x."}.get(entry.change.kind, "")
    return f"{part}{entry.change.field}"


def _row(ask: Ask, now: EditedDialogueRows, entry: Entry, framework: Framework) -> str:
    """The goal or action by its place on the page, where it is there; and what it was about, where that is told."""
    change = entry.change
    if change.kind not in TOLD_BY:
        return ""
    part, goal = now.part(change.kind, change.row), change.kind == "agreements"
    name = part_name(part, now.texts, ask.say) if part else ask.say("A goal") if goal else ask.say("An action")
    column = TOLD_BY[change.kind]
    about = now.when_it_went(entry).get(column, "") if part is None else change.texts.get(column, "")
    if about:
        name += f" ({written_value(column, about, ask, framework)})"
    return name
