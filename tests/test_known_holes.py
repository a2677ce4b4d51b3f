"""An audit that found a hole fails, and one that could ask nobody says that."""

from __future__ import annotations

import json

import pytest

from tests.known_holes import LOCKED, Told, audit

SOUND = {"name": "duckdb", "version": "1.5.5", "vulns": []}
HOLE = {"name": "babel", "version": "2.9", "vulns": [{"id": "CVE-2021-42771", "fix_versions": ["2.9.1"]}]}
UNKNOWN = {"name": "ruff", "skip_reason": "Dependency not found on PyPI and could not be audited: ruff (0.17)"}
NO_LINE = Told(1, "", "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='x'): Max retries exceeded")


def told(*packages: dict, code: int = 0) -> Told:
    return Told(code, json.dumps({"dependencies": packages, "fixes": []}), "No known vulnerabilities found")


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ([told(SOUND)], 0, "1 packages audited, no known hole."),
        ([told(SOUND, UNKNOWN)], 0, "1 packages audited, no known hole; of 1 the database knows nothing."),
        ([told(SOUND, HOLE, code=1)], 1, "babel 2.9 has a known hole: CVE-2021-42771; mended in: 2.9.1"),
        ([told(HOLE, code=0)], 1, "babel 2.9 has a known hole"),
        ([told(UNKNOWN), NO_LINE], 0, "Packages are not audited"),
        ([told(UNKNOWN), told(HOLE, code=1)], 1, "babel 2.9 has a known hole"),
        ([NO_LINE, NO_LINE], 0, "Packages are not audited"),
        ([Told(None, "", ""), Told(None, "", "")], 0, "Packages are not audited"),
        ([NO_LINE, told(SOUND)], 0, "1 packages audited, no known hole."),
        ([Told(1, "", "/bin/python: No module named pip_audit")], 1, "The audit of packages broke: /bin/python"),
        ([Told(2, "", "usage: pip-audit [-h]")], 1, "The audit of packages broke: usage"),
        ([Told(1, "[]", "")], 1, "The audit of packages broke"),
    ],
)
def test_what_comes_of_it(answers, code, said):
    lines, left = [], iter(answers)
    assert audit(lambda database: next(left), lines.append) == code
    assert lines and lines[0].startswith(said), lines
    assert next(left, None) is None, "no database is asked that need not be"


def test_what_is_locked_is_what_is_audited():
    assert "duckdb==" in LOCKED.read_text("utf-8"), "what the product runs with is in the file for those who work on it"
