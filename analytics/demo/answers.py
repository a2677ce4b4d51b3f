"""Synthetic demo data: 77 invented schools answer two frameworks, 2018-2025. data/demo/README.md tells the model.

Each school draws from its own random stream, and each of its rounds from one more, so changing a school's profile
changes no other school.
"""

from __future__ import annotations

import hashlib
import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.intake.readers import TextTable, read_sheet
from analytics.words.language import words

SEED = 2018
FIRST_YEAR = 2018
FRAMEWORKS = {"dsoe-2018": range(2018, 2022), "vebs-2022": range(2022, 2026)}

# How a school is doing, on the scale 1-4: one figure a round from 2018, as if 2022 had brought no stricter framework.
LEVELS = {
    "rising": (2.26, 2.43, 2.59, 2.73, 2.72, 2.88, 3.06, 3.20),
    "stalled": (2.40, 2.55, 2.64, 2.64, 2.60, 2.62, 2.60, 2.61),
    "falling back": (2.50, 2.70, 2.86, 2.94, 2.86, 2.72, 2.58, 2.46),
    "starting high": (2.80, 2.98, 3.10, 3.20, 3.30, 3.42, 3.52, 3.57),
    "leaping after 2023": (2.10, 2.24, 2.38, 2.50, 2.54, 2.66, 3.26, 3.48),
}
PROFILES = {  # every other school is rising
    "stalled": "agatskolan basaltskolan dolomitskolan gnejsskolan karneolskolan mistralskolan rimfrostskolan",
    "falling back": "eklipsskolan korundskolan monsunskolan porfyrskolan virvelvindsskolan",
    "starting high": "adelstensskolan beryllskolan kometskolan kvartsskolan malakitskolan plejadskolan turmalinskolan",
    "leaping after 2023": "blixtvandeskolan hematitskolan meteorskolan nebulosaskolan stjarnfallsskolan",
}
PROFILE_OF = {school: profile for profile, schools in PROFILES.items() for school in schools.split()}

POOR_RESPONSE = {"kulingskolan": (2019, 2020, 2021), "nordanilskolan": (2022, 2023), "onyxskolan": (2024, 2025),
                 "serpentinskolan": (2020, 2025), "solflacksskolan": (2018, 2023)}  # fmt: skip
FEW_ANSWERS = {  # how many answered, whatever the staff
    "apatitskolan": {2018: 3, 2020: 4, 2022: 4, 2024: 3},
    "isroseskolan": {2018: 6, 2019: 5, 2020: 6, 2021: 5, 2022: 6, 2023: 5, 2024: 6, 2025: 5},
    "nymaneskolan": {2019: 2, 2023: 4},
    "selenitskolan": {2020: 4, 2021: 3, 2025: 4},
}
OFTEN_DONT_KNOW = {"isroseskolan"}  # five or six answer, so the don't-knows hide some of the criteria
SPLIT = {"kalcedonskolan"}  # half of the staff answer 1 or 2, the other half 4
SKIPPED = {"stratusskolan": (2020,)}
NO_PARTICIPATION = {"fullmaneskolan", "olivinskolan", "perseidskolan"}

AREA_EASE = {"ledarskap": 0.20, "undervisning": 0.04, "fortbildning": -0.22, "kultur": 0.04, "infrastruktur": -0.12}
AREA_RISE = {"infrastruktur": 0.04}  # a year, on top of what the school does
STRICTER = {"identical": 0.0, "reworded": -0.40, "new": -0.75}
SCHOOL_SD, SCHOOL_AREA_SD, CRITERION_SD, PERSON_SD, ANSWER_SD = 0.14, 0.10, 0.07, 0.42, 0.60
DONT_KNOW, DONT_KNOW_INFRASTRUCTURE = 0.03, 0.055
CELLS = ["", "1", "2", "3", "4", "vet ej"]  # the first and the last both mean don't know


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """A school of schools.csv; the dates are ISO texts, and the ends of time where the file has none."""

    id: str
    staff: int
    opened: str
    closed: str

    def rng(self, *more: int) -> np.random.Generator:
        return np.random.Generator(np.random.PCG64([SEED, zlib.crc32(self.id.encode()), *more]))

    def answers_in(self, year: int) -> bool:
        """Rounds are in January: a school takes part while it is open, unless it skips the year."""
        return self.opened <= f"{year}-01-15" <= self.closed and year not in SKIPPED.get(self.id, ())


