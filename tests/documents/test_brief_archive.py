"""All the briefs of a round as one archive, by the command."""

from __future__ import annotations

import time
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader

from analytics.cli import cli
from analytics.store.reading import Store
from tests.sampling import NIGHTLY

A_SCHOOL = 60.0 / 74  # seconds of the processor that a school's brief may take: all of a city's a minute


def test_every_school_of_the_round_is_in_the_archive_in_time(request, tmp_path):
    """By day of a small city."""
    store = request.getfixturevalue("demo_store" if NIGHTLY else "few_store")
    out, began = tmp_path / "briefs.zip", time.process_time()
    call = ["--store", str(store), "export", "briefs", "--framework", "vebs-2022", "--year", "2025"]
    cli.main([*call, "--out", str(out)], standalone_mode=False)
    took = time.process_time() - began
    (schools,) = (
        Store(store)
        .current()
        .rows("select count(*) from school_round where framework = 'vebs-2022' and year = 2025")[0]
    )
    with ZipFile(out) as archive:
        names = archive.namelist()
        pages = [len(PdfReader(BytesIO(archive.read(name))).pages) for name in names[:: 10 if NIGHTLY else 4]]
    assert len(names) == len(set(names)) == schools and all(name.endswith(".pdf") for name in names)
    assert set(pages) <= {1, 2}
    assert took < A_SCHOOL * schools
