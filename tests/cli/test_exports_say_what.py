"""Every file that `kvalitet export` writes says inside what it is about and of which version it is; what is packed in
an archive says so in its members' names."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from analytics.cli import cli
from analytics.cli.export import export
from tests.pages.test_files_say_what import says_version, text_of
from tests.sampling import sample

FRAMEWORK, ROUND = ("--framework", "vebs-2022"), ("--framework", "vebs-2022", "--year", "2024")
NAME = "Varje elevs bästa skola"
VERSIONED = ("--with-version",)
SAYS: dict[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]], tuple[str, ...]]] = {
    "board": (ROUND, dict.fromkeys((".pdf", ".docx", ".json"), ()), (NAME, "2024")),
    "followup": (ROUND, dict.fromkeys((".pdf", ".docx", ".json"), ()), (NAME, "2024")),
    "brief": (
        (*ROUND, "--school", "zefyrskolan"),
        dict.fromkeys((".pdf", ".docx", ".json"), ()),
        (NAME, "2024", "Zefyrskolan"),
    ),
    "funding": (
        ("--year", "2025"),
        {".pdf": ("--with-appendix",), ".docx": ("--with-appendix",), ".xlsx": (), ".json": (), ".csv": VERSIONED},
        ("2025",),
    ),
    **dict.fromkeys(
        ("results", "city", "trends"),
        (FRAMEWORK, {".csv": VERSIONED, ".json": VERSIONED, ".parquet": (), ".xlsx": ()}, ("vebs-2022",)),
    ),
    "register": (("projects",), {".csv": VERSIONED, ".xlsx": ()}, ("code-4-all",)),
    "framework": (FRAMEWORK, {".toml": ()}, (NAME, 'id = "vebs-2022"')),
    "calendar": ((), {".ics": ()}, ("VCALENDAR",)),
    "archive": (("--year", "2018"), {".zip": ()}, ("2018",)),
    "opendata": ((), {"": ()}, (NAME,)),
}
"""A command -> what it is asked with, each ending with what that needs to say the version, and what the file says."""
ELSEWHERE = {
    "briefs": "a brief a school, each called by what it is of (below)",
    "owners": "a row an owner of a store of several, each of a version of its own (tests/cli/test_owners)",
    "gallring": "protocols of what is gone, each with its day and versions (tests/loads/test_disposing)",
}
SLOW = ("archive", "opendata")  # each makes all that there is; their versions are tried in their own tests too
EVERY = [(command, ending) for command, (_, endings, _) in SAYS.items() for ending in endings]
TRIED = [*sample([one for one in EVERY if one[0] not in SLOW], 3), *sample([("", ""), *EVERY[-2:]], 3)[1:]]


def test_these_are_all_the_exports():
    assert {*SAYS, *ELSEWHERE} == set(export.commands)


def said_in(out: Path) -> str:
    if out.is_dir():
        files = [path for path in out.rglob("*") if path.suffix in (".csv", ".json", ".jsonld", ".md", ".rdf")]
        return "\n".join(text_of(path.name, path.read_bytes()) for path in files)
    if out.suffix == ".parquet":
        file = pq.ParquetFile(out)
        about = {key.decode(): value.decode() for key, value in (file.metadata.metadata or {}).items()}
        return "\n".join(
            [f"{key}: {value}" for key, value in about.items()] + [str(file.read().slice(0, 5).to_pylist())]
        )
    return text_of(out.name, out.read_bytes())


@pytest.mark.parametrize(("command", "ending"), TRIED)
def test_a_file_says_what_it_is_about_and_of_which_version(demo_store, tmp_path, command, ending):
    asked, endings, words = SAYS[command]
    out = tmp_path / f"out{ending}"
    call = ["export", command, "--store", str(demo_store), *asked, *endings[ending], "--out", str(out)]
    done = CliRunner().invoke(cli, call)
    assert done.exit_code == 0, done.output
    text = said_in(out)
    assert [word for word in words if word not in text] == []
    if ending == ".json" and endings[ending] == VERSIONED:
        assert {row["version"] for row in json.loads(text)} == {1}
    elif ending == ".csv":
        head, *rows = [line.split(",") for line in text.splitlines()]
        assert "version" in head and rows
    else:
        assert says_version(text, "1"), f"{command}{ending}"


def test_an_archive_of_briefs_calls_each_by_what_it_is_of(demo_store, tmp_path, monkeypatch):
    monkeypatch.setattr("analytics.cli.commands.briefs.brief_file", lambda *_, **__: (b"", None))
    out = tmp_path / "briefs.zip"
    call = ["export", "briefs", "--store", str(demo_store), *ROUND, "--out", str(out)]
    assert CliRunner().invoke(cli, call).exit_code == 0
    names = zipfile.ZipFile(out).namelist()
    assert len(names) > 60 and "2024-zefyrskolan-vebs-2022-v1.pdf" in names