@dataclass(frozen=True, slots=True)
class DemoCriteria:
    """A framework's criteria; `ease` is what each adds to a school's level."""

    framework: str
    criteria: list[str]
    areas: list[str]
    ease: np.ndarray


@dataclass(frozen=True, slots=True)
class DemoRound:
    """A school-round; `cells` has a row a person and a column a criterion, each a place in CELLS."""

    framework: str
    year: int
    school: str
    invited: int
    cells: np.ndarray


def demo_sheets(folder: Path) -> list[TextTable]:
    """What `kvalitet build` loads from data/demo: the schools, the answers to each framework, the participation."""
    schools_sheet = read_sheet(folder / "schools.csv", words("sv"))
    schools = _schools(schools_sheet)
    questions = _questions(folder.parent / "frameworks")
    rounds = [
        _round(school, asked, year)
        for asked in questions
        for year in FRAMEWORKS[asked.framework]
        for school in schools
        if school.answers_in(year)
    ]
    answers = [_answers_sheet(asked, [r for r in rounds if r.framework == asked.framework]) for asked in questions]
    return [schools_sheet, *answers, _participation_sheet(rounds)]


def _schools(sheet: TextTable) -> list[DemoSchool]:
    columns = (sheet.column(name).to_pylist() for name in ("school_id", "staff", "valid_from", "valid_to"))
    rows = zip(*columns, strict=True)
    return [DemoSchool(id_, int(staff), opened or "0001", closed or "9999") for id_, staff, opened, closed in rows]


def _questions(folder: Path) -> list[DemoCriteria]:
    """Criteria that go on in the next framework keep their ease, less what the new wording asks for."""
    found, ease = [], {}
    for framework in FRAMEWORKS:
        toml = tomllib.loads((folder / f"{framework}.toml").read_text("utf-8"))
        criteria = [(area["id"], criterion) for area in toml["area"] for criterion in area["criterion"]]
        for area, criterion in criteria:
            before = criterion.get("previous")
            own = np.random.Generator(np.random.PCG64([SEED, zlib.crc32(f"{framework} {criterion['id']}".encode())]))
            if before:
                ease[criterion["id"]] = ease[before["criterion"]] + STRICTER[before["change"]]
            else:
                new = STRICTER["new"] if "previous" in toml else 0.0
                ease[criterion["id"]] = AREA_EASE[area] + own.normal(0, CRITERION_SD) + new
        ids = [criterion["id"] for _, criterion in criteria]
        found.append(DemoCriteria(framework, ids, [area for area, _ in criteria], np.array([ease[id_] for id_ in ids])))
    return found


def _round(school: DemoSchool, asked: DemoCriteria, year: int) -> DemoRound:
    """One school's answers in one year: criterion + person + chance, cut into the four levels."""
    rng = school.rng(year)
    invited = round(school.staff * rng.uniform(0.95, 1.05))
    people = _people(school, year, invited, rng)
    shape = people, len(asked.criteria)
    chance = rng.normal(0, 1, shape)
    if school.id in SPLIT:
        latent = np.where(rng.permutation(people) % 2, 1.5, 4.5)[:, None] + 0.25 * chance
    else:
        latent = _levels(school, asked, year) + rng.normal(0, PERSON_SD, (people, 1)) + ANSWER_SD * chance
    cells = np.clip(np.rint(latent), 1, 4).astype(np.int32)
    unsure = np.where(np.array(asked.areas) == "infrastruktur", DONT_KNOW_INFRASTRUCTURE, DONT_KNOW)
    if school.id in OFTEN_DONT_KNOW:
        unsure = 3 * unsure
    dont_know = rng.random(shape) < unsure
    return DemoRound(asked.framework, year, school.id, invited, np.where(dont_know, rng.choice([0, 5], shape), cells))


