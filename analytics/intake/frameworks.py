"""A framework as a TOML file: its layout checked by pydantic, its sense by this module."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analytics.language import Words
from analytics.model import Area, Bilingual, Change, Criterion, Framework, Goal, Problem, Refused


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class _Text(_Part):
    sv: str = Field(min_length=1)
    en: str = Field(min_length=1)


class _Labels(_Part):
    sv: list[str]
    en: list[str]


class _Scale(_Part):
    min: int = Field(ge=0, le=20)
    max: int = Field(ge=1, le=20)
    labels: _Labels


class _Goal(_Part):
    level: int
    statistic: Literal["mean", "median", "share"] = "mean"
    share: float | None = Field(default=None, gt=0, le=1)


class _Previous(_Part):
    criterion: str
    change: Literal["identical", "reworded", "split", "merged"]


class _Criterion(_Part):
    id: str = Field(min_length=1)
    title: _Text
    previous: _Previous | None = None
    note: _Text | None = None
    asked: list[str] = []


class _Area(_Part):
    id: str = Field(min_length=1)
    title: _Text
    criterion: list[_Criterion] = Field(min_length=1)


class _Framework(_Part):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: _Text
    issuer: str
    valid_from: int = Field(ge=1990, le=2200)
    valid_to: int | None = Field(default=None, ge=1990, le=2200)
    previous: str | None = None
    scale: _Scale
    goal: _Goal
    area: list[_Area] = Field(min_length=1)
    source: _Text | None = None
    note: _Text | None = None


def read_framework(path: Path, say: Words) -> tuple[Framework, tuple[str, ...]]:
    """The framework in a TOML file, and the keys in it that nothing uses; raises Refused with all that is wrong."""
    try:
        said = _Framework.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except OSError as error:
        text = say("The file cannot be read: {error}.", error=error.strerror)
        raise Refused([Problem(str(path), None, None, None, text, say("Check the path."))]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        text = say("This is no TOML file: {error}.", error=str(error).rstrip("."))
        hint = say("Save it as UTF-8 and mend the line that is named.")
        raise Refused([Problem(str(path), None, None, None, text, hint)]) from None
    except ValidationError as error:
        raise Refused([_layout_problem(path, detail, say) for detail in error.errors()]) from None
    problems = [
        Problem(str(path), None, where, value, problem, hint) for where, value, problem, hint in _sense(said, say)
    ]
    if problems:
        raise Refused(problems)
    return _framework(said), tuple(_unused(said))


def _layout_problem(path: Path, detail: dict, say: Words) -> Problem:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]).lstrip(".")
    kind, limits = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return Problem(str(path), None, where, None, say("The key is missing."), say("Add it."))
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
    shown = None if isinstance(value, dict | list) else str(value)
    return Problem(
        str(path), None, where, shown, problem, say("See the layout of a framework file in the documentation.")
    )


def _sense(said: _Framework, say: Words) -> Iterator[tuple[str, str | None, str, str]]:
    """What a well laid out file can still get wrong: (where, value, problem, hint)."""
    if said.valid_to is not None and said.valid_to < said.valid_from:
        yield "valid_to", str(said.valid_to), say("The framework ends before it begins."), say("Swap the years.")
    levels = said.scale.max - said.scale.min + 1
    if levels < 2:
        yield "scale.max", str(said.scale.max), say("A scale has at least two levels."), say("Raise max above min.")
    for language in ("sv", "en"):
        count = len(getattr(said.scale.labels, language))
        if count != levels:
            problem = say("The scale has {levels} levels, but {count} names.", levels=levels, count=count)
            yield f"scale.labels.{language}", str(count), problem, say("Give every level one name, lowest first.")
    if not said.scale.min <= said.goal.level <= said.scale.max:
        yield "goal.level", str(said.goal.level), say("The goal is off the scale."), say("Pick a level of the scale.")
    if (said.goal.statistic == "share") != (said.goal.share is not None):
        problem = say("The key goal.share and the statistic “share” go together.")
        yield "goal.share", str(said.goal.share), problem, say("Give both or neither.")
    if said.previous == said.id:
        yield "previous", said.previous, say("A framework cannot replace itself."), say("Name the one before it.")
    seen: set[str] = set()
    for where, id_ in _ids(said):
        if id_.casefold() in seen:
            yield where, id_, say("The id is used twice."), say("Give every area and every criterion an id of its own.")
        seen.add(id_.casefold())
    for a, area in enumerate(said.area):
        for c, criterion in enumerate(area.criterion):
            if criterion.previous and not said.previous:
                problem = say("The criterion names a previous one, but the framework replaces none.")
                yield (
                    f"area[{a}].criterion[{c}].previous",
                    criterion.previous.criterion,
                    problem,
                    say("Add the key previous to the framework."),
                )


def _ids(said: _Framework) -> Iterator[tuple[str, str]]:
    for a, area in enumerate(said.area):
        yield f"area[{a}].id", "area " + area.id
        for c, criterion in enumerate(area.criterion):
            yield f"area[{a}].criterion[{c}].id", criterion.id


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


def _framework(said: _Framework) -> Framework:
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
                        note=_bilingual(criterion.note) if criterion.note else None,
                        asked=tuple(criterion.asked),
                    )
                    for criterion in area.criterion
                ),
            )
            for area in said.area
        ),
        previous=said.previous,
        source=_bilingual(said.source) if said.source else None,
        note=_bilingual(said.note) if said.note else None,
    )


def _bilingual(text: _Text) -> Bilingual:
    return Bilingual(text.sv, text.en)
