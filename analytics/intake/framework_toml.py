"""A framework's TOML text: its layout checked by pydantic, its sense by this module. It is run where a stranger's file
is read apart (worker.py); frameworks.py asks for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from analytics.intake.framework_layout import SaidCalendar, SaidCertification, SaidFramework, SaidText
from analytics.intake.raw import FileProblem, Unreadable, cleaned, shown
from analytics.intake.register import bare, folded
from analytics.model.dialogue import Event, Responsible
from analytics.model.frameworks import (
    Aim,
    Area,
    Bilingual,
    Calendar,
    CertificationRoutine,
    Change,
    Criterion,
    Framework,
    Goal,
    RoutineStep,
    SuggestedAction,
)
from analytics.words.language import Words


def parsed_framework(data: bytes, say: Words) -> tuple[Framework, tuple[str, ...]]:
    """The framework in a TOML file, and the keys in it that nothing uses; raises Unreadable with all that is wrong."""
    try:
        text = cleaned(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problem = say("This is not a TOML file: it is not written in UTF-8.")
        raise Unreadable(FileProblem(problem, say("Save it as UTF-8."))) from None
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_toml_problem(text, str(error), say)) from None
    return checked_framework(values, say)


def checked_framework(values: Mapping[str, Any], say: Words) -> tuple[Framework, tuple[str, ...]]:
    """The framework that these keys and values say, and the keys that nothing uses; raises Unreadable."""
    try:
        said = SaidFramework.model_validate(values)
    except ValidationError as error:
        raise Unreadable(*(_layout_problem(detail, say) for detail in error.errors())) from None
    faults = [
        FileProblem(problem, hint, None, value and shown(value), where)
        for where, value, problem, hint in _sense(said, say)
    ]
    if faults:
        raise Unreadable(*faults)
    return _framework(said), tuple(_unused(said))


def _toml_problem(text: str, error: str, say: Words) -> FileProblem:
    """The line that the TOML reader stopped at."""
    stopped = re.search(r"line (\d+), column \d+", error)
    if not stopped:
        problem = say("This is not a TOML file: it breaks off, or is something else.")
        return FileProblem(problem, say("See the layout of a framework file in the documentation."))
    line = int(stopped[1])
    said = shown(text.split("\n")[line - 1].strip())
    problem = say("This is not a TOML file: line {line} cannot be read.", line=line)
    return FileProblem(problem, say("Correct the line, or the one above it."), None, said or None)


def _layout_problem(detail: Mapping[str, Any], say: Words) -> FileProblem:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]).lstrip(".")
    kind, limits = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return FileProblem(say("The key is missing."), say("Add it."), column=where)
    match kind:
        case "literal_error":
            problem = say("The value must be one of {options}.", options=limits["expected"].replace(" or ", ", "))
        case "string_pattern_mismatch":
            problem = say("An id is small letters, digits and hyphens.")
        case "string_too_short" | "too_short":
            problem = say("There must be something here.")
        case "greater_than_equal" | "less_than_equal" | "greater_than":
            problem = say("The number is out of range.")
        case _:
            problem = say("The value is not of the kind that belongs here.")
    value = detail["input"]
    if isinstance(value, int):
        value = hex(value) if abs(value) > 10**100 else value  # Python writes no number of thousands of digits
    said = None if isinstance(value, dict | list) else shown(str(value))
    return FileProblem(problem, say("See the layout of a framework file in the documentation."), None, said, where)


def _sense(said: SaidFramework, say: Words) -> Iterator[tuple[str, str | None, str, str]]:
    """What a well laid out file can still get wrong: (where, value, problem, hint)."""
    if said.valid_to is not None and said.valid_to < said.valid_from:
        yield "valid_to", str(said.valid_to), say("The framework ends before it begins."), say("Swap the years.")
    levels = said.scale.max - said.scale.min + 1
    if levels < 2:
        yield "scale.max", str(said.scale.max), say("A scale has at least two levels."), say("Raise max above min.")
    for language in ("sv", "en"):
        labels = getattr(said.scale.labels, language)
        if len(labels) != levels:
            problem = say("The scale has {levels} levels, but {count} names.", levels=levels, count=len(labels))
            yield f"scale.labels.{language}", str(len(labels)), problem, say("Give every level one name, lowest first.")
        for label in (label for label in labels if len(label.splitlines()) > 1):  # an editor has a level a line
            problem = say("The name of the level holds a line break.")
            yield f"scale.labels.{language}", label, problem, say("Write it on one line.")
        for label in _again(labels):
            problem = say("Two levels have the same name.")
            yield f"scale.labels.{language}", label, problem, say("Give every level a name of its own.")
    if not said.scale.min <= said.goal.level <= said.scale.max:
        yield "goal.level", str(said.goal.level), say("The goal is off the scale."), say("Pick a level of the scale.")
    if (said.goal.statistic == "share") != (said.goal.share is not None):
        problem = say("The key goal.share and the statistic “share” go together.")
        yield "goal.share", str(said.goal.share), problem, say("Give both or neither.")
    if said.previous == said.id:
        yield "previous", said.previous, say("A framework cannot replace itself."), say("Name the one before it.")
    criteria = [criterion for area in said.area for criterion in area.criterion]
    hint = say("Give every area and every criterion an id of its own.")
    aims = [aim.id for area in said.area for aim in area.aim]
    for where, ids in (
        ("area.id", [area.id for area in said.area]),
        ("area.criterion.id", [c.id for c in criteria]),
        ("area.aim.id", aims),
    ):
        for id_ in _again(ids):
            yield where, id_, say("The id is used twice."), hint
    going_on: set[str] = set()
    for a, area in enumerate(said.area):
        for c, criterion in enumerate(area.criterion):
            if criterion.previous and criterion.previous.change == Change.IDENTICAL:
                old = criterion.previous.criterion
                if old in going_on:
                    problem = say("Another criterion follows on it in the same words: its line cannot go on as two.")
                    hint = say("Say “split” of both, or “reworded” of the one that asks something else.")
                    yield f"area[{a}].criterion[{c}].previous", old, problem, hint
                going_on.add(old)
            for aim in set(criterion.serves) - {aim.id for aim in area.aim}:
                hint = say("Its aims are: {ids}.", ids=", ".join(aim.id for aim in area.aim) or "-")
                yield f"area[{a}].criterion[{c}].serves", aim, say("The area has no such aim."), hint
            if criterion.previous and not said.previous:
                problem = say("The criterion names a previous one, but the framework replaces none.")
                yield (
                    f"area[{a}].criterion[{c}].previous",
                    criterion.previous.criterion,
                    problem,
                    say("Add the key previous to the framework."),
                )


def _again(names: Iterable[str]) -> Iterator[str]:
    """The names that read like an earlier one."""
    seen: set[str] = set()
    for name in names:
        word = bare(name) or folded(name)
        if word in seen:
            yield name
        seen.add(word)


def _unused(part: BaseModel, where: str = "") -> Iterator[str]:
    for key in part.model_extra or {}:
        yield where + key
    for name in type(part).model_fields:
        value = getattr(part, name)
        for position, inner in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(inner, BaseModel):
                yield from _unused(
                    inner, f"{where}{name}[{position}]." if isinstance(value, list) else f"{where}{name}."
                )


def _framework(said: SaidFramework) -> Framework:
    return Framework(
        id=said.id,
        title=_bilingual(said.title),
        issuer=said.issuer,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
        scale_min=said.scale.min,
        scale_max=said.scale.max,
        labels_sv=tuple(said.scale.labels.sv),
        labels_en=tuple(said.scale.labels.en),
        goal=Goal(said.goal.level, said.goal.statistic, said.goal.share),
        areas=tuple(
            Area(
                area.id,
                _bilingual(area.title),
                tuple(
                    Criterion(
                        id=criterion.id,
                        area=area.id,
                        title=_bilingual(criterion.title),
                        previous=criterion.previous.criterion if criterion.previous else None,
                        change=Change(criterion.previous.change) if criterion.previous else Change.NEW,
                        note=_maybe(criterion.note),
                        asked=tuple(criterion.asked),
                        serves=tuple(criterion.serves),
                    )
                    for criterion in area.criterion
                ),
                aims=tuple(Aim(aim.id, _bilingual(aim.title)) for aim in area.aim),
                suggestions=tuple(SuggestedAction(Responsible(a.role), _bilingual(a.text)) for a in area.action),
                state=_maybe(area.state),
            )
            for area in said.area
        ),
        previous=said.previous,
        source=_maybe(said.source),
        note=_maybe(said.note),
        calendar=_calendar(said.calendar) if said.calendar else Calendar(),
        certification=_routine(said.certification) if said.certification else None,
    )


def _calendar(said: SaidCalendar) -> Calendar:
    return Calendar(said.goals, said.follow_up, said.rating, said.period == "school")


def _routine(said: SaidCertification) -> CertificationRoutine:
    steps = (
        RoutineStep(
            title=_bilingual(step.title),
            who=_bilingual(step.who),
            month=step.month,
            event=Event(step.event) if step.event else None,
            decides=step.decides,
            holds=tuple(map(_bilingual, step.holds)),
        )
        for step in said.step
    )
    return CertificationRoutine(
        _bilingual(said.title), tuple(steps), said.valid_years, _maybe(said.renewal), _maybe(said.note)
    )


def _maybe(text: SaidText | None) -> Bilingual | None:
    return None if text is None else _bilingual(text)


def _bilingual(text: SaidText) -> Bilingual:
    return Bilingual(text.sv, text.en)
