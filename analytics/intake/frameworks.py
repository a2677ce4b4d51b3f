"""A framework as a TOML file."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from analytics.intake.guard import read_framework_apart
from analytics.model.frameworks import Framework
from analytics.words.language import Words


def read_framework(path: Path, say: Words) -> tuple[Framework, tuple[str, ...], str]:
    """The framework in a TOML file, the keys in it that nothing uses, and the file's SHA-256; raises Refused with all
    that is wrong."""
    framework, unused, sha256 = read_framework_apart(path, say)
    return TypeAdapter(Framework).validate_python(framework), unused, sha256
