"""Importera: what is said of files, what is asked, and that nothing is stored until somebody says so."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from io import BytesIO
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.loads.loaded_before import loaded_before, still_loaded
from analytics.loads.own_files import TEMPLATES
from analytics.loads.typed_schools import typed_schools
from analytics.loads.withdrawing import withdraw
from analytics.model.errors import Problem
from analytics.model.installed import DATA
from analytics.store.funding import read_funding
from analytics.store.reading import Store, version_history
from analytics.store.reference import read_schools
from analytics.store.saved_forms import saved_forms
from analytics.words.language import words
from pages.data.imports import preview, steps, templates
from pages.data.imports.causes import causes, columns_of, without_switches
from pages.data.imports.held import HELD, Imports, begun
from pages.data.imports.job import Job
from pages.ui import access
from tests.pages.left_files import LEVELS, NEW_SCHOOLS, OWN_QUESTIONS, microsoft_form
from tests.pages.reading import markup, said
from tests.store.making import tree

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEW = ("Askmolnsskolan", "Askviggsskolan", "Asteroidskolan")
SAY = words("sv")


@pytest.fixture(autouse=True)
def jobs_are_waited_for(monkeypatch):
    """No browser looks whether they are over."""
    monkeypatch.setattr(steps, "SOON", 120)


@pytest.fixture(scope="module")
def with_schools(empty_store, tmp_path_factory) -> Path:
    """A store with three schools and no answers, as version 2; for reading alone."""
    store = shutil.copytree(empty_store, tmp_path_factory.mktemp("with schools") / "store")
    load(store, [typed_schools(FEW, (), "schools")], ReadingOptions(), SAY, loaded_by="Bo")
    return store


@pytest.fixture
def city(with_schools, tmp_path) -> Path:
    return shutil.copytree(with_schools, tmp_path / "city")


@pytest.fixture
def open_at(at_store, open_page) -> Callable[[Path], AppTest]:
    def opened(store: Path) -> AppTest:
        at_store(store)
        return open_page("importera")

    return opened


@pytest.fixture(scope="module")
def questions() -> list[str]:
    """Those of the framework that the demo's schools answer."""
    said_ = tomllib.loads((DATA / "frameworks" / "vebs-2022.toml").read_text("utf-8"))
    return [f"{one['id']}. {one['title']['sv']}" for area in said_["area"] for one in area["criterion"]]


def leave(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, data, XLSX) for name, data in files]).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    assert not button.disabled, label
    button.click().run()
    assert not app.exception
    return app


def is_ready(app: AppTest) -> bool:
    return any(button.label == "Läs in" and not button.disabled for button in app.button)


def signed(app: AppTest) -> AppTest:
    next(box for box in app.text_input if box.label == "Ditt namn").set_value("Anna").run()
    return app


def test_a_form_is_told_and_stored_when_somebody_says_so(city, open_at, questions):
    before = tree(city)
    app = leave(open_at(city), ("Svar.xlsx", microsoft_form(questions, FEW, year=2022)))
    text = said(app)
    assert "Skolan står under ”Vilken skola arbetar du på?”" in text
    assert "Alla 25 kriterier" in text and "Året är taget ur tiderna i filen" in text
    assert "”E-post”" in text.replace("“", "”") and "lagras aldrig" in text
    assert "Klart att läsa in: 900 svar från 3 skolor" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert tree(city) == before, "nothing is stored yet"
    app = press(signed(app), "Läs in")
    assert "Inläst som version 3" in said(app) and "900" in said(app)
    assert version_history(city)[-1].loaded_by == "Anna"
    assert "skola?school=" in " ".join(markup(app)), "where to see it"
    assert HELD.of(app.query_params["inlasning"], access.owner()).files == [], "nothing of the file is kept"


def test_the_same_file_again_is_said_to_be_and_changes_nothing(city, open_at, questions):
    file = ("Svar.xlsx", microsoft_form(questions, FEW, year=2022))
    press(signed(leave(open_at(city), file)), "Läs in")
    before = tree(city)
    app = leave(open_at(city), ("Samma svar.xlsx", file[1]))
    assert "Filen är redan inläst" in said(app) and "Anna" in said(app) and "version 3" in said(app)
    assert not is_ready(app) and tree(city) == before
    next(box for box in app.checkbox if "igen" in box.label).check().run()
    assert app.radio, "and then the rounds are there already"


