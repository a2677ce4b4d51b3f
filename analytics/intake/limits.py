"""How much a file may be, and what reading it may take: what makes a few bytes into gigabytes is refused."""

from __future__ import annotations

from analytics.intake.raw import FileProblem, Unreadable
from analytics.words.language import Words

MEGABYTE = 2**20
MOST_BYTES = 256 * MEGABYTE  # of a file
MOST_UNPACKED = 512 * MEGABYTE  # of all that a workbook's archive says it holds
MOST_ROWS = 5_000_000
MOST_LISTED = 100_000  # rows of a register or of schools, of which each is an object by itself
MOST_FORMS = 500_000  # of which each is a row a criterion
MOST_TABLED = 200_000  # rows of counts, of which each is a row a level, and of participation, of which a round has one
MOST_COLUMNS = 2_000
MOST_CELLS = 50_000_000  # of a sheet, from A1 to the last one
MOST_SEPARATORS = 20_000  # in a line: spreadsheet programs end it with a separator for each of their 16,384 columns
MOST_FAULTS = 100_000  # told of a file; who finds them stops after one more, which says that there are


def memory_for(size: int) -> int:
    """Bytes that reading a file of this size may take, beside what its reader needs for itself (75 MB)."""
    return min(400 * MEGABYTE + 16 * size, 2048 * MEGABYTE)


def seconds_for(reads: str, size: int) -> int:
    """Seconds of a processor that reading a file of this size as a table or a framework may take."""
    return 3 if reads == "framework" else 8 + size // (2 * MEGABYTE)


def check_rows(rows: int, say: Words, most: int = MOST_ROWS) -> None:
    """Raises Unreadable where there are more rows than are read."""
    if rows > most:
        problem = say("The file has more than {rows} rows.", rows=say.integer(most))
        raise Unreadable(FileProblem(problem, say("Delete empty rows, or split it into several files.")))


def check_columns(columns: int, say: Words) -> None:
    """Raises Unreadable where there are more columns than are read."""
    if columns > MOST_COLUMNS:
        problem = say("The file has more than {columns} columns.", columns=say.integer(MOST_COLUMNS))
        raise Unreadable(FileProblem(problem, say("Delete the columns that nobody needs.")))


def too_many_bytes(say: Words) -> FileProblem:
    problem = say("The file is larger than {size} MB.", size=MOST_BYTES // MEGABYTE)
    return FileProblem(problem, say("Delete empty rows, or split it into several files."))


def too_large_a_workbook(say: Words) -> Unreadable:
    problem = say("The workbook is too large, or has a stray cell far from the table.")
    return Unreadable(FileProblem(problem, say("Delete all rows and columns outside the table, or save it as CSV.")))


def too_many_faults(say: Words) -> FileProblem:
    """What follows the last fault that is told."""
    problem = say(
        "More is wrong in the file; at most {faults} faults of a file are told.", faults=say.integer(MOST_FAULTS)
    )
    return FileProblem(problem, say("Mend what is told, and try again."))


def takes_too_long(say: Words) -> FileProblem:
    """Of a reader that was stopped."""
    problem = say("The file cannot be read: it is damaged, or takes longer than a file of its size should.")
    return FileProblem(problem, say("Delete all rows and columns outside the table, or save it as CSV."))


def takes_too_much(say: Words) -> FileProblem:
    """Of a reader that ran out of memory, or broke down."""
    problem = say("The file cannot be read: it is damaged, or takes more memory than a file of its size should.")
    return FileProblem(problem, say("Delete all rows and columns outside the table, or save it as CSV."))


def no_reader(say: Words) -> FileProblem:
    """Of a reader that did not start, which is no fault of the file's."""
    problem = say("The file was not read: the program that reads files did not start.")
    return FileProblem(problem, say("Try again. If it does not help, tell whoever looks after the program."))
