"""A year as an archivist takes it: documents as PDF/A, tables as CSV with their schemas, protocols, and a list of all
of it with SHA-256.

The tables are those of the open data, of the year or without one, and the year's dialogues. Nothing in it is an answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow as pa

from analytics.cli.commands.briefs import brief_file
from analytics.cli.options import EVERYTHING
from analytics.dialogue.brief.facts import brief_sources
from analytics.dialogue.followup_report import year_report
from analytics.documents.about import version_about
from analytics.documents.disposal import disposal_bytes
from analytics.documents.followup import followup_bytes
from analytics.documents.paper.archive import as_file_name
from analytics.documents.report import report_bytes
from analytics.documents.tables import table_bytes
from analytics.funding.register import funding
from analytics.funding.report import report, report_years
from analytics.maturity.rounds import rounds, school_rounds
from analytics.opendata.folder import PACKAGE, write_open_data
from analytics.opendata.publisher import Publisher
from analytics.opendata.readme import closed_texts
from analytics.registers.dialogue import DIALOGUE
from analytics.store.disposals import disposals
from analytics.store.reading import View
from analytics.store.reference import read_frameworks
from analytics.store.sender import sender_file
from analytics.words.language import Words

MANIFEST, README = "manifest-sha256.txt", "las-mig.txt"
Made = tuple[str, bytes]
"""A file's path in the package, and what it holds."""


@dataclass(frozen=True, slots=True)
class YearArchive:
    """The package as bytes (ZIP), how many files it holds, and what is not in it, in sentences."""

    data: bytes
    files: int
    left_out: tuple[str, ...]


def year_archive(store: Path, view: View, year: int, by: Publisher, say: Words) -> YearArchive:
    """Raises KeyError where the store has nothing of the year."""
    held = [found.framework for found in rounds(view) if found.year == year]
    register = funding(view, EVERYTHING)
    has_report = year in report_years(register)
    if not held and not has_report:
        raise KeyError(year)
    about, left_out = version_about(view), []
    files: list[Made] = []
    for framework in held:
        files += _of_round(view, framework, year, say)
    if has_report:
        found = report(register, year, say)
        sent = sender_file(store).said().of(year)
        for end in (".pdf", ".json"):
            files.append((f"reports/eu-{year}{end}", report_bytes(found, end, about, say, sent, appendix=True)))
    files += _tables(view, by, year, say, left_out)
    files += _dialogues(view, year)
    protocols = disposals(store)
    files += [(f"protocols/gallring{end}", disposal_bytes(protocols, end, about, say)) for end in (".pdf", ".json")]
    files.append((README, _readme(view, year, by, left_out, say)))
    return YearArchive(_packed(sorted(files)), len(files) + 1, tuple(left_out))


def _of_round(view: View, framework: str, year: int, say: Words) -> Iterator[Made]:
    """The briefs of the round's schools, as they were frozen where they were, and what came of the agreements."""
    of = brief_sources(view, EVERYTHING)
    for row in school_rounds(view, EVERYTHING, framework, year):
        data, frozen = brief_file(view, of, row.school_id, framework, year, ".pdf", now=False)
        kept = "" if frozen else "-not-frozen"
        yield f"reports/briefs/{as_file_name(f'{framework}-{year}-{row.school_id}{kept}.pdf')}", data
    known = {found.id: found for found in read_frameworks(view)}
    found = year_report(view, EVERYTHING, known[framework], year, date.today())
    for end in (".pdf", ".json"):
        yield (
            f"reports/{as_file_name(f'followup-{framework}-{year}{end}')}",
            followup_bytes(found, end, version_about(view), say),
        )


def _tables(view: View, by: Publisher, year: int, say: Words, left_out: list[str]) -> Iterator[Made]:
    """The open data's tables of the year, and those without one, with the package that says what they are."""
    with TemporaryDirectory() as aside:
        folder = Path(aside)
        written = write_open_data(view, by, folder)
        left_out += closed_texts(written.rounds, say)
        names = {dataset.name for dataset in written.datasets if dataset.table and dataset.year in (None, year)}
        package = json.loads((folder / PACKAGE).read_text("utf-8"))
        package["resources"] = [one for one in package["resources"] if Path(one["path"]).stem in names]
        for path in {path for one in package["resources"] for path in (one["path"], one["schema"])}:
            yield f"tables/{path}", (folder / path).read_bytes()
        yield f"tables/{PACKAGE}", _json(package)


def _dialogues(view: View, year: int) -> Iterator[Made]:
    """The year's dialogues, agreements and actions. They name people, and are no open data."""
    for kind in DIALOGUE:
        if not any(field.name == "year" for field in kind.fields):
            continue
        columns = ", ".join(field.stored for field in kind.fields)
        rows = view.table(f"select {columns} from {kind.table} where year = ? order by position", [year])
        yield f"dialogue/{kind.name}.csv", table_bytes(rows, ".csv", {})
        fields = [
            {"name": name, "type": _type(column)}
            for name, column in zip(rows.column_names, rows.schema.types, strict=True)
        ]
        yield f"dialogue/{kind.name}.schema.json", _json({"fields": fields, "missingValues": [""]})


def _type(column: pa.DataType) -> str:
    """What a table schema (Frictionless) calls a column's type."""
    kinds: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
        (pa.types.is_decimal, "number"),
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_date, "date"),
    )
    return next((name for is_kind, name in kinds if is_kind(column)), "string")


def _readme(view: View, year: int, by: Publisher, left_out: list[str], say: Words) -> bytes:
    lines = [
        say("Kvalitetsdialog {year}: a package for the archive", year=year),
        "",
        say("Made by {who} of version {n}.", who=by.name, n=view.number),
        say("reports: the documents as PDF/A-2a; a brief that was never frozen is as the figures are now."),
        say("tables: what may be published, as CSV (UTF-8, RFC 4180); datapackage.json and schemas say what each is."),
        say("dialogue: the year's dialogues, agreements and actions, with their schemas. They may name people."),
        say("protocols: what has been removed for good from the store, up to now."),
        say("{file}: the SHA-256 of every other file.", file=MANIFEST),
        say("No individual answer is in the package."),
        *left_out,
    ]
    return "\r\n".join([*lines, ""]).encode()


def _packed(files: list[Made]) -> bytes:
    """As a ZIP, with the list of the files' digests as `sha256sum -c` reads it."""
    digests = "".join(f"{sha256(data).hexdigest()}  {path}\n" for path, data in files)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for path, data in [*files, (MANIFEST, digests.encode())]:
            zipped.writestr(path, data)
    return out.getvalue()


def _json(said: dict) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
