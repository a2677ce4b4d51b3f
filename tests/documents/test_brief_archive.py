"""All the briefs of a round as one archive, by the command."""

from __future__ import annotations

import time
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader

from analytics.cli import cli
from analytics.store.reading import Store

WHOLE_CITY = 60.0  # seconds of the processor that all schools' briefs may take


def test_every_school_of_the_round_is_in_the_archive_within_a_minute(demo_store, tmp_path):
    out, began = tmp_path / "briefs.zip", time.process_time()
    call = ["--store", str(demo_store), "export", "briefs", "--framework", "vebs-2022", "--year", "2025"]
    cli.main([*call, "--out", str(out)], standalone_mode=False)
    took = time.process_time() - began
    (schools,) = (
        Store(demo_store)
        .current()
        .rows("select count(*) from school_round where framework = 'vebs-2022' and year = 2025")[0]
    )
    with ZipFile(out) as archive:
        names = archive.namelist()
        pages = [len(PdfReader(BytesIO(archive.read(name))).pages) for name in names[::10]]
    assert len(names) == len(set(names)) == schools and all(name.endswith(".pdf") for name in names)
    assert set(pages) <= {1, 2}
    assert took < WHOLE_CITY
