"""The open data at their addresses: to anybody where the city has opened them, else to nobody; no other file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import Graph

from pages.ui.open_files import subject_name
from tests.opendata.conftest import SETTINGS
from tests.pages.serving import UNWARMED, serving


@pytest.fixture(scope="module")
def opened(few_store: Path):
    with serving(few_store, UNWARMED, **SETTINGS) as server:
        yield server


def test_a_portal_finds_the_catalogue_and_what_it_names(opened):
    status, said, body = opened.get("/oppna-data/catalog.rdf")
    assert (status, said["content-type"]) == (200, "application/rdf+xml")
    assert said["access-control-allow-origin"] == "*" and len(Graph().parse(body, format="xml")) > 1000
    status, said, body = opened.get("/oppna-data/datapackage.json")
    for resource in json.loads(body)["resources"][::20]:
        status, said, body = opened.get(f"/oppna-data/{resource['path']}")
        assert status == 200 and len(body) == resource["bytes"]
        assert said["content-disposition"].endswith('-v1.csv"')
    status, said, _ = opened.get("/oppna-data/id/results-2025")
    assert (status, said["location"]) == (303, "../catalog.rdf")


@pytest.mark.parametrize(
    "path", ["CURRENT", "%2e%2e/CURRENT", "..%2fCURRENT", "tables", "/etc/passwd", "catalog.rdf/x"]
)
def test_nothing_else_is_there(opened, path):
    assert opened.get(f"/oppna-data/{path}")[0] in (400, 404)


def test_where_nobody_has_opened_them_nothing_is_given(demo_server):
    for path in ("catalog.rdf", "tables/results-2025.csv", "kvalitetsdialog.duckdb"):
        assert demo_server.get(f"/oppna-data/{path}")[0] == 404


def test_a_file_is_called_after_what_it_is():
    assert subject_name("tables/school_rounds-2025.csv", 3) == "kvalitetsdialog-school-rounds-2025-v3.csv"
    assert subject_name("kvalitetsdialog.duckdb", 12) == "kvalitetsdialog-v12.duckdb"