def test_what_is_there_is_replaced_only_if_somebody_says_so(city, open_at, questions):
    press(signed(leave(open_at(city), ("Svar.xlsx", microsoft_form(questions, FEW, year=2025)))), "Läs in")
    app = leave(open_at(city), ("Nya svar.xlsx", microsoft_form(questions, FEW, year=2025, each=20)))
    assert "--replace" not in said(app) and not is_ready(app)
    assert "Askmolnsskolan" in said(app)
    assert app.radio[0].options == ["Ersätt det med det som står i filerna", "Låt det vara: läs inte in"]
    app.radio[0].set_value("replace").run()
    assert is_ready(app)
    press(signed(app), "Läs in")
    assert len(version_history(city)) == 4


def test_what_is_wrong_is_said_once_for_its_cause_and_marked_in_its_cells(city, open_at, questions):
    hostile = "<script>alert(1)</script>"
    app = leave(open_at(city), ("Svar.xlsx", microsoft_form(questions, FEW, year=2022, wrong=60, word=hostile)))
    text, html = said(app), " ".join(markup(app))
    assert text.count("Nivån finns inte på skalan") == 1 and "60 ställen" in text
    assert html.count("kd-wrong-cell") >= 50, "every cell of the rows that are shown"
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert not is_ready(app)


def test_names_of_files_and_headings_are_texts(city, open_at, questions):
    app = leave(open_at(city), ("<img src=x>_a_.xlsx", microsoft_form(questions, FEW, school="Skola <b>här</b>")))
    html = " ".join(markup(app))
    assert "<img" not in html and "<b>h" not in html and "&lt;b&gt;" in html


def test_from_nothing_to_a_version_with_a_framework_of_ones_own(tmp_path, open_at):
    store = tmp_path / "store"
    app = press(open_at(store), "Börja")
    assert Store(store).current().number == 1
    app = leave(app.run(), ("Skattning.xlsx", microsoft_form()))
    assert "3 nämns i filen och läggs upp" in said(app)
    app = press(app, "Gör ramverket")
    assert "5 kriterier i 3 områden, mål Trygg" in said(app)
    app = press(signed(app), "Läs in")
    text = said(app).replace("\N{NO-BREAK SPACE}", " ")
    assert "3 nya skolor, 180 svar" in text and "stadens medel" in text
    view = Store(store).current()
    assert {name for (name,) in view.rows("select name from school")} == set(NEW_SCHOOLS)
    assert view.rows("select count(*) from school_round") == [(3,)]


def test_what_a_form_asks_on_another_scale_becomes_a_framework_of_its_own_by_a_copy_of_it(tmp_path, open_at):
    store, often = tmp_path / "store", ("1 - Aldrig", "2 - Ibland", "3 - Ofta", "4 - Alltid", "5 - Jämt")
    asked = {question: LEVELS for question in OWN_QUESTIONS} | {f"Hur ofta {what}?": often for what in ("1", "2", "3")}

    def form(*questions: str) -> bytes:
        rows = [("Skola", "Tid", *questions)]
        for school, n in product(NEW_SCHOOLS, range(12)):
            cells = (asked[question][(n + k) % len(asked[question])] for k, question in enumerate(questions))
            rows.append((school, f"2026-01-{n + 1:02} 10:11:12", *cells))
        return "\n".join(map(";".join, rows)).encode()

    app = leave(press(open_at(store), "Börja").run(), ("Enkät.csv", form(*asked)))
    told = said(app)
    assert "Besvarade på en annan, och inte med: ”Hur ofta 1?”" in told and "kopia av filen" in told
    press(signed(press(app, "Gör ramverket")), "Läs in")
    app = leave(open_at(store), ("Hur ofta.csv", form(*[question for question in asked if "ofta" in question])))
    title = next(box for box in app.text_input if box.label == "Vad det heter")
    title.set_value("Hur ofta vi gör det").run()
    press(signed(press(app, "Gör ramverket")), "Läs in")
    rounds = Store(store).current().rows("select framework, count(*) from school_round group by 1 order by 1")
    assert [n for _, n in rounds] == [3, 3]


