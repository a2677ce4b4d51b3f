"""Kinds of files that others publish."""

from __future__ import annotations

from analytics.intake.outside.kolada_files import OF_KOLADA
from analytics.intake.outside.project_files import GRANT, GRANT_IN_FULL
from analytics.registers.field import FileColumn, FileKind
from analytics.registers.shared import FRAMEWORK, YEAR

SCHOOL_UNITS = FileKind(
    "school_units",
    (
        FileColumn("school_unit_code", ("skolenhetskod", "schoolunitcode")),
        FileColumn("name", ("skolenhetens_namn", "skolenhetsnamn", "displayname")),
        FileColumn("municipality", ("kommun", "kommunkod", "municipalitycode"), required=False),
        FileColumn("municipality_name", ("kommunnamn",), required=False),
        FileColumn("status", required=False),
        FileColumn("school_types", ("skolform", "skolformer", "schooltypes"), required=False),
        FileColumn("grades", ("årskurser",), required=False),
        FileColumn("valid_from", ("startdatum", "startdate", "start"), required=False),
        FileColumn("valid_to", ("slutdatum", "enddate", "slut"), required=False),
    ),
    recognised_by=("school_unit_code", "municipality"),
    not_with=(FRAMEWORK, YEAR),
)
"""Skolverket's school-unit register, as unit_files.py hands it on or as somebody has saved it as CSV."""
KOLADA = FileKind(
    "kolada",
    tuple(FileColumn(name, required=name in ("kpi", "period", "value")) for name in OF_KOLADA),
    recognised_by=("kpi", "period", "value"),
)
"""Figures of schools, of Kolada's."""
PROJECT_LIST = FileKind(
    "project_list",
    (
        FileColumn("project_id", ("ärende_id", "project_identifier", "project_number")),
        FileColumn("title", ("projektnamn", "project_title")),
        FileColumn("programme", required=False),
        FileColumn("action", ("insatsområde", "action_type"), required=False),
        FileColumn("start", ("projekt_starttid", "start_date"), required=False),
        FileColumn("end", ("projekt_sluttid", "end_date"), required=False),
        FileColumn("grant_eur", ("beviljat_belopp_euro", "beviljat_belopp_eur", GRANT, GRANT_IN_FULL), required=False),
        FileColumn("grant_sek", ("beviljat_belopp_sek",), required=False),
        FileColumn("coordinator", ("stödmottagare", "coordinating_organisation_name", "coordinator_s_name")),
        FileColumn("coordinator_country", ("coordinator_s_country",), required=False),
        FileColumn("partners", required=False),
    ),
    recognised_by=("project_id", "title", "coordinator"),
)
"""Projects as others publish them: the Erasmus+ project results, the managing authorities' project bank."""
