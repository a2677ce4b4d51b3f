"""A school's eTwinning labels in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from analytics.dialogue.certification import valid_on
from analytics.model.dialogue import Label
from analytics.words.labels import label_of
from analytics.words.language import Words


def label_text(label: Label, day: date, say: Words) -> str:
    """A label with the days between which it holds, and that it has run out where it has on the `day`."""
    name, start = label_of(label.label, say), label.day.isoformat()
    if label.until is None:
        return say("{label} ({day})", label=name, day=start)
    if valid_on(label, day):
        return say("{label} ({day} to {until})", label=name, day=start, until=label.until.isoformat())
    return say("{label} ({day} to {until}, has run out)", label=name, day=start, until=label.until.isoformat())


def labels_text(labels: Iterable[Label], day: date, say: Words) -> str:
    return "; ".join(label_text(label, day, say) for label in labels)
