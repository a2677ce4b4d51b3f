"""What the fields of a dialogue are called, and how their texts are written for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from analytics.dialogue.words import progress_name, role_name
from analytics.loads.dialogue_rows import REMOVED, actions_in, entries_in
from analytics.loads.save_dialogue import part_names
from analytics.model.dialogue import Progress, Responsible
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.words.language import Words
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
    part, _, name = field.rpartition(".")
    return " · ".join(filter(None, [part_name(part, texts, say), column_label(name, say)]))


def part_name(part: str, texts: Mapping[str, str], say: Words) -> str:
    """An agreement or one of its actions, by its place on the page; empty for the dialogue itself."""
    if not part:
        return ""
    goals, names = entries_in(texts), part.split(".")
    goal = say("Goal {n}", n=goals.index(names[0]) + 1) if names[0] in goals else say("A goal taken away")
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
        "due": say("choose a day"),
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
            return progress_name(Progress(text), say)
        case "role":
            return role_name(Responsible(text), say)
        case "criterion":
            return criterion_text(text, framework, say)
        case "held" | "due" | "followed_up":
            return say.day(date.fromisoformat(text))
        case "removed":
            return say("taken away") if text == "yes" else _whole(text, ask, framework)
    return text


def _whole(text: str, ask: Ask, framework: Framework) -> str:
    """All that stood in an agreement or action (dialogue_rows.all_of)."""
    fields = ((name, said) for name, said in json.loads(text).items() if said)
    return "; ".join(
        f"{column_label(name.rpartition('.')[2], ask.say)}: {written_value(name, said, ask, framework)}"
        for name, said in fields
    )


def criterion_text(criterion: str, framework: Framework, say: Words) -> str:
    """A criterion with its title; by its id alone where the framework asks it no more, as a draft may name it still."""
    titles = {known.id: known.title.in_(say.language).rstrip(".") for known in framework.criteria}
    return f"{criterion} {titles.get(criterion, '')}".rstrip()
