"""What the fields of a dialogue are called, and how their texts are written for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.dialogue.words import progress_name, role_name
from analytics.dialogue_rows import REMOVED, actions_in, agreements_in
from analytics.language import Words
from analytics.model import Framework
from analytics.model_dialogue import Progress, Responsible
from pages.ui.content import Ask


def column_label(name: str, say: Words) -> str:
    """A field, or a column of the rows that the fields become."""
    return {
        "held": say("Held on"),
        "participants": say("Who took part"),
        "notes": say("Notes"),
        "criterion": say("Criterion"),
        "goal": say("The goal in words"),
        "from_level": say("From"),
        "to_level": say("To"),
        "due": say("By"),
        "status": say("How it goes"),
        "outcome": say("What came of it"),
        "followed_up": say("Followed up"),
        "text": say("What is done"),
        "role": say("Responsible"),
        "activity": say("Leans on"),
        REMOVED: say("taken away"),
    }.get(name, name)


def about_field(field: str, texts: Mapping[str, str], say: Words) -> str:
    """Where a field stands: "Goal 2 · Action 1 · Responsible"."""
    parts = field.split(".")
    found = []
    goals = agreements_in(texts)
    if len(parts) > 1:
        found.append(say("Goal {n}", n=goals.index(parts[0]) + 1) if parts[0] in goals else say("A goal taken away"))
    if len(parts) > 2:
        actions, action = actions_in(texts, parts[0]), ".".join(parts[:2])
        found.append(say("Action {n}", n=actions.index(action) + 1) if action in actions else say("An action"))
    return " · ".join([*found, column_label(parts[-1], say)])


def written_value(field: str, text: str, ask: Ask, framework: Framework) -> str:
    """A field's text as people read it."""
    say, name = ask.say, field.rpartition(".")[2]
    if not text:
        return "–"
    match name:
        case "status":
            return progress_name(Progress(text), say)
        case "role":
            return role_name(Responsible(text), say)
        case "criterion":
            return f"{text} {framework.criterion(text).title.in_(say.language).rstrip('.')}"
        case "held" | "due" | "followed_up":
            return say.day(date.fromisoformat(text))
        case "removed":
            return say("taken away") if text == "yes" else say("changed")
    return text
