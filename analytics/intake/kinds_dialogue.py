"""The kinds of files that the quality dialogue comes in."""

from __future__ import annotations

from analytics.intake.headings import CRITERION, FRAMEWORK, NOTE, SCHOOL, YEAR, Column, Kind

DATE = Column("date", ("datum", "dag"))
DUE = ("senast", "klart_senast", "förfaller")
STATUS = Column("status", ("läge",), required=False)
OUTCOME = Column("outcome", ("utfall", "resultat"), required=False)

ACTIVITIES = Kind(
    "activities",
    (
        Column("activity_id", ("aktivitet_id", "aktivitetsid")),
        Column("title", ("titel", "rubrik")),
        FRAMEWORK,
        Column("area", ("område",)),
        Column("description", ("beskrivning",), required=False),
        Column("start", ("startdatum", "från"), required=False),
        Column("end", ("slut", "slutdatum", "till"), required=False),
        Column("contact", ("kontakt",), required=False),
    ),
    told_by=("activity_id", "title"),
)
DIALOGUES = Kind(
    "dialogues",
    (
        SCHOOL,
        FRAMEWORK,
        YEAR,
        Column("held", ("hölls", "genomförd", "genomfört"), required=False),
        Column("participants", ("deltagare",), required=False),
        Column("notes", ("anteckningar",), required=False),
    ),
    told_by=("school", "held"),
)
AGREEMENTS = Kind(
    "agreements",
    (
        SCHOOL,
        FRAMEWORK,
        YEAR,
        Column("number", ("nummer", "nr")),
        CRITERION,
        Column("to_level", ("till_nivå", "målnivå")),
        Column("due", DUE),
        Column("from_level", ("från_nivå",), required=False),
        Column("goal", ("mål",), required=False),
        STATUS,
        OUTCOME,
        Column("followed_up", ("följt_upp", "uppföljt"), required=False),
    ),
    told_by=("criterion", "to_level"),
)
ACTIONS = Kind(
    "actions",
    (
        SCHOOL,
        FRAMEWORK,
        YEAR,
        Column("agreement", ("överenskommelse",)),
        Column("number", ("nummer", "nr")),
        Column("text", ("åtgärd", "insats")),
        Column("role", ("roll", "ansvarig")),
        Column("due", DUE, required=False),
        Column("activity", ("aktivitet",), required=False),
        STATUS,
        OUTCOME,
    ),
    told_by=("agreement", "text"),
)
CERTIFICATIONS = Kind(
    "certifications", (SCHOOL, Column("event", ("händelse", "steg")), DATE, NOTE), told_by=("event", "date")
)
FINDINGS = Kind(
    "findings",
    (SCHOOL, FRAMEWORK, CRITERION, DATE, Column("level", ("nivå",)), NOTE),
    told_by=("criterion", "date", "level"),
    not_with=(YEAR,),  # answers that lack their respondents are no findings
)
LABELS = Kind(
    "labels",
    (SCHOOL, Column("label", ("utmärkelse",)), DATE, Column("until", ("till_och_med",), required=False), NOTE),
    told_by=("label", "date"),
)
DIALOGUE = (ACTIVITIES, DIALOGUES, AGREEMENTS, ACTIONS, CERTIFICATIONS, FINDINGS, LABELS)
