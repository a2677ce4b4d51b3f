"""Many files as one archive: their names and bytes, the progress, and that 75 of them are made in time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from time import process_time
from zipfile import ZipFile

import pytest

from analytics.documents.paper.archive import archive
from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.shapes import DotLine
from tests.documents.papers import DOTS, document


def test_names_and_files_are_as_they_were_and_each_is_told_of():
    told: list[int] = []
    files = {"Ängsskolan 2026.pdf": b"a" * 5000, "Östra skolan – å.pdf": b"b"}
    packed = ZipFile(BytesIO(archive(((name, lambda data=data: data) for name, data in files.items()), told.append)))
    assert packed.testzip() is None and {name: packed.read(name) for name in packed.namelist()} == files
    assert told == [1, 2]


NAMES = ["../../../evil.pdf", "/etc/evil.pdf", "..\\..\\evil.pdf", "C:evil.pdf", "Skolan F-9/Gy.pdf", ".pdf",
         "a\0b\n.pdf", "x/y.pdf", "x-y.pdf", "X-Y.pdf", "x-y (2).pdf"]  # fmt: skip


def test_no_name_leads_out_of_the_folder_it_is_unpacked_in_or_into_another(tmp_path):
    packed = ZipFile(BytesIO(archive(((name, lambda name=name: name.encode()) for name in NAMES), lambda n: None)))
    names = packed.namelist()
    assert len({name.casefold() for name in names}) == len(NAMES) and packed.testzip() is None
    assert not [name for name in names if set(name) & set('/\\:\0\n"') or name.startswith(".")]
    packed.extractall(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(names), "all of them lie in it"


def test_a_file_is_made_when_its_turn_comes():
    happened: list[str] = []
    files = [(name, lambda name=name: happened.append(name) or b"") for name in "ab"]
    archive(files, lambda n: happened.append(str(n)))
    assert happened == ["a", "1", "b", "2"]


def test_two_files_of_one_name_are_refused():
    with pytest.raises(ValueError, match=r"a\.pdf"):
        archive([("a.pdf", lambda: b""), ("a.pdf", lambda: b"")], lambda n: None)


@pytest.mark.long
def test_75_documents_are_made_within_a_minute():
    def made(n: int) -> bytes:
        lines = tuple(DotLine(f"Område {i} ({n})", 1 + (i * n % 29) / 10, 1.0, 3.9, 2.5) for i in range(12))
        return pdf_bytes(replace(document(dots=replace(DOTS, lines=lines)), title=f"Skola {n}"))

    start = process_time()
    archive(((f"{n}.pdf", lambda n=n: made(n)) for n in range(75)), lambda n: None)
    assert process_time() - start < 60
