"""What can be known of the container files without running them: that they name what there is."""

from __future__ import annotations

import re

from setup import DATA, TAKEN
from tests.kept_stores import ROOT

CONTAINERFILE = (ROOT / "Containerfile").read_text("utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")


def test_the_image_is_made_of_what_a_wheel_is_and_of_no_store():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[0] == "!"}
    beside = {path for path in TAKEN if not path.startswith("data/")} | {f"data/{folder}" for folder in DATA}
    packages = {"requirements.txt", "requirements-lake.txt"}
    others = {"analytics", "pages", "setup.py", "pyproject.toml", "README.md", "LICENSE"} | packages
    assert let_in == beside | others
    assert all((ROOT / path).exists() for path in let_in)
    assert packages == {*re.findall(r"NEEDS=(\S+\.txt)", CONTAINERFILE)}


def test_as_many_processes_are_started_as_are_asked_how_they_are():
    (started,) = re.findall(r'"--port", "(\d+)", "--processes", "(\d+)"', CONTAINERFILE)
    (asked,) = re.findall(r"for port in \(([\d, ]+)\)", COMPOSE)
    first, number = map(int, started)
    assert list(map(int, asked.split(", "))) == list(range(first, first + number))
    assert f"kvalitet nginx --processes {number} --app app" in COMPOSE
