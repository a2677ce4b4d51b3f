"""`kvalitet sender`, as whoever runs the server uses it."""

from __future__ import annotations

import json

from analytics import cli


def test_what_is_named_is_changed_and_the_rest_stays(tmp_path, monkeypatch, capfd):
    (tmp_path / "CURRENT").write_text("{}")
    (tmp_path / "text.md").write_text("Inledning\n")
    monkeypatch.setenv("KVALITET_STORE", str(tmp_path))

    def run(*words_: str) -> tuple[int, str]:
        try:
            cli.main(["sender", *words_])
        except SystemExit as ended:
            return int(ended.code or 0), capfd.readouterr().out
        return 0, capfd.readouterr().out

    assert run("set", "--city", "Malmö stad", "--contact", "a@b", "--introduction", str(tmp_path / "text.md"))[0] == 0
    assert run("set", "--contact", "", "--committee", "Grundskolenämnden")[0] == 0
    assert run("file", "--year", "2018", "--number", "1", "--day", "2019-02-20")[0] == 0
    assert run("file", "--year", "2018", "--decision", "§ 25")[0] == 0
    code, printed = run("show", "--year", "2018", "--json")
    said = json.loads(printed)
    assert code == 0 and said["introduction"] == "Inledning"
    assert said["sender"] == {
        "city": "Malmö stad",
        "committee": "Grundskolenämnden",
        "administration": None,
        "number": "1",
        "day": "2019-02-20",
        "decision": "§ 25",
        "contact": None,
    }
    assert "Kontakt: inte angivet" in run("show", "--year", "2018")[1]
    assert run("file", "--year", "2018", "--day", "20 februari")[0] == 2