def test_bare_numbers_that_may_be_two_scales_are_one_only_if_somebody_says_so(tmp_path, open_at):
    """1 to 4 in some columns and 1 to 5 in others: said, and taken apart by taking columns away."""
    four, five = ("Planen", "Målen", "Tiden"), ("Möten", "Läsning")
    rows = [("Skola", "Tid", *four, *five)]
    for school, n in product(NEW_SCHOOLS, range(12)):
        cells = (*(str(1 + (n + k) % 4) for k in range(3)), *(str(1 + (n + k) % 5) for k in range(2)))
        rows.append((school, f"2026-01-{n + 1:02} 10:11:12", *cells))
    app = leave(press(open_at(tmp_path / "store"), "Börja").run(), ("E.csv", "\n".join(map(";".join, rows)).encode()))

    def make():
        return next(button for button in app.button if button.label == "Gör ramverket")

    assert "högst 4 i ”Planen”, ”Målen” och ”Tiden”; högst 5 i ”Möten” och ”Läsning”" in said(app)
    assert make().disabled
    one = next(box for box in app.checkbox if box.label == "Alla har en och samma skala, upp till 5")
    one.check().run()
    assert not make().disabled
    next(box for box in app.multiselect if box.label == "Kolumner som är frågor").set_value(list(four)).run()
    assert not make().disabled and "Alla har en och samma skala" not in said(app)
    app = press(app, "Gör ramverket")
    assert "3 kriterier" in said(app)


def test_an_unknown_school_becomes_a_new_one_only_if_somebody_says_so(city, open_at, questions):
    app = leave(open_at(city), ("Svar.xlsx", microsoft_form(questions, (*FEW, "Nya skolan"), year=2022)))
    assert "Skolan är inte känd" in said(app) and not is_ready(app)
    next(box for box in app.multiselect if box.label == "De här är nya skolor").set_value(["Nya skolan"]).run()
    assert "1 ny skola" in said(app) and is_ready(app)


def test_how_a_form_is_read_is_put_right_by_hand_and_remembered(city, open_at, questions):
    strange = [f"Fråga {n}" for n in range(1, 26)]
    file = microsoft_form(strange, FEW, year=2022, school="Enhet")
    app = leave(open_at(city), ("Svar.xlsx", file))
    app = choose(app, "Ramverk", "vebs-2022")
    app.session_state[f"hand_{app.query_params['inlasning']}_0"] = True  # as a browser says that it is unfolded
    app.run()
    columns = {f"Fråga {n}": question.partition(".")[0] for n, question in enumerate(questions, 1)} | {
        "Enhet": "school"
    }
    for box in app.selectbox:
        heading = box.label.partition(" (")[0].replace("\\", "")
        if heading in columns:
            box.set_value(columns[heading])
    app = press(app, "Läs så här")
    assert "Alla 25 kriterier" in said(app) and is_ready(app)
    press(signed(app), "Läs in")
    (form,) = saved_forms(city)
    assert form.columns == columns and form.framework == "vebs-2022" and form.by == "Anna"
    next_year = microsoft_form(strange, FEW, year=2023, each=13, school="Enhet")
    app = leave(open_at(city), ("Svar 2023.xlsx", next_year))
    assert "Läses så som Anna angav" in said(app) and "Alla 25 kriterier" in said(app)
    assert app.selectbox[0].value == "vebs-2022"


def test_what_codes_mean_is_said_and_remembered(city, open_at, questions):
    codes = ("Alt D", "Alt C", "Alt B", "Alt A")

    def form(year: int) -> bytes:
        each = [";".join(("Skola", "Tid", *questions))]
        each += [";".join((school, f"{year}-02-0{n + 1} 10:11:12", *[codes[(n + k) % 4] for k in range(25)]))
                 for school in FEW for n in range(6)]  # fmt: skip
        return "\n".join(each).encode()

    app = leave(open_at(city), ("Svar.csv", form(2022)))
    assert not is_ready(app)
    app.session_state[f"hand_{app.query_params['inlasning']}_0"] = True
    app.run()
    for box in app.selectbox:
        if box.label.strip("”“") in codes:
            box.set_value(str(codes.index(box.label.strip("”“")) + 1))
    app = press(app, "Läs svaren så här")
    assert "”alt a” = 4 Välutvecklad" in said(app) and is_ready(app)
    press(signed(app), "Läs in")
    assert saved_forms(city)[0].levels == {"alt d": 1, "alt c": 2, "alt b": 3, "alt a": 4}
    app = leave(open_at(city), ("Svar 2023.csv", form(2023)))
    assert "”alt a” = 4 Välutvecklad" in said(app)
    assert is_ready(signed(app))


