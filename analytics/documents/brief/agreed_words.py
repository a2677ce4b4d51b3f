"""What was agreed in the dialogue before and what came of it, and what is agreed in this one, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from analytics.dialogue.brief.agreed import ActionOutcome, AgreementOutcome
from analytics.dialogue.brief.facts import Brief
from analytics.documents.brief.limits import Limits
from analytics.documents.brief.names import CUT, agreed_name, cut
from analytics.documents.paper.shapes import Block, Bullets, Heading, Paragraph, Tone
from analytics.documents.paper.table import PaperColumn, PaperTable
from analytics.model.dialogue import Progress
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.goal_figure import figure_text
from analytics.words.labels import label_of
from analytics.words.language import Words


def last_blocks(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    """Each agreement of last time with its figures then and now and what came of it; below them the actions."""
    last = brief.last
    if last is None:
        yield Heading(say("What was agreed last time"))
        yield Paragraph(say("No earlier dialogue is written down."))
        return
    yield Heading(say("What was agreed in {year}, and what came of it", year=say.round(last.year)))
    if not last.agreements:
        yield Paragraph(say("Nothing that was agreed is written down."))
        return
    if last.nothing_agreed:
        years = say.listing(map(say.round, last.nothing_agreed))
        text = say.plural(
            "In the dialogue of {years} nothing new was agreed.",
            "In the dialogues of {years} nothing new was agreed.",
            len(last.nothing_agreed),
            years=years,
        )
        yield Paragraph(text)
    named = last.agreements[: limits.agreements]
    columns: tuple[PaperColumn[AgreementOutcome], ...] = (
        PaperColumn(say("Agreed"), lambda agreed: _goal(agreed, say, limits), 16),
        PaperColumn(say("From"), lambda agreed: _figure(agreed.from_level, brief, agreed, say), 3, True),
        PaperColumn(say("To"), lambda agreed: _figure(agreed.to_level, brief, agreed, say), 3, True),
        PaperColumn(say("Now"), lambda agreed: _figure(agreed.now, brief, agreed, say), 3, True),
        PaperColumn(say("What came of it"), lambda agreed: outcome_text(agreed, brief, say, limits), 18),
    )
    yield PaperTable.of("", columns, named)
    yield from _actions(named, say, limits)
    yield from _more(len(last.agreements) - len(named), last.year, say)


def agreed_blocks(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    """What is agreed for this year, for the paper to be signed."""
    if not brief.agreed:
        return
    yield Heading(say("Agreed for {year}", year=say.round(brief.year)))
    named = brief.agreed[: limits.agreements]
    columns: tuple[PaperColumn[AgreementOutcome], ...] = (
        PaperColumn(say("Agreed"), lambda agreed: _goal(agreed, say, limits), 28),
        PaperColumn(say("From"), lambda agreed: _figure(agreed.from_level, brief, agreed, say), 3, True),
        PaperColumn(say("To"), lambda agreed: _figure(agreed.to_level, brief, agreed, say), 3, True),
        PaperColumn(say("By"), lambda agreed: say.day(agreed.due), 9),
    )
    yield PaperTable.of("", columns, named)
    yield from _actions(named, say, limits)
    yield from _more(len(brief.agreed) - len(named), brief.year, say)


def _more(n: int, year: int, say: Words) -> Iterator[Block]:
    if n > 0:
        yield Paragraph(
            say.plural(
                "{n} more agreement stands among the goals of {year} on the page Quality dialogue.",
                "{n} more agreements stand among the goals of {year} on the page Quality dialogue.",
                n,
                year=say.round(year),
            ),
            Tone.NOTE,
        )


def _goal(agreed: AgreementOutcome, say: Words, limits: Limits) -> str:
    """The criterion, and the goal in its own words."""
    name = agreed_name(agreed, say)
    return f"{name}: {cut(agreed.goal, limits.text)}" if agreed.goal else name


def _figure(value: float | None, brief: Brief, agreed: AgreementOutcome, say: Words) -> str:
    """A figure beside the one aimed at."""
    return "–" if value is None else figure_text(value, _framework(brief, agreed), say, agreed.to_level)


def _framework(brief: Brief, agreed: AgreementOutcome) -> Framework:
    """The one that the agreement was made in."""
    return next((each for each in brief.chain if each.id == agreed.framework), brief.framework)


def outcome_text(agreed: AgreementOutcome, brief: Brief, say: Words, limits: Limits) -> str:
    """How far it has come, what the figures say, and the outcome in the words that were written."""
    state = state_text(agreed.status, agreed.due if agreed.late else None, say)
    written = cut(agreed.outcome, limits.text) if agreed.outcome else ""
    named = ". ".join(part.rstrip(".") for part in (state, _by_figures(agreed, brief, say), written) if part)
    return named if named.endswith(CUT) else f"{named}."


def state_text(status: Progress, late_since: date | None, say: Words) -> str:
    """How far it has come; what was only agreed on is late and nothing else when its day has passed."""
    if late_since is None:
        return label_of(status, say)
    if status is Progress.AGREED:
        return say("Late ({day})", day=say.day(late_since))
    return say("{state}, late ({day})", state=label_of(status, say), day=say.day(late_since))


def _by_figures(agreed: AgreementOutcome, brief: Brief, say: Words) -> str:
    """Whether the target is reached, and whether that can be told from chance."""
    if not agreed.comparable:
        return say("The criterion is asked in other words now")
    if agreed.parted:
        return say("The school is another since then, and is not compared")
    if agreed.now is None:
        if brief.round is None:
            return say("There is no figure this year")
        return say("This year's figure is hidden")
    if agreed.clear is False and agreed.from_level is not None:
        return (
            say("The target is reached, but the change may be chance")
            if agreed.reached
            else say("The target is not reached; no change beyond chance")
        )
    side = _clear_side(agreed)
    if agreed.reached:
        return say("Clearly higher, and reached") if side > 0 else say("The target is reached")
    if side < 0:
        return say("Clearly lower; the target is not reached")
    return say("Clearly higher, but not reached") if side > 0 else say("The target is not reached")


def _clear_side(agreed: AgreementOutcome) -> int:
    """1 where the figure is clearly higher than when it was agreed, -1 clearly lower, else 0. Which way is told by the
    published change, and nothing is clear where the figure that was typed as From tells another way."""
    if not agreed.clear or agreed.from_level is None:
        return 0
    published, typed = present(agreed.difference), present(agreed.now) - agreed.from_level
    return (published > 0) - (published < 0) if published * typed > 0 else 0


def _actions(named: tuple[AgreementOutcome, ...], say: Words, limits: Limits) -> Iterator[Block]:
    points, more = [], 0
    for agreed in named:
        points += [_action(agreed, action, say, limits) for action in agreed.actions[: limits.actions]]
        more += max(0, len(agreed.actions) - limits.actions)
    if more:
        points.append(
            say.plural(
                "{n} more action stands under its goal on the page Quality dialogue.",
                "{n} more actions stand under their goals on the page Quality dialogue.",
                more,
            )
        )
    if points:
        yield Bullets(tuple(points))


def _action(agreed: AgreementOutcome, action: ActionOutcome, say: Words, limits: Limits) -> str:
    """C5, Rektor: Besöker lektioner – klart. Alla har gjort ett besök."""
    figures = {"criterion": agreed.criterion, "role": label_of(action.role, say)}
    text = say("{criterion}, {role}: {text}", text=cut(action.text, limits.text).rstrip("."), **figures)
    if action.activity:
        text = say("{text} (with {activity})", text=text, activity=cut(action.activity, limits.text))
    day = action.due
    if action.status is Progress.AGREED and not action.late:
        state = say("by {day}", day=say.day(day)) if day else ""
    else:
        state = state_text(action.status, day if action.late else None, say).lower()
    text = f"{text} – {state}" if state else text
    return f"{text}. {cut(action.outcome, limits.text)}" if action.outcome else text


def is_cut(brief: Brief, limits: Limits) -> bool:
    """Whether any text that people have typed is cut with these limits."""
    agreements = (*(brief.last.agreements if brief.last else ()), *brief.agreed)
    texts = [agreed.outcome for agreed in agreements] + [agreed.goal for agreed in agreements]
    texts += [part for agreed in agreements for action in agreed.actions for part in (action.text, action.outcome)]
    notes = brief.dialogue.notes if brief.dialogue else None
    return any(text and len(" ".join(text.split())) > limits.text for text in texts) or bool(
        notes and len(" ".join(notes.split())) > limits.notes
    )
