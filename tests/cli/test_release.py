"""`kvalitet release`, as whoever runs the server uses it."""

from __future__ import annotations

import json

import pytest

from analytics import cli
from analytics.model.people import Identity, ViewerRole
from analytics.store.audit import entries
from analytics.store.roles import give_role

ROUND = ("--framework", "vebs-2022", "--year", "2025")


@pytest.fixture
def told(few_copy, monkeypatch, capfd):
    """Runs the command on a store of its own; the exit code and what it printed as JSON."""
    monkeypatch.setenv("KVALITET_STORE", str(few_copy))

    def run(*words):
        code = 0
        try:
            cli.main(["release", *words, "--json"])
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, json.loads(capfd.readouterr().out)

    return run


def steps(said) -> dict[int, str]:
    return {row["year"]: row["to"] for row in said["rounds"] if row["framework"] == "vebs-2022"}


def test_every_round_is_released_to_all_until_somebody_says_otherwise(told):
    code, said = told("list")
    assert code == 0 and set(steps(said).values()) == {"all"} and len(said["rounds"]) == 8
    assert (said["new_rounds"], said["other_schools"]) == ("all", "nothing")
    assert {row["since"] for row in said["rounds"]} == {None}


def test_a_round_is_released_in_steps_and_written_down(told, few_copy):
    give_role(few_copy, Identity("https://issuer", "anna"), "Anna", ViewerRole.ADMIN, (), "test")
    for to in ("management", "principals", "all"):
        code, said = told("round", *ROUND, "--to", to)
        assert code == 0 and steps(said) == {2022: "all", 2023: "all", 2024: "all", 2025: to}
    assert [one.with_["to"] for one in entries(few_copy, 3)] == ["all", "principals", "management"]


def test_new_rounds_and_what_schools_are_told_are_settings(told):
    assert told("new-rounds", "management")[1]["new_rounds"] == "management"
    code, said = told("other-schools", "names")
    assert code == 0 and (said["new_rounds"], said["other_schools"]) == ("management", "names")
    assert set(steps(said).values()) == {"all"}, "the rounds that there are stay as they are"


@pytest.mark.parametrize(
    "words",
    [("--framework", "vebs-2022", "--year", "1999"), ("--framework", "nosuch", "--year", "2025")],
)
def test_a_round_that_there_is_not_is_refused(told, few_copy, words):
    code, said = told("round", *words, "--to", "management")
    assert code == 1 and said["problems"][0]["column"] == "--year" and "vebs-2022 2025" in said["problems"][0]["hint"]
    assert not (few_copy / "openness.json").exists()


@pytest.mark.parametrize(
    "words", [("round", *ROUND, "--to", "everybody"), ("new-rounds", "skola"), ("other-schools", "")]
)
def test_other_words_are_refused_with_another_code(told, words):
    assert told(*words)[0] == 2


def test_people_read_lines(few_copy, monkeypatch, capfd):
    monkeypatch.setenv("KVALITET_STORE", str(few_copy))
    cli.main(["release", "list"])
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("2018  dsoe-2018") and lines[-1] == "Skolorna får inte veta något om varandra."
