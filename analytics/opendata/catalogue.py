"""The catalogue by DCAT-AP-SE 3.0.1 (https://docs.dataportal.se/dcat/sv/): what portals harvest.

A table with a file a year is a series with a dataset a year; each dataset has a distribution as CSV and one as Parquet.
All that DCAT-AP-SE demands is there, and what it recommends but for an area: which place the city is, no setting says.
The series are found by what is in them (dcat:inSeries), as in DCAT-AP 3 a catalogue's dcat:dataset leads to datasets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.opendata.publisher import Publisher
from analytics.opendata.rdf import Iri, Literal, Node
from analytics.opendata.table import OpenTable
from analytics.words.language import LANGUAGES, N_, Marked, words

EU = "http://publications.europa.eu/resource/authority/"
PUBLIC = Iri(f"{EU}access-right/PUBLIC")
YEARLY = Iri(f"{EU}frequency/ANNUAL")
THEMES = Iri(f"{EU}data-theme")
SPOKEN = (Iri(f"{EU}language/SWE"), Iri(f"{EU}language/ENG"))
AVAILABLE = Iri("http://data.europa.eu/r5r/availability/stable")
LOCAL_AUTHORITY = Iri("http://purl.org/adms/publishertype/LocalAuthority")
MEDIA_TYPES = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet", ".duckdb": "application/vnd.duckdb"}
CALLED = {".csv": "CSV", ".parquet": "Parquet", ".duckdb": "DuckDB"}
DATABASE = N_("All open tables in one database")
ABOUT = N_("Schools' yearly self-assessments and the city's EU projects, as Kvalitetsdialog publishes them.")
INVENTED = N_("Some or all of the rows are invented: see the column provenance.")
KEYWORDS = {
    False: (N_("school"), N_("self-assessment"), N_("quality")),
    True: (N_("EU project"), N_("school"), N_("funding")),
}


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of a dataset: its path below the root, and how large it is."""

    path: str
    size: int

    @property
    def suffix(self) -> str:
        return f".{self.path.rpartition('.')[2]}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is published together: a table, or of one with a file a year one year of it. `table` None: the database."""

    name: str
    table: OpenTable | None
    year: int | None
    version: int
    rows: int
    files: tuple[OpenFile, ...]
    invented: bool = False


def catalogue(datasets: Sequence[Dataset], by: Publisher, modified: date) -> list[Node]:
    """Everything that the catalogue says."""
    nodes = [_catalogue(datasets, by, modified), *_who(by)]
    for dataset in datasets:
        nodes.append(_dataset(dataset, by, modified))
        if dataset.year:
            nodes.append(_period(dataset, by))
        nodes.extend(_distribution(dataset, file, by) for file in dataset.files)
    series = {dataset.table.name: dataset.table for dataset in datasets if dataset.table and dataset.year}
    nodes.extend(_series(table, by, modified) for table in series.values())
    return nodes


def _catalogue(datasets: Sequence[Dataset], by: Publisher, modified: date) -> Node:
    said = [
        *_in_both("dcterms:title", N_("Kvalitetsdialog's open data")),
        *_in_both("dcterms:description", ABOUT),
        ("dcterms:publisher", Iri(by.agent)),
        ("dcterms:license", Iri(by.licence)),
        ("dcterms:modified", _day(modified)),
        ("foaf:homepage", Iri(by.at("las-mig.txt"))),
        ("dcat:themeTaxonomy", THEMES),
        *(("dcterms:language", language) for language in SPOKEN),
        *(("dcat:dataset", Iri(by.iri(dataset.name))) for dataset in datasets),
    ]
    return Node(Iri(by.iri("catalogue")), "dcat:Catalog", tuple(said))


def _who(by: Publisher) -> Iterator[Node]:
    said: list = [("foaf:name", Literal(by.name, "sv")), ("dcterms:type", LOCAL_AUTHORITY)]
    if by.number:
        said.append(("dcterms:identifier", Literal(by.number)))
    yield Node(Iri(by.agent), "foaf:Agent", tuple(said))
    if by.contact:
        told = (("vcard:fn", Literal(by.name, "sv")), ("vcard:hasEmail", Iri(f"mailto:{by.contact}")))
        yield Node(Iri(by.iri("contact")), "vcard:Organization", told)


