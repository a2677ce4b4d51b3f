"""A school as the pages write it is that school where it is read: picked or pasted in the grid, and in a file."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.intake.register import CityVocabulary
from analytics.loads.reading import ReadingContext, readings
from analytics.model.dialogue import Dialogues
from analytics.model.funding import Funding, Project
from analytics.model.schools import School
from analytics.registers.funding import PARTICIPANTS
from analytics.words.language import LANGUAGES, words
from pages.ui.content import Catalogue
from pages.ui.controls import school_names

SCHOOLS = (
    School("norra", "Askskolan"),
    School("sodra", "Askskolan"),
    School("vastra", "askskolan"),
    School("ny", "Bokskolan"),
    School("gammal", "Lindskolan", aliases=("Bokskolan",)),
    School("lind", "ny"),
    School("ek", "Ekskolan (f.d. Bokskolan)"),
)
NAMES = school_names(Catalogue((), SCHOOLS, (), 5))


def test_a_name_is_told_apart_where_it_stands_for_another_school_too():
    assert NAMES == {
        "norra": "Askskolan (norra)",
        "sodra": "Askskolan (sodra)",
        "vastra": "askskolan (vastra)",
        "ny": "Bokskolan (ny)",
        "gammal": "Lindskolan",
        "lind": "ny (lind)",
        "ek": "Ekskolan (f.d. Bokskolan)",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", NAMES)
def test_a_school_is_read_as_it_is_written(language, id_):
    say = words(language)
    register = Funding(projects=(Project("hav", "Havet", "P", date(2018, 1, 1), date(2019, 1, 1)),))
    row = {"project_id": "hav", "school": NAMES[id_]}
    ((found,),) = readings([(PARTICIPANTS, [row])], ReadingContext(register, Dialogues(), (), SCHOOLS, NAMES), say)
    assert (found.cells["school"].problem, found.cells["school"].written) == ("", NAMES[id_])
    assert found.row is not None and found.row.school_id == id_
    assert CityVocabulary((), SCHOOLS, say).school(NAMES[id_]) == id_
