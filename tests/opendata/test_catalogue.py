"""The catalogue as a portal reads it: by rdflib, held to DCAT-AP-SE's demands by pyshacl."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from analytics.opendata import folder
from analytics.opendata.folder import CATALOGUE, CATALOGUE_JSON, write_open_data
from analytics.opendata.publisher import publisher
from analytics.opendata.tables import TABLES
from tests.opendata.conftest import SETTINGS
from tests.sampling import sample

SHAPES = Path(__file__).parent / "dcat_ap_se.ttl"
ROOT = "https://kvalitet.provstad.example/oppna-data"


@pytest.fixture(scope="module")
def graph(written) -> Graph:
    return Graph().parse(written.folder / CATALOGUE, format="xml")


def held_to_the_shapes(graph: Graph) -> tuple[bool, str]:
    conforms, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES), advanced=True)
    return conforms, text


def test_the_catalogue_is_what_dcat_ap_se_demands(graph):
    conforms, text = held_to_the_shapes(graph)
    assert conforms, text


@pytest.mark.parametrize(
    ("of", "without"),
    [
        (DCAT.Catalog, DCTERMS.license),
        (DCAT.Dataset, DCTERMS.publisher),
        (DCAT.Dataset, DCTERMS.title),
        (DCAT.DatasetSeries, DCTERMS.description),
        (DCAT.Distribution, DCAT.accessURL),
        (DCAT.Distribution, DCTERMS.format),
        (FOAF.Agent, DCTERMS.type),
    ],
)
def test_the_shapes_see_what_is_missing(graph, of, without):
    less = Graph() + graph
    thing = next(less.subjects(RDF.type, of))
    less.remove((thing, without, None))
    conforms, text = held_to_the_shapes(less)
    assert not conforms and str(thing) in text


def test_the_shapes_find_blank_nodes(graph):
    less = Graph()
    agent = next(graph.subjects(RDF.type, FOAF.Agent))
    for triple in graph:
        less.add(tuple(BNode("who") if each == agent else each for each in triple))
    assert not held_to_the_shapes(less)[0]


def test_json_ld_says_the_same(written, graph):
    again = Graph().parse(written.folder / CATALOGUE_JSON, format="json-ld")
    assert len(again) == len(graph) > 1000 and isomorphic(again, graph)


def test_every_address_is_absolute_and_nothing_is_blank(graph):
    for triple in graph:
        for each in triple:
            assert not isinstance(each, BNode)
            if isinstance(each, URIRef):
                assert str(each).startswith(("http://", "https://", "mailto:")) and " " not in each


def test_the_publisher_is_known_by_its_number_and_the_licence_by_its_address(graph):
    (agent,) = graph.subjects(RDF.type, FOAF.Agent)
    assert agent == URIRef("http://dataportal.se/organisation/SE2120001124")
    assert graph.value(agent, FOAF.name) == Literal("Provstads kommun", lang="sv")
    assert set(graph.objects(None, DCTERMS.license)) == {URIRef("http://creativecommons.org/publicdomain/zero/1.0/")}
    assert set(graph.objects(None, DCAT.contactPoint)) == {URIRef(f"{ROOT}/id/contact")}


def test_a_table_of_years_is_a_series_with_a_dataset_a_year(graph, written):
    series = URIRef(f"{ROOT}/id/results-series")
    datasets = set(graph.subjects(DCAT.inSeries, series))
    years = {
        dataset.year for dataset in written.open_data.datasets if dataset.table and dataset.table.name == "results"
    }
    assert datasets == {URIRef(f"{ROOT}/id/results-{year}") for year in years} and len(years) == 8
    dataset = URIRef(f"{ROOT}/id/results-2025")
    period = graph.value(dataset, DCTERMS.temporal)
    assert graph.value(period, DCAT.startDate) == Literal("2025-01-01", datatype=XSD.date)
    titles = {title.language: str(title) for title in graph.objects(dataset, DCTERMS.title)}
    assert titles == {
        "sv": "Skolornas resultat per kriterium 2025",
        "en": "Schools' results, criterion by criterion 2025",
    }


def test_what_is_named_is_there(graph, written):
    """Each address below the root leads to a file, of the size that is told."""
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(graph.value(distribution, DCAT.downloadURL))
        path = written.folder / address.removeprefix(f"{ROOT}/")
        assert path.stat().st_size == int(graph.value(distribution, DCAT.byteSize))
        if schema := graph.value(distribution, DCTERMS.conformsTo):
            assert (written.folder / str(schema).removeprefix(f"{ROOT}/")).exists()
    listed = set(graph.objects(None, DCAT.dataset))
    assert listed == set(graph.subjects(RDF.type, DCAT.Dataset)) and len(listed) > 50
    files = {str(each) for each in graph.objects(None, DCAT.downloadURL)}
    assert {f"{ROOT}/{path}" for path in written.open_data.paths if path.endswith((".csv", ".parquet"))} - files == {
        f"{ROOT}/data-dictionary.csv"
    }


def test_invented_rows_are_said_to_be(graph):
    said = {text.language: str(text) for text in graph.objects(URIRef(f"{ROOT}/id/results-2025"), DCTERMS.description)}
    assert "påhittade" in said["sv"] and "invented" in said["en"]


@pytest.fixture
def of_few_tables(monkeypatch) -> None:
    """At night of all."""
    monkeypatch.setattr(folder, "TABLES", sample(TABLES, 8))


def test_a_city_that_has_set_nothing_gets_a_catalogue_that_leads_nowhere(of_few_tables, tmp_path, written):
    by = publisher({})
    assert by.missing and not by.is_open
    write_open_data(written.view, by, tmp_path)
    graph = Graph().parse(tmp_path / CATALOGUE, format="xml")
    assert held_to_the_shapes(graph)[0]
    assert {str(each).split("/")[2] for each in graph.objects(None, DCAT.accessURL)} == {"kvalitetsdialog.example"}


def test_names_are_escaped(of_few_tables, tmp_path, written):
    by = publisher({**SETTINGS, "KVALITET_OPEN_PUBLISHER": 'A & B <kommun> "x"'})
    write_open_data(written.view, by, tmp_path)
    for name, form in ((CATALOGUE, "xml"), (CATALOGUE_JSON, "json-ld")):
        graph = Graph().parse(tmp_path / name, format=form)
        assert str(graph.value(URIRef(by.agent), FOAF.name)) == 'A & B <kommun> "x"'
