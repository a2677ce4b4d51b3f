"""Every file that a page offers says what it is about, in its name and inside: school, year, framework, the choices
that it was made by, and the version of the data that its figures are of."""

from __future__ import annotations

import io
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

import duckdb
import pytest
from pypdf import PdfReader
from python_calamine import load_workbook

from pages.figures.criteria import page as criteria
from pages.figures.overview import page as overview
from pages.figures.school import page as school
from pages.figures.schools import page as schools
from pages.figures.support import page as support
from pages.funding.portfolio import page as portfolio
from pages.talks.certification import page as certification
from pages.talks.dialogue import paper
from pages.talks.followup import page as followup
from pages.talks.learning import page as learning
from pages.ui import guarded, replayed
from pages.ui.downloads import file_stem
from pages.ui.titles import titles
from tests.pages.test_downloads import drawn
from tests.sampling import NIGHTLY
from tests.store.making import put
from tests.test_files_out import BUTTONS, OWN_FILES, where

FRAMEWORK, YEAR, SCHOOL = "vebs-2022", 2025, "zefyrskolan"
ROUND = (FRAMEWORK, YEAR)
EVERYTHING = (None, None)
COMPOSED: dict[str, tuple[Callable, list[tuple]]] = {
    "oversikt": (overview.compose, [ROUND, (*ROUND, "forsta"), (*ROUND, "forra", "ledarskap")]),
    "skolor": (
        schools.compose,
        [
            (*ROUND, *group, show, "namn", page, criterion)
            for group, show, page, criterion in [
                (EVERYTHING, "alla", 1, None),
                (EVERYTHING, "kriterier", 1, None),
                (EVERYTHING, "ledarskap", 1, None),
                (EVERYTHING, "ledarskap", 1, "A2"),
                (EVERYTHING, "alla", 2, None),
                (("Norr", None), "alla", 1, None),
                ((None, "F-9"), "alla", 1, None),
            ]
        ],
    ),
    "skola": (
        school.compose,
        [
            (*ROUND, SCHOOL, *choice)
            for choice in [(), ("ledarskap",), (None, "forsta"), (None, None, "agatskolan,apatitskolan")]
        ],
    ),
    "kriterier": (criteria.compose, [(*ROUND, "A1"), (*ROUND, "A2")]),
    "certifiering": (certification.compose, [(*ROUND, *EVERYTHING, "namn", n) for n in (1, 2)]),
    "stod": (support.compose, [(*ROUND, *EVERYTHING), (*ROUND, "Norr", None)]),
    "uppfoljning": (followup.compose, [(FRAMEWORK, year, "2025-03-01") for year in (2024, 2025)]),
    "lara": (learning.compose, [(*ROUND, SCHOOL, criterion, "2025-03-01") for criterion in ("A1", "B3")]),
    "eu": (portfolio.compose, [(None, None, None), (2025, None, None), (2025, "Erasmus+", None)]),
}
"""Each page that is composed, by itself and with each of its choices."""


@pytest.mark.parametrize("page", COMPOSED)
def test_what_is_chosen_on_a_page_is_in_its_files_names(asks, page):
    """Two files that say different things are called different things. By day of each page as it is by itself, and with
    one choice."""
    ask, (compose, choices) = asks["sv"], COMPOSED[page]
    choices = choices if NIGHTLY else [choices[0], choices[1 + len(page) % (len(choices) - 1)]]
    called: dict[str, tuple[list, tuple]] = {}
    for parameters in choices:
        content = compose(ask, *parameters)
        for block in content.all_blocks(ask):
            if block.table is not None:
                rows = sorted(map(repr, block.table.plain()))
                stem = file_stem(ask, block, content.about, titles(ask.say)[page])
                there, others = called.setdefault(stem, (rows, parameters))
                assert there == rows, f"{stem}: {others} and {parameters}"
    assert called or page == "lara"


