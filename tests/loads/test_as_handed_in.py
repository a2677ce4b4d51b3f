"""A part as it was handed in: what was changed, added or taken away since is not in it, and what stood is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from analytics.documents.report import report_bytes
from analytics.funding.administrations import known_administration
from analytics.funding.register import funding
from analytics.funding.report import part_report
from analytics.loads.as_handed_in import handed_in_report
from analytics.loads.part_states import part_states
from analytics.model.schools import Viewer
from analytics.store.reading import View
from analytics.store.scoped import seen_by
from analytics.words.language import words
from tests.drafting import store_in
from tests.loads.funding_edits import ALL, new, part, removed, save, texts, typed
from tests.loads.test_report_parts import ANSWERS, CITY, PARTS, PAYMENTS, PROJECTS
from tests.store.making import kvalitet, put

SAY = words("en")
OWN = Viewer("Gun", None, administrations=frozenset({"grund"}))


@pytest.fixture(scope="module")
def handed_in(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A store in which everything of a part is other than it was when it was handed in; the version of that."""
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("in") / "store")
    budgets = "project_id,scope,amount,currency\nhav,own,9000,SEK\n"
    put(store, administrations=CITY, projects=PROJECTS, payments=PAYMENTS, narratives=ANSWERS, report_parts=PARTS,
        budgets=budgets)  # fmt: skip
    of_part = part(texts(store), "report_parts", administration="grund")
    version = save(store, typed(texts(store), {f"{of_part}.status": "handed_in"}), by="Bo Bok").version
    assert version is not None
    began = texts(store)
    paid = part(began, "payments", project_id="hav", report_year="2018")
    title = part(began, "projects", project_id="hav")
    save(store, typed(began, {f"{paid}.amount_sek": "1", f"{title}.title": "Annat"}), by="Eva Ek")
    save(store, typed(texts(store), {"answer 2018 results grund": "Nytt."}), by="Eva Ek")
    save(store, new("payments", "t1", project_id="hav", report_year="2018", unit="Kontoret", amount_sek="7"))
    save(store, removed(texts(store), part(texts(store), "budgets", project_id="hav")))
    return store, version


def told(report, version: int) -> dict:
    return json.loads(report_bytes(report, ".json", {"Version": str(version)}, SAY))


def of_version(view: View) -> dict:
    """The part in the version's own file."""
    register = funding(view, ALL)
    one = known_administration(register, 2018, "grund")
    assert one is not None
    return told(part_report(register, one, 2018, SAY), view.number)


def test_it_is_the_part_of_the_version_that_was_handed_in(handed_in):
    folder, version = handed_in
    store = store_in(folder)
    then = told(handed_in_report(store.current(), ALL, 2018, "grund", SAY), version)
    by = then.pop("handed_in")
    expected = of_version(store.version(version))
    assert expected.pop("handed_in") is None and then == expected
    assert (by["version"], by["by"]) == (version, "Bo Bok") and by["at"]
    assert then["total_sek"] == 1000.5 and then["narratives"]["results"] == "Bra."
    assert then["projects"][0]["title"] == "Havet" and len(then["projects"][0]["budgets"]) == 1
    now = of_version(store.current())
    assert (now["total_sek"], now["narratives"]["results"], now["projects"][0]["budgets"]) == (8, "Nytt.", [])


def test_who_has_that_part_alone_has_all_of_it_also_what_is_no_longer_theirs(handed_in, tmp_path):
    """What has gone, or been given to another, is none of the rows that they see."""
    store = shutil.copytree(handed_in[0], tmp_path / "store")
    cooperation = new("cooperations", "c1", year="2018", cooperation="Hamn", form="network", administration="grund")
    strand = new("projects", "t1", project_id="strand", title="Stranden", programme="Erasmus+", start="2018-01-01",
                 end="2019-01-01", administration="Grundskoleförvaltningen")  # fmt: skip
    paid = new("payments", "t2", project_id="strand", report_year="2018", unit="K", amount_sek="11")
    of_part = part(texts(store), "report_parts", administration="grund")
    save(store, typed(texts(store), {f"{of_part}.status": "draft", f"{of_part}.note": "Mer."}) | cooperation)
    save(store, strand | paid)
    save(store, typed(texts(store), {f"{of_part}.status": "handed_in"}))
    began = texts(store)
    for kind, about in (("projects", {"project_id": "hav"}), ("cooperations", {"cooperation": "Hamn"})):
        save(store, removed(texts(store), part(texts(store), kind, **about)))
    save(store, typed(texts(store), {"answer 2018 results grund": ""}))
    given = part(began, "projects", project_id="strand")
    save(store, typed(began, {f"{given}.administration": "gata"}))
    save(store, typed(texts(store), {f"{given}.title": "Gatans egen"}))

    view = store_in(store).current()
    found = {}
    for viewer in (ALL, OWN):
        seen = seen_by(view, viewer)
        (state,) = (one for one in part_states(seen, viewer, funding(seen, viewer), 2018) if one.handed_in)
        found[viewer.name] = told(handed_in_report(seen, viewer, 2018, "grund", SAY), 1), set(state.changed)
    assert found[ALL.name] == found[OWN.name]
    then, changed = found[OWN.name]
    assert {one["title"] for one in then["projects"]} == {"Annat", "Stranden"} and then["total_sek"] == 19
    assert then["narratives"]["results"] == "Nytt." and "Hamn" in json.dumps(then)
    assert changed == {"hav", "strand", "results", "Hamn"}
    assert "Gatans egen" not in json.dumps(then)
    assert handed_in_report(seen, OWN, 2018, "gata", SAY) is None


def test_what_is_not_handed_in_is_none(handed_in):
    assert handed_in_report(store_in(handed_in[0]).current(), ALL, 2018, "gata", SAY) is None


def test_the_command_writes_it_and_says_who_and_when(handed_in, tmp_path, capsys):
    store, version = handed_in
    call = ("--store", store, "export", "funding", "--year", 2018)
    assert kvalitet(*call, "--as-handed-in", "--out", tmp_path / "f.json") == 2, "the city's is not handed in"
    assert kvalitet(*call, "--administration", "gata", "--as-handed-in", "--out", tmp_path / "f.json") == 1
    assert not (tmp_path / "f.json").exists() and "--as-handed-in" in capsys.readouterr().err
    assert kvalitet(*call, "--administration", "grund", "--as-handed-in", "--out", tmp_path / "f.json") == 0
    found = json.loads((tmp_path / "f.json").read_text("utf-8"))
    assert found["total_sek"] == 1000.5 and found["handed_in"]["by"] == "Bo Bok"
    assert found["version"] == str(version), "and not the one in force"
    report = handed_in_report(store_in(store).current(), ALL, 2018, "grund", SAY)
    for suffix in (".docx", ".pdf", ".xlsx", ".csv", ".zip"):
        assert report_bytes(report, suffix, {"Version": str(version)}, SAY)
