"""las-mig.txt: what the files are, for a person who has nothing else; and what is said of a file within it."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.opendata.catalogue import ABOUT, Dataset
from analytics.opendata.examples import OPENING
from analytics.opendata.publisher import Publisher
from analytics.opendata.rounds import OpenRounds
from analytics.opendata.schema import GUARD
from analytics.opendata.symbols import MEANING, Symbol
from analytics.words.figures import left_out_note
from analytics.words.language import Words

PANDAS = 'pandas.read_csv(PATH, na_values=["-", ".", ".."], keep_default_na=False)'
DUCKDB = "from read_csv('PATH', nullstr = ['-', '.', '..'])"


def readme(
    datasets: Sequence[Dataset], by: Publisher, rounds: OpenRounds, version: int, hide_below: int, say: Words
) -> str:
    parts = [
        say("Kvalitetsdialog's open data"),
        " ".join([say.marked(ABOUT), say("Version {n} of the data.", n=version)]),
        _who(by, say),
        left_out_note(hide_below, say),
    ]
    if any(dataset.invented for dataset in datasets):
        parts.append(say("Some or all of the rows are invented: see the column provenance."))
    parts += closed_texts(rounds, say)
    parts += [
        say("Every table is there as CSV (RFC 4180, UTF-8) and Parquet, and all of them in kvalitetsdialog.duckdb."),
        _symbols(say),
        say.marked(GUARD),
        "\n".join([say("How they are read:"), f"  pandas: {PANDAS}", f"  DuckDB: {DUCKDB}"]),
        OPENING,
        _tables(datasets, say),
        say("What the columns mean: data-dictionary.csv. For programs: datapackage.json, catalog.rdf, catalog.jsonld."),
    ]
    return "\n\n".join(parts) + "\n"


def closed_texts(rounds: OpenRounds, say: Words) -> list[str]:
    """Which rounds are left out, and why; nothing where none is."""
    held, waiting = (
        say.listing(sorted({str(year) for _, year in closed})) for closed in (rounds.held_back, rounds.not_released)
    )
    texts = []
    if held:
        text = say(
            "Left out: {years}. A few people's answers were changed after the round had been published, and who has"
            " both tables would have those answers.",
            years=held,
        )
        texts.append(text)
    if waiting:
        texts.append(say("Left out: {years}. The result has not been released to all yet.", years=waiting))
    return texts


def _who(by: Publisher, say: Words) -> str:
    said = [
        say("Publisher: {name}", name=f"{by.name} ({by.number})" if by.number else by.name),
        say("Licence: {name}, {address}", name=by.licence_name, address=by.licence),
        say("Address: {address}", address=by.root),
    ]
    if by.contact:
        said.append(say("Contact: {address}", address=by.contact))
    return "\n".join(said)


def _symbols(say: Words) -> str:
    lines = [say("Where there is no value in a CSV stands:")]
    return "\n".join(lines + [f"  {symbol:<3}{say.marked(MEANING[symbol])}" for symbol in Symbol])


def _tables(datasets: Sequence[Dataset], say: Words) -> str:
    lines = []
    for dataset in datasets:
        if dataset.table:
            title = " ".join(filter(None, [say.marked(dataset.table.title), str(dataset.year or "")]))
            lines.append(f"  {dataset.files[0].path}: {title}, {say.plural('{n} row', '{n} rows', dataset.rows)}")
    return "\n".join([say("The tables:"), *lines])
