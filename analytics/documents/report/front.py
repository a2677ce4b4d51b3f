"""What stands before the report's chapters: who sends it and as what it is kept, the key figures, the introduction."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.documents.paper.markdown import typed_blocks
from analytics.documents.paper.shapes import TWELFTHS, Block, Bullets, FormField, FormFields, Paragraph
from analytics.documents.report.amounts import written
from analytics.documents.report.chapters import countries_in, paid_projects
from analytics.funding.report import Report
from analytics.model.funding import ReportQuestion
from analytics.model.sender import Dispatch
from analytics.words.labels import label_of
from analytics.words.language import Words
from analytics.words.sender import HEAD

ABOVE = ("city", "committee")
"""What stands above the title."""
ROWS = (("administration", "contact"), ("number", "day", "decision"))


def sender_line(dispatch: Dispatch) -> str:
    """Malmö stad, Grundskolenämnden."""
    return ", ".join(text for name in ABOVE if (text := dispatch.told[name]))


def front_blocks(report: Report, dispatch: Dispatch, say: Words) -> Iterator[Block]:
    """Whatever of the head has been said: nothing stands in place of the rest."""
    told = dispatch.told
    rows = []
    for names in ROWS:
        if there := [name for name in names if told[name]]:
            width = TWELFTHS // len(there)
            rows.append(tuple(FormField(say.marked(HEAD[name]), (told[name],), width) for name in there))
    if rows:
        yield FormFields(tuple(rows), quiet=True)
    yield FormFields(
        (
            (
                FormField(say("EU funds paid {year}, SEK", year=report.year), (written(report.eu_sek, say),), 4),
                FormField(say("Projects"), (say.integer(len(report.sheets)),), 2),
                FormField(say("of them paid in the year"), (say.integer(paid_projects(report)),), 3),
                FormField(say("Other countries in the projects"), (say.integer(countries_in(report)),), 3),
            ),
            *(
                [
                    (
                        FormField(
                            say("Other funds paid {year}, SEK", year=report.year),
                            (written(report.total_sek - report.eu_sek, say),),
                            TWELFTHS,
                        ),
                    )
                ]
                if report.not_eu
                else []
            ),
        )
    )


def introduction_blocks(report: Report, dispatch: Dispatch, say: Words) -> Iterator[Block]:
    """The city's own introduction; else what the report is for and which questions it answers, as the form begins."""
    if dispatch.sender.introduction:
        yield from typed_blocks(dispatch.sender.introduction, say, under=1)
        return
    yield Paragraph(say("The purpose of this account is to show of what use international work is to the city."))
    who = dispatch.sender.administration or say("The administration")
    yield Paragraph(
        say(
            "{who} accounts here for its projects, EU funds and partners in {year}, and answers these questions:",
            who=who,
            year=report.year,
        )
    )
    yield Bullets(tuple(label_of(question, say) for question in ReportQuestion))
