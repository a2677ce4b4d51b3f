"""A framework as a TOML file, or as it was made on a page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from analytics.intake.guard import read_framework_apart
from analytics.intake.raw import LeftFile
from analytics.model.frameworks import Framework
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class MadeFramework:
    """A framework that was made on a page. `file`: what it is called where something about it is said."""

    file: str
    framework: Framework

    @property
    def sha256(self) -> str:
        return hashlib.sha256(repr(self.framework).encode()).hexdigest()


def read_framework(path: Path | LeftFile, say: Words) -> tuple[Framework, tuple[str, ...], str]:
    """The framework in a TOML file, the keys in it that nothing uses, and the file's SHA-256; raises Refused with all
    that is wrong."""
    framework, unused, sha256 = read_framework_apart(path, say)
    return _checked().validate_python(framework), unused, sha256


@cache
def _checked() -> TypeAdapter[Framework]:
    """Made once, when it is first asked for: to make one takes longer than to read a framework."""
    return TypeAdapter(Framework)
