"""A snapshot tells what differs, and nothing that differs by itself."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from types import ModuleType
from zipfile import ZipFile

import pyarrow as pa
import pytest
from click.testing import CliRunner

from analytics.documents.own_chart import Chart, Kind, Series
from analytics.documents.slides import slide
from tests.snapshot import book, clock
from tests.snapshot.__main__ import main
from tests.snapshot.comparing import difference, group_of
from tests.snapshot.product import table_bytes
from tests.snapshot.texts import file_text, hash_of, text_of

BEFORE = {"composed/skola/a/2025/sv": "same", "composed/skola/b/2025/sv": "mean: 2.84", "export/help sv": "gone"}
AFTER = {"composed/skola/a/2025/sv": "same", "composed/skola/b/2025/sv": "mean: 2.85", "export/new sv": "new"}


@pytest.fixture
def files(tmp_path):
    for name, texts in (("before", BEFORE), ("after", AFTER)):
        book.write(tmp_path / name, [book.packed(key, text, hash_of(text)) for key, text in texts.items()])
    return tmp_path


def compare(*words: object):
    return CliRunner().invoke(main, ["compare", *map(str, words)])


def test_what_differs_is_gone_or_new_is_told_with_its_lines(files):
    told = compare(files / "before", files / "after")
    assert told.exit_code == 1
    assert "1 of 3 differ" in told.output and "1 of 3 are gone" in told.output and "1 of 3 are new" in told.output
    assert "-mean: 2.84\n+mean: 2.85" in told.output and "skola/a/" not in told.output


def test_equals_exit_with_nothing_and_only_narrows(files):
    assert compare(files / "before", files / "before").exit_code == 0
    assert compare(files / "before", files / "after", "--only", "composed/skola/a").exit_code == 0
    assert compare(files / "before", files / "after", "--only", "composed/skola/b").exit_code == 1


def test_values_are_texts_with_a_line_an_entry():
    assert text_of({"b": [[1, "två"], [2.5, None]], "a": True}).splitlines() == [
        "a: True",
        "b:",
        " - [1 | “två”]",
        " - [2.5 | None]",
    ]
    assert text_of(["1"]) != text_of([1]) == text_of([1.0]) != text_of([1.5])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Version: 1 (2026-11-16 09:40 UTC)", "Version: 1 (2027-01-02 23:59 UTC)"),
        ('"created_at": "2026-11-16T09:40:00"', '"created_at": "2027-01-02T23:59:59"'),
        (f'id: "$$ID-{"0a" * 16}-a_89a77289"', f'id: "$$ID-{"1b" * 16}-a_a5b087d7"'),
    ],
)
def test_times_and_hashed_ids_are_no_difference_but_what_stands_beside_is(one, other):
    assert text_of(one) == text_of(other) != text_of(other + "!")
    assert file_text(one.encode(), ".json") == file_text(other.encode(), ".json")


def test_a_parquet_file_is_told_with_its_columns_and_what_it_says_of_itself():
    def told(level: float, framework: str, minute: str) -> str:
        about = {"Version": f"1 (2026-11-16 09:{minute} UTC)", "Framework": framework}
        return file_text(table_bytes(pa.table({"level": [level]}), ".parquet", about), ".parquet")

    assert told(2.5, "lika", "40") == told(2.5, "lika", "59")
    assert len({told(2.5, "lika", "40"), told(2.6, "lika", "40"), told(2.5, "selfie", "40")}) == 3
    assert "level: double" in told(2.5, "lika", "40")


def test_a_slide_is_told_with_its_headline_and_the_sheet_in_its_chart_and_not_with_its_time():
    def told(headline: str, level: float, year: str = "2025", made: str = "") -> str:
        data = slide(Chart(Kind.BARS, (year,), (Series("Agatskolan", (level,)),)), headline, "Malmö", "A bar.")
        return file_text(with_time(data, made), ".pptx")

    first = told("Higher", 2.5, made="2026-01-02T03:04:05Z")
    assert told("Higher", 2.5, made="2027-11-12T13:14:15Z") == first
    assert len({first, told("Lower", 2.5), told("Higher", 2.6), told("Higher", 2.5, "2024")}) == 4
    assert "Agatskolan" in first and "Higher" in first


def with_time(package: bytes, made: str) -> bytes:
    """The Office file, and the workbooks in it, as if made at this time."""
    new = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(new, "w") as parts:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", made.encode(), data)
            parts.writestr(name, with_time(data, made) if name.endswith(".xlsx") else data)
    return new.getvalue()


def test_of_a_long_line_the_place_is_shown_where_it_parts():
    same = "x" * 500
    told = list(difference(f"{same}2.84 levels", f"{same}2.85 levels"))
    assert any(line.startswith("-…") and "2.84 levels" in line for line in told)
    assert any(line.startswith("+…") and "2.85 levels" in line for line in told)
    two = list(difference(f"{same}one\n{same}two\nend", f"{same}1\n{same}2\nend"))
    assert [line[-3:] for line in two[1:3]] == ["one", "two"] and two[3].endswith("x1") and two[4].endswith("x2")


def test_kinds_of_keys():
    assert group_of("composed/skola/vebs-2022/2025/sv areas picture") == "composed/skola picture"
    assert group_of("drawn/eu/year=alla programme=alla") == "drawn/eu"
    assert group_of("export/export results --framework lika --out results.csv sv") == "export/results"


def test_a_day_that_stands_still_is_a_date_as_any_other(monkeypatch):
    module = ModuleType("still.inner")
    module.date = date
    monkeypatch.setitem(clock.sys.modules, "still", ModuleType("still"))
    monkeypatch.setitem(clock.sys.modules, "still.inner", module)
    clock.stand_still(["still"])
    assert module.date.today() == clock.DAY and type(module.date(2025, 1, 2)) is date
    assert isinstance(date(2025, 1, 2), module.date) and not isinstance("2025-01-02", module.date)
    assert module.date.fromisoformat("2025-01-02") == date(2025, 1, 2)
    assert date.today is not module.date.today, "other packages keep their clock"
