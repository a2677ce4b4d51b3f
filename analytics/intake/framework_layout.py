"""The layout of a framework's TOML file: which keys there are, and what each may hold; `checked_framework` sees to what
they mean together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class SaidPart(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class SaidText(SaidPart):
    sv: Said
    en: Said


class SaidLabels(SaidPart):
    sv: list[Said]
    en: list[Said]


class SaidScale(SaidPart):
    min: int = Field(ge=0, le=20)
    max: int = Field(ge=1, le=20)
    labels: SaidLabels


class SaidGoal(SaidPart):
    level: int
    statistic: Literal["mean", "median", "share"] = "mean"
    share: float | None = Field(default=None, gt=0, le=1)


Month = Annotated[int, Field(ge=1, le=12)]


class SaidCalendar(SaidPart):
    goals: Month
    follow_up: Month
    rating: Month | None = None
    period: Literal["calendar", "school"] = "calendar"


class SaidPrevious(SaidPart):
    criterion: Said
    change: Literal["identical", "reworded", "split", "merged"]


class SaidCriterion(SaidPart):
    id: Said
    title: SaidText
    previous: SaidPrevious | None = None
    note: SaidText | None = None
    asked: list[Said] = []
    serves: list[Said] = []


class SaidAim(SaidPart):
    id: Said
    title: SaidText


class SaidAction(SaidPart):
    role: Literal["staff", "teaching_staff", "manager", "principal", "central"]
    text: SaidText


class SaidArea(SaidPart):
    id: Said
    title: SaidText
    state: SaidText | None = None
    aim: list[SaidAim] = []
    action: list[SaidAction] = []
    criterion: list[SaidCriterion] = Field(min_length=1)


class SaidStep(SaidPart):
    title: SaidText
    who: SaidText
    month: Month | None = None
    event: Literal["applied", "in_process", "certified", "renewed", "declined"] | None = None
    decides: bool = False
    holds: list[SaidText] = []


class SaidCertification(SaidPart):
    title: SaidText
    valid_years: int | None = Field(default=None, ge=1, le=20)
    renewal: SaidText | None = None
    note: SaidText | None = None
    step: list[SaidStep] = Field(min_length=1)


class SaidFramework(SaidPart):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: SaidText
    issuer: str
    valid_from: int = Field(ge=1990, le=2200)
    valid_to: int | None = Field(default=None, ge=1990, le=2200)
    previous: Said | None = None
    scale: SaidScale
    goal: SaidGoal
    calendar: SaidCalendar | None = None
    area: list[SaidArea] = Field(min_length=1)
    certification: SaidCertification | None = None
    source: SaidText | None = None
    note: SaidText | None = None
