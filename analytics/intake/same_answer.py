"""Whether two rows of forms are one answer: by when it was given, by whom, and its number in the forms tool.

Those columns are never stored. Of what they hold a digest is made that lives as long as the load does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.headings import normalised

SAME = "="  # begins what a form's respondent is called until they are numbered
TIME = re.compile(
    r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})[T ,]+(\d{1,2})[:.](\d{2})[:.](\d{2})(?:[.,](\d{1,6})\d*)?\s*"
    r"([ap]\.?m\.?|[fe]\.?m\.?)?.*",
    re.IGNORECASE,
)
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NUMBER_HEADING = re.compile(
    r"(?:id|nr|nummer|no|respons(?:e)?_?id|respondent_?id|svars?_?id|uuid|"
    # not Submission Date, of which many answers have the same
    r"(?:submission|response|session|entry|token)(?:_?(?:id|nr|no|number|nummer|key|token|uuid|guid))?)"
)
LONG = 8  # letters of a number that no two forms give
MOST_READ = 6  # columns of each sort


def answer_names(
    headings: Sequence[str], columns: Sequence[pa.StringArray], answers: Sequence[pa.StringArray], fallback: str
) -> pa.StringArray:
    """What each row's respondent is called: the same for two rows that are one answer, whichever export they are in.
    `headings` and `columns`: what is not stored; `answers`: what is. Where nothing tells, each row is its own."""
    sorts: dict[str, list[list[str]]] = {"times": [], "mails": [], "numbers": []}
    for heading, column in zip(headings, columns, strict=True):
        if sort := _sort(heading, column):
            sorts[sort].append(column.to_pylist())
    times, mails, numbers = (sorts[sort][:MOST_READ] for sort in ("times", "mails", "numbers"))
    said = [answer.to_pylist() for answer in answers] if times and len(times) < 2 else []
    rows = len(columns[0]) if columns else len(answers[0]) if answers else 0
    return pa.array(
        [
            SAME
            + (
                _mark(
                    [moment for column in times if (moment := _moment(column[at]))],
                    [column[at].casefold() for column in mails if E_MAIL.fullmatch(column[at])],
                    [column[at] for column in numbers if column[at]],
                    [column[at] for column in said],
                )
                or f"{fallback}:{at}"
            )
            for at in range(rows)
        ],
        pa.string(),
    )


def tells_the_answer(heading: str, column: pa.StringArray) -> bool:
    """Whether the column is one of those by which answers are told apart."""
    return bool(_sort(heading, column))


def _sort(heading: str, column: pa.StringArray) -> str:
    """Times to the second, addresses of mail, numbers of answers; '' where the column is neither."""
    words = [word for word in pc.unique(column.slice(0, 200)).to_pylist() if word]
    if words and all(TIME.fullmatch(word) for word in words):
        return "times"
    if words and any(E_MAIL.fullmatch(word) for word in words):
        return "mails"
    return "numbers" if NUMBER_HEADING.fullmatch(normalised(heading)) else ""


def _mark(times: list[tuple], mails: list[str], numbers: list[str], answers: list[str]) -> str:
    """What tells an answer from all others; '' where nothing does. A time alone does not: a staff answers together."""
    long = [number for number in numbers if len(number) >= LONG and len(number.split()) == 1]
    if len(times) > 1:
        told: tuple = ("times", sorted(times)[:2], mails[:1])
    elif long:
        told = ("number", long[0])
    elif times and (mails or numbers):
        told = ("time", times, mails or numbers)
    elif times and answers:
        told = ("time and answers", times, answers)
    else:
        return ""
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _moment(word: str) -> tuple | None:
    """A time to the second, however the day is written; a spreadsheet's fraction of a second is rounded off."""
    found = TIME.fullmatch(word)
    if not found:
        return None
    hour = int(found[4]) % 12 + 12 if (found[8] or "a")[0].casefold() in "pe" else int(found[4])
    seconds = 3600 * hour + 60 * int(found[5]) + int(found[6]) + int((found[7] or "0")[0] >= "5")
    return (*sorted(int(part) for part in found.groups()[:3]), seconds)
