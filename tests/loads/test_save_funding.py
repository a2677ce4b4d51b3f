"""Saving what was typed: one version with a name on it, refused whole, and nobody's work written over."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.funding.difference import difference
from analytics.funding.register import as_last_reported, history
from analytics.intake.files import ReadingOptions
from analytics.loads.funding_texts import answer_field, signed
from analytics.loads.load import LoadRefused, load
from analytics.loads.save import BothChanged
from analytics.model.errors import NotAllowed
from analytics.model.funding import Funding, Payment, ReportQuestion
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.store.funding import read_funding
from analytics.store.reading import Store, standing_on, version_history
from analytics.store.versions import read_current
from tests.drafting import store_in
from tests.loads.funding_edits import ALL, SAY, answered, held, new, part, removed, save, texts, typed
from tests.sampling import examples, sample
from tests.store.making import sources, tree

PROJECTS = (
    "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2018-09-01,2020-08-31\n"
    "skog,Skogen,Nordplus,2019-01-01,2019-12-31\n"
)
PAYMENTS = (
    "project_id,report_year,unit,amount_sek\nhav,2018,Förvaltningen,100.50\nhav,2019,Förvaltningen,200\n"
    "skog,2019,Förvaltningen,30\n"
)
SOL = {"project_id": "sol", "title": "Solen", "programme": "Erasmus+", "start": "2021-01-01", "end": "2021-12-31"}
PAID = {"project_id": "hav", "report_year": "2020", "unit": "Förvaltningen", "amount_sek": "5"}
RESULTS = answer_field(2018, ReportQuestion.RESULTS)


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saving")
    store = shutil.copytree(store_once_built, folder / "store")
    for name, text in (("projects", PROJECTS), ("payments", PAYMENTS)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    reading = ReadingOptions(provenance=Provenance.PUBLISHED)
    load(store, [folder / "projects.csv", folder / "payments.csv"], reading, SAY, loaded_by="test")
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A store of its own with two projects and three payments."""
    return shutil.copytree(loaded, tmp_path / "store")


@pytest.fixture
def began(store: Path) -> dict[str, str]:
    """The register as it was when the typing began."""
    return texts(store)


def register(store: Path) -> Funding:
    return read_funding(store_in(store).current())


def paid(store: Path, project: str) -> list[tuple]:
    return [(p.report_year, p.amount_sek, p.note) for p in register(store).payments if p.project_id == project]


def in_2018(began: dict[str, str]) -> str:
    return part(began, "payments", project_id="hav", report_year="2018")


def in_2019(began: dict[str, str]) -> str:
    return part(began, "payments", project_id="hav", report_year="2019")


def test_what_is_typed_in_a_table_is_saved_as_one_version_with_a_name(store, began):
    first, second = in_2018(began), in_2019(began)
    fields = {f"{first}.amount_sek": "100,75", f"{second}.report_year": "2020", f"{second}.note": "sista"}
    number = store_in(store).current().number
    assert save(store, typed(began, fields)).version == number + 1
    assert [p for p in register(store).payments if p.project_id == "hav"] == [
        Payment("hav", 2018, "Förvaltningen", Decimal("100.75")),
        Payment("hav", 2020, "Förvaltningen", Decimal("200.00"), note="sista"),
    ]
    assert texts(store) == began | {
        f"{first}.amount_sek": "100.75",
        f"{second}.report_year": "2020",
        f"{second}.note": "sista",
    }
    last = version_history(store)[-1]
    assert (last.loaded_by, last.action) == ("Anna Ek", "edit")
    *_, before, after = read_current(store).published
    assert sources(store)[-1] == [] and after.answers == before.answers, (
        "what is typed is no file, and touches no answers"
    )


