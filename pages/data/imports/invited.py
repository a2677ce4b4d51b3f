"""How many were invited at each school, as somebody types it or pastes it from a spreadsheet: a line a school."""

from __future__ import annotations

import re

LINE = re.compile(r"(?P<school>.*\S)[\t;: ]+(?P<invited>\S+)\s*")


def invited_rows(text: str, framework: str | None, year: int | None) -> list[dict[str, str]]:
    """A row a line that says a number; a line that is a school's name alone says nothing. What cannot be read as a
    number is told as any file's is."""
    rows = []
    for line in text.splitlines() if framework and year else ():
        found = LINE.fullmatch(line)
        if found and any(character.isdigit() for character in found["invited"]):
            school, invited = found["school"].rstrip(" ;:"), found["invited"]
            rows.append({"framework": framework or "", "year": str(year), "school": school, "invited": invited})
    return rows
