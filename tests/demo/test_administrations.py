"""The demo's two administrations: the compiled report of 2025 is made of both, and no year before has parts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from analytics.documents.paper.shapes import Heading
from analytics.documents.report.contents import report_document
from analytics.funding.part_sums import part_sums
from analytics.funding.register import funding
from analytics.funding.report import report
from analytics.model.administrations import PartStatus
from analytics.model.funding import ReportQuestion
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.words.language import words


def test_each_has_projects_six_answers_a_last_day_and_a_status(demo_store: Path):
    register = funding(Store(demo_store).current(), Viewer("all", None))
    *own, city = part_sums(register, 2025)
    assert [(part.administration.id, part.status, len(part.projects)) for part in own if part.administration] == [
        ("grundskola", PartStatus.HANDED_IN, 10),
        ("kultur", PartStatus.DRAFT, 1),
    ]
    assert all(len(part.answers) == len(ReportQuestion) for part in (*own, city))
    assert all(part.part and part.part.deadline for part in own)
    assert city.administration is None and not city.projects, "its answers alone are the whole city's"
    assert sum(part.amount_sek for part in own) == Decimal("3892923.22"), "as data/demo/README.md says"
    assert [part_sums(register, year) for year in (2018, 2019, 2024)] == [(), (), ()]


def test_the_first_project_begins_a_page_of_the_compiled_report_alone(demo_store: Path):
    """With two lines of an administration it ended on the next page, which had nothing else."""
    register = funding(Store(demo_store).current(), Viewer("all", None))
    for year, own_page in ((2018, False), (2025, True)):
        made = report_document(report(register, year, words("sv")), {"Version": "1"}, words("sv"))
        first = next(block for block in made.blocks if isinstance(block, Heading) and block.text.startswith("1.1 "))
        assert first.own_page is own_page