def test_only_what_is_changed_is_written(store, began):
    before = {(name, kept.id): kept.row for name, own in held(store).rows.items() for kept in own}
    save(store, typed(began, {f"{part(began, 'projects', project_id='skog')}.note": "klar"}))
    changed = "select kind, row_id, field from register_change where version = (select number from version)"
    assert [(kind, field) for kind, _, field in Store(store).current().rows(changed)] == [("projects", "note")]
    after = {(name, kept.id): kept.row for name, own in held(store).rows.items() for kept in own}
    assert [key for key in before | after if before.get(key) != after.get(key)] == [
        ("projects", part(began, "projects", project_id="skog").removeprefix("projects.r"))
    ]


def test_what_is_as_it_was_makes_no_version(store, began):
    number = store_in(store).current().number
    assert save(store, {}).version == number
    assert save(store, typed(began, {f"{in_2018(began)}.note": ""})).version == number
    assert store_in(store).current().number == number


def test_what_is_typed_in_a_published_project_is_published_no_more(store, began):
    assert {p.provenance for p in register(store).projects} == {Provenance.PUBLISHED}
    save(store, removed(began, in_2018(began)) | removed(began, in_2019(began)))
    assert {p.id: p.provenance for p in register(store).projects} == {
        "hav": Provenance.IMPORTED,
        "skog": Provenance.PUBLISHED,
    }
    assert [p.project_id for p in register(store).payments] == ["skog"]


def test_a_new_project_with_its_tables_and_one_taken_away_with_all_of_its(store, began):
    of_sol = {"project_id": "sol", "report_year": "2021", "unit": "Skolan", "amount_sek": "12"}
    away = removed(began, part(began, "projects", project_id="hav"))
    save(store, new("projects", "0123abcd", **SOL) | new("payments", "4567abcd", **of_sol) | away)
    assert {p.id for p in register(store).projects} == {"skog", "sol"}
    assert {p.project_id for p in register(store).payments} == {"skog", "sol"}


def test_a_new_project_is_not_written_over_the_one_that_has_its_id(store, began):
    before = tree(store)
    with pytest.raises(LoadRefused) as refused:
        save(store, new("projects", "0123abcd", **SOL | {"project_id": "hav"}))
    assert [(p.file, p.row, p.column, p.value) for p in refused.value.problems] == [
        ("Projects", 3, "project_id", "hav")
    ]
    assert tree(store) == before


def test_a_project_in_place_of_one_taken_away_loses_nothing_that_is_typed_in_it(store, began):
    away = removed(began, part(began, "projects", project_id="hav"))
    anew = new("projects", "0123abcd", **SOL | {"project_id": "hav"})
    save(store, away | anew | new("payments", "4567abcd", **PAID))
    assert [p.title for p in register(store).projects if p.id == "hav"] == ["Solen"]
    assert (2020, 5, None) in paid(store, "hav")


def test_answers_are_written_changed_and_taken_away(store):
    for text in ("Vi lärde oss.", "Vi lärde oss mycket.\n\nOch mer.", ""):
        save(store, answered(texts(store), 2018, ReportQuestion.RESULTS, text))
        assert [n.text for n in register(store).narratives] == ([text] if text else [])


def test_an_answer_leaves_the_other_answers_and_the_tables(store):
    save(store, answered(texts(store), 2018, ReportQuestion.RESULTS, "Ett."))
    before = texts(store)
    save(store, answered(before, 2019, ReportQuestion.RESULTS, "Två."))
    assert texts(store) == before | {answer_field(2019, ReportQuestion.RESULTS): "Två."}


def test_what_is_wrong_is_told_row_by_row_and_nothing_changes(store, began):
    before = tree(store)
    fields = {f"{in_2019(began)}.amount_sek": "12.345,67", f"{in_2018(began)}.report_year": ""}
    with pytest.raises(LoadRefused) as refused:
        save(store, typed(began, fields))
    assert [(p.file, p.row, p.column, p.value) for p in refused.value.problems] == [
        ("Amounts and events – Havet", 1, "report_year", ""),
        ("Amounts and events – Havet", 2, "amount_sek", "12.345,67"),
    ]
    assert tree(store) == before


