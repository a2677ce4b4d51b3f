"""The settings of who publishes: what is taken, what is refused and why, and when the world is let in."""

from __future__ import annotations

import pytest

from analytics.opendata.publisher import SETTINGS as NAMES
from analytics.opendata.publisher import SettingRefused, publisher
from tests.opendata.conftest import SETTINGS


def test_nothing_is_open_until_all_is_set_and_it_is_said():
    assert publisher(SETTINGS).is_open
    assert not publisher({**SETTINGS, "KVALITET_OPEN_DATA": ""}).is_open
    assert not publisher({**SETTINGS, "KVALITET_OPEN_DATA": "off"}).is_open
    for name in NAMES:
        less = publisher({**SETTINGS, name: " "})
        assert less.missing == (name,) and not less.is_open


@pytest.mark.parametrize("said", ["212000-1124", "2120001124", " 212000 1124 "])
def test_an_organisation_number_is_read_however_it_is_written(said):
    by = publisher({**SETTINGS, "KVALITET_OPEN_ORGANISATION": said})
    assert by.agent == "http://dataportal.se/organisation/SE2120001124"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("KVALITET_OPEN_DATA", "maybe"),
        ("KVALITET_OPEN_ADDRESS", "kvalitet.example.se"),
        ("KVALITET_OPEN_ADDRESS", "https://kvalitet.example.se/?a=1"),
        ("KVALITET_OPEN_ADDRESS", 'https://kvalitet.example.se/"><x'),
        ("KVALITET_OPEN_ORGANISATION", "212000-1125"),
        ("KVALITET_OPEN_ORGANISATION", "12345"),
        ("KVALITET_OPEN_ORGANISATION", "811218-9876"),
        ("KVALITET_OPEN_LICENCE", "https://creativecommons.org/licenses/by/4.0/deed.sv"),
        ("KVALITET_OPEN_LICENCE", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("KVALITET_OPEN_LICENCE", "free"),
        ("KVALITET_OPEN_CONTACT", "anna"),
        ("KVALITET_OPEN_CONTACT", "a@b.se, c@d.se"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(setting, value):
    with pytest.raises(SettingRefused) as refused:
        publisher({**SETTINGS, setting: value})
    assert (refused.value.setting, refused.value.value) == (setting, value) and refused.value.hint


def test_a_licence_is_its_exact_address():
    by = {
        said: publisher({**SETTINGS, "KVALITET_OPEN_LICENCE": said}).licence
        for said in ("cc0", "CC BY 4.0", "http://creativecommons.org/licenses/by/4.0/", "https://licence.example/open")
    }
    assert by == {
        "cc0": "http://creativecommons.org/publicdomain/zero/1.0/",
        "CC BY 4.0": "http://creativecommons.org/licenses/by/4.0/",
        "http://creativecommons.org/licenses/by/4.0/": "http://creativecommons.org/licenses/by/4.0/",
        "https://licence.example/open": "https://licence.example/open",
    }


def test_an_address_may_lie_below_another_and_end_in_a_slash():
    by = publisher({**SETTINGS, "KVALITET_OPEN_ADDRESS": "https://www.example.se/kvalitet/"})
    assert by.at("catalog.rdf") == "https://www.example.se/kvalitet/oppna-data/catalog.rdf"
