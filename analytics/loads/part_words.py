"""How far the parts of a year's report are, in words: for the page and for the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.loads.part_states import PartState
from analytics.model.administrations import PartStatus
from analytics.model.funding import ReportQuestion
from analytics.words.labels import QUESTION_IN_SHORT, label_of
from analytics.words.language import Words


def who_has_handed_in(states: Sequence[PartState], say: Words) -> str:
    """How many administrations have handed in, and by when the others are to."""
    missing = [state for state in states if not state.status.is_in]
    part, told = len(states) - len(missing), {"whole": len(states)}
    if not missing:
        if all(state.status is PartStatus.APPROVED for state in states):
            return say("All {whole} administrations have handed in, and all parts are approved.", **told)
        return say("All {whole} administrations have handed in.", **told)
    if len(missing) == 1 and missing[0].deadline:
        name, day = missing[0].administration.title, say.day(missing[0].deadline)
        return say.plural(
            "{n} of {whole} administrations has handed in; {name} is missing, last day {day}.",
            "{n} of {whole} administrations have handed in; {name} is missing, last day {day}.",
            part,
            name=name,
            day=day,
            **told,
        )
    names = say.listing(_with_day(state, say) for state in missing)
    return say.plural(
        "{n} of {whole} administrations has handed in. Missing: {names}.",
        "{n} of {whole} administrations have handed in. Missing: {names}.",
        part,
        names=names,
        **told,
    )


def _with_day(state: PartState, say: Words) -> str:
    name = state.administration.title
    return say("{name} (last day {day})", name=name, day=say.day(state.deadline)) if state.deadline else name


def status_in_words(state: PartState, say: Words) -> str:
    """The status, and who made it so in which version."""
    last = state.approved or state.handed_in
    if last is None:
        return label_of(state.status, say)
    return say(
        "{status} {day} by {who}, version {version}",
        status=label_of(state.status, say),
        day=say.day(last.at.date()),
        who=last.who,
        version=last.version,
    )


def changed_in_words(state: PartState, titles: Mapping[str, str], say: Words) -> str:
    """What of the part is other than in the version that was handed in; '' where it is all as it was. `titles`: of the
    projects, by id."""
    if not state.changed or state.handed_in is None:
        return ""
    questions = {question.value: say.marked(QUESTION_IN_SHORT[question]) for question in ReportQuestion}
    return say(
        "Changed since version {version} was handed in: {what}.",
        version=state.handed_in.version,
        what=say.listing(questions.get(about) or titles.get(about) or about for about in state.changed),
    )
