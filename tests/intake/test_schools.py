"""The school register: what a file says of schools that are known already."""

from __future__ import annotations

from analytics.model.provenance import Provenance
from analytics.model.schools import School
from tests.intake.making import take_table

KNOWN = (School("alfa", "Alfaskolan", "10000001", "Norr", "F–9", 400, 50, aliases=("Alfa",)),)


def taken(folder, text: str) -> School:
    intake = take_table(folder, text, schools=KNOWN)
    assert intake.problems == []
    return intake.schools[0].school


def test_a_renamed_school_keeps_its_names_and_what_the_file_does_not_speak_of(tmp_path):
    assert taken(tmp_path, "school_id | name | staff\nalfa | Nya Alfaskolan | 60") == School(
        "alfa", "Nya Alfaskolan", "10000001", "Norr", "F–9", 400, 60, aliases=("Alfa", "Alfaskolan")
    )


def test_an_empty_cell_empties_what_was_known(tmp_path):
    school = taken(tmp_path, "school_id | name | school_unit_code | district\nalfa | Alfaskolan | |")
    assert (school.school_unit_code, school.district, school.stage) == (None, None, "F–9")


def test_a_name_that_comes_back_is_no_alias_of_itself(tmp_path):
    assert taken(tmp_path, "school_id | name\nalfa | ALFA").aliases == ("Alfaskolan",)


def test_aliases_in_the_file(tmp_path):
    school = taken(tmp_path, "school_id;name;alias\nalfa;Alfaskolan;Alfas | Gamla Alfa".replace("|", "¦"))
    assert school.aliases == ("Alfas ¦ Gamla Alfa", "Alfa")


def test_provenance_is_the_loads(tmp_path):
    intake = take_table(tmp_path, "school_id | name\nny | Nyskolan", provenance=Provenance.SYNTHETIC)
    assert intake.schools[0].school.provenance is Provenance.SYNTHETIC


def test_answers_find_a_school_by_its_new_and_its_old_name(tmp_path):
    from tests.intake.making import csv_bytes, rows, save, take

    schools = save(tmp_path / "s.csv", "school_id,name\nalfa,Nya Alfaskolan\n")
    answers = save(
        tmp_path / "a.csv",
        csv_bytes(
            rows("""
            framework | year | school         | respondent | criterion | level
            prov-2020 | 2021 | Nya Alfaskolan | p1         | A1        | 3
            prov-2020 | 2021 | alfaskolan     | p2         | A1        | 3
            """)
        ),
    )
    intake = take(tmp_path, answers, schools, schools=KNOWN)
    assert intake.problems == []
    assert intake.answers["school_id"].to_pylist() == ["alfa", "alfa"]
