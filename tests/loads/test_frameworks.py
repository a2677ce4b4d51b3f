"""A framework as a page and the command have it: read as texts and made again, copied, followed on, saved once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.documents.framework_file import framework_toml
from analytics.intake.framework_toml import parsed_framework
from analytics.loads.framework_copies import copy_of, successor_of
from analytics.loads.framework_made import framework_of
from analytics.loads.framework_texts import order_with, rows_in, texts_of, words_differ
from analytics.loads.load import LoadRefused
from analytics.loads.recounting import republish
from analytics.loads.save import BothChanged, save
from analytics.loads.save_framework import changed_framework, new_framework
from analytics.model.errors import NotAllowed, Refused
from analytics.model.frameworks import Bilingual, Calendar, Change, Framework
from analytics.model.schools import Viewer
from analytics.store.drafts import Typed
from analytics.store.new_files import PUBLISHED
from analytics.store.reading import Store, version_record
from analytics.store.reference import read_frameworks
from tests.intake.making import PROV, SAY
from tests.loads.test_load import put

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "data" / "frameworks").glob("*.toml"))
OFFICER = Viewer("Anna", None)
OLD = PROV.replace("2020", "2016").replace("2024", "2019")
LATER = PROV.replace("prov-2020", "prov-2025").replace("= 2020", "= 2025").replace("= 2024", "= 2028")


def framework(text: str | bytes = PROV) -> Framework:
    return parsed_framework(text if isinstance(text, bytes) else text.encode(), SAY)[0]


def as_typed(texts: dict[str, str], before: dict[str, str] | None = None) -> dict[str, Typed]:
    """What a page keeps of these fields."""
    return {name: Typed((before or {}).get(name, ""), text) for name, text in texts.items()}


def known(store: Path) -> dict[str, Framework]:
    return {one.id: one for one in read_frameworks(Store(store).current())}


ODD = replace(
    framework(),
    title=Bilingual('Citat " och \\ och\ttabb\x7f', "Line\nbreak, =[]{}#"),
    calendar=Calendar(9, 3),
    source=Bilingual("källa", "source"),
)


@pytest.mark.parametrize("text", [*(path.read_bytes() for path in FILES), framework_toml(ODD)])
def test_what_is_written_as_a_file_or_typed_is_the_same_framework(text):
    one = framework(text)
    assert framework(framework_toml(one)) == one
    assert framework_of(texts_of(one), "f", SAY) == one == framework_of(texts_of(one, new=True), "f", SAY)


def test_a_file_holds_what_toml_must_escape():
    assert framework(framework_toml(ODD)) == ODD


def test_what_follows_on_a_framework_asks_the_same_for_as_long():
    vebs = framework(next(path for path in FILES if path.stem == "vebs-2022").read_bytes())
    after = successor_of(vebs, {vebs.id})
    assert (after.id, after.previous, after.valid_from, after.valid_to) == ("vebs-2026", vebs.id, 2026, 2029)
    assert after.title.sv == "Varje elevs bästa skola – Digital certifiering 2026–2029"
    assert [(c.id, c.previous, c.change, c.title, c.note) for c in after.criteria] == [
        (c.id, c.id, Change.IDENTICAL, c.title, None) for c in vebs.criteria
    ]
    assert (after.goal, after.calendar, after.labels_sv) == (vebs.goal, vebs.calendar, vebs.labels_sv)
    assert framework_of(texts_of(after, new=True), "f", SAY) == after
    assert not list(words_differ(after, vebs))


@pytest.mark.parametrize(
    ("title", "later"),
    [
        ("Vår skattning", "Vår skattning 2025–2029"),
        ("Prov 2020", "Prov 2025"),
        ("2020/2024, 12020", "2025/2029, 12020"),
    ],
)
def test_its_name_is_told_from_the_one_before(title, later):
    one = replace(framework(), title=Bilingual(title, title))
    assert successor_of(one, {"prov-2025"}).title.sv == later
    assert successor_of(one, {"prov-2025"}).id == "prov-2025-2"


def test_years_that_follow_each_other_are_moved_once():
    """2020 becomes 2021, and is not moved on with the 2021 that stood there."""
    one = replace(framework(), id="p", title=Bilingual("2020–2020", "2020"), valid_to=2020)
    assert successor_of(one, ()).title.sv == "2021–2021" and successor_of(one, ()).id == "p-2021"


def test_nothing_follows_on_what_has_no_end():
    with pytest.raises(ValueError, match="no last year"):
        successor_of(replace(framework(), valid_to=None), ())


def test_a_copy_has_a_name_and_an_id_of_its_own():
    one = framework()
    copy = copy_of(one, {"prov-2020", "prov-2020-kopia"})
    assert (copy.id, copy.title.sv) == ("prov-2020-kopia-2", "Kopia av Prov")
    assert replace(copy, id=one.id, title=one.title) == one


WRONG = {
    "no first year": {"valid_from": ""},
    "a year that is none": {"valid_to": "20255"},
    "a goal off the scale": {"goal_level": "5"},
    "fewer levels in English": {"levels_en": "One\nTwo"},
    "one level": {"levels_sv": "En", "levels_en": ""},
    "an id with blanks": {"id": "vår egen"},
    "it ends before it begins": {"valid_to": "2019"},
    "no share": {"goal_statistic": "share", "goal_share": "två"},
}
COLUMNS = ["valid_from", "valid_to", "goal_level", "levels_en", "levels_sv", "id", "valid_to", "goal_share"]


@pytest.mark.parametrize(("wrong", "column"), list(zip(WRONG.values(), COLUMNS, strict=True)), ids=WRONG)
def test_what_is_wrong_is_told_at_its_field(wrong, column):
    with pytest.raises(Refused) as refused:
        framework_of(texts_of(framework()) | wrong, "f", SAY)
    assert {problem.column for problem in refused.value.problems} == {column}


def test_what_is_wrong_in_rows_is_told_at_theirs():
    texts = texts_of(framework())
    a1, a2, b1 = (row.part for row in rows_in(texts, "criteria"))
    texts |= {f"{a1}.area": "Kultur", f"{a2}.id": "", f"{b1}.title_sv": "", f"{b1}.title_en": ""}
    with pytest.raises(Refused) as refused:
        framework_of(texts, "f", SAY)
    assert {p.column for p in refused.value.problems} >= {f"{a1}.area", f"{a2}.id", f"{b1}.title_sv"}
    texts = texts_of(framework()) | {"previous": "", f"{a1}.previous": "L1", f"{a2}.change": "reworded"}
    with pytest.raises(Refused) as refused:
        framework_of(texts, "f", SAY)
    assert [p.column for p in refused.value.problems] == [f"{a1}.change", f"{a2}.previous", "previous"]


def test_what_has_no_english_is_read_as_it_is_in_swedish():
    texts = texts_of(framework())
    (a1, *_) = rows_in(texts, "criteria")
    made = framework_of(texts | {f"{a1.part}.title_en": " ", "levels_en": ""}, "f", SAY)
    assert made.criteria[0].title == Bilingual("Rektor följer upp", "Rektor följer upp")
    assert made.labels_en == made.labels_sv


def test_words_that_are_not_the_same_are_found():
    vebs = framework(next(path for path in FILES if path.stem == "vebs-2022").read_bytes())
    after = successor_of(vebs, ())
    texts = texts_of(after, new=True)
    (first, *_) = rows_in(texts, "criteria")
    made = framework_of(texts | {f"{first.part}.title_sv": "Något annat"}, "f", SAY)
    assert [(new.id, old.id) for new, old in words_differ(made, vebs)] == [("A1", "A1")]


@pytest.fixture(scope="module")
def made_once(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("frameworks") / "store")
    put(store, prov=PROV)
    return store


@pytest.fixture
def store(made_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_once, tmp_path / "store")


def test_a_save_is_one_version_with_what_was_typed(store):
    before, unit = Store(store).current().number, changed_framework("prov-2020")
    texts = texts_of(known(store)["prov-2020"])
    typed = as_typed(
        {"title_sv": "Vår skattning", "valid_to": "2027", "goals_month": "9", "follow_up_month": "4"}, texts
    )
    assert save(store, OFFICER, unit, typed, SAY, saved_by="Anna").version == before + 1
    now = known(store)["prov-2020"]
    assert (now.title.sv, now.title.en, now.valid_to, now.calendar) == ("Vår skattning", "Trial", 2027, Calendar(9, 4))
    again = save(store, OFFICER, unit, as_typed({"title_sv": "Vår skattning"}, {"title_sv": "Vår skattning"}), SAY,
                 saved_by="Anna")  # fmt: skip
    assert again.version == before + 1, "nothing was changed, so there is no version"
    with pytest.raises(NotAllowed):
        save(store, Viewer("Bo", frozenset({"alfa"})), unit, typed, SAY, saved_by="Bo")


def test_of_two_at_once_the_second_is_told(store):
    unit, texts = changed_framework("prov-2020"), texts_of(known(store)["prov-2020"])
    save(store, OFFICER, unit, as_typed({"title_sv": "Annas"}, texts), SAY, saved_by="Anna")
    save(store, OFFICER, unit, as_typed({"valid_to": "2026"}, texts), SAY, saved_by="Bo")  # another field
    with pytest.raises(BothChanged) as both:
        save(store, OFFICER, unit, as_typed({"title_sv": "Bos"}, texts), SAY, saved_by="Bo")
    ((field, now),) = [(change.field, change.now) for change in both.value.changes]
    assert (field, now) == ("title_sv", "Annas") and known(store)["prov-2020"].title.sv == "Annas"


def test_of_two_successors_the_second_is_told(store):
    after = successor_of(known(store)["prov-2020"], known(store))
    typed, unit = as_typed(texts_of(after, new=True)), new_framework("prov-2020")
    number = save(store, OFFICER, unit, typed, SAY, saved_by="Anna").version
    assert known(store)["prov-2025"] == after
    with pytest.raises(Refused) as refused:
        save(store, OFFICER, unit, typed, SAY, saved_by="Bo")
    assert [p.column for p in refused.value.problems] == ["id", "previous"]
    with pytest.raises(Refused) as refused:
        save(store, OFFICER, unit, {**typed, "id": Typed("", "prov-2025-b")}, SAY, saved_by="Bo")
    assert [p.column for p in refused.value.problems] == ["previous"]
    assert Store(store).current().number == number


def test_years_in_one_line_do_not_overlap(store):
    follows = LATER.replace("valid_to", 'previous = "prov-2020"\nvalid_to')
    put(store, later=follows)
    unit, texts = changed_framework("prov-2020"), texts_of(known(store)["prov-2020"])
    for typed in ({"valid_to": "2025"}, {"valid_to": ""}):
        with pytest.raises(LoadRefused) as refused:
            save(store, OFFICER, unit, as_typed(typed, texts), SAY, saved_by="Anna")
        assert "prov-2025" in refused.value.problems[0].problem
    put(store, replace=True, prov=OLD.replace("prov-2016", "prov-2020"))  # it may end before
    grand = follows.replace("prov-2025", "prov-2018").replace("prov-2020", "prov-2025").replace("= 2025", "= 2018")
    with pytest.raises(LoadRefused):
        put(store, grand=grand)


def test_what_it_is_called_makes_no_figure_anew(few_copy):
    """The tables are those that publishing anew makes, and what tells the figures knows that it has been renamed."""
    vebs, before = known(few_copy)["vebs-2022"], Store(few_copy).current()
    typed = as_typed({"title_sv": "Ny titel", "follow_up_month": "3"}, texts_of(vebs))
    save(few_copy, OFFICER, changed_framework("vebs-2022"), typed, SAY, saved_by="Anna")
    after = successor_of(vebs, known(few_copy))
    save(few_copy, OFFICER, new_framework("vebs-2022"), as_typed(texts_of(after, new=True)), SAY, saved_by="Anna")
    renamed = Store(few_copy).current()
    assert version_record(renamed).number == before.number + 2
    assert renamed.rows("select figures, funding from version") == [(renamed.number, renamed.number)]
    republish(few_copy, loaded_by="test")
    anew = Store(few_copy).current()
    for table in PUBLISHED:
        assert renamed.rows(f"select * from {table} order by all") == anew.rows(f"select * from {table} order by all")


def test_another_crosswalk_counts_anew(few_copy):
    vebs = known(few_copy)["vebs-2022"]
    texts = texts_of(vebs)
    (row,) = [row for row in rows_in(texts, "criteria") if row.id == "A1"]
    sql = "select count(*) from city_change where framework = 'vebs-2022' and criterion = 'A1'"
    sql += " and before_framework <> framework"
    assert Store(few_copy).current().rows(sql) != [(0,)]
    typed = as_typed({f"{row.part}.{name}": text for name, text in {"previous": "", "change": ""}.items()}, texts)
    save(few_copy, OFFICER, changed_framework("vebs-2022"), typed, SAY, saved_by="Anna")
    assert Store(few_copy).current().rows(sql) == [(0,)]


def moved(texts: dict[str, str], kind: str, **places: int) -> dict[str, str]:
    """The order when rows, by their ids, have got these places."""
    parts = {row.id: row.part for row in rows_in(texts, kind)}
    return {f"{kind}_order": order_with(texts, kind, {parts[id_]: place for id_, place in places.items()})}


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"B1": 1}, ["B1", "A1", "A2"]),
        ({"A1": 2}, ["A2", "A1", "B1"]),
        ({"A1": 99}, ["A2", "B1", "A1"]),
        ({"A1": 3, "A2": 2, "B1": 1}, ["B1", "A2", "A1"]),
        ({"A1": 1, "B1": 1}, ["A1", "B1", "A2"]),
    ],
)
def test_a_criterion_gets_the_place_that_it_is_given(places, order):
    """Whichever way it goes, also where several are given at once; the others keep theirs among themselves."""
    texts = texts_of(framework())
    (one, *_) = {row.texts["area"] for row in rows_in(texts, "criteria")}
    together = texts | {f"{row.part}.area": one for row in rows_in(texts, "criteria")}
    now = together | moved(together, "criteria", **places)
    assert [row.id for row in rows_in(now, "criteria")] == order


def test_a_move_is_one_version_and_what_each_follows_on_goes_with_it(store):
    """Of areas and criteria, one of them to another area, and a new one between two."""
    after = successor_of(known(store)["prov-2020"], known(store))
    save(store, OFFICER, new_framework("prov-2020"), as_typed(texts_of(after, new=True)), SAY, saved_by="Anna")
    number, texts = Store(store).current().number, texts_of(known(store)[after.id])
    part = {row.id: row.part for kind in ("areas", "criteria") for row in rows_in(texts, kind)}
    typed = {"criteria.rn1.id": "N1", "criteria.rn1.title_sv": "Ny", "criteria.rn1.area": "ledning"}
    typed[f"{part['A1']}.area"] = "undervisning"
    typed |= moved(texts | typed, "areas", undervisning=1)
    typed |= moved(texts | typed, "criteria", N1=1, B1=2)
    unit = changed_framework(after.id)
    assert save(store, OFFICER, unit, as_typed(typed, texts), SAY, saved_by="Anna").version == number + 1
    now = known(store)[after.id]
    assert [(c.area, c.id) for c in now.criteria] == [
        ("undervisning", "A1"), ("undervisning", "B1"), ("ledning", "N1"), ("ledning", "A2")
    ]  # fmt: skip
    assert {c.id: c.previous for c in now.criteria} == {"A1": "A1", "A2": "A2", "B1": "B1", "N1": None}
    again = texts_of(now)
    back = moved(again, "areas", ledning=1)
    assert save(store, OFFICER, unit, as_typed(back, again), SAY, saved_by="Bo").version == number + 2
    with pytest.raises(BothChanged):
        save(store, OFFICER, unit, as_typed(moved(again, "criteria", B1=1), again), SAY, saved_by="Eva")


def test_another_area_or_place_counts_anew():
    """A criterion is in its area's figures, and rows stand in its order in what is drawn."""
    one, texts = framework(), texts_of(framework())
    (row,) = [row for row in rows_in(texts, "criteria") if row.id == "A1"]
    for typed in ({f"{row.part}.area": "undervisning"}, moved(texts, "criteria", A1=2)):
        assert framework_of(texts | typed, "f", SAY).counted_by != one.counted_by


@pytest.mark.parametrize("place", ["x", "0", "2,5"])
def test_a_place_that_is_no_number_is_told_where_it_stands(place):
    texts = texts_of(framework())
    row = rows_in(texts, "criteria")[0]
    with pytest.raises(Refused) as refused:
        framework_of(texts | {f"{row.part}.place": place}, "f", SAY)
    assert [p.column for p in refused.value.problems] == [f"{row.part}.place"]
