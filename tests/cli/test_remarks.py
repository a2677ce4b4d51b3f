"""`kvalitet remarks`: those that are open, and with --all those that are acknowledged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics import cli

YEAR = "2024"  # of the demo's, in which one remark is acknowledged


def test_acknowledged_remarks_are_told_when_they_are_asked_for(demo_store: Path, capfd: pytest.CaptureFixture[str]):
    def run(*said: str) -> tuple[int, str]:
        try:
            cli.main(["remarks", "--store", str(demo_store), *said])
        except SystemExit as ended:
            return int(ended.code or 0), capfd.readouterr().out
        return 0, capfd.readouterr().out

    code, told = run("--year", YEAR)
    assert code == 0 and "Grönt lärande i staden" not in told and "1 av dem kvitterade" in told
    code, told = run("--year", YEAR, "--all")
    assert "Grönt lärande i staden" in told and "Kvitterad av Påhittad handläggare den 2025-01-20" in told
    still, every = (json.loads(run("--year", YEAR, "--json", *more)[1])["remarks"] for more in ((), ("--all",)))
    (acknowledged,) = [remark for remark in every if remark["acknowledged"]]
    assert still == [remark for remark in every if remark is not acknowledged]
    assert acknowledged["kind"] == "partner_twice" and acknowledged["acknowledged"]["on"] == "2025-01-20"
    assert run("--year", "1999")[0] == 1
