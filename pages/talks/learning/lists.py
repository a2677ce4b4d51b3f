"""What other schools did on a criterion, as lists to read: agreements with their actions, the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analytics.dialogue.learning import AgreedWork
from analytics.model.frameworks import Framework
from analytics.words.labels import label_of
from analytics.words.language import Words
from pages.ui import html


@dataclass(frozen=True, slots=True)
class AgreementLines:
    """One agreement in a line, and its actions in a line each."""

    agreed: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchoolLesson:
    """A school to learn from: its name and where that leads, where it stands, what it did (nothing: nobody has written
    any of it down)."""

    name: str
    address: str
    stands: str
    done: tuple[AgreementLines, ...]


def done_of(framework: Framework, works: Sequence[AgreedWork], say: Words) -> tuple[AgreementLines, ...]:
    return tuple(_done(framework, work, say) for work in works)


def done_text(done: Sequence[AgreementLines]) -> str:
    """The same for a cell of a table."""
    return "; ".join(" – ".join([each.agreed, *each.actions]) for each in done)


def lessons_html(told: Sequence[SchoolLesson]) -> Markup:
    """A heading and a list a school."""
    return html.element("div", *(part for school in told for part in _school(school)), class_="kd-remarks")


def _school(school: SchoolLesson) -> Iterator[Markup]:
    yield html.element("h3", html.link(school.name, school.address), class_="kd-weight")
    yield html.note(school.stands)
    if school.done:
        yield html.listed(map(_item, school.done))


def _item(done: AgreementLines) -> Markup:
    return html.joined([done.agreed, html.listed(done.actions) if done.actions else ""])


def _done(framework: Framework, work: AgreedWork, say: Words) -> AgreementLines:
    agreed = work.agreement
    to = _level(agreed.to_level, framework, say)
    how_far = (
        say("to {to}", to=to)
        if agreed.from_level is None
        else say("from {start} to {to}", start=_level(agreed.from_level, framework, say), to=to)
    )
    line = say(
        "{year}: {goal} ({levels}; {status}).",
        year=say.round(agreed.year),
        goal=_stopless(agreed.goal) or say("goal"),
        levels=how_far,
        status=label_of(agreed.status, say).lower(),
    )
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
    return AgreementLines(" ".join(filter(None, [line, outcome])), actions)


def _stopless(text: str | None) -> str:
    return (text or "").rstrip(".")


def _level(value: float, framework: Framework, say: Words) -> str:
    return say.percent(value) if framework.goal.statistic == "share" else say.number(value)
