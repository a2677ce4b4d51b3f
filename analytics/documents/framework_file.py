"""A framework as the TOML file that it is loaded from: what is written here, and read, is the same framework."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from analytics.model.frameworks import Bilingual, Calendar, Change, Criterion, Framework


def framework_toml(framework: Framework) -> bytes:
    """The file, laid out as those in data/frameworks are."""
    return "\n".join(_lines(framework)).encode() + b"\n"


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
        yield from ("", "[calendar]", f"goals = {framework.calendar.goals}")
        yield f"follow_up = {framework.calendar.follow_up}"
    for area in framework.areas:
        yield from ("", "[[area]]", f"id = {_text(area.id)}", f"title = {_both(area.title)}")
        for criterion in area.criteria:
            yield from ("", "[[area.criterion]]", *_criterion(criterion))


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield f"id = {_text(criterion.id)}"
    yield f"title = {_both(criterion.title)}"
    if criterion.previous is not None and criterion.change is not Change.NEW:
        change = _text(criterion.change.value)
        yield f"previous = {{ criterion = {_text(criterion.previous)}, change = {change} }}"
    if criterion.asked:
        yield f"asked = {_list(criterion.asked)}"
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
