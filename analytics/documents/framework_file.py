"""A framework as the TOML file that it is loaded from: what is written here, and read, is the same framework."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from analytics.model.frameworks import Area, Bilingual, Calendar, CertificationRoutine, Change, Criterion, Framework


def framework_toml(framework: Framework, version: int | None = None) -> bytes:
    """The file, laid out as those in data/frameworks are; `version`: of the store that it was taken from."""
    head = [] if version is None else [f"# Kvalitetsdialog, version {version}"]
    return "\n".join([*head, *_lines(framework)]).encode() + b"\n"


def _lines(framework: Framework) -> Iterator[str]:
    yield f"id = {_text(framework.id)}"
    yield f"title = {_both(framework.title)}"
    yield f"issuer = {_text(framework.issuer)}"
    yield f"valid_from = {framework.valid_from}"
    if framework.valid_to is not None:
        yield f"valid_to = {framework.valid_to}"
    if framework.previous is not None:
        yield f"previous = {_text(framework.previous)}"
    yield from _said("source", framework.source)
    yield from _said("note", framework.note)
    labels = f"{{ sv = {_list(framework.labels_sv)}, en = {_list(framework.labels_en)} }}"
    yield from ("", "[scale]", f"min = {framework.scale_min}", f"max = {framework.scale_max}", f"labels = {labels}")
    yield from ("", "[goal]", f"level = {framework.goal.level}", f"statistic = {_text(framework.goal.statistic)}")
    if framework.goal.share is not None:
        yield f"share = {framework.goal.share!r}"
    if framework.calendar != Calendar():
        yield from _calendar(framework.calendar)
    for area in framework.areas:
        yield from ("", "[[area]]", f"id = {_text(area.id)}", f"title = {_both(area.title)}", *_of_area(area))
        for criterion in area.criteria:
            yield from ("", "[[area.criterion]]", *_criterion(criterion))
    if framework.certification:
        yield from _certification(framework.certification)


def plan_toml(framework: Framework) -> str:
    """What the file says of the way to the goal alone: aims, suggestions and states of areas, what criteria serve, the
    certification; '' where it says nothing of that. Areas and criteria are named by their ids."""
    lines: list[str] = []
    for area in framework.areas:
        of_area, serving = [*_of_area(area)], [one for one in area.criteria if one.serves]
        if of_area or serving:
            lines += ["", "[[area]]", f"id = {_text(area.id)}", *of_area]
        for one in serving:
            lines += ["", "[[area.criterion]]", f"id = {_text(one.id)}", f"serves = {_list(one.serves)}"]
    if framework.certification:
        lines += _certification(framework.certification)
    return "\n".join(lines).strip()


def _calendar(calendar: Calendar) -> Iterator[str]:
    yield from ("", "[calendar]", f"goals = {calendar.goals}", f"follow_up = {calendar.follow_up}")
    if calendar.rating is not None:
        yield f"rating = {calendar.rating}"
    if calendar.school_year:
        yield 'period = "school"'


def _of_area(area: Area) -> Iterator[str]:
    """What an area has beside its title and criteria."""
    yield from _said("state", area.state)
    for aim in area.aims:
        yield from ("", "[[area.aim]]", f"id = {_text(aim.id)}", f"title = {_both(aim.title)}")
    for one in area.suggestions:
        yield from ("", "[[area.action]]", f"role = {_text(one.role.value)}", f"text = {_both(one.text)}")


def _certification(routine: CertificationRoutine) -> Iterator[str]:
    yield from ("", "[certification]", f"title = {_both(routine.title)}")
    if routine.valid_years is not None:
        yield f"valid_years = {routine.valid_years}"
    yield from _said("renewal", routine.renewal)
    yield from _said("note", routine.note)
    for step in routine.steps:
        yield from ("", "[[certification.step]]", f"title = {_both(step.title)}", f"who = {_both(step.who)}")
        if step.month is not None:
            yield f"month = {step.month}"
        if step.event:
            yield f"event = {_text(step.event.value)}"
        if step.decides:
            yield "decides = true"
        if step.holds:
            yield f"holds = [{', '.join(map(_both, step.holds))}]"


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield f"id = {_text(criterion.id)}"
    yield f"title = {_both(criterion.title)}"
    if criterion.previous is not None and criterion.change is not Change.NEW:
        change = _text(criterion.change.value)
        yield f"previous = {{ criterion = {_text(criterion.previous)}, change = {change} }}"
    if criterion.asked:
        yield f"asked = {_list(criterion.asked)}"
    if criterion.serves:
        yield f"serves = {_list(criterion.serves)}"
    yield from _said("note", criterion.note)


def _said(key: str, text: Bilingual | None) -> Iterator[str]:
    if text is not None:
        yield f"{key} = {_both(text)}"


def _both(text: Bilingual) -> str:
    return f"{{ sv = {_text(text.sv)}, en = {_text(text.en)} }}"


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """TOML writes a text as JSON does, but that it wants DEL written out too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