def _of_either(table: OpenTable | None, by: Publisher, modified: date) -> list[tuple[str, Iri | Literal]]:
    """What a dataset and a series are alike in."""
    of_funding = bool(table and table.funding)
    said: list[tuple[str, Iri | Literal]] = [
        ("dcterms:publisher", Iri(by.agent)),
        ("dcterms:modified", _day(modified)),
        ("dcat:theme", Iri(f"{THEMES}/{table.theme if table else 'EDUC'}")),
        ("dcat:landingPage", Iri(by.at("las-mig.txt"))),
    ]
    if by.contact:
        said.append(("dcat:contactPoint", Iri(by.iri("contact"))))
    for word in KEYWORDS[of_funding]:
        said.extend(_in_both("dcat:keyword", word))
    return said


def _dataset(dataset: Dataset, by: Publisher, modified: date) -> Node:
    title = dataset.table.title if dataset.table else DATABASE
    about = [dataset.table.row if dataset.table else ABOUT, *([INVENTED] if dataset.invented else [])]
    said = [
        *_in_both("dcterms:title", title, str(dataset.year or "")),
        *_in_both("dcterms:description", *about),
        *_of_either(dataset.table, by, modified),
        ("dcterms:accessRights", PUBLIC),
        ("dcterms:identifier", Literal(by.iri(dataset.name))),
        ("dcat:version", Literal(str(dataset.version))),
        *(("dcat:distribution", Iri(_called(dataset, file, by))) for file in dataset.files),
    ]
    if dataset.table and dataset.year:
        said += [("dcat:inSeries", _series_iri(dataset.table, by)), ("dcterms:temporal", _period_iri(dataset, by))]
    return Node(Iri(by.iri(dataset.name)), "dcat:Dataset", tuple(said))


def _period(dataset: Dataset, by: Publisher) -> Node:
    ends = (("dcat:startDate", f"{dataset.year}-01-01"), ("dcat:endDate", f"{dataset.year}-12-31"))
    told = tuple((name, Literal(day, datatype="xsd:date")) for name, day in ends)
    return Node(_period_iri(dataset, by), "dcterms:PeriodOfTime", told)


def _distribution(dataset: Dataset, file: OpenFile, by: Publisher) -> Node:
    at = Iri(by.at(file.path))
    said: list[tuple[str, Iri | Literal]] = [
        *_in_both("dcterms:title", Marked(CALLED[file.suffix])),
        ("dcat:accessURL", at),
        ("dcat:downloadURL", at),
        ("dcterms:format", Literal(MEDIA_TYPES[file.suffix])),
        ("dcterms:license", Iri(by.licence)),
        ("dcatap:availability", AVAILABLE),
        ("dcat:byteSize", Literal(str(file.size), datatype="xsd:nonNegativeInteger")),
    ]
    if dataset.table and file.suffix == ".csv":
        said.append(("dcterms:conformsTo", Iri(by.at(f"schemas/{dataset.table.name}.json"))))
    return Node(Iri(_called(dataset, file, by)), "dcat:Distribution", tuple(said))


def _series(table: OpenTable, by: Publisher, modified: date) -> Node:
    said = [
        *_in_both("dcterms:title", table.title),
        *_in_both("dcterms:description", table.row),
        *_of_either(table, by, modified),
        ("dcterms:accrualPeriodicity", YEARLY),
    ]
    return Node(_series_iri(table, by), "dcat:DatasetSeries", tuple(said))


def _series_iri(table: OpenTable, by: Publisher) -> Iri:
    return Iri(by.iri(f"{table.name}-series"))


def _period_iri(dataset: Dataset, by: Publisher) -> Iri:
    return Iri(by.iri(f"{dataset.name}-period"))


def _called(dataset: Dataset, file: OpenFile, by: Publisher) -> str:
    return by.iri(f"{dataset.name}-{file.suffix[1:]}")


def _in_both(property_: str, *texts: Marked | str) -> list[tuple[str, Iri | Literal]]:
    """The texts, one after another, in each language."""
    said: list[tuple[str, Iri | Literal]] = []
    for language in LANGUAGES:
        say = words(language)
        told = " ".join(say.marked(text) if isinstance(text, Marked) else text for text in texts if text)
        said.append((property_, Literal(told, language)))
    return said


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype="xsd:date")
