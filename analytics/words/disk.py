"""Why a file could not be written or read, in the reader's words; what the system says of it is kept apart."""

from __future__ import annotations

import errno

from analytics.words.language import Words

FULL = (errno.ENOSPC, errno.EDQUOT)
READ_ONLY = (errno.EROFS,)
FORBIDDEN = (errno.EACCES, errno.EPERM)
IN_THE_WAY = (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY)
GONE = (errno.ENOENT,)


def reason(error: BaseException | None, say: Words) -> str:
    """A sentence; empty where nothing is known that a reader could do something about. DuckDB tells what the system
    told it in its message alone."""
    number = error.errno if isinstance(error, OSError) else None
    told = str(error)
    if number in FULL or "No space left" in told:
        return say("There is no room left on the disk.")
    if number in READ_ONLY or "Read-only file system" in told:
        return say("The disk can be read and not written.")
    if number in FORBIDDEN or "Permission denied" in told:
        return say("Access is denied.")
    if number in IN_THE_WAY or "Is a directory" in told:
        return say("A folder lies where a file should be, or a file where a folder should be.")
    if number in GONE:
        return say("There is no such file or folder.")
    return ""
