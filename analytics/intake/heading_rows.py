"""Where the headings of a table stand: on its first row, below a title, or on two or three rows as some forms tools
write them (SurveyMonkey: question, and row of the grid; Qualtrics: code, question, and a line of JSON)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analytics.intake.headings import QUESTION, bare, forms, without_unit

LOOKED_AT = 30  # rows that hold something; who writes more above a table is asked to take it away
QUALTRICS = '{"importid"'
OF_TOOLS = frozenset(  # what stands on the second row of an export with two, beside the questions
    bare(word)
    for word in (
        *("ResponseID", "Response ID", "ResponseSet", "StartDate", "Start Date", "EndDate", "End Date", "RecordedDate"),
        *("Recorded Date", "IPAddress", "IP Address", "Finished", "Progress", "Duration (in seconds)", "Status"),
        *("EmailAddress", "Response Type", "Open-Ended Response", "Response", "Svar", "öppet svar"),
    )
)
NO_ROW = frozenset(bare(word) for word in ("Response", "Open-Ended Response", "Svar", "öppet svar", "öppet-svar"))


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """The rows of the headings among those that were looked at, from `first` to `last`, and what they come to."""

    first: int
    last: int
    headings: list[str]


def heading_rows(rows: Sequence[Sequence[str]], known: Collection[str] = ()) -> HeadingRows:
    """Finds them among a table's first rows, of which each holds something. `known`: bare words that are headings of
    what can be loaded, and scales (`scale_mark`); without them, or where none is there, the shape of the rows alone
    tells."""
    looked_at = rows[:LOOKED_AT]
    scales = [mark[1:].split(":") for mark in known if mark.startswith(":")]
    scores = [len(_recognised(row, known)) + _of_scale(row, scales) for row in looked_at]
    best = max(range(len(looked_at)), key=lambda at: (scores[at], -at))
    if scores[best] < 2:  # one word may stand anywhere
        best = _below_the_title(looked_at)
    first, last = _block(looked_at, best, known)
    return HeadingRows(first, last, _drawn_together(looked_at[first : last + 1], known))


def headings_score(rows: Sequence[Sequence[str]], known: Collection[str]) -> int:
    """How many headings are recognised on the row that has the most."""
    return max((len(_recognised(row, known)) for row in rows[:LOOKED_AT]), default=0)


def _recognised(row: Sequence[str], known: Collection[str]) -> set[int]:
    """The columns whose cell is a heading of what can be loaded; a word that stands twice is no heading."""
    if not known:
        return set()
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        word = next((form for form in forms(cell) if form in known), None) if cell and len(cell) > 1 else None
        if word is not None:
            found.setdefault(word, at)
    return set(found.values())


def _of_scale(row: Sequence[str], scales: Collection[Sequence[str]]) -> int:
    """How many levels the row has beside the word for a question, where it has all of a scale: a table of them."""
    cells = [bare(without_unit(cell)) for cell in row if cell]
    if not scales or QUESTION.isdisjoint(cells):
        return 0
    return max((len(labels) for labels in scales if set(labels) <= set(cells)), default=0)


def _below_the_title(rows: Sequence[Sequence[str]]) -> int:
    """Titles are single cells above a row of several."""
    filled = [_filled(row) for row in rows]
    several = next((at for at, cells in enumerate(filled) if len(cells) > 1), 0)
    return several if all(len(cells) == 1 for cells in filled[:several]) else 0


def _block(rows: Sequence[Sequence[str]], best: int, known: Collection[str]) -> tuple[int, int]:
    """The rows of headings around the one that was found."""
    first = last = best
    json = next((at for at in range(best, min(best + 3, len(rows))) if _is_json(rows[at])), None)
    if json is not None:
        last = json
        first = max(0, min(best, json - 2)) if best < json else best
    elif best + 1 < len(rows) and _is_second(rows[best], rows[best + 1], known):
        last = best + 1
    if first and _goes_with(rows[first - 1], rows[first], known):
        first -= 1
    return first, last


def _is_json(row: Sequence[str]) -> bool:
    cells = [cell for cell in row if cell]
    found = [cell for cell in cells if cell.replace(" ", "").casefold().startswith(QUALTRICS)]
    return len(found) * 2 > len(cells)


def _is_second(row: Sequence[str], below: Sequence[str], known: Collection[str]) -> bool:
    """Whether the row below holds what the headings are about: the tool's own words, or more of what is known."""
    of_tools = sum(bare(cell) in OF_TOOLS for cell in below if cell)
    return of_tools + len(_recognised(below, known) - _recognised(row, known)) > 1


def _goes_with(above: Sequence[str], row: Sequence[str], known: Collection[str]) -> bool:
    """Whether the row above has headings for columns that have none on this row, or none that is recognised."""
    own, filled = _recognised(row, known), _filled(row)
    if len(_filled(above)) < 2:
        return False
    return bool(_recognised(above, known) - own) or bool(_filled(above) - filled)


def _filled(row: Sequence[str]) -> set[int]:
    return {at for at, cell in enumerate(row) if cell}


def _drawn_together(rows: Sequence[Sequence[str]], known: Collection[str]) -> list[str]:
    """A heading a column: the cell that is recognised, else all that the rows say of it."""
    rows = [row for row in rows if not _is_json(row)]
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    if len(padded) == 1:
        return padded[0]
    spread = []  # a question stands over the first of its columns alone
    for row, below in zip(padded, [*padded[1:], None], strict=True):
        said = ""
        spread.append([])
        for at, cell in enumerate(row):
            said = cell or (said if below and below[at] else "")
            spread[-1].append(said)
    together = []
    for at in range(width):
        cells = [row[at] for row in spread]
        own = next((row[at] for row in reversed(padded) if row[at] and _recognised([row[at]], known)), None)
        said = list(dict.fromkeys(cell for cell in cells if cell))
        if len(said) > 1 and bare(said[-1]) in NO_ROW:
            said.pop()
        together.append(own or (said[0] + "".join(f" [{cell}]" for cell in said[1:]) if said else ""))
    return together
