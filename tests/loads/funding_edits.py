"""Editing the funding register in tests: its rows by what they say, and fields typed as the page has them typed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analytics.loads.dialogue_rows import REMOVED, all_of
from analytics.loads.funding_texts import BEGUN, answer_field, texts_of
from analytics.loads.load import LoadOutcome
from analytics.loads.save import save as save_what
from analytics.loads.save_funding import FUNDING_REGISTER
from analytics.model.funding import ReportQuestion
from analytics.model.schools import Viewer
from analytics.store.drafts import Typed
from analytics.store.registers import Registers, read_registers
from analytics.words.language import words
from tests.drafting import store_in

SAY = words("en")
ALL = Viewer("everybody", schools=None)


def held(store: Path) -> Registers:
    return read_registers(store_in(store).current())


def texts(store: Path) -> dict[str, str]:
    """The register as it is saved, by field."""
    return texts_of(held(store))


def part(began: Mapping[str, str], kind: str, **said: str) -> str:
    """The one row of a kind that says this: `payments.r2-1`."""
    parts = {name.rpartition(".")[0] for name in began if name.startswith(f"{kind}.")}
    (found,) = [one for one in parts if all(began[f"{one}.{name}"] == text for name, text in said.items())]
    return found


def typed(began: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, Typed]:
    """Texts typed in fields while this was what was saved."""
    return {name: Typed(began.get(name, ""), text) for name, text in fields.items()}


def new(kind: str, token: str, **said: str) -> dict[str, Typed]:
    """A new row."""
    return {f"{kind}.rn{token}.{name}": Typed("", text) for name, text in {BEGUN: "yes", **said}.items()}


def removed(began: Mapping[str, str], row: str) -> dict[str, Typed]:
    """A row, or a project with all that hangs on it, taken away."""
    return {f"{row}.{REMOVED}": Typed(all_of(began, row), "yes")}


def answered(began: Mapping[str, str], year: int, question: ReportQuestion, text: str) -> dict[str, Typed]:
    return typed(began, {answer_field(year, question): text})


def save(store: Path, fields: Mapping[str, Typed], by: str = "Anna Ek", viewer: Viewer = ALL) -> LoadOutcome:
    return save_what(store, viewer, FUNDING_REGISTER, fields, SAY, saved_by=by)