def _people(school: DemoSchool, year: int, invited: int, rng: np.random.Generator) -> int:
    """How many answer: 55-90 % of the invited, unless the tables above say otherwise."""
    usual = np.clip(school.rng(1).uniform(0.60, 0.85) + rng.normal(0, 0.05), 0.60, 0.86)
    share = rng.uniform(0.32, 0.44) if year in POOR_RESPONSE.get(school.id, ()) else usual
    return FEW_ANSWERS.get(school.id, {}).get(year, round(invited * share))


def _levels(school: DemoSchool, asked: DemoCriteria, year: int) -> np.ndarray:
    """The school's own level on each criterion. A school near the top is more even: its weak spots are mended too."""
    rng = school.rng()
    level = LEVELS[PROFILE_OF.get(school.id, "rising")][year - FIRST_YEAR] + rng.normal(0, SCHOOL_SD)
    rise = {area: AREA_RISE.get(area, 0.0) * (year - FIRST_YEAR) for area in AREA_EASE}
    at_home = {area: rise[area] + rng.normal(0, SCHOOL_AREA_SD) for area in AREA_EASE}
    uneven = asked.ease + np.array([at_home[area] for area in asked.areas])
    return level + uneven * np.clip((4 - level) / 1.5, 0.4, 1)


def _answers_sheet(asked: DemoCriteria, rounds: Sequence[DemoRound]) -> TextTable:
    """One row is one person's answer to one criterion."""
    person = np.concatenate([np.arange(len(r.cells)) for r in rounds])
    round_ = np.repeat(np.arange(len(rounds)), [r.cells.size for r in rounds])
    columns = {
        "framework": _texts([r.framework for r in rounds], round_),
        "year": _texts([str(r.year) for r in rounds], round_),
        "school": _texts([r.school for r in rounds], round_),
        "respondent": _texts([f"p{n:03}" for n in range(1, person.max() + 2)], np.repeat(person, len(asked.criteria))),
        "criterion": _texts(asked.criteria, np.tile(np.arange(len(asked.criteria)), len(person))),
        "level": _texts(CELLS, np.concatenate([r.cells.ravel() for r in rounds])),
    }
    return made_sheet(f"answers {asked.framework}", columns)


def _texts(different: list[str], places: np.ndarray) -> pa.StringArray:
    return pa.array(different).take(pa.array(places))


def _participation_sheet(rounds: Sequence[DemoRound]) -> TextTable:
    """One row is one school-round; a few schools never said how many they invited."""
    counted = [r for r in rounds if r.school not in NO_PARTICIPATION]
    columns = {
        "framework": [r.framework for r in counted],
        "year": [str(r.year) for r in counted],
        "school": [r.school for r in counted],
        "invited": [str(r.invited) for r in counted],
        "responded": [str(len(r.cells)) for r in counted],
    }
    return made_sheet("participation", {name: pa.array(column) for name, column in columns.items()})


def made_sheet(what: str, columns: dict[str, pa.StringArray]) -> TextTable:
    """The columns as if read from a file; its SHA-256 is that of the cells."""
    file = f"demo: {what} (synthetic)"
    digest = hashlib.sha256(file.encode())
    for heading, column in columns.items():
        digest.update(heading.encode())
        digest.update(column.buffers()[2])
    rows = np.arange(1, len(columns["framework"]) + 1)
    return TextTable(file, digest.hexdigest(), tuple(columns), tuple(columns.values()), rows)