def choose(app: AppTest, label: str, value: object) -> AppTest:
    next(box for box in app.selectbox if box.label == label).set_value(value).run()
    assert not app.exception
    return app


def test_what_is_held_is_its_owners_and_is_let_go_of(monkeypatch):
    clock = [0.0]
    held, one = Imports(now=lambda: clock[0]), begun("anna")
    assert held.of(one.token, "anna") is None, "nothing has been left in it"
    held.keep(one)
    assert held.of(one.token, "anna") is one
    assert held.of(one.token, "bo") is None and held.of(None, "anna") is None
    clock[0] = 3601.0
    assert held.of(one.token, "anna") is None, "for an hour"
    for _ in range(40):
        held.keep(begun("bo"))
    assert len(held._held) == 30


def test_a_fault_of_ours_is_told_as_one_and_ends_nothing():
    job = Job("try", 1, lambda step: 1 // 0)
    assert job.wait(10) and job.failed and job.error is None and job.share == 1


def test_a_cause_is_one_whatever_is_to_be_done_about_each_word():
    found = causes(
        [
            Problem("a.csv", 3, "Skola", "Eksola", "The school is not known.", "The nearest is Ekskolan."),
            Problem("a.csv", 1, "Skola", "Almsola", "The school is not known.", "The nearest is Almskolan."),
            Problem("a.csv", None, None, None, "Other.", "Mend it. Say it with --as (form). Or not."),
        ]
    )
    assert [(cause.number, len(cause.where)) for cause in found] == [(1, 2), (2, 1)]
    assert found[0].words == (("Eksola", "The nearest is Ekskolan."), ("Almsola", "The nearest is Almskolan."))
    assert [(place.column, place.rows) for place in columns_of(found[0])] == [("Skola", (1, 3))]
    assert found[1].hint == "Mend it. Or not." == without_switches("Mend it. Say it with --as (form). Or not.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([("Eksola", "Närmast är Ekskolan."), ("Almsola", "Närmast är Almskolan.")],
         "”Eksola”: Närmast är Ekskolan. ”Almsola”: Närmast är Almskolan."),
        ([("Eksola", "Närmast är Ekskolan."), ("", "Skriv en skola."), ("Ny", "")],
         "”Eksola”: Närmast är Ekskolan. Skriv en skola. ”Ny”."),
        ([(f"S{n}", f"Närmast är {n}.") for n in range(9)],
         " ".join(f"”S{n}”: Närmast är {n}." for n in range(8)) + " 1 till."),
        ([("5", "Nivåerna är 1–4."), ("6", "Nivåerna är 1–4.")], "Det står ”5” och ”6”."),
    ],
)  # fmt: skip
def test_what_to_do_about_each_word_is_a_sentence_of_its_own(said, told):
    problems = [Problem("a.csv", n, "Skola", word, "Den är inte känd.", hint) for n, (word, hint) in enumerate(said, 1)]
    (cause,) = causes(problems)
    drawn = preview._cause_html(SimpleNamespace(say=words("sv")), cause, 1)
    assert f">{told}<" in drawn and not re.search(r"[.!?] ?;|  ", drawn)


def test_files_that_somebody_has_gone_back_from_are_none(city, open_at, questions):
    from analytics.store.rollback import roll_back

    press(signed(leave(open_at(city), ("Svar.xlsx", microsoft_form(questions, FEW, year=2022)))), "Läs in")
    assert any(one.version == 3 and one.by == "Anna" for one in loaded_before(city).values())
    roll_back(city, 2)
    assert not any(one.version == 3 for one in loaded_before(city).values())


