"""A municipality's school units out of Skolverket's open API: the list, and then each unit, as the list has neither
types nor days. Only what is read of them is kept: no principal's name is written anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from analytics.intake.outside.asking import asked, unlike_the_api
from analytics.intake.outside.municipality import MOST_UNSAID
from analytics.intake.outside.unit_files import GRADED
from analytics.intake.schools import SCHOOL_UNIT_CODE
from analytics.words.language import Words

UNITS = "https://api.skolverket.se/skolenhetsregistret/v2/school-units"
STATUSES = ("AKTIV", "PLANERAD", "VILANDE", "UPPHORT")
KEPT = ("displayName", "status", "municipalityCode", "schoolTypes", "startdate", "endDate", "enddate")


def units_of(
    client: httpx.Client,
    municipality: str,
    organization: str | None,
    say: Words,
    on_unit: Callable[[int], None] = lambda units: None,
) -> list[dict]:
    """The units' answers, without what is not read. `on_unit` is told how many there are, once for each. Raises
    Refused."""
    parameters = {"municipality_code": municipality, "status": STATUSES}
    if organization:
        parameters["organization_number"] = organization
    codes = _codes(asked(client, UNITS, say, parameters), say)
    units = []
    for code in codes:
        on_unit(len(codes))
        units.append(_kept(asked(client, f"{UNITS}/{code}", say), code, say))
    return units


def _codes(answer: Any, say: Words) -> list[str]:
    try:
        codes = [unit["schoolUnitCode"] for unit in answer["data"]["attributes"]]
    except (KeyError, TypeError, IndexError):
        raise unlike_the_api(UNITS, say) from None
    sound = all(isinstance(code, str) and SCHOOL_UNIT_CODE.fullmatch(code) for code in codes)
    if not sound or len(codes) > MOST_UNSAID:
        raise unlike_the_api(UNITS, say)
    return codes


def _kept(answer: Any, code: str, say: Words) -> dict:
    try:
        about = answer["data"]["attributes"]
        kept = {key: about[key] for key in KEPT if about.get(key) is not None}
        of_type = about.get("schoolTypeProperties") or {}
        graded = {key: {"grades": of_type[key].get("grades")} for key in GRADED if of_type.get(key)}
    except (KeyError, TypeError, AttributeError, IndexError):
        raise unlike_the_api(f"{UNITS}/{code}", say) from None
    return {
        "data": {
            "type": "schoolunit",
            "schoolUnitCode": code,
            "attributes": kept | {"schoolTypeProperties": graded},
        }
    }
