"""Fields that several kinds have."""

from __future__ import annotations

from analytics.model.provenance import Provenance
from analytics.registers.field import Field
from analytics.registers.types import (
    CriterionReference,
    FrameworkReference,
    Origin,
    RoundYear,
    SchoolReference,
    Text,
    Year,
)
from analytics.words.language import N_

SCHOOL = Field(
    "school", ("skola", "skolenhet", "enhet"), type=SchoolReference(), label=N_("School"), attribute="school_id"
)
FRAMEWORK = Field("framework", ("ramverk",), type=FrameworkReference(), label=N_("Framework"))
YEAR = Field("year", ("år", "ar", "mätår"), type=RoundYear(), label=N_("Year"))
CRITERION = Field("criterion", ("kriterium",), type=CriterionReference(), label=N_("Criterion"))
NOTE = Field("note", ("anteckning", "notering"), False, type=Text(long=True), label=N_("Note"))
PROVENANCE = Field("provenance", type=Origin(), label=N_("Provenance"), in_files=False, default=Provenance.IMPORTED)

IN_FORCE = (
    Field("valid_from", ("giltig_från", "från_år"), False, type=Year(), label=N_("From the year")),
    Field("valid_to", ("giltig_till", "till_år"), False, type=Year(), label=N_("To the year")),
)
"""The years in which something holds; without them, whatever the year."""

ROUND = ("school_id", "framework", "year")
"""The attributes that say which school's round a row is about."""
