"""How much a file may be, and what reading it may take: what makes a few bytes into gigabytes is refused. Some of it
whoever runs the program may set (limit_settings.py), and what is refused for it names the setting."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.intake.limit_settings import COLUMNS, FILE_SIZE, MEMORY, ROWS, SECONDS, UNPACKED_SIZE, LimitSetting
from analytics.intake.raw import FileProblem, Unreadable
from analytics.words.language import Words

MEGABYTE = 2**20
LARGEST_FRAMEWORK = 4  # MB of a framework's file: of the hundreds of criteria of a large one, a tenth of that
MOST_LISTED = 100_000  # rows of a register or of schools, of which each is an object by itself
MOST_FORMS = 500_000  # of which each is a row a criterion
MOST_TABLED = 200_000  # rows of counts, of which each is a row a level, and of participation, of which a round has one
MOST_CELLS = 50_000_000  # of a sheet, from A1 to the last one
MOST_SEPARATORS = 20_000  # in a line: spreadsheet programs end it with a separator for each of their 16,384 columns
LONGEST_HEADING = 32_767  # letters: as many as a spreadsheet's cell has room for
MOST_FAULTS = 100_000  # told of a file; who finds them stops after one more, which says that there are


def memory_for(size: int, say: Words) -> int:
    """Bytes that reading a file of this size may take, beside what its reader needs for itself (75 MB)."""
    more = min(16 * size, 1648 * MEGABYTE)
    return MEMORY.allowed(say) * MEGABYTE + more


def seconds_for(reads: str, size: int, say: Words) -> int:
    """Seconds of a processor that reading a file of this size as a table or a framework may take."""
    return 3 if reads == "framework" else SECONDS.allowed(say) + size // (2 * MEGABYTE)


def check_rows(rows: int, say: Words, most: int | None = None) -> None:
    """Raises Unreadable where there are more rows than are read; `most`: of what becomes more than a row in a table,
    which nobody sets."""
    limit = ROWS.allowed(say) if most is None else most
    if rows > limit:
        problem = say("The file has more than {rows} rows.", rows=say.integer(limit))
        hint = say("Delete empty rows, or split it into several files.")
        raise Unreadable(FileProblem(problem, hint if most is not None else _or_raised(hint, ROWS, say)))


def check_columns(columns: int, say: Words) -> None:
    """Raises Unreadable where there are more columns than are read."""
    if columns > (limit := COLUMNS.allowed(say)):
        problem = say("The file has more than {columns} columns.", columns=say.integer(limit))
        raise Unreadable(FileProblem(problem, _or_raised(say("Delete the columns that nobody needs."), COLUMNS, say)))


def check_headings(headings: Iterable[str], say: Words) -> None:
    """Raises Unreadable where a heading is longer than any cell of a spreadsheet: all that it may mean is looked for in
    it."""
    longest = max(map(len, headings), default=0)
    if longest > LONGEST_HEADING:
        told = {"n": say.integer(longest), "most": say.integer(LONGEST_HEADING)}
        problem = say("A heading has {n} characters; one of {most} is the longest that is read.", **told)
        raise Unreadable(FileProblem(problem, say("Shorten the heading: it is a name, or a question.")))


def check_unpacked(size: int, say: Words) -> None:
    """Raises Unreadable where a workbook's archive holds more than is unpacked."""
    if size > UNPACKED_SIZE.allowed(say) * MEGABYTE:
        raise too_large_a_workbook(say, UNPACKED_SIZE)


def most_bytes(say: Words, reads: str = "table") -> int:
    """Of a file that is read as a table or a framework."""
    size = FILE_SIZE.allowed(say) if reads == "table" else LARGEST_FRAMEWORK
    return size * MEGABYTE


def too_many_bytes(say: Words, reads: str = "table") -> FileProblem:
    problem = say("The file is larger than {size} MB.", size=most_bytes(say, reads) // MEGABYTE)
    if reads != "table":
        return FileProblem(problem, say("A framework is a small file: look whether this is another one."))
    return FileProblem(problem, _or_raised(say("Delete empty rows, or split it into several files."), FILE_SIZE, say))


def too_large_a_workbook(say: Words, setting: LimitSetting | None = None) -> Unreadable:
    problem = say("The workbook is too large, or has a stray cell far from the table.")
    hint = say("Delete all rows and columns outside the table, or save it as CSV.")
    return Unreadable(FileProblem(problem, _or_raised(hint, setting, say) if setting else hint))


def too_many_faults(say: Words) -> FileProblem:
    """What follows the last fault that is told."""
    problem = say(
        "More is wrong in the file; at most {faults} faults of a file are shown.", faults=say.integer(MOST_FAULTS)
    )
    return FileProblem(problem, say("Correct what is said here, and try again."))


def takes_too_long(say: Words) -> FileProblem:
    """Of a reader that was stopped."""
    problem = say("The file cannot be read: it is damaged, or takes longer than a file of its size should.")
    hint = say("Delete all rows and columns outside the table, or save it as CSV.")
    return FileProblem(problem, _or_raised(hint, SECONDS, say))


def takes_too_much(say: Words) -> FileProblem:
    """Of a reader that ran out of memory, or broke down."""
    problem = say("The file cannot be read: it is damaged, or takes more memory than a file of its size should.")
    hint = say("Delete all rows and columns outside the table, or save it as CSV.")
    return FileProblem(problem, _or_raised(hint, MEMORY, say))


def no_reader(say: Words) -> FileProblem:
    """Of a reader that did not start, which is no fault of the file's."""
    problem = say("The file was not read: the program that reads files did not start.")
    return FileProblem(problem, say("Try again. If it does not help, tell whoever looks after the program."))


def _or_raised(hint: str, setting: LimitSetting, say: Words) -> str:
    """The hint, and which setting lets more through, for whoever runs the program."""
    raised = say("If the file is as it should be, whoever runs the program may raise {setting}.", setting=setting.name)
    return f"{hint} {raised}"
