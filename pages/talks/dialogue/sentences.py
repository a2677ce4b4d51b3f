"""What the fields of a dialogue are called, and how their texts are written for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from analytics.loads.as_saved import as_saved, in_language
from analytics.loads.dialogue_rows import REMOVED, actions_in, entries_in
from analytics.loads.save_dialogue import part_names
from analytics.model.dialogue import Progress, Responsible
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.registers.dialogue import ACTIONS, AGREEMENTS, DIALOGUES
from analytics.registers.field import RowKind, field_label
from analytics.words.labels import label_of_text
from analytics.words.language import Words
from pages.talks.dialogue.paper import shared
from pages.ui.content import Ask


def label(field: str, say: Words) -> str:
    """What a field is called where it is filled in, by its name on the page: `held`, `a2.goal`, `a2.x1.due`."""
    part, _, name = field.rpartition(".")
    return _called((DIALOGUES, AGREEMENTS, ACTIONS)[len(part.split(".")) if part else 0], name, say)


def labelled(field: str, say: Words) -> tuple[str, str]:
    """A field's name and what it is called, as a form wants them."""
    return field, label(field, say)


def column_label(name: str, say: Words) -> str:
    """A column of the rows that the fields become."""
    return next((_called(kind, name, say) for kind in (AGREEMENTS, ACTIONS, DIALOGUES) if kind.has(name)), name)


def _called(kind: RowKind, name: str, say: Words) -> str:
    if name == REMOVED:
        return say("removed")
    return field_label(kind.field(name), say) if kind.has(name) else name


def about_field(field: str, texts: Mapping[str, str], say: Words) -> str:
    """Where a field stands: "Goal 2 · Action 1 · Responsible"."""
    return " · ".join(filter(None, [part_name(field.rpartition(".")[0], texts, say), label(field, say)]))


def part_name(part: str, texts: Mapping[str, str], say: Words) -> str:
    """An agreement or one of its actions, by its place on the page; empty for the dialogue itself."""
    if not part:
        return ""
    goals, names = entries_in(texts), part.split(".")
    goal = say("Goal {n}", n=goals.index(names[0]) + 1) if names[0] in goals else say("A goal removed")
    if len(names) == 1:
        return goal
    actions = actions_in(texts, names[0])
    action = say("Action {n}", n=actions.index(part) + 1) if part in actions else say("An action")
    return f"{goal} · {action}"


def place_of(problem: Problem, texts: Mapping[str, str], say: Words) -> str:
    """Where the row that was refused stands on the page."""
    names = part_names(say)
    rows = {
        names["agreements"]: entries_in(texts),
        names["actions"]: [action for goal in entries_in(texts) for action in actions_in(texts, goal)],
    }.get(problem.file, [])
    if problem.row and problem.row <= len(rows):
        return part_name(rows[problem.row - 1], texts, say)
    return problem.file


def lacking_in(texts: Mapping[str, str], say: Words) -> list[tuple[str, str]]:
    """The fields of a dialogue that must be filled in, each with what to do."""
    of_goal = {
        "criterion": say("choose a criterion"),
        "to_level": say("write the level to reach"),
        "due": say("write a day"),
    }
    of_action = {"text": say("write what is done"), "role": say("choose who is responsible")}
    found = []
    for goal in entries_in(texts):
        parts = {goal: of_goal} | {action: of_action for action in actions_in(texts, goal)}
        for part, must in parts.items():
            found += [(f"{part}.{name}", what) for name, what in must.items() if not texts.get(f"{part}.{name}")]
    return found


def written_value(field: str, text: str, ask: Ask, framework: Framework) -> str:
    """A field's text as people read it."""
    say, name = ask.say, field.rpartition(".")[2]
    if not text:
        return "–"
    match name:
        case "status":
            return label_of_text(Progress, text, say)
        case "role":
            return label_of_text(Responsible, text, say)
        case "criterion":
            return criterion_text(text, framework, say)
        case "activity":
            return next((a.title for a in shared(ask).dialogues.activities if a.id == text), text)
        case "held" | "due" | "followed_up":
            return _day(as_saved(name, text), say)
        case "from_level" | "to_level":
            return in_language(name, text, say.language)
        case "removed":
            return say("removed") if text == "yes" else _whole(text, ask, framework)
    return text


def _day(text: str, say: Words) -> str:
    """A day with its month in letters; what is no day stands as it was typed."""
    try:
        return say.day(date.fromisoformat(text))
    except ValueError:
        return text


def _whole(text: str, ask: Ask, framework: Framework) -> str:
    """All that stood in an agreement or action (dialogue_rows.all_of)."""
    fields = ((name, said) for name, said in json.loads(text).items() if said)
    return "; ".join(f"{label(name, ask.say)}: {written_value(name, said, ask, framework)}" for name, said in fields)


def criterion_text(criterion: str, framework: Framework, say: Words) -> str:
    """A criterion with its title; by its id alone where the framework asks it no more, as a draft may name it still."""
    titles = {known.id: known.title.in_(say.language).rstrip(".") for known in framework.criteria}
    return f"{criterion} {titles.get(criterion, '')}".rstrip()
