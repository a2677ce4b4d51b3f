"""What is typed of a dialogue, of events or of activities, read as it will be when it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analytics.loads.dialogue_readings import Parts, typed_readings
from analytics.loads.dialogue_rows import Texts
from analytics.loads.reading import ReadingContext
from analytics.loads.seen import seen_registers
from analytics.model.funding import Funding
from analytics.store.registers import Registers
from pages.ui import access, controls
from pages.ui.content import Ask
from pages.ui.forms import Form


def registers(ask: Ask) -> Registers:
    """The rows that the viewer may see."""
    return seen_registers(ask.view, ask.viewer)


def with_readings(ask: Ask, form: Form, parts: Callable[[Texts], Parts]) -> Form:
    """The form with what is typed in it read, to be told under its fields."""
    if not form.typed:
        return form
    known = ask.catalogue
    context = ReadingContext(
        Funding(),
        access.composed(registers, ask).dialogues,
        known.frameworks,
        known.schools,
        controls.school_names(known),
    )
    return replace(form, readings=typed_readings(parts(form.texts), form.typed, context, ask.say))