def test_a_row_that_is_refused_is_told_by_its_place_among_those_shown_taken_away_or_not(store, began):
    with pytest.raises(LoadRefused) as refused:
        save(store, removed(began, in_2018(began)) | typed(began, {f"{in_2019(began)}.amount_sek": "många"}))
    assert [(p.row, p.column) for p in refused.value.problems] == [(2, "amount_sek")]
    with pytest.raises(LoadRefused) as refused:
        save(store, new("projects", "0123abcd", **SOL | {"end": "2020-01-01"}))
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [("Projects", 3, "end")]


def test_the_second_of_two_is_told_what_changed_and_writes_nothing_over(store, began):
    field = f"{in_2018(began)}.amount_sek"
    save(store, typed(began, {field: "102"}) | new("payments", "0123abcd", **PAID), by="Bo")
    before, mine = tree(store), typed(began, {field: "101", f"{in_2019(began)}.note": "min"})
    with pytest.raises(BothChanged) as both:
        save(store, mine, by="Anna")
    (changed,) = both.value.changes
    assert (changed.field, changed.before, changed.now, changed.mine) == (field, "100.5", "102", "101")
    assert tree(store) == before
    save(store, mine | typed(texts(store), {field: "101"}), by="Anna")
    assert paid(store, "hav") == [(2018, 101, None), (2019, 200, "min"), (2020, 5, None)], "and Bo's row is there"


def test_two_who_change_different_things_do_not_meet(store, began):
    save(store, removed(began, part(began, "payments", project_id="skog")), by="Bo")
    save(store, removed(began, in_2018(began)) | removed(began, in_2019(began)), by="Anna")
    assert register(store).payments == ()


def test_two_cells_of_one_row_are_both_kept(store, began):
    save(store, typed(began, {f"{in_2018(began)}.amount_sek": "50"}), by="Bo")
    save(store, typed(began, {f"{in_2018(began)}.note": "stämd av"}), by="Anna")
    assert paid(store, "hav")[0] == (2018, 50, "stämd av")


def test_rows_that_others_add_come_in_and_rows_they_take_away_stay_away(store, began):
    save(store, removed(began, in_2019(began)) | new("payments", "0123abcd", **PAID), by="Bo")
    mine = typed(began, {f"{in_2018(began)}.amount_sek": "7"}) | new("payments", "4567abcd", **PAID)
    save(store, mine, by="Anna")
    assert paid(store, "hav") == [(2018, 7, None), (2020, 5, None), (2020, 5, None)], "two payments may be alike"


def test_what_was_written_in_a_row_that_they_took_away_is_told_and_not_lost(store, began):
    save(store, removed(began, in_2018(began)), by="Bo")
    before = tree(store)
    with pytest.raises(BothChanged) as both:
        save(store, typed(began, {f"{in_2018(began)}.note": "viktigt"}), by="Anna")
    (changed,) = both.value.changes
    assert (changed.vanished, changed.mine) == (True, "viktigt") and tree(store) == before


def test_a_row_is_not_taken_away_under_somebody_who_writes_in_it(store, began):
    save(store, typed(began, {f"{in_2018(began)}.note": "viktigt"}), by="Bo")
    with pytest.raises(BothChanged):
        save(store, removed(began, in_2018(began)), by="Anna")
    assert paid(store, "hav")[0] == (2018, Decimal("100.50"), "viktigt")


def test_a_row_that_both_take_away_is_taken_away(store, began):
    save(store, removed(began, in_2018(began)), by="Bo")
    number = store_in(store).current().number
    assert save(store, removed(began, in_2018(began)), by="Anna").version == number


WORK = ["a payment more", "a payment less", "another amount", "another title"]


