"""What a year's report is told beside projects: answers, international work without EU funds, and which remarks are
acknowledged."""

from __future__ import annotations

from dataclasses import replace

from analytics.model.funding import Cooperation, CooperationForm, Narrative, ReportQuestion
from analytics.model.remarks import Acknowledgement
from analytics.registers.field import Field, RowKind
from analytics.registers.shared import ADMINISTRATION, PROJECT, PROVENANCE, REMARK, YEAR
from analytics.registers.types import Choice, Day, Text, Year
from analytics.words.language import N_

YEAR_OF_REPORT = replace(YEAR, type=Year())
NARRATIVES = RowKind(
    "narratives",
    fields=(
        YEAR_OF_REPORT,
        Field("question", ("fråga",), type=Choice(ReportQuestion), label=N_("Question")),
        Field("text", ("svar",), type=Text(long=True), label=N_("Answer")),
        PROVENANCE,
        ADMINISTRATION,
    ),
    recognised_by=("question", "text"),
    title=N_("Answers"),
    row=Narrative,
    part="narratives",
    table="narrative",
    key=("year", "question", "administration"),
    replaces=("year", "question", "administration"),
    there_already=N_("The answer is already in the store."),
    problem_column="question",
)
COOPERATIONS = RowKind(
    "cooperations",
    fields=(
        YEAR_OF_REPORT,
        Field("cooperation", ("samarbete",), type=Text(), label=N_("Cooperation"), attribute="name"),
        Field("form", ("form_av_samarbete",), type=Choice(CooperationForm), label=N_("Form of cooperation")),
        Field("partners", ("med_vilka", "samarbetsparter"), False, type=Text(long=True), label=N_("With whom")),
        Field("funder", ("finansiär", "finansieras_av"), False, type=Text(), label=N_("Funded by")),
        Field("text", ("beskrivning",), False, type=Text(long=True), label=N_("What it is")),
        PROVENANCE,
        ADMINISTRATION,
    ),
    recognised_by=("cooperation", "form"),
    title=N_("Cooperation without EU funds"),
    row=Cooperation,
    part="cooperations",
    table="cooperation",
    key=("year", "name"),
    replaces=("year", "name"),
    there_already=N_("The cooperation is already in the store."),
    problem_column="cooperation",
)
ACKNOWLEDGEMENTS = RowKind(
    "acknowledgements",
    fields=(
        YEAR_OF_REPORT,
        REMARK,
        Field("reason", ("skäl",), type=Text(long=True), label=N_("Reason")),
        Field(
            "facts",
            ("uppgifternas_avtryck",),
            type=Text(),
            label=N_("Fingerprint of the facts"),
            help=N_("Of the values that the remark stands on: when one of them changes it comes back."),
        ),
        Field("acknowledged_by", ("kvitterad_av",), type=Text(), label=N_("Acknowledged by")),
        Field("acknowledged_on", ("kvitterad_den",), type=Day(), label=N_("Acknowledged on")),
        replace(PROJECT, required=False, help=N_("Empty where the remark is about the whole year.")),
    ),
    recognised_by=("remark", "facts"),
    title=N_("Acknowledged remarks"),
    row=Acknowledgement,
    part="acknowledgements",
    table="acknowledgement",
    key=("kind", "project_id", "facts"),
    replaces=("kind", "project_id", "facts"),
    there_already=N_("The remark is acknowledged in the store already."),
    problem_column="remark",
    goes_with="projects",
    hangs_by=("project_id",),
)
