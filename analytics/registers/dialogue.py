"""The kinds of rows of the quality dialogue, in the order in which they are read: what others hang on comes first."""

from __future__ import annotations

from dataclasses import replace

from analytics.model.dialogue import (
    Action,
    Activity,
    Agreement,
    Certification,
    Dialogue,
    Event,
    Finding,
    Label,
    Mark,
    Progress,
    Responsible,
)
from analytics.registers.field import Field, RowKind
from analytics.registers.shared import CRITERION, FRAMEWORK, NOTE, PROVENANCE, ROUND, SCHOOL, YEAR
from analytics.registers.types import (
    AreaReference,
    Choice,
    Day,
    GoalFigure,
    Identifier,
    Level,
    Reference,
    Text,
    Whole,
)
from analytics.words.language import N_

NUMBER = Field("number", ("nummer", "nr"), type=Whole(1, 999), label=N_("No."))
DATE = Field("date", ("datum", "dag"), type=Day(past=True), label=N_("Day"), attribute="day")
DUE = Field("due", ("senast", "klart_senast", "förfaller"), type=Day(), label=N_("By"))
STATUS = Field("status", ("läge",), False, type=Choice(Progress), label=N_("How it goes"), default=Progress.AGREED)
OUTCOME = Field("outcome", ("utfall", "resultat"), False, type=Text(long=True), label=N_("What came of it"))

ACTIVITIES = RowKind(
    "activities",
    fields=(
        Field("activity_id", ("aktivitet_id", "aktivitetsid"), type=Identifier(), label=N_("Id"), attribute="id"),
        Field("title", ("titel", "rubrik"), type=Text(), label=N_("Activity")),
        FRAMEWORK,
        Field("area", ("område",), type=AreaReference(), label=N_("Area")),
        Field("description", ("beskrivning",), False, type=Text(long=True), label=N_("Description")),
        Field("start", ("startdatum", "från"), False, type=Day(), label=N_("Offered from")),
        Field("end", ("slutdatum", "slut", "till"), False, type=Day(), label=N_("Offered until")),
        Field("contact", ("kontakt",), False, type=Text(), label=N_("Contact")),
        PROVENANCE,
    ),
    recognised_by=("activity_id", "title"),
    title=N_("Activities"),
    row=Activity,
    part="activities",
    table="activity",
    key=("id",),
    replaces=("id",),
    there_already=N_("The activity is already in the store."),
    problem_column="activity_id",
)
DIALOGUES = RowKind(
    "dialogues",
    fields=(
        SCHOOL,
        FRAMEWORK,
        YEAR,
        Field("held", ("hölls", "genomförd", "genomfört"), False, type=Day(), label=N_("Held on")),
        Field("participants", ("deltagare",), False, type=Text(long=True), label=N_("Who took part")),
        Field("notes", ("anteckningar",), False, type=Text(long=True), label=N_("Notes")),
        PROVENANCE,
    ),
    recognised_by=("school", "held"),
    title=N_("Dialogues"),
    row=Dialogue,
    part="dialogues",
    table="dialogue",
    key=ROUND,
    replaces=ROUND,
    there_already=N_("The dialogue is already in the store."),
    problem_column="school",
)
AGREEMENTS = RowKind(
    "agreements",
    fields=(
        SCHOOL,
        FRAMEWORK,
        YEAR,
        NUMBER,
        CRITERION,
        Field("to_level", ("till_nivå", "målnivå"), type=GoalFigure(), label=N_("To")),
        DUE,
        Field("from_level", ("från_nivå",), False, type=GoalFigure(), label=N_("From")),
        Field("goal", ("mål",), False, type=Text(long=True), label=N_("The goal in words")),
        replace(STATUS, label=N_("How the goal goes")),
        replace(OUTCOME, label=N_("What came of the goal")),
        Field("followed_up", ("följt_upp", "uppföljt"), False, type=Day(), label=N_("Followed up")),
        PROVENANCE,
    ),
    recognised_by=("criterion", "to_level"),
    title=N_("Agreements"),
    row=Agreement,
    part="agreements",
    table="agreement",
    key=(*ROUND, "number"),
    replaces=ROUND,
    there_already=N_("The store holds agreements of the round already."),
    problem_column="school",
)
ACTIONS = RowKind(
    "actions",
    fields=(
        SCHOOL,
        FRAMEWORK,
        YEAR,
        Field("agreement", ("överenskommelse",), type=Whole(1, 999), label=N_("Goal")),
        NUMBER,
        Field("text", ("åtgärd", "insats"), type=Text(long=True), label=N_("What is done")),
        Field("role", ("roll", "ansvarig"), type=Choice(Responsible), label=N_("Responsible")),
        replace(DUE, required=False, label=N_("Action by")),
        Field("activity", ("aktivitet",), False, type=Reference("activities"), label=N_("Leans on")),
        STATUS,
        replace(OUTCOME, label=N_("What came of the action")),
    ),
    recognised_by=("agreement", "text"),
    title=N_("Actions"),
    row=Action,
    part="actions",
    table="agreed_action",
    key=(*ROUND, "agreement", "number"),
    replaces=(*ROUND, "agreement"),
    there_already=N_("The store holds actions of the agreement already."),
    problem_column="agreement",
    hangs_on="agreements",
    hangs_by=(*ROUND, "agreement"),
)
CERTIFICATIONS = RowKind(
    "certifications",
    fields=(
        SCHOOL,
        Field("event", ("händelse", "steg"), type=Choice(Event), label=N_("What has happened")),
        DATE,
        NOTE,
        replace(FRAMEWORK, required=False, help=N_("Under which it is; empty: the one that was in force on the day.")),
        PROVENANCE,
    ),
    recognised_by=("event", "date"),
    title=N_("Events"),
    row=Certification,
    part="certifications",
    table="certification",
    key=("school_id", "event", "day"),
    replaces=("school_id",),
    there_already=N_("The store holds certifications of the school already."),
    problem_column="school",
)
FINDINGS = RowKind(
    "findings",
    fields=(
        SCHOOL,
        FRAMEWORK,
        CRITERION,
        replace(DATE, label=N_("Found on")),
        Field("level", ("nivå",), type=Level(), label=N_("Level")),
        NOTE,
        PROVENANCE,
    ),
    recognised_by=("criterion", "date", "level"),
    not_with=(YEAR,),  # answers that lack their respondents are no findings
    title=N_("Findings"),
    row=Finding,
    part="findings",
    table="finding",
    key=("school_id", "framework", "criterion", "day"),
    replaces=("school_id", "day"),
    there_already=N_("The store holds findings of the school and day already."),
    problem_column="school",
)
LABELS = RowKind(
    "labels",
    fields=(
        SCHOOL,
        Field("label", ("utmärkelse",), type=Choice(Mark), label=N_("Label")),
        DATE,
        Field("until", ("till_och_med",), False, type=Day(), label=N_("Runs out")),
        NOTE,
        PROVENANCE,
    ),
    recognised_by=("label", "date"),
    title=N_("Labels"),
    row=Label,
    part="labels",
    table="label",
    key=("school_id", "label", "day"),
    replaces=("school_id",),
    there_already=N_("The store holds labels of the school already."),
    problem_column="school",
)
DIALOGUE = (ACTIVITIES, DIALOGUES, AGREEMENTS, ACTIONS, CERTIFICATIONS, FINDINGS, LABELS)