def worked_on(store: Path, began: dict[str, str], work: str) -> str:
    """Bo works on the project hav; returns its row."""
    hav = part(began, "projects", project_id="hav")
    fields = {
        "a payment more": new("payments", "0123abcd", **PAID),
        "a payment less": removed(began, in_2018(began)),
        "another amount": typed(began, {f"{in_2018(began)}.amount_sek": "1"}),
        "another title": typed(began, {f"{hav}.title": "Havets skola"}),
    }
    save(store, fields[work], by="Bo")
    return hav


@pytest.mark.parametrize("work", WORK)
def test_a_project_is_not_taken_away_under_somebody_who_works_on_it(store, began, work):
    hav = worked_on(store, began, work)
    before = tree(store)
    with pytest.raises(BothChanged) as both:
        save(store, removed(began, hav), by="Anna")
    assert [change.field for change in both.value.changes] == [f"{hav}.removed"]
    assert tree(store) == before


@pytest.mark.parametrize("work", sample(WORK, 4))
def test_another_is_and_so_is_this_once_the_work_on_it_has_been_seen(store, began, work):
    hav = worked_on(store, began, work)
    save(store, removed(began, part(began, "projects", project_id="skog")), by="Anna")
    assert [p.id for p in register(store).projects] == ["hav"], "nobody has worked on the other"
    save(store, removed(texts(store), hav), by="Anna")
    assert register(store).projects == () == register(store).payments


def test_what_is_paid_into_a_project_that_they_took_away_is_refused_with_where_it_stands(store, began):
    save(store, removed(began, part(began, "projects", project_id="hav")), by="Bo")
    before = tree(store)
    with pytest.raises(LoadRefused) as refused:
        save(store, new("payments", "0123abcd", **PAID), by="Anna")
    assert [(p.row, p.column, p.value) for p in refused.value.problems] == [(1, "project_id", "hav")]
    assert tree(store) == before


def test_a_row_that_two_hold_in_one_draft_is_saved_once(store, began):
    mine = new("payments", "0123abcd", **PAID | {"amount_sek": "5,00"})
    save(store, mine, by="Bo")
    number = store_in(store).current().number
    assert save(store, mine, by="Anna").version == number
    save(store, mine | typed(began, {f"{in_2018(began)}.note": "min"}), by="Anna")
    assert paid(store, "hav") == [(2018, Decimal("100.50"), "min"), (2019, 200, None), (2020, 5, None)]


def test_a_row_that_two_hold_in_one_draft_and_one_has_gone_on_with_is_no_loss(store):
    held_by_both = new("payments", "0123abcd", **PAID | {"amount_sek": "5,00"})
    save(store, held_by_both, by="Bo")
    before = tree(store)
    with pytest.raises(BothChanged) as both:
        save(store, held_by_both | new("payments", "0123abcd", amount_sek="6", note="rättad"), by="Anna")
    saved = part(texts(store), "payments", report_year="2020")
    assert [(c.field, c.now, c.mine) for c in both.value.changes] == [(f"{saved}.amount_sek", "5", "6")]
    assert tree(store) == before


def test_rows_keep_their_ids_and_new_ones_get_their_tokens(store, began):
    ids = {kept.id for kept in held(store).rows["payments"]}
    save(store, typed(began, {f"{in_2018(began)}.amount_sek": "7", f"{in_2018(began)}.unit": "Annat"}))
    assert {kept.id for kept in held(store).rows["payments"]} == ids
    save(store, new("payments", "0123abcd", **PAID) | removed(texts(store), in_2019(began)))
    gone = in_2019(began).removeprefix("payments.r")
    assert {kept.id for kept in held(store).rows["payments"]} == {*ids - {gone}, "0123abcd"}
    save(store, typed(texts(store), {"payments.r0123abcd.report_year": "2021"}))
    assert {kept.id for kept in held(store).rows["payments"]} == {*ids - {gone}, "0123abcd"}
    assert (2021, 5, None) in paid(store, "hav")


