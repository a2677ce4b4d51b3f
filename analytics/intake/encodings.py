"""Which letters a text's bytes are: UTF-8, UTF-16, or one of three code pages that programs in Sweden have written."""

from __future__ import annotations

import re

UTF16 = (b"\xff\xfe", b"\xfe\xff")
UTF8_BOM = b"\xef\xbb\xbf"
NO_TEXT = (b"%PDF", b"{\\rtf")
CODE_PAGES = ("cp1252", "cp850", "mac_roman")  # Windows, DOS and what copies it, old Macs
SAMPLE = 1_000_000  # bytes that a code page is told from
SWEDISH = re.compile("[åäöÅÄÖ]")
USUAL = re.compile("[éÉüÜ–—’”“…•´§½°€\xa0]")
IN_A_WORD = re.compile("(?<=[a-zåäö])[ÅÄÖÉÜ](?=[a-zåäö])|(?<=[a-zåäöéü])[ÅÄÖÉÜ]\\b")  # as no word is written


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; raises UnicodeDecodeError where it is none of them."""
    if data.startswith(NO_TEXT):
        raise UnicodeDecodeError("text", data[:8], 0, 1, "a document, whatever its letters are")
    if data.startswith(UTF16):
        return data.decode("utf-16"), "utf-16"
    if data.startswith(UTF8_BOM):
        return data.decode("utf-8-sig"), "utf-8"
    nulls = [data[at : at + 2000 : 2].count(0) for at in (0, 1)]
    if max(nulls) > 3 and min(nulls) == 0 and len(data) % 2 == 0:  # UTF-16 without its mark
        encoding = "utf-16-le" if nulls[1] else "utf-16-be"
        return data.decode(encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        sure = {name: score for name in CODE_PAGES if (score := _swedishness(data[:SAMPLE], name)) > 0}
        encoding = max(sure, key=lambda name: sure[name], default="cp1252")  # between equals the first
        return data.decode(encoding), encoding


def _swedishness(data: bytes, encoding: str) -> float:
    """How much the letters that are not ASCII look like Swedish in the code page."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return float("-inf")
    others = sum(not character.isascii() for character in text)
    swedish, usual = len(SWEDISH.findall(text)), len(USUAL.findall(text))
    return 3 * swedish + usual - 2 * (others - swedish - usual) - 8 * len(IN_A_WORD.findall(text))
