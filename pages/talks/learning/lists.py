"""What other schools did on a criterion, as lists to read: agreements with their actions, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from analytics.dialogue.learning import Work
from analytics.model.frameworks import Framework
from analytics.words.labels import label_of
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class Done:
    """One agreement in a line, and its actions in a line each."""

    agreed: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A school to learn from: its name, where it stands, what it did (nothing: nobody has written any of it down)."""

    name: str
    stands: str
    done: tuple[Done, ...]


def done_of(framework: Framework, works: Sequence[Work], say: Words) -> tuple[Done, ...]:
    return tuple(_done(framework, work, say) for work in works)


def done_text(done: Sequence[Done]) -> str:
    """The same for a cell of a table."""
    return "; ".join(" – ".join([each.agreed, *each.actions]) for each in done)


def told_html(told: Sequence[Told], say: Words) -> str:
    """A heading and a list a school."""
    heading = say("What they did")
    parts = [f'<h2 class="kd-section">{escape(heading)}</h2>']
    for school in told:
        parts.append(f'<h3 class="kd-weight">{escape(school.name)}</h3><p class="kd-note">{escape(school.stands)}</p>')
        if school.done:
            parts.append("<ul>" + "".join(_item(each) for each in school.done) + "</ul>")
    return f'<div class="kd-remarks">{"".join(parts)}</div>'


def _item(done: Done) -> str:
    inner = "".join(f"<li>{escape(action)}</li>" for action in done.actions)
    return f"<li>{escape(done.agreed)}{f'<ul>{inner}</ul>' if inner else ''}</li>"


def _done(framework: Framework, work: Work, say: Words) -> Done:
    agreed = work.agreement
    to = _level(agreed.to_level, framework, say)
    how_far = (
        say("to {to}", to=to)
        if agreed.from_level is None
        else say("from {start} to {to}", start=_level(agreed.from_level, framework, say), to=to)
    )
    line = say("{year}: {goal} ({levels}; {status}).", year=agreed.year, goal=_stopless(agreed.goal) or say("goal"),
               levels=how_far, status=label_of(agreed.status, say).lower())  # fmt: skip
    outcome = say("Outcome: {text}", text=agreed.outcome) if agreed.outcome else ""
    actions = tuple(
        " ".join(
            filter(
                None,
                [
                    say(
                        "{text} ({role}; {status}).",
                        text=_stopless(action.text),
                        role=label_of(action.role, say),
                        status=label_of(action.status, say).lower(),
                    ),
                    say("Outcome: {text}", text=action.outcome) if action.outcome else "",
                ],
            )
        )
        for action in work.actions
    )
    return Done(" ".join(filter(None, [line, outcome])), actions)


def _stopless(text: str | None) -> str:
    return (text or "").rstrip(".")


def _level(value: float, framework: Framework, say: Words) -> str:
    return say.percent(value) if framework.goal.statistic == "share" else say.number(value)