def test_an_empty_new_row_is_no_row_and_one_begun_is_asked_for_the_rest(store):
    number = store_in(store).current().number
    assert save(store, new("payments", "0123abcd", project_id="hav")).version == number
    with pytest.raises(LoadRefused) as refused:
        save(store, new("payments", "0123abcd", project_id="hav", unit="Skolan"))
    assert {(p.row, p.column) for p in refused.value.problems} == {(3, "report_year"), (3, "amount_sek")}


def test_who_may_see_a_school_alone_saves_nothing(store, began):
    before = tree(store)
    with pytest.raises(NotAllowed):
        save(store, removed(began, in_2018(began)), viewer=Viewer("principal", frozenset({"alfa"})))
    assert tree(store) == before


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        ("payments", "hav", "2018", "amount_sek"): st.sampled_from(["1", "2,50", "−3"]),
        ("payments", "hav", "2018", "unit"): st.sampled_from(["A", "B", "C"]),
        ("payments", "hav", "2018", "note"): st.sampled_from(["a", "b", "c"]),
        ("payments", "skog", "2019", "amount_sek"): st.sampled_from(["31", "32"]),
        ("payments", "skog", "2019", "paid_until"): st.sampled_from(["2020-01-01", "2020-02-01"]),
        ("projects", "hav", "", "title"): st.sampled_from(["X", "Y"]),
        ("projects", "skog", "", "end"): st.sampled_from(["2020-03-01", "2020-04-01"]),
        ("answer", "", "", RESULTS): st.sampled_from(["Ett svar.", "Ett annat."]),
    },
)
READ = {"2,50": "2.5", "−3": "-3"}  # what some of them are saved as


def named(began: dict[str, str], drawn: dict[tuple, str]) -> dict[str, str]:
    """Drawn texts under the names of their fields; a payment below 0 with the note that it must have."""
    found = {}
    for (kind, project, year, column), text in drawn.items():
        said = {"project_id": project} | ({"report_year": year} if year else {})
        found[column if kind == "answer" else f"{part(began, kind, **said)}.{column}"] = text
    return found


