"""The kinds of rows that say which administrations a city has, and how far each one's part of a year's report is."""

from __future__ import annotations

from dataclasses import replace

from analytics.model.administrations import Administration, PartStatus, ReportPart
from analytics.registers.field import Field, RowKind
from analytics.registers.shared import ADMINISTRATION, IN_FORCE, NOTE, YEAR
from analytics.registers.types import Choice, Day, Identifier, Text, Year
from analytics.words.language import N_

ADMINISTRATIONS = RowKind(
    "administrations",
    fields=(
        Field(
            "administration_id",
            ("förvaltnings_id",),
            type=Identifier(),
            label=N_("Id"),
            help=N_("Set when the administration is added; the same every year."),
            attribute="id",
        ),
        Field("name", ("namn",), type=Text(), label=N_("Name"), attribute="title"),
        Field(
            "contact",
            ("kontakt",),
            False,
            type=Text(),
            label=N_("Contact"),
            help=N_("A role or a shared address, nobody's name."),
        ),
        *IN_FORCE,
    ),
    recognised_by=("administration_id", "name"),
    title=N_("Administrations"),
    row=Administration,
    part="administrations",
    table="administration",
    key=("id",),
    replaces=("id",),
    there_already=N_("The administration is already in the store."),
    problem_column="administration_id",
)
REPORT_PARTS = RowKind(
    "report_parts",
    fields=(
        replace(YEAR, type=Year()),
        replace(ADMINISTRATION, required=True, help=None),
        Field("deadline", ("sista_dag",), False, type=Day(), label=N_("Last day")),
        Field(
            "status",
            ("läge",),
            False,
            type=Choice(PartStatus),
            label=N_("Status"),
            default=PartStatus.NOT_BEGUN,
        ),
        replace(NOTE, label=N_("Why it was sent back")),
        Field("registry_number", ("diarienummer",), False, type=Text(), label=N_("Registry number")),
    ),
    recognised_by=("administration", "deadline"),
    title=N_("Parts of the report"),
    row=ReportPart,
    part="report_parts",
    table="report_part",
    key=("year", "administration"),
    replaces=("year", "administration"),
    there_already=N_("The part is already in the store."),
    problem_column="administration",
)
