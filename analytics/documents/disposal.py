"""The protocols of what has been taken away for good, as a document for the archive: Word, PDF and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

import orjson

from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.shapes import Block, Document, Heading, Paragraph, Tone
from analytics.documents.paper.table import PaperColumn, PaperTable
from analytics.documents.paper.titled import of_version, titled
from analytics.documents.paper.word import word_bytes
from analytics.store.disposals import Disposal, GoneVersion, Round, by_round
from analytics.words.language import Words

FORMATS = (".docx", ".pdf", ".json")
LISTED = 200  # schools in a cell of a table


def disposal_bytes(disposals: Sequence[Disposal], suffix: str, about: Mapping[str, str], say: Words) -> bytes:
    """The protocols in the format of the suffix. `about` is names and texts, with the store's version under "Version".
    Raises KeyError for a suffix that is none of FORMATS."""
    match suffix:
        case ".docx":
            return word_bytes(disposal_document(disposals, about, say))
        case ".pdf":
            return pdf_bytes(disposal_document(disposals, about, say))
        case ".json":
            return orjson.dumps({"protocols": list(map(disposal_data, disposals))}, option=orjson.OPT_INDENT_2)
    raise KeyError(suffix)


def disposal_data(one: Disposal) -> dict[str, object]:
    """A protocol as scripts get it."""
    rounds = {
        name: [
            {"framework": framework, "year": year, "schools": schools}
            for (framework, year), schools in by_round(getattr(one, name)).items()
        ]
        for name in ("answers", "figures", "briefs")
    }
    said = {"version": one.version, "at": one.at.isoformat(timespec="seconds"), "by": one.by}
    return {**said, "rule": asdict(one.rule), **rounds, "versions": list(map(asdict, one.versions))}


def disposal_document(disposals: Sequence[Disposal], about: Mapping[str, str], say: Words) -> Document:
    """All of the protocols, the latest first."""
    title = say("Protocol of what has been removed for good")
    return titled(
        title,
        _blocks(disposals, say),
        say,
        stamp=say("Answers to self-assessments: what went, when, by whom, by what rule. No answer is given."),
        warning=False,
        made=of_version(about.get("Version"), say),
        compact=True,
    )


def _blocks(disposals: Sequence[Disposal], say: Words) -> Iterator[Block]:
    if not disposals:
        yield Paragraph(say("Nothing has been removed."), Tone.MISSING)
    for one in reversed(disposals):
        yield Heading(f"{say.day(one.at.date())} · {say('Version')} {one.version}")
        yield Paragraph(
            say("Done {time} UTC by {who}. {rule}", time=f"{one.at:%Y-%m-%d %H:%M}", who=one.by, rule=_rule(one, say))
        )
        for caption, rounds in (
            (say("Answers that went; the figures stay as they were published"), one.answers),
            (say("Answers that went, with the figures that were made of them"), one.figures),
            (say("Frozen briefs that went"), one.briefs),
        ):
            if rounds:
                yield _rounds(caption, rounds, say)
        if one.versions:
            yield _versions(one, say)


def _rule(one: Disposal, say: Words) -> str:
    """By what it went, in a sentence or two."""
    rule, said = one.rule, []
    if rule.outright:
        said.append(say("Outright, by the command."))
    if rule.answers_years is not None:
        said.append(
            say.plural(
                "By the store's retention: answers for {n} year after the end of the round's.",
                "By the store's retention: answers for {n} years after the end of the round's.",
                rule.answers_years,
            )
        )
    if rule.versions_days is not None:
        said.append(
            say.plural(
                "Versions for {n} day after another took their place.",
                "Versions for {n} days after another took their place.",
                rule.versions_days,
            )
        )
    if rule.decision:
        said.append(say("Ground: {text}.", text=rule.decision.rstrip(".")))
    return " ".join(said)


def _rounds(caption: str, rounds: Sequence[Round], say: Words) -> PaperTable:
    columns: tuple[PaperColumn[tuple[tuple[str, int], list[str]]], ...] = (
        PaperColumn(say("Framework"), lambda row: row[0][0], 3),
        PaperColumn(say("Year"), lambda row: str(row[0][1]), 2, numeric=True),
        PaperColumn(say("Schools"), lambda row: say.integer(len(row[1])), 2, numeric=True),
        PaperColumn(say("Their ids"), lambda row: ", ".join(row[1][:LISTED]), 12),
    )
    return PaperTable.of(caption, columns, by_round(rounds).items())


def _versions(one: Disposal, say: Words) -> PaperTable:
    columns: tuple[PaperColumn[GoneVersion], ...] = (
        PaperColumn(say("Version"), lambda version: str(version.number), 2, numeric=True),
        PaperColumn(say("Made (UTC)"), lambda version: version.made_at[:16].replace("T", " ") or "-", 4),
        PaperColumn(say("By whom"), lambda version: version.by or "-", 5),
        PaperColumn(say("How"), lambda version: version.action or "-", 4),
    )
    return PaperTable.of(say("Versions that went"), columns, one.versions)
