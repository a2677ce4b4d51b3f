"""Telling columns that hold names, addresses, personal numbers or times, so that nothing of them is stored."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.headings import normalised
from analytics.words.language import Words

# From the character before the @ on: looked for from every character, a long word would take its length squared.
PERSONAL = re.compile(r"[^@\s]@[^@\s]+\.[^@\s]|(?<!\d)(?:19|20)?\d{6}[-+ ]?\d{4}(?!\d)")
OF_A_PERSON = (
    r"name|namn|e_?mail|e_?post|mejl|person_?n|personal_?n|start_?time|completion_?time|starttid|slutf|tidst|timestamp|"
    r"date|datum|ip_|last_modified|senast_ändra|tid_för"
)
PERSONAL_HEADING = re.compile(
    rf"{OF_A_PERSON}|tidpunkt|inskick|inlämn|svarstid|submitted|telefon|mobil|phone|adress|address|signatur|födelse|birth|"
    r"pnr|användar|user_?id|login|inloggning|respondent_id|network_id|collector"
)
OWN_WORD = re.compile(rf"(?:^|_)(?:{OF_A_PERSON})|(?:namn|name|datum|date|adress|address|mail|post)(?:_|$)")
"""Where a word begins with it, or is made with it: `uppdateras` is no date, and a question may speak of telephones."""
TIME_STAMP = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d{1,2}[:.]\d{2}.*)?")


def speaks_of_a_person(heading: str) -> bool:
    """Whether a normalised heading has a word of its own for what is personal."""
    return bool(OWN_WORD.search(heading))


def looks_personal(column: pa.StringArray) -> bool:
    """Whether any cell holds an e-mail address or a personal number."""
    return any(PERSONAL.search(word) for word in pc.unique(column).to_pylist())


def why_dropped(heading: str, column: pa.StringArray, otherwise: str, say: Words) -> str:
    """The reason for leaving a column out: what it holds, else what the caller says."""
    words = [word for word in pc.unique(column).to_pylist() if word]
    times = bool(words) and all(TIME_STAMP.fullmatch(word) for word in words)
    if times or PERSONAL_HEADING.search(normalised(heading)) or looks_personal(column):
        return say("holds names, addresses, personal numbers or times; never stored")
    return otherwise