def test_a_choice_stands_in_the_file_too(asks, monkeypatch):
    ask = asks["sv"]
    content = school.compose(ask, *ROUND, SCHOOL, "ledarskap")
    files = drawn(monkeypatch, ask, content.first, content.provenance, content.about).files
    stem = "kvalitetsdialog-zefyrskolan-2025-vebs-2022-school-trend-ledarskap-och-planering-v1"
    assert set(files) == {f"{stem}.csv", f"{stem}.xlsx", f"{stem}.pptx"}
    for name, data in files.items():
        assert says_version(text_of(name, data), "1") and "Ledarskap" in text_of(name, data), name
    table = drawn(monkeypatch, ask, content.table, content.provenance, content.about).files
    assert all("ledarskap" not in name for name in table), "it has all the areas' criteria"


class Offered(NamedTuple):
    """A file that a page offers: what it is called, how it is made, and by which of the product's modules."""

    name: str
    made: Callable[[], bytes]
    by: str

    @property
    def version(self) -> str:
        found = re.search(r"-v(\d+)\.[a-z]+$", self.name)
        assert found, self.name
        return found[1]


OWN: dict[str, list[dict[str, str]]] = {
    "dialog": [{"school": SCHOOL, "year": "2025"}],
    "uppfoljning": [{"year": "2024"}],
    "oversikt": [{"year": "2025"}],
    "eu-rapport": [{"year": "2025"}, {"year": "2025", "administration": "grundskola"}],
    "eu-projekt": [{}],
    "avstamning": [{}],
    "importera": [{}],
    "oppna-data": [{}],
    "ramverk": [{"framework": "goteborg-2021"}],
}
"""The pages that offer files of their own, which are no block's."""

LEDGER = ("huvudbok.csv", b"datum;verifikation;projektkod;belopp\n2025-03-04;A1;4711;1000,50\n", "text/csv")


