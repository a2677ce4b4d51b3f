"""Why a word stands for nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordProblem:
    """Why a word stands for nothing, and what to do."""

    problem: str
    hint: str
