"""Pages of figures stay composed through versions that leave the figures as they are."""

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.model.schools import Viewer
from analytics.store.reading import Store, standing_on
from analytics.store.reference import read_schools
from analytics.words.language import words
from pages.shared.rounds import schools_in_round
from pages.ui import access


def test_a_version_of_the_funding_register_makes_no_page_of_figures_anew(few_copy, monkeypatch, tmp_path):
    monkeypatch.setenv("KVALITET_STORE", str(few_copy))
    before = access.ask("sv")
    latest = before.catalogue.rounds[-1]
    visit = (latest.framework, latest.year, read_schools(before.view)[0].id)
    composed = access.composed(schools_in_round, before.of_figures, *visit[:2])
    projects = tmp_path / "projects.csv"
    projects.write_text("project_id,title,programme,start,end\nnew,New,Erasmus+,2025-01-01,2025-12-31\n")
    load(few_copy, [projects], ReadingOptions(), words("sv"), loaded_by="test")
    after = access.ask("sv")
    assert after.view.number == before.view.number + 1 and after.key != before.key
    assert after.of_figures == before.of_figures and after.of_funding != before.of_funding
    assert access.composed(schools_in_round, after.of_figures, *visit[:2]) is composed


def test_a_version_with_other_schools_makes_them_anew(few_copy, monkeypatch, tmp_path):
    monkeypatch.setenv("KVALITET_STORE", str(few_copy))
    before = access.ask("sv")
    schools = tmp_path / "schools.csv"
    schools.write_text("school_id,name\nnew,Nya skolan\n")
    load(few_copy, [schools], ReadingOptions(), words("sv"), loaded_by="test")
    after = access.ask("sv")
    assert standing_on(Store(few_copy).current()) == (after.view.number, after.view.number)
    assert after.of_figures != before.of_figures and after.viewer == Viewer("everybody", schools=None)


def test_a_saved_dialogue_makes_neither_figures_nor_funding_anew(few_copy, monkeypatch, tmp_path):
    monkeypatch.setenv("KVALITET_STORE", str(few_copy))
    before = access.ask("sv")
    labels = tmp_path / "labels.csv"
    labels.write_text("school,label,date\nHermodsdalsskolan,school_label,2024-03-01\n")
    load(few_copy, [labels], ReadingOptions(), words("sv"), loaded_by="test")
    after = access.ask("sv")
    assert after.key != before.key
    assert (after.of_figures, after.of_funding) == (before.of_figures, before.of_funding)