def test_nor_are_those_whose_rounds_have_been_taken_back_or_replaced(city, questions):
    first, again = microsoft_form(questions, FEW, year=2022), microsoft_form(questions, FEW, year=2022, each=20)
    paths = [city.parent / name for name in ("first.xlsx", "again.xlsx")]
    for path, book in zip(paths, (first, again), strict=True):
        path.write_bytes(book)
    reading = ReadingOptions(framework="vebs-2022", year=2022)
    load(city, paths[:1], reading, SAY, loaded_by="Anna")
    load(city, paths[1:], reading, SAY, replace=True, loaded_by="Bo")
    assert [one.by for one in still_loaded(city).values() if one.version > 2] == ["Bo"]
    withdraw(city, 4, withdrawn_by="Bo")
    assert [one.by for one in still_loaded(city).values() if one.version > 2] == ["Anna"]
    assert load(city, paths[1:], reading, SAY, replace=True, loaded_by="Bo").version == 6


def test_every_text_of_trouble_has_its_swedish():
    from pages.data.imports.going import DOING, TROUBLE

    assert all(words("sv").marked(text) != str(text) for text in (*DOING.values(), *TROUBLE.values()))


def test_whose_school_units_is_chosen_where_the_register_has_several_municipalities(city, open_at):
    told = ((FEW[0], "20000001", "9901"), ("Nyskolan", "20000002", "9901"), ("Annans skola", "20000003", "9902"))
    about = {"status": "AKTIV", "headMaster": "Påhittade Petra"}
    units = [
        {"data": {"schoolUnitCode": code, "attributes": about | {"displayName": name, "municipalityCode": in_}}}
        for name, code, in_ in told
    ]
    app = leave(open_at(city), ("register.json", json.dumps(units).encode()))
    assert "Skolverkets skolenhetsregister" in said(app) and not is_ready(app)
    assert "2 kommuner" in said(app) and "--municipality" not in said(app)
    next(box for box in app.selectbox if box.label == "Vilken kommuns skolenheter").select("9901").run()
    assert "Nya enligt skolenhetsregistret: Nyskolan." in said(app) and "Petra" not in said(app)
    next(radio for radio in app.radio if radio.label.startswith("Det här finns redan")).set_value("replace").run()
    press(signed(app), "Läs in")
    codes = {school.name: school.school_unit_code for school in read_schools(Store(city).current())}
    assert codes == {FEW[0]: "20000001", FEW[1]: None, FEW[2]: None, "Nyskolan": "20000002"}


def test_templates_are_offered_and_are_read_as_what_they_are(city, open_at, monkeypatch):
    made: dict[str, bytes] = {}

    def offered(ask, label, file, stem, suffix, *_, **__):
        made[f"{stem}{suffix}"] = file()

    monkeypatch.setattr(templates, "download", offered)
    app = open_at(city)
    app.session_state["templates"] = True
    app.run()
    assert not app.exception
    box = next(box for box in app.selectbox if box.key == "template_kind")
    assert len(box.options) == len(TEMPLATES)
    for kind in ("participation", "projects"):
        next(box for box in app.selectbox if box.key == "template_kind").set_value(kind).run()
        assert not app.exception
    assert [name.endswith(".xlsx") for name in made] == [True] * 3
    sheets = [CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python() for data in made.values()]
    (asked,), with_schools, (headings,) = sheets
    assert asked[0] == "Skola" and len(asked) > 10 and headings[0] == "Projekt id"
    assert [row[2] for row in with_schools[1:]] == list(FEW)


def test_which_projects_of_a_list_are_the_citys_is_said_on_the_page(city, open_at):
    headings = "Ärende-ID;Projektnamn;Stödmottagare;Projekt Starttid;Projekt Sluttid;Beviljat belopp - SEK"
    ours = "99900001;Påhittat nät;Påhitts kommun;2017-01-02;2020-04-30;3929285"
    theirs = "99900002;Annans nät;Annan kommun;2017-01-02;2020-04-30;100"
    app = leave(open_at(city), ("projektbank.csv", "\n".join([headings, ours, theirs]).encode()))
    assert "En lista över EU-projekt" in said(app) and "--called" not in said(app) and not is_ready(app)
    next(box for box in app.text_input if box.label.startswith("Vad kommunen heter")).set_value("påhitts kommun").run()
    for label, text in (("Förvaltningens del", "250 000"), ("Programmet, där listan inte säger det", "ERUF")):
        next(box for box in app.text_input if box.label == label).set_value(text)
    [button for button in app.button if button.label == "Läs så här"][-1].click().run()
    assert "Nya projekt: Påhittat nät (99900001)." in said(app)
    assert "3 rader av annat slag" in said(app).replace("\N{NO-BREAK SPACE}", " ")
    press(signed(app), "Läs in")
    found = read_funding(Store(city).current())
    assert [(project.id, project.role, project.programme) for project in found.projects] == [
        ("99900001", "owner", "ERUF")
    ]
    assert [(budget.scope, budget.amount) for budget in found.budgets] == [("whole", 3929285), ("own", 250000)]


