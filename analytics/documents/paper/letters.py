"""What people type and paste, as paper can show it: characters that mean nothing outside their program go, and letters
that are shown together (an emoji with its skin tone, a keycap) are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

import regex

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LINE_ENDS = re.compile(r"\r\n?|[\v\f]")
NO_CHARACTERS = re.compile("[\0-\x08\x0e-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff\U000f0000-\U0010ffff]")
"""Control characters, halves of pairs, private use, and the byte order marks and
non-characters that PDF/UA-1 and XML 1.0 (2.2) forbid."""
PASTED = {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)} | str.maketrans(
    "\uf0b7\uf0a7\uf0a8\uf06e\uf06f\uf076\uf0d8\uf0e0\uf0fc\uf04a", "•••••••→✓☺"
)
"""Windows' own quotes, dashes and bullets where a program took their bytes for characters, as HTML reads them (WHATWG
HTML 13.2.5.80); Word's bullets, arrow, tick and smile of the fonts Symbol and Wingdings."""
UNKNOWN = re.compile(
    "[^\n\t -~\xa0-\u02af\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u20ac\u2192\u2212\ufffd]"
)
"""All but Latin, Greek and Cyrillic letters with their punctuation, which the fonts hold for certain."""
ENDLESS = re.compile(r"\S{1000}")
"""What would be a line without an end: Typst 0.15 may panic at 65 536 bytes of one."""


def without_strangers(text: str) -> str:
    """The text without what neither Word nor PDF can hold; every end of a line is a line feed."""
    return NO_CHARACTERS.sub("", LINE_ENDS.sub("\n", text).translate(PASTED))


def without_marks(text: str) -> str:
    """The text without marks, joiners and directions, but for the marks that make a letter of their own."""
    return UNKNOWN.sub(
        lambda found: "" if unicodedata.category(found[0])[0] in "MC" else found[0], unicodedata.normalize("NFC", text)
    )


def only_known(text: str) -> str:
    """The text with a replacement for everything that is not European letters and punctuation, its words no longer than
    a page."""
    return ENDLESS.sub("\\g<0>\n", UNKNOWN.sub(REPLACEMENT, unicodedata.normalize("NFC", text)))


def clusters(text: str) -> list[str]:
    """The text letter by letter, each with the marks, joiners and tones on it: Unicode's grapheme clusters (UAX 29)."""
    return regex.findall(r"\X", text)


def with_shown(text: str, alone: Collection[str], together: Collection[str]) -> str:
    """The text with one replacement for each cluster whose letter is among those that cannot be shown `alone`; a letter
    loses its marks where one of them cannot be shown `together` with a letter."""

    def shown(cluster: str) -> str:
        if cluster[0] in alone:
            return REPLACEMENT
        return cluster[0] if any(mark in together for mark in cluster[1:]) else cluster

    return "".join(shown(cluster) for cluster in clusters(text))
