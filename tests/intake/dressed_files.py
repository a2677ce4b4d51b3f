"""Forms as tools and people write them, drawn by Hypothesis: what was answered, and the file that says it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.intake.making import csv_bytes, ods_bytes, xlsx_bytes
from tests.intake.xlsb import xlsb_bytes

CRITERIA = {"A1": "Rektor följer upp", "A2": "Planen har mål", "B1": "Eleverna läser, skriver och räknar"}
LABELS = ("Påbörjad", "Aktiverad", "Trygg", "Välutvecklad")
SCHOOLS = {
    "alfa": ("alfa", "Alfaskolan", "10000001", "ALFASKOLAN", "1000 0001", "Alfaskolan;", "Alfaskolan (alfa)"),
    "beta": ("beta", "Betaskolan", "10000002", "betaskolan ", "10000002;"),
    "strand": ("strand", "Ängsstrandskolan", "Strandens skola", "ÄNGSSTRANDSKOLAN", "Ängsstrandskolan;"),
}
QUESTIONS = (
    lambda id_, title: id_,
    lambda id_, title: title,
    lambda id_, title: f"{id_}. {title}",
    lambda id_, title: f"Hur väl stämmer det? [{title}]",
    lambda id_, title: f"Q1[{id_}]",
    lambda id_, title: f"{len(title)}. {title}",
    lambda id_, title: f"Hur väl stämmer det på er skola? - {title}",
    lambda id_, title: f"{title}\N{NO-BREAK SPACE}*",
    lambda id_, title: f"{title} ({id_})",
)
LEVELS = (
    lambda n, name: str(n),
    lambda n, name: name,
    lambda n, name: f"{n} - {name}",
    lambda n, name: f"{n} ({name})",
    lambda n, name: f"Nivå {n}",
    lambda n, name: f"{name}: så gör vi",
    lambda n, name: f"{n} – vi gör det ibland",
    lambda n, name: f"{n},0",
    lambda n, name: f"{name};",
)
DONT_KNOW = ("", "vet ej", "Vet inte", "Ej aktuellt", "vet ej / kan inte bedöma")
SCHOOL_HEADINGS = ("Skola", "Vilken skola arbetar du på?", "2. Skola", "School", "Skolenhet", "Din skola / Response")
# Columns that are left out, and a cell for the so-manyeth row.
OTHERS = (
    ("Starttid", lambda i: f"2023-01-15 08:{i:02}:07"),
    ("E-post", lambda i: f"person{i}@kommun.example"),
    ("Namn", lambda i: f"Eva Ek {i}"),
    ("Personnummer", lambda i: f"198001{i:02}-1234"),
    ("Kommentar", lambda i: f'Bra, men "svårt"; se {i}' if i % 2 else ""),
    ("Kommentar", lambda i: "x"),
    ("Övriga synpunkter på skolan", lambda i: "Bättre salar\ntack" if i % 3 else ""),
    ("Points - Rektor följer upp", lambda i: "0"),
)
TITLES = (["Självskattning 2023"], ["Kvalitetsarbete", "", ""], ["Utskriven 2023-02-01 av kansliet"])
BELOW = (["Summa", "12", "9"], ["Medelvärde", "2,5"], ["Källa: kommunens egen enkät"], ["* Avser hela läsåret hos oss"])


@dataclass(frozen=True)
class Dressed:
    """A table as somebody has it; `headings_at`: its row of headings; `school` and `criteria`: the columns of these."""

    answers: tuple[tuple[str, dict[str, int | None]], ...]  # one a respondent: school, level by criterion
    table: list[list[str]]
    headings_at: int
    school: int
    criteria: dict[str, int]

    def with_cell(self, row: int, column: int, text: str) -> Dressed:
        """The same but for one cell under the headings; the first row is 1."""
        table = [list(record) for record in self.table]
        table[self.headings_at + row][column] = text
        return replace(self, table=table)


@st.composite
def dressed(draw: st.DrawFn, *, below: bool = True) -> Dressed:
    asked = draw(st.lists(st.sampled_from(sorted(CRITERIA)), min_size=1, max_size=3, unique=True))
    level = st.one_of(st.none(), st.integers(1, 4))
    answers = draw(
        st.lists(st.tuples(st.sampled_from(sorted(SCHOOLS)), st.tuples(*[level] * len(asked))), min_size=1, max_size=6)
    )
    question = draw(st.sampled_from(QUESTIONS))
    others = draw(st.lists(st.sampled_from(OTHERS), max_size=4))
    columns = [("school", draw(st.sampled_from(SCHOOL_HEADINGS)))]
    columns += [(id_, question(id_, CRITERIA[id_])) for id_ in asked] + [
        (str(i), other[0]) for i, other in enumerate(others)
    ]
    columns = draw(st.permutations(columns))
    rows = []
    for i, (school, levels) in enumerate(answers, 1):
        said = dict(zip(asked, levels, strict=True))
        record = []
        for name, _ in columns:
            if name == "school":
                record.append(draw(st.sampled_from(SCHOOLS[school])))
            elif name in said:
                number = said[name]
                way = draw(st.sampled_from(DONT_KNOW if number is None else LEVELS))
                record.append(way if isinstance(way, str) else way(number, LABELS[(number or 1) - 1]))
            else:
                record.append(others[int(name)][1](i))
        rows.append(record)
    above = draw(st.lists(st.sampled_from(TITLES), max_size=2, unique_by=str)) if len(columns) > 1 else []
    under = draw(st.lists(st.sampled_from(BELOW), max_size=2, unique_by=str)) if below and len(columns) > 2 else []
    width = len(columns)
    padded = [[*row, *[""] * width][:width] for row in above], [[*row, *[""] * width][:width] for row in under]
    table = [*padded[0], [heading for _, heading in columns], *rows, *padded[1]]
    place = {name: at for at, (name, _) in enumerate(columns)}
    said_of = tuple((school, dict(zip(asked, levels, strict=True))) for school, levels in answers)
    return Dressed(said_of, table, len(above), place["school"], {id_: place[id_] for id_ in asked})


def without_dashes(table: list[list[str]]) -> list[list[str]]:
    """The table in the letters that every code page here has."""
    return [[cell.replace("–", "-") for cell in row] for row in table]


FORMATS = {
    "comma.csv": lambda table: csv_bytes(table, ","),
    "semicolon.csv": lambda table: csv_bytes(table, ";"),
    "tab.txt": lambda table: csv_bytes(table, "\t"),
    "bom.csv": lambda table: csv_bytes(table, ";", "utf-8-sig"),
    "unicode.txt": lambda table: csv_bytes(table, "\t", "utf-16"),
    "unmarked.txt": lambda table: csv_bytes(table, "\t", "utf-16-le"),
    "windows.csv": lambda table: csv_bytes(without_dashes(table), ";", "cp1252"),
    "dos.csv": lambda table: csv_bytes(without_dashes(table), ";", "cp850"),
    "mac.csv": lambda table: csv_bytes(without_dashes(table), ",", "mac_roman"),
    "book.xlsx": xlsx_bytes,
    "book.xlsb": xlsb_bytes,
    "book.ods": ods_bytes,
}
"""By a file's name: how a table is written."""