@pytest.fixture(scope="module")
def with_note(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store with a note to the payment of 2018."""
    store = shutil.copytree(loaded, tmp_path_factory.mktemp("note") / "store")
    began = texts(store)
    row = part(began, "payments", project_id="hav", report_year="2018")
    save(store, typed(began, {f"{row}.note": "not"}), by="test")
    return store


@settings(max_examples=examples(5, at_night=12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FIELDS, FIELDS)
def test_whatever_two_type_both_are_saved_or_they_are_told(loaded, with_note, tmp_path_factory, ones, others):
    store = shutil.copytree(with_note, tmp_path_factory.mktemp("two") / "store")
    began, noted = texts(loaded), texts(store)
    mine, theirs = named(began, ones), named(began, others)
    save(store, typed(noted, theirs), by="Bo")
    after_bo = texts(store)
    assert after_bo == noted | {name: READ.get(text, text) for name, text in theirs.items()}
    both = {name for name in mine.keys() & theirs.keys() if after_bo[name] != READ.get(mine[name], mine[name])}
    if both:
        before = tree(store)
        with pytest.raises(BothChanged) as told:
            save(store, typed(noted, mine), by="Anna")
        assert {change.field for change in told.value.changes} == both and tree(store) == before
    else:
        save(store, typed(noted, mine), by="Anna")
        assert texts(store) == after_bo | {name: READ.get(text, text) for name, text in mine.items()}


def test_published_figures_are_taken_over_as_they_are(few_copy):
    figures = "select * from {} order by all"
    view = store_in(few_copy).current()
    before = {t: view.rows(figures.format(t)) for t in ("cell", "city_area", "school_round")}
    save(few_copy, answered(texts(few_copy), 2025, ReportQuestion.RESULTS, "x"))
    after = store_in(few_copy).current()
    assert {t: after.rows(figures.format(t)) for t in before} == before
    assert standing_on(after)[0] == standing_on(view)[0], "the figures stand on the version that counted them"
    assert standing_on(after)[1] == after.number, "and the register on the one that was just saved"
    current = read_current(few_copy)
    assert current.in_force.answers == current.version(view.number).answers


def test_an_invented_project_is_never_called_real_again(demo_copy):
    project = next(p for p in register(demo_copy).projects if p.provenance is Provenance.SYNTHETIC)
    began = texts(demo_copy)
    save(demo_copy, typed(began, {f"{part(began, 'projects', project_id=project.id)}.note": "ändrad"}))
    changed = next(p for p in register(demo_copy).projects if p.id == project.id)
    assert (changed.note, changed.provenance) == ("ändrad", Provenance.MIXED)


def test_last_year_s_report_is_what_the_register_held_before_this_year_began(store, began):
    whole = Viewer("x", schools=None)

    def before(year: int) -> Funding | None:
        found = Store(store)
        return as_last_reported(found, found.current().number, whole, year)

    assert before(2019) is None, "both years came in one load"
    assert [p.title for p in before(2020).projects] == ["Havet", "Skogen"]
    title = f"{part(began, 'projects', project_id='hav')}.title"
    save(store, typed(began, {title: "Havets skola"}) | new("payments", "0123abcd", **PAID))
    (renamed,) = difference(before(2020), register(store), 2020).renamed
    assert (renamed.before, renamed.now) == ("Havet", "Havets skola")


def test_days_and_words_are_read_as_in_files(store, began):
    hav = part(began, "projects", project_id="hav")
    save(store, typed(began, {f"{hav}.end": "31/12 2021", f"{hav}.role": "Koordinator", f"{hav}.plan": "80 / 20"}))
    project = next(p for p in register(store).projects if p.id == "hav")
    assert (project.end, project.role, project.plan) == (
        date(2021, 12, 31), "coordinator", (Decimal("0.8"), Decimal("0.2")),
    )  # fmt: skip


def acknowledged(token: str, project: str, reason: str) -> dict:
    said = {"year": "2019", "remark": "no_partner", "reason": reason, "facts": "a" * 16, "project_id": project}
    return signed(new("acknowledgements", token, **said), "Anna Ek", date(2020, 1, 31))


def test_a_remark_is_acknowledged_by_who_saves_and_changes_nothing_in_the_project(store: Path):
    before = register(store)
    save(store, acknowledged("a1", "hav", "Partnern är svensk.") | acknowledged("a2", "", "Gäller året."))
    after = register(store)
    one, other = after.acknowledgements
    assert (one.project_id, other.project_id, one.reason) == ("hav", None, "Partnern är svensk.")
    assert {(row.acknowledged_by, row.acknowledged_on) for row in (one, other)} == {("Anna Ek", date(2020, 1, 31))}
    assert after.projects == before.projects and after.payments == before.payments
    changes = [entry for entry in history(store_in(store).current(), ALL, "acknowledgements") if entry.change.added]
    assert [entry.who for entry in changes] == ["Anna Ek"] * 2


def test_what_is_acknowledged_goes_with_its_project_and_alone_by_itself(store: Path):
    save(store, acknowledged("a1", "hav", "x") | acknowledged("a2", "skog", "y") | acknowledged("a3", "", "z"))
    save(store, removed(texts(store), part(texts(store), "projects", project_id="skog")))
    assert [row.project_id for row in register(store).acknowledgements] == ["hav", None]
    save(store, removed(texts(store), part(texts(store), "acknowledgements", project_id="")))
    assert [row.project_id for row in register(store).acknowledgements] == ["hav"]


def test_two_who_acknowledge_the_same_are_not_both_heard(store: Path):
    began = texts(store)
    save(store, acknowledged("a1", "hav", "Så här."))
    with pytest.raises(LoadRefused):
        save(store, acknowledged("b1", "hav", "Nej, så här."))
    assert len(texts(store)) > len(began) and len(register(store).acknowledgements) == 1