@pytest.fixture(scope="module")
def saved(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose last version changed neither a figure nor the register of money, so that three numbers differ: of
    the version in force, of the one that the register is of, and of a brief that was frozen."""
    store = shutil.copytree(demo_store, tmp_path_factory.mktemp("saved") / "store")
    outcome = put(store, labels="school,label,date\nzefyrskolan,school_label,2025-03-01\n")
    assert outcome.version == 2
    return store


@pytest.fixture
def offered(saved, at_store, open_page, monkeypatch) -> Callable[..., list[Offered]]:
    """What a page offers with everything on it open."""
    found: list[Offered] = []

    def button(_label: str, made: Callable[[], bytes], name: str, *_: object, **__: object) -> None:
        frame = sys._getframe(1)
        while frame.f_code.co_filename.endswith(("guarded.py", "files.py")):
            frame = frame.f_back
        found.append(Offered(name, made, Path(frame.f_code.co_filename).name))

    def of(path: str, **query: str) -> list[Offered]:
        app = open_page(path, **query)
        if path == "avstamning":
            app.file_uploader[0].set_value([LEDGER]).run()
        for _ in range(2):  # what a fold opens may hold another
            for fold in app.expander:
                app.session_state[fold.proto.id.split("-", 2)[2]] = True
            found.clear()
            app.run()
        for make in [one for one in app.button if one.key == "briefs_make"]:
            with monkeypatch.context() as patch:  # what is in each is tried by its own button
                patch.setattr(paper, "brief", lambda *_, **__: None)
                patch.setattr(paper, "brief_bytes", lambda *_: b"")
                make.click().run()
        assert not app.exception
        return [*found]

    at_store(saved)
    monkeypatch.setattr(guarded.st, "download_button", button)
    monkeypatch.setattr(replayed, "POSSIBLE", False)
    return of


def text_of(name: str, data: bytes) -> str:
    """All that a file says, its properties and its members' names too."""
    suffix = Path(name).suffix
    if suffix == ".xlsx":
        book = load_workbook(io.BytesIO(data))
        rows = (row for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python())
        return "\n".join("\t".join(map(str, row)) for row in rows)
    if suffix == ".pdf":
        reader = PdfReader(io.BytesIO(data))
        return "\n".join([*map(str, (reader.metadata or {}).values()), *(page.extract_text() for page in reader.pages)])
    if suffix == ".duckdb":
        with NamedTemporaryFile(suffix=suffix) as file:
            file.write(data)
            file.flush()
            with duckdb.connect(file.name, read_only=True) as connection:
                return "\n".join(f"{what}: {said}" for what, said in connection.execute("from about").fetchall())
    if suffix in (".zip", ".docx", ".pptx"):
        packed = zipfile.ZipFile(io.BytesIO(data))
        own = (".parquet", ".duckdb", ".png")
        inner = ((one, packed.read(one)) for one in packed.namelist() if not one.endswith(own))
        texts = [f"{one}\n{text_of(one, member)}" for one, member in inner]
        return "\n".join(texts if suffix == ".zip" else [re.sub("<[^>]+>", " ", text) for text in texts])
    return data.decode("utf-8-sig", "replace")


def says_version(text: str, version: str) -> bool:
    """Beside the word, or in a table's column of that name."""
    first, *rows = text.splitlines() or [""]
    heads, sign = (first.split(";"), ";") if ";" in first else (first.split("\t"), "\t")
    if "version" in map(str.casefold, heads):
        at = [head.casefold() for head in heads].index("version")
        return bool(rows) and all(row.split(sign)[at - len(heads)] == version for row in rows)
    return bool(re.search(rf"(?i)\bversion\W{{0,12}}{version}\b", text))


ABOUT = {
    "dialog": ("Zefyrskolan", "2025", "Varje elevs bästa skola"),
    "uppfoljning": ("2024", "Varje elevs bästa skola"),
    "oversikt": ("2025", "Varje elevs bästa skola"),
    "eu-rapport": ("2025",),
    "eu-projekt": (),
    "avstamning": ("2025",),
    "importera": ("Varje elevs bästa skola",),
    "oppna-data": (),
    "ramverk": ("Göteborg",),
}
"""What each file of theirs says that it is about."""
NAMED = {
    "dialog": "-zefyrskolan-2025-vebs-2022-v",
    "uppfoljning": "-2024-vebs-2022-v",
    "oversikt": "-kvalitetsrapport-2025-vebs-2022-v",
    "eu-rapport": "-2025-",
    "avstamning": "-2025-v",
    "importera": "-vebs-2022-v",
    "ramverk": "goteborg-2021-",
}


SLOW = ("oppna-data",)  # all of the open data is made, whose version is tried in tests/opendata too
TRIED = [(page, query) for page, queries in OWN.items() for query in (queries if NIGHTLY else queries[-1:])]
TRIED = [(page, query) for page, query in TRIED if NIGHTLY or page not in SLOW]


@pytest.mark.parametrize(("page", "query"), TRIED)
def test_a_page_s_own_files_say_what_they_are_about_and_of_which_version(offered, page, query):
    found = [one for one in offered(page, **query) if one.by not in (*OWN_FILES, "downloads.py")]
    assert found
    for one in found:
        data = one.made()
        if one.name.startswith("kvalitetsdialoger-"):
            members = zipfile.ZipFile(io.BytesIO(data)).namelist()
            assert "Zefyrskolan 2025 vebs-2022 v2.pdf" in members and len(members) > 70
            assert all(re.search(r" 2025 vebs-2022 v[12]\.pdf$", name) for name in members)
            continue
        text = text_of(one.name, data)
        assert says_version(text, one.version), one.name
        assert NAMED.get(page, "") in one.name and all(word in text for word in ABOUT[page]), one.name
        if "administration" in query:
            assert ("-grundskola-" in one.name and "Grundskoleförvaltningen" in text) or one.name.endswith(".csv")


def test_these_are_all_the_places_where_files_are_offered(offered):
    """Whoever adds one elsewhere adds its page to OWN."""
    calls = {module for module in where(*BUTTONS) if module not in OWN_FILES}
    reached = {one.by for page in OWN for one in offered(page, **OWN[page][-1])}
    assert reached == calls - {"files.py"}
