"""The report for programs: JSON as the contract has it, and CSV."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from analytics.documents.report import FORMATS, report_bytes
from analytics.documents.report.origins import mixed_origins, stamp_of
from analytics.funding.report import report
from analytics.model.funding import Funding
from analytics.model.money import MoneySource, Phase, RateBasis
from analytics.model.provenance import Provenance
from analytics.model.sender import Dispatch, Sender
from analytics.registers.funding import PROJECTS
from analytics.words.language import words
from tests.documents.worlds import ABOUT, goals, of_origins, report_2018, report_2031, two_turns
from tests.funding.worlds import project, world

SV, EN = words("sv"), words("en")
BY_UNIT_2018 = [179906, 310447, 6068, 65865, 17825]


def as_json(report, say=SV) -> dict:
    return json.loads(report_bytes(report, ".json", ABOUT, say), parse_float=Decimal)


def as_csv(report, *, excel: bool = False) -> list[dict[str, str]]:
    data = report_bytes(report, ".csv", ABOUT, SV, excel=excel)
    assert data.startswith(b"\xef\xbb\xbf") is excel
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";" if excel else ","))


def test_the_year_2018_in_json():
    told = as_json(report_2018())
    assert told["year"] == 2018 and told["total_sek"] == 580111
    assert [row["amount_sek"] for row in told["by_unit"]] == BY_UNIT_2018
    assert told["by_unit"][0] == {"unit": "Grundskoleförvaltningen (DSOE)", "amount_sek": 179906}
    assert [(row["number"], row["amount_sek"]) for row in told["by_budget_goal"]] == [
        (n, 580111 if n == 3 else 0) for n in range(1, 10)
    ]
    assert told["by_budget_goal"][2]["title"] == "En stad för barn och unga"
    assert told["by_programme"] == [{"programme": "Erasmus+", "amount_sek": 580111}]
    assert told["version"] == ABOUT["Version"] and told["provenance"] == "published"
    near = told["readings"].pop("near_turn")
    assert told["readings"] == {
        "by_report_year_sek": 580111,
        "by_calendar_year_sek": {"at_least": 0, "at_most": 580111},
    }
    assert [row["amount_sek"] for row in near] == BY_UNIT_2018
    assert near[0] == {
        "project_id": "dsoe",
        "unit": "Grundskoleförvaltningen (DSOE)",
        "report_year": 2018,
        "paid_until": "2019-01-03",
        "amount_sek": 179906,
    }


def test_a_project_of_2018_in_json_has_its_sheet_whole():
    told = {row["project_id"]: row for row in as_json(report_2018())["projects"]}
    mobility, dsoe = told["mobilitet-ict"], told["dsoe"]
    assert Decimal("9.842794") in {budget["rate"] for budget in mobility["budgets"]}, "with all its decimals"
    assert (dsoe["role"], dsoe["programme"], dsoe["budget_goal"]) == ("partner", "Erasmus+", 3)
    assert dsoe["sectors"] == ["public", "university"] and len(dsoe["partners"]) == 9 and len(dsoe["visits"]) == 4
    (payment,) = dsoe["payments"]
    assert payment["unit"] == "Grundskoleförvaltningen (DSOE)" and "project_id" not in payment
    assert (payment["report_year"], payment["amount_sek"], payment["paid_until"]) == (2018, 179906, "2019-01-03")
    assert len(mobility["schools"]) == 10 and set(mobility["schools"][0]) == {"school_id", "name"}
    whole = as_json(report_2018())
    assert whole["projects_paid"] == 5 and len(whole["other_countries"]) == 14
    assert set(whole["narratives_provenance"].values()) == {"published"}


def test_a_project_in_json_has_every_field_that_the_register_has():
    one = project(
        funder="UHR",
        source=MoneySource.OTHER,
        phase=Phase.RUNNING,
        agreement="2018-1-IT02-KA201",
        cofinancing_rate=Decimal("62.50"),
        own_cofinancing=Decimal(12000),
        rate_rule=RateBasis.INFOREURO,
        reports_due=(date(2018, 6, 30), date(2019, 2, 28)),
        keep_until=date(2024, 12, 31),
    )
    (told,) = as_json(report(world(projects=(one,)), 2018, SV))["projects"]
    assert {field.name for field in PROJECTS.fields} <= set(told)
    assert (told["funder"], told["source"], told["phase"], told["rate_rule"]) == (
        "UHR",
        "other",
        "running",
        "inforeuro",
    )
    assert (told["cofinancing_rate"], told["own_cofinancing"], told["flat_rate"]) == (Decimal("62.50"), 12000, None)
    assert told["reports_due"] == ["2018-06-30", "2019-02-28"] and told["keep_until"] == "2024-12-31"


def test_all_tables_as_csv_hold_every_row_of_the_workbook_and_no_sum():
    data = report_bytes(report_2018(), ".zip", ABOUT, SV, Dispatch(Sender("Malmö stad")), excel=True)
    with ZipFile(BytesIO(data)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert list(texts)[:4] == ["Sammanfattning.csv", "Tabell 1.csv", "Tabell 3.csv", "Tabell 4.csv"]
    rows = list(csv.reader(StringIO(texts["Tabell 1.csv"]), delimiter=";"))
    assert [row[1] for row in rows[1:]] == list(map(str, BY_UNIT_2018))
    assert "Malmö stad" in texts["Om.csv"] and "580111" in texts["Sammanfattning.csv"]
    assert texts["Svar.csv"].count("Kvalitetsdialogs sammanfattning") == 6


def test_partners_of_2018_per_sector():
    told = {row["sector"]: row for row in as_json(report_2018())["partners_by_sector"]}
    assert list(told) == ["public", "private", "university", "nonprofit"]
    assert [row["count"] for row in told.values()] == [7, 0, 5, 0]
    assert {"country": "FI", "place": "Oulu", "organisation": None} in told["public"]["partners"]
    assert {"country": "DK", "place": "Odense", "organisation": "CEU"} in told["university"]["partners"]
    assert all(row["count"] == len(row["partners"]) for row in told.values())


def test_projects_of_2018_with_their_countries():
    told = {row["project_id"]: row for row in as_json(report_2018())["projects"]}
    assert [row["paid_sek"] for row in told.values()] == BY_UNIT_2018
    assert [row["own_budget_sek"] for row in told.values()] == [310000, 1338620, 180000, 240000, 112216]
    assert sorted(told["dawn-of-schools"]["countries"]) == ["FI", "LV", "PT", "SE", "SI", "TR"]
    assert told["dsoe"]["start"] == "2015-09-01" and told["dsoe"]["end"] == "2019-02-28"


def test_every_answer_of_2018_is_told_and_a_missing_one_is_null():
    questions = ["priorities", "staffing", "competence", "results", "goal_attainment", "dissemination"]
    told = as_json(report_2018())["narratives"]
    assert list(told) == questions and all(told.values())
    told = as_json(report_2031())["narratives"]
    assert [question for question, text in told.items() if text] == ["results"]
    assert told["results"] == "Första stycket.\n\nAndra stycket."


def test_the_hand_made_year_to_the_oere():
    told = as_json(report_2031())
    assert told["total_sek"] == Decimal("170000.48")
    assert {row["unit"]: row["amount_sek"] for row in told["by_unit"]} == {
        "Nord": Decimal("120000.10"),
        "Syd": Decimal("50000.05"),
        "=Väst": Decimal("0.33"),
    }
    goals_paid = {row["number"]: row["amount_sek"] for row in told["by_budget_goal"] if row["amount_sek"]}
    assert goals_paid == {2: Decimal("150000.15"), 5: Decimal("0.33"), None: 20000}
    assert {row["programme"]: row["amount_sek"] for row in told["by_programme"]} == {
        "Erasmus+": Decimal("150000.48"),
        "Interreg": 20000,
    }
    own = {row["project_id"]: row["own_budget_sek"] for row in told["projects"]}
    assert own == {"bro": 337035, "bett": None, "utan": None, "fri": None}  # 30 000 EUR at 11.2345
    assert told["readings"]["by_calendar_year_sek"] == {
        "at_least": Decimal("70000.38"),
        "at_most": Decimal("170000.48"),
    }
    assert told["provenance"] == "mixed"


def test_amounts_in_json_are_integers_or_have_two_decimals():
    text = report_bytes(report_2031(), ".json", {}, SV).decode()
    assert '"total_sek": 170000.48' in text and '"amount_sek": 120000.10' in text and '"paid_sek": 20000,' in text
    assert json.loads(text)["version"] is None


def test_csv_has_a_row_a_payment():
    rows = as_csv(report_2018())
    assert [row["amount_sek"] for row in rows] == list(map(str, BY_UNIT_2018))
    assert rows[3]["project_id"] == "code-4-all" and rows[3]["unit"] == "Grundskoleförvaltningen, Klagshamnskolan"
    assert rows[0]["budget_goal"] == "3" and rows[0]["budget_goal_title"] == "En stad för barn och unga"
    assert {(row["year"], row["paid_until"], row["provenance"]) for row in rows} == {
        ("2018", "2019-01-03", "published")
    }


def test_csv_of_the_hand_made_year_in_both_writings():
    rows, excel = as_csv(report_2031()), as_csv(report_2031(), excel=True)
    assert [row["amount_sek"] for row in rows] == ["100000.10", "50000.05", "0.33", "20000"]
    assert [row["amount_sek"] for row in excel] == ["100000,10", "50000,05", "0,33", "20000"]
    assert (rows[0]["school"], rows[1]["school"]) == ("Nordskolan", "")
    assert (rows[3]["budget_goal"], rows[3]["budget_goal_title"]) == ("", "")


def test_no_text_in_csv_starts_like_a_formula():
    bitten = next(row for row in as_csv(report_2031()) if row["project_id"] == "bett")
    assert bitten["title"].startswith("'=HYPERLINK") and bitten["unit"] == "'=Väst" and bitten["note"] == "'-1+1"


def test_english_names_the_goals_in_english():
    assert as_json(report_2018("en"), EN)["by_budget_goal"][2]["title"] == "A city for children and young people"


def test_a_format_that_is_none():
    with pytest.raises(KeyError):
        report_bytes(report_2018(), ".odt", ABOUT, SV)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("say", [SV, EN], ids=["sv", "en"])
def test_a_year_without_anything_is_a_report_too(suffix, say):
    assert report_bytes(report(Funding(goals=goals()), 1999, say), suffix, {}, say)


def test_the_empty_year_has_all_nine_goals_and_no_amounts():
    told = as_json(report(Funding(goals=goals()), 1999, SV))
    assert len(told["by_budget_goal"]) == 9 and told["total_sek"] == 0 and told["projects"] == []


def test_payments_of_another_report_year_near_the_turn_widen_the_bounds_alone():
    told = as_json(two_turns())
    assert told["total_sek"] == told["readings"]["by_report_year_sek"] == Decimal("170000.48")
    assert told["readings"]["by_calendar_year_sek"] == {
        "at_least": Decimal("70000.38"),
        "at_most": Decimal("170500.98"),
    }
    assert {row["project_id"]: row["report_year"] for row in told["readings"]["near_turn"]} == {
        "bro": 2031,
        "slut": 2030,
    }
    assert as_json(report(Funding(goals=goals()), 1999, SV))["readings"]["near_turn"] == []


def test_every_row_of_csv_and_every_project_in_json_has_its_own_provenance():
    rows = as_csv(two_turns())
    assert [(row["project_id"], row["provenance"]) for row in rows] == [
        ("bro", "mixed"),
        ("bro", "mixed"),
        ("bett", "synthetic"),
        ("utan", "imported"),
    ]
    told = {row["project_id"]: row["provenance"] for row in as_json(two_turns())["projects"]}
    assert told == {"bro": "mixed", "bett": "synthetic", "utan": "imported", "fri": "published"}


@pytest.mark.parametrize(
    ("origins", "name", "synthetic", "mixed"),
    [
        (["published"], "Published data", False, False),
        (["imported"], "Imported data", False, False),
        (["published", "imported"], "Published and imported data", False, True),
        (["synthetic"], "Synthetic data", True, False),
        (["mixed"], "Partly synthetic data", True, True),
        (["mixed", "mixed"], "Partly synthetic data", True, True),
        (["published", "synthetic"], "Partly synthetic data", True, True),
        (["imported", "mixed"], "Partly synthetic data", True, True),
        (["synthetic", "mixed"], "Partly synthetic data", True, True),
    ],
)
def test_what_a_report_of_such_projects_is_called(origins, name, synthetic, mixed):
    year = of_origins(*map(Provenance, origins))
    assert stamp_of(year, EN).startswith(name)
    assert (year.provenance.invented, mixed_origins(year)) == (synthetic, mixed)
