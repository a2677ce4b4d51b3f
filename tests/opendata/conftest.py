"""The open data of the demo, written once by a city that has set all of its settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from analytics.opendata.folder import OpenData, write_open_data
from analytics.opendata.publisher import Publisher, publisher
from analytics.store.reading import Store, View

SETTINGS = {
    "KVALITET_OPEN_DATA": "on",
    "KVALITET_OPEN_ADDRESS": "https://kvalitet.provstad.example",
    "KVALITET_OPEN_PUBLISHER": "Provstads kommun",
    "KVALITET_OPEN_ORGANISATION": "212000-1124",
    "KVALITET_OPEN_LICENCE": "CC0 1.0",
    "KVALITET_OPEN_CONTACT": "oppnadata@provstad.example",
}


@dataclass(frozen=True)
class Written:
    """The folder, what was written there, from which version and by whom."""

    folder: Path
    open_data: OpenData
    view: View
    by: Publisher


@pytest.fixture(scope="session")
def written(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("open")
    view, by = Store(few_store).current(), publisher(SETTINGS)
    return Written(folder, write_open_data(view, by, folder), view, by)