def test_whose_a_table_of_answers_per_level_is_is_said_on_the_page(city, open_at, questions):
    levels = ("Påbörjad", "Aktiverad", "Trygg", "Välutvecklad")
    lines = [("Fråga", "Grupp", *levels, "Antal svar")]
    lines += [(question, group, "2", "3", "4", "1", "10") for question in questions for group in ("Lärare", "Elever")]
    table = "\n".join(";".join(line) for line in lines)
    app = leave(open_at(city), ("LIKA 2024.csv", table.encode()))
    assert not is_ready(app)
    choose(app, "Skola för LIKA 2024.csv", "askmolnsskolan")
    choose(app, "Vilkas svar som läses: grupper läggs inte ihop", "Lärare")
    assert is_ready(signed(app))
    press(app, "Läs in")
    view = Store(city).current()
    assert view.rows("select school_id, year, n from cell where criterion = 'A1'") == [("askmolnsskolan", 2024, 10)]


def test_whose_a_form_without_a_column_of_schools_is_is_said_on_the_page(city, open_at, questions):
    file = "Björkskolans svar.xlsx"
    form = microsoft_form(questions, ("Ja",), year=2022, school="Har du läst skolans plan?")
    app = leave(open_at(city), (file, form))
    assert "Ingen kolumn ser ut att vara skolans" in said(app) and not is_ready(app)
    choose(app, f"Skola för {file}, om alla svar gäller en enda", "askmolnsskolan")
    assert "Alla svar gäller Askmolnsskolan, som du har angett." in said(app)
    assert is_ready(signed(app))
    press(app, "Läs in")
    view = Store(city).current()
    assert view.rows("select distinct school_id, year from cell where criterion = 'A1'") == [("askmolnsskolan", 2022)]


def test_which_level_is_the_lowest_is_said_before_a_framework_of_words_is_made(tmp_path, open_at):
    app = press(open_at(tmp_path / "nowhere"), "Börja").run()
    words_ = ("Stämmer helt", "Stämmer inte alls", "Stämmer delvis")
    app = leave(app, ("Enkät 2026.xlsx", microsoft_form(levels=words_)))
    levels = next(box for box in app.text_input if box.label.startswith("Nivåerna"))
    assert levels.value == "Stämmer inte alls; Stämmer delvis; Stämmer helt"
    make = next(button for button in app.button if button.label == "Gör ramverket")
    assert make.disabled
    (in_order,) = [box for box in app.checkbox if "lägst" in box.label]
    assert "”Stämmer inte alls” är lägst och ”Stämmer helt” högst" in in_order.label
    in_order.check().run()
    levels.set_value("Stämmer helt; Stämmer delvis; Stämmer inte alls").run()
    assert next(button for button in app.button if button.label == "Gör ramverket").disabled, "in another order: anew"
    next(box for box in app.checkbox if "lägst" in box.label).check().run()
    app = press(app, "Gör ramverket")
    assert "Klart att läsa in: ett ramverk, 3 nya skolor och 180 svar" in said(app).replace("\N{NO-BREAK SPACE}", " ")


def test_numbers_of_invited_without_a_round_are_of_the_forms_beside_them(city, open_at, questions):
    invited = "Skola;Inbjudna\n" + "".join(f"{school};{20 + n}\n" for n, school in enumerate(FEW))
    form = microsoft_form(questions, FEW, year=2022)
    app = leave(open_at(city), ("Inbjudna.csv", invited.encode()), ("Svar.xlsx", form))
    assert "Hur många som fick enkäten" in said(app) and is_ready(signed(app))
    press(app, "Läs in")
    found = Store(city).current().rows("select framework, year, invited from school_round order by invited")
    assert found == [("vebs-2022", 2022, n) for n in (20, 21, 22)]
