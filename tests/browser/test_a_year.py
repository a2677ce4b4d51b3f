"""A year lived through in one go: two projects in two currencies, from the first row to the report that is sent. What
each task takes of a hand is counted and printed (`NIGHTLY=1 ... -s`)."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import mammoth
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from analytics.model.funding import MoneyKind, ReportQuestion
from analytics.registers.administrations import ADMINISTRATIONS
from analytics.registers.funding import PAYMENTS, PROJECTS
from analytics.registers.money import BUDGETS
from analytics.store.funding import read_funding
from analytics.store.reading import Store
from analytics.words.labels import label_of
from pages.funding.editing.add_payment import AS_BEFORE
from tests.browser.conftest import NewPage
from tests.browser.counted import Steps
from tests.browser.looking import Tab
from tests.browser.money_of_a_year import (
    BACK,
    BUDGET_ROWS,
    CODE,
    DOUBLED,
    ERASMUS,
    ESF,
    EURO,
    ID,
    INSTALMENTS,
    JOBS,
    MISSING_HERE,
    MISSING_THERE,
    NOBODYS,
    ORE_OFF,
    OTHER_YEAR,
    PROJECT_ROWS,
    RATE,
    RECEIVED,
    REPAID,
    SCHOOLS,
    SPLIT,
    TITLE,
    TRANSPOSED,
    VOUCHERS,
    WHOLE,
    WHOSE,
    YEAR,
    ledger_file,
    payments_file,
    spent,
    transposed,
)  # fmt: skip
from tests.browser.register_grid import SWEDISH, RegisterGrid
from tests.pages.serving import UNWARMED, Server, serving
from tests.sampling import at_night

WHO = "Anna Ek"


@pytest.fixture
def here(published_store: Path, tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    store = shutil.copytree(published_store, tmp_path / "store")
    with serving(store, UNWARMED) as server:
        yield server, store


def swedish(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def word(kind: MoneyKind) -> str:
    return label_of(kind, SWEDISH)


def of_kind(store: Path, project: str, kind: MoneyKind) -> Decimal:
    known = read_funding(Store(store).current())
    return sum((p.amount_sek for p in known.payments if (p.project_id, p.kind) == (project, kind)), Decimal(0))


FOLDED = ("amount", "currency", "rate", "budget_goal")  # in the form's fold
CHOSEN = ("kind", "unit", "currency")


def new_amounts(steps: Steps, *rows: dict[str, str]) -> None:
    """Amounts in the short form, one after another; what one has from the one before is not typed anew."""
    before: dict[str, str] = {}
    for row in rows:
        steps.press("Lägg till en till" if before else "Lägg till belopp")
        if any(name in FOLDED for name in row) and not any(name in FOLDED for name in before):
            steps.unfold("payment_more")
        for name, text in row.items():
            if name in AS_BEFORE and before.get(name) == text:
                continue
            label = SWEDISH.marked(PAYMENTS.field(name).label)
            (steps.choose if name in CHOSEN else steps.fill)(label, text)
        before = row


def two_projects(steps: Steps, store: Path) -> None:
    """Two administrations, and a project of each."""
    steps.go("eu-projekt")
    steps.count("clicks")  # the fold
    administrations = RegisterGrid(steps.tab, ADMINISTRATIONS)
    steps.rows(administrations, [{"administration_id": ID[one], "name": one} for one in ID])
    steps.rows(RegisterGrid(steps.tab, PROJECTS), PROJECT_ROWS)
    steps.save(WHO)


def budgets(steps: Steps, store: Path) -> None:
    """The own budget of each"""
    for project, row in BUDGET_ROWS.items():
        steps.go("eu-projekt", project=project)
        steps.count("clicks")  # the fold
        steps.rows(RegisterGrid(steps.tab, BUDGETS, project=project, title=TITLE[project]), [row])
        steps.save(WHO)


def instalments(steps: Steps, store: Path) -> None:
    """Granted, and three instalments in kronor"""
    whole, same = sum(INSTALMENTS.values(), Decimal(0)), {"unit": JOBS, "report_year": str(YEAR)}
    granted = {"kind": word(MoneyKind.GRANTED), **same, "amount_sek": swedish(whole), "date": f"{YEAR}-01-15"}
    came = [
        {"kind": word(MoneyKind.RECEIVED), **same, "amount_sek": swedish(amount), "date": f"{YEAR}-{month:02}-14",
         "voucher": f"B{month:02}1", "ledger_code": CODE[ESF]}
        for month, amount in INSTALMENTS.items()
    ]  # fmt: skip
    steps.go("eu-projekt", project=ESF)
    new_amounts(steps, granted, *came)
    steps.save(WHO)
    assert of_kind(store, ESF, MoneyKind.RECEIVED) == of_kind(store, ESF, MoneyKind.GRANTED) == whole


def in_euro(steps: Steps, store: Path) -> None:
    """Three instalments in euro"""
    steps.go("eu-projekt", project=ERASMUS)
    rows = [
        {"kind": word(MoneyKind.RECEIVED), "unit": SCHOOLS, "report_year": str(YEAR), "date": f"{YEAR}-{month:02}-14",
         "amount": swedish(amount), "currency": "EUR", "rate": str(RATE[month]).replace(".", ","),
         "voucher": f"B{month:02}2", "ledger_code": CODE[ERASMUS]}
        for month, amount in EURO.items()
    ]  # fmt: skip
    new_amounts(steps, *rows)
    steps.save(WHO)
    assert of_kind(store, ERASMUS, MoneyKind.RECEIVED) == -sum(p.amount for p in RECEIVED if p.project == ERASMUS)


def vouchers(steps: Steps, store: Path) -> None:
    """491 vouchers out of a file, beside the instalments that were typed: they are added, and nothing goes"""
    typed = read_funding(Store(store).current()).payments
    steps.go("importera")
    steps.choose_file("Välj filer", "verifikationer.csv", payments_file())
    steps.tab.page.get_by_role("button", name="Läs in", exact=True).wait_for()
    if not steps.tab.page.get_by_label("Ditt namn").input_value():
        steps.fill("Ditt namn", WHO)
    steps.press("Läs in")
    steps.tab.page.get_by_text("Inläst som version").wait_for()
    there = read_funding(Store(store).current()).payments
    assert len(there) == len(typed) + payments_file().count(b"\n") - 1 and all(payment in there for payment in typed)


def split_and_repaid(steps: Steps, store: Path) -> None:
    """A voucher on two budget goals, and a repayment"""
    same = {"unit": JOBS, "report_year": str(YEAR), "ledger_code": CODE[ESF]}
    on_goals = [
        {"kind": word(MoneyKind.SPENT), **same, "amount_sek": swedish(amount), "date": WHOLE.day.isoformat(),
         "voucher": WHOLE.voucher, "budget_goal": goal}
        for goal, amount in zip(("2", "5"), SPLIT, strict=True)
    ]  # fmt: skip
    back = {"kind": word(MoneyKind.REPAID), **same, "amount_sek": swedish(REPAID), "date": BACK.day.isoformat(),
            "voucher": BACK.voucher}  # fmt: skip
    steps.go("eu-projekt", project=ESF)
    new_amounts(steps, *on_goals, back)
    steps.save(WHO)
    for project in CODE:
        assert of_kind(store, project, MoneyKind.SPENT) == spent(project)


def held_against_the_ledger(steps: Steps, store: Path) -> None:
    """500 rows of the ledger held against the register, what agrees marked"""
    page = steps.tab.page
    steps.go("avstamning")
    steps.choose_file("Välj filer", "huvudbok.csv", ledger_file())
    rows = page.locator(".st-key-ledger_to_do tbody tr")
    expect(rows).to_have_count(7)
    told = [" ".join(text.split()) for text in rows.all_inner_texts()]
    for number in (MISSING_HERE, MISSING_THERE, ORE_OFF, TRANSPOSED, NOBODYS, OTHER_YEAR, DOUBLED):
        assert sum(VOUCHERS[number].voucher in line for line in told) == 1, (number, told)
    page.get_by_text("494 av huvudbokens 500 rader stämmer").wait_for()
    who = page.get_by_label("Ditt namn")
    if who.input_value() != WHO:
        steps.fill("Ditt namn", WHO)
    steps.click(page.locator(".st-key-mark_matched button"))
    expect(page.locator(".stAlert").last).to_contain_text("Sparat som version")
    known = read_funding(Store(store).current())
    assert sum(bool(payment.reconciled) for payment in known.payments) == 495, "494, of which one stands on two goals"


def put_right(steps: Steps, store: Path) -> None:
    """What the register lacks is added, and an amount mended, as the list says"""
    lacking, wrong = VOUCHERS[MISSING_HERE], VOUCHERS[TRANSPOSED]
    steps.go("eu-projekt", project=lacking.project)
    row = {"kind": word(MoneyKind.SPENT), "unit": WHOSE[lacking.project], "report_year": str(YEAR),
           "amount_sek": swedish(lacking.amount), "date": lacking.day.isoformat(), "voucher": lacking.voucher,
           "ledger_code": CODE[lacking.project]}  # fmt: skip
    new_amounts(steps, row)
    steps.save(WHO)
    steps.go("eu-projekt", project=wrong.project)
    steps.count("clicks")  # the fold
    grid = RegisterGrid(steps.tab, project=wrong.project, title=TITLE[wrong.project])
    (number,) = [n for n, one in enumerate(grid.rows(), 1) if one.cells["voucher"].text == wrong.voucher]
    grid.write(number, "amount_sek", swedish(transposed(wrong.amount)))
    steps.count("fields")
    grid.settled()
    steps.save(WHO)
    more = transposed(wrong.amount) - wrong.amount
    assert of_kind(store, lacking.project, MoneyKind.SPENT) == spent(lacking.project) + lacking.amount
    assert of_kind(store, wrong.project, MoneyKind.SPENT) == spent(wrong.project) + more


def handed_in(steps: Steps, store: Path) -> None:
    """Two administrations write six answers each and hand in"""
    for name in (SCHOOLS, JOBS):
        steps.go("eu-rapport", year=str(YEAR), administration=ID[name])
        steps.unfold("report_answers")
        for question in ReportQuestion:
            label = label_of(question, SWEDISH)
            steps.fill(label, f"{label}: som {name} ser det.", "Control+Enter")
        steps.press("Lämna in")
        steps.save(f"{name}s handläggare")


def approved(steps: Steps, store: Path) -> None:
    """The city office approves both"""
    for name in (SCHOOLS, JOBS):
        steps.go("eu-rapport", year=str(YEAR), administration=ID[name])
        steps.press("Godkänn")
        steps.save("Stadskontoret")


def sent(steps: Steps, store: Path) -> None:
    """The compiled report as PDF, Word and JSON"""
    whole = {project: of_kind(store, project, MoneyKind.SPENT) for project in CODE}
    steps.go("eu-rapport", year=str(YEAR))
    expect(steps.tab.page.locator(".kd-answer")).to_contain_text(
        "Alla 2 förvaltningar har lämnat in, och alla delar är godkända"
    )
    files = {}
    for name in ("PDF", "Word", "JSON"):
        files[name] = steps.tab.download(f"Ladda ner {name}")
        steps.count("clicks")
    told = json.loads(files["JSON"], parse_float=Decimal, parse_int=Decimal)
    assert told["total_sek"] == sum(whole.values()) and len(told["projects"]) == 2
    assert {one["project_id"]: one["paid_sek"] for one in told["projects"]} == whole
    for one in told["projects"]:
        rows = [row for row in one["payments"] if row["kind"] == "spent"]
        assert sum(row["amount_sek"] for row in rows) == whole[one["project_id"]]
        came = {row["kind"]: row["amount_sek"] for row in one["by_kind"]}
        assert came["received"] == of_kind(store, one["project_id"], MoneyKind.RECEIVED)
    assert {one["status"] for one in told["parts"]} == {"approved"}
    texts = {
        "PDF": " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(files["PDF"])).pages),
        "Word": mammoth.extract_raw_text(io.BytesIO(files["Word"])).value,
    }
    for name, text in texts.items():
        plain = text.replace("\N{NO-BREAK SPACE}", " ")
        for amount in (*whole.values(), sum(whole.values(), Decimal(0))):
            assert f"{amount:,.2f}".replace(",", " ").replace(".", ",") in plain, (name, amount)
        for whose in (SCHOOLS, JOBS):
            assert f"som {whose} ser det" in plain, (name, whose)


YEAR_THROUGH = (
    two_projects, budgets, instalments, in_euro, vouchers, split_and_repaid, held_against_the_ledger, put_right,
    handed_in, approved, sent,
)  # fmt: skip


@at_night
def test_a_year_from_the_first_row_to_the_report_that_is_sent(here, new_page: NewPage):
    server, store = here
    steps = Steps(Tab(new_page(), server))
    for task in YEAR_THROUGH:
        with steps.on(task.__doc__ or task.__name__):
            task(steps, store)
        steps.tab.shoot(f"year-{task.__name__}")
    print(steps.told())
