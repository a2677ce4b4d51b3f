"""Rounds of school years: a reader meets läsåret 2021/22 and never 2021 alone; files and addresses keep the number."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.dialogue.brief.facts import brief
from analytics.dialogue.followup_report import year_report
from analytics.documents.brief import brief_document
from analytics.documents.brief.data import brief_json
from analytics.documents.followup.contents import followup_document
from analytics.documents.paper.plain import plain_document
from analytics.model.provenance import Missing
from analytics.words.language import words
from analytics.words.periods import school_year
from pages.figures.criteria import page as criteria
from pages.figures.overview import page as overview
from pages.figures.school import page as school
from pages.figures.schools import page as schools
from pages.figures.support import page as support
from pages.shared.marks import marks_of
from pages.shared.parts import FIRST, LAST
from pages.talks.certification import page as certification
from pages.talks.dialogue.standing import answer
from pages.talks.followup import page as followup
from pages.talks.learning import page as learning
from pages.ui.content import Ask, Content, Table
from pages.ui.own_chart import chart_of
from tests.loads.test_framework_plan import GOTEBORG
from tests.pages.conftest import Open, ask_of
from tests.pages.reading import markup, unfolded
from tests.pages.school_year_city import PLAN, YEARS, load_city
from tests.sampling import at_night

BARE = re.compile(r"(?<![\d/–-])20(?:21|22|23|24)(?!/\d\d|\d|[–-]\d)")
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
MONTHS += " January February March April May June July August September October November December"
DAY = re.compile(rf"\d{{4}}-\d\d-\d\d|(?:\d+ )?(?:{'|'.join(MONTHS.split())}) \d{{4}}", re.IGNORECASE)
OF_DAYS = {"register"}
"""Pictures whose axis is of days."""


@pytest.fixture(scope="module")
def city(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    return load_city(shutil.copytree(store_once_built, folder / "store"), folder)


@pytest.fixture(scope="module")
def plan(city: Path) -> dict[str, Ask]:
    return {language: ask.of_rounds(PLAN) for language, ask in ask_of(city).items()}


def test_the_pages_call_rounds_by_their_school_year(plan):
    last, school_id = YEARS[-1], "skola-1"
    composed = [
        ("sv", overview.compose, (last, LAST, None)),
        ("en", overview.compose, (YEARS[1], FIRST, None)),
        ("sv", schools.compose, (last, None, None, "alla", "namn", 1)),
        ("sv", school.compose, (last, school_id)),
        ("en", school.compose, (YEARS[1], school_id)),
        ("sv", criteria.compose, (last, "D1")),
        ("en", criteria.compose_all, (last,)),
        ("sv", certification.compose, (last, None, None, "namn", 1)),
        ("en", support.compose, (last, None, None)),
        ("sv", followup.compose, (YEARS[1], "2024-03-01")),
        ("en", learning.compose, (last, school_id, "D1")),
    ]
    for language, compose, of in composed:
        ask = plan[language]
        found = [*texts_of(ask, compose(ask, PLAN, *of))]
        assert bare(found) == [], (compose.__module__, language)
        names_it = any(re.search(r"\d{4}/\d\d", text) for text in found)
        assert names_it or compose is learning.compose, "nothing there is of another round"


def test_documents_do_too_and_json_keeps_the_number(plan):
    ask, day = plan["sv"], date(2022, 11, 1)
    found = brief(ask.view, ask.viewer, "skola-1", PLAN, 2022, day)
    framework = ask.catalogue.framework(PLAN)
    about = {"Version": "1"}
    for language in ("sv", "en"):
        say = words(language)
        report = year_report(ask.view, ask.viewer, framework, 2022, day)
        for document in (brief_document(found, say), followup_document(report, about, say)):
            told = json.dumps(plain_document(document), ensure_ascii=False)
            assert bare([told]) == [] and "2022/23" in told
    assert brief_json(found)["year"] == 2022


def test_what_leaves_the_page_keeps_the_number(plan):
    content = overview.compose(plan["sv"], PLAN, 2023, LAST, None)
    block = content.first
    assert block and {row[0] for row in block.table.plain()} == set(YEARS)
    chart = chart_of(block.own_chart, block.table)
    assert {str(name) for name in chart.categories if name} == {"2021/22", "2022/23", "2023/24"}, "an axis is read"


def test_a_dialogue_is_of_its_school_year(plan):
    about = ("skola-1", PLAN, 2021)
    assert answer(plan["sv"], about, {}, date(2021, 11, 1)).startswith("Dialogen läsåret 2021/22 med Skolan 1 är")
    assert answer(plan["en"], about, {}, date(2021, 11, 1)).startswith("The 2021/22 dialogue with Skolan 1 has")


@pytest.mark.parametrize(
    "message, sv, en",
    [
        ("In {year}, {n} school met the goal on every criterion", "Läsåret 2021/22 nådde", "In 2021/22, 1 school met"),
        (
            "{school} has no answers for {year}.",
            "S har inga svar för läsåret 2021/22.",
            "S has no answers for the school",
        ),
        ("no clear change since {year}", "ingen säker förändring sedan 2021/22", "no clear change since 2021/22"),
        (
            "{year} is not over: it is counted up to {day}.",
            "Läsåret 2021/22 är inte slut",
            "The school year 2021/22 is not",
        ),
        ("Quality dialogue {year}: {school}", "Kvalitetsdialog 2021/22: S", "Quality dialogue 2021/22: S"),
        ("Projects {year}", "Projektredovisning 2021", "Projects 2021"),
    ],
)
def test_a_sentence_says_which_kind_of_year_and_a_label_does_not(message, sv, en):
    for language, begins in (("sv", sv), ("en", en)):
        say = words(language).of_rounds(GOTEBORG)
        year = 2021 if message.startswith("Projects") else say.round(2021)
        values = {"year": year, "school": "S", "day": "2022-05-01"}
        if "{n}" in message:
            told = say.plural(message, message.replace("school", "schools"), 1, **values)
        else:
            told = say(message, **values)
        assert told.startswith(begins)


def test_calendar_years_are_as_they_were(plan):
    ask = plan["sv"].of_rounds("dsoe-2018")
    assert ask.of_rounds("vebs-2022").key == ask.key and ask.of_rounds("vebs-2022").say is ask.say
    assert ask.say.round(2025) == "2025" and school_year(2099) == "2099/00"


def test_a_certification_under_the_plan_is_no_mark_under_another_framework(plan):
    ask, day = plan["sv"], date(2023, 6, 30)
    assert marks_of(ask, PLAN, day).is_certified("skola-6") and marks_of(ask, PLAN, day).lines["skola-6"]
    other = marks_of(ask, "vebs-2022", day)
    assert not other.is_certified("skola-6") and "skola-6" not in other.lines


@at_night
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_page_shows_a_bare_year_of_a_round(city: Path, at_store: Callable[[Path], None], open_page: Open, language):
    at_store(city)
    of = {"school": "skola-1"}
    pages = [
        ("", {}),
        ("oversikt", {}),
        ("oversikt", {"since": "first"}),
        ("skolor", {}),
        ("skolor", {"area": "kriterier"}),
    ]
    pages += [("skola", of), ("kriterier", {}), ("kriterier", {"criterion": "D1"}), ("certifiering", {}), ("stod", {})]
    pages += [
        ("dialog", of),
        ("uppfoljning", {}),
        ("lara", of),
        ("metod", {"del": "prov"}),
        ("historik", {}),
        ("eu", {}),
    ]
    for path, query in pages:
        for year in YEARS[1:]:
            about = {"framework": PLAN, "year": str(year)} if path not in ("", "historik", "eu") else {}
            app = unfolded(open_page(path, lang=language, **about, **query))
            assert not app.exception, path
            assert bare(shown(app)) == [], (path, year)


def bare(texts: list[str] | Iterator[str]) -> list[str]:
    """Where a year stands alone, with what stands about it."""
    found = []
    for text in texts:
        text = DAY.sub("", text)
        found += [text[max(0, at.start() - 50) : at.end() + 30] for at in BARE.finditer(text)]
    return found


def texts_of(ask: Ask, content: Content) -> Iterator[str]:
    """All that a reader meets of a page, folds opened."""
    yield content.answer
    yield from content.notices
    for figure in content.figures:
        yield from (figure.label, figure.value, figure.note, unmarked(figure.course))
    for block in content.all_blocks(ask):
        yield from (block.title, block.headline, block.alt, block.note, block.reading, unmarked(block.drawing))
        yield from written(block.table) if block.table else ()
        if block.figure is not None and block.key not in OF_DAYS:
            yield from strings(json.loads(block.figure.to_json()))


def written(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield column.heading
    for row in table.rows:
        told = (pair for pair in zip(table.columns, row, strict=True) if not isinstance(pair[1], Missing))
        yield from (str(column.write(value)) for column, value in told)


def strings(part: object) -> Iterator[str]:
    """The texts of a picture: not its paths, and no addresses."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in ("customdata", "template", "path", "uid"):
                yield from strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value)
    elif isinstance(part, str) and "framework=" not in part:
        yield part


ATTRIBUTES = re.compile(r'\s(?:href|id|class|key|style|d|for|data-[a-z]+|aria-labelledby)="[^"]*"')


def unmarked(html: object) -> str:
    """A drawing's texts, and those of its attributes that are read."""
    return unescape(ATTRIBUTES.sub("", re.sub(r"<style>.*?</style>", "", str(html or ""), flags=re.DOTALL)))


def shown(app: AppTest) -> Iterator[str]:
    yield from map(unmarked, markup(app))
    for chart in app.get("plotly_chart"):
        if not any(key in chart.proto.id for key in OF_DAYS):
            yield from strings(json.loads(chart.proto.spec))
    for box in (*app.selectbox, *app.multiselect, *app.text_area, *app.button):
        yield from (box.label, *(getattr(box, "options", None) or ()))
    for element in (*app.info, *app.caption, *app.markdown, *app.warning):
        yield element.value
    yield from (fold.label for fold in app.expander)
