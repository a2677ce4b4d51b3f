"""A name in letters that every computer takes."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60  # letters
FOREIGN = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})


def plain_name(text: str) -> str:
    """In a-z, 0-9 and hyphens: Pärlskolan is parlskolan."""
    letters = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKD", text.casefold().translate(FOREIGN)))
    return re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode())[:LONGEST].strip("-")
