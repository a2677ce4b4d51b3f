"""Files of every kind and format with something wrong in them, each drawn by its number."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.intake.making import csv_bytes, ods_bytes, parquet_bytes, xlsx_bytes

DATA = Path(__file__).parents[2] / "data"
Table = list[list[str]]

ROUNDS = {
    "answers": "framework,year,school,respondent,criterion,level,team,role\n"
    + "".join(f"vebs-2022,2025,kvartsskolan,p{n // 3},A{1 + n % 3},{1 + n % 4},Lag {n % 2},x\n" for n in range(18)),
    "counts": "framework,year,school,criterion,level_1,level_2,level_3,level_4,dont_know\n"
    + "".join(f"vebs-2022,2025,apatitskolan,A{n},{n},3,9,2,1\n" for n in (1, 2, 3)),
    "participation": "framework,year,school,invited,responded\nvebs-2022,2025,kvartsskolan,40,31\n",
    "form": "Starttid;E-post;Skola;Arbetslag;Roll;A1;A2;A3\n"
    + "".join(f"2026-01-0{n};a@b.se;Kvartsskolan;Lag 1;Lärare;{n % 4 + 1};vet ej;3 - Trygg\n" for n in range(1, 9)),
    "grid": "Tidstämpel;Skola;Hur väl stämmer det? [A1];Hur väl stämmer det? [A2];Q3[A3];Kommentar\n"
    + "".join(f"2026-01-0{n} 10:12;Kvartsskolan;Trygg (3);{n % 4 + 1} - ofta;3;bra\n" for n in range(1, 9)),
    "dialogues": "school,framework,year,held,participants,notes\nkvartsskolan,vebs-2022,2025,2025-03-01,Rektor,Bra\n",
    "agreements": "school,framework,year,number,criterion,to_level,due,status\n"
    'kvartsskolan,vebs-2022,2025,7,A1,"3,8",2026-01-31,agreed\n',
    "actions": "school,framework,year,agreement,number,text,role\n"
    "kvartsskolan,vebs-2022,2025,1,3,Studiecirkel,principal\n",
    "labels": "school,label,date,until,note\nkvartsskolan,school_label,2021-03-01,2023-02-28,Matematik på vinden\n",
}  # fmt: skip

FORM_EXPORTS = ("form", "grid")
"""Kinds that are read when whoever loads them says framework and year."""

NASTY = (
    "", " ", "\t", "\n", "a\nb", "\x00", "\ufeff", "\u202e", "\ud83d", "é", "é", "𝔘", "ﷺ" * 40, "'", '"', '""', "\\",
    ";", ",", "|", "=1+1", "@SUM(A1)", "<b>x</b>", "{x}", "%s", "{{7*7}}", "$x$", "../../x", "nan", "NaN", "inf",
    "-inf", "None", "null", "true", "0", "-0", "-1", "1e400", "1e-400", "0x10", "1_000", "٣", "3.0000000000001", "3,5",
    "1 000", "12.345", "9" * 19, "9" * 400, "-" * 50, "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "43368",
    "1899-12-31", "2026-01-01T25:00", "25/9/2018", "9/25/2018", "2018-W53-7", "SEK", "12 tkr", "kr" * 100, "x" * 5000,
    "kvartsskolan", "Kvartsskolan ", "KVARTSSKOLAN", "kvartsskolаn", "vebs-2022", "dsoe-2018", "A1", "a1", "vet ej",
    "#N/A", "#REF!", "Trygg", "3 – ofta", "Nivå 9", "5 av 4", "school", "year", "level_1",
    "level_99", "context: x", "kontext: ", "framework", "anna@example.se", "19121212-1212",
)  # fmt: skip
"""What a cell or a heading may hold."""

IN_XML = (
    "", "<", ">", "/>", "&", "&amp;", "&#0;", "&#xD800;", "&x;", "<!--", "]]>", "<![CDATA[", "<?", '"', "'", "r=\"A0\"",
    'r="A1048577"', 'r="XFE1"', 'r="-1"', 't="s"', 't="e"', 't="b"', 't="d"', "<v>", "</v>", "<v>99999</v>",
    "<v>-1</v>",
    "<v>1e999</v>", "<f>1/0</f>", "<row>", "</row>", "<c>", "<is><t>x</t></is>", "#N/A", 'count="4294967295"', "\x00",
    'xmlns:x="y"', "x:", "sheet1", "sheet2", "../", "</sheetData>", 'office:value-type="date"', 'office:value="x"',
    'table:number-columns-repeated="40"', 'table:number-rows-repeated="400"', "<text:s/>", "𝔘",
)  # fmt: skip


OTHER_VALUES = ("1979-05-27", "inf", "-1", "[]", "{}", "[[1], 2]", "1e400", "true", "9" * 40)
"""What a key of TOML may have."""


ACKNOWLEDGED = {
    "year": "2018", "remark": "partner_twice", "reason": "Två avdelningar", "facts": "cdcb9e0437ee89da",
    "acknowledged_by": "Handläggare", "acknowledged_on": "2019-01-20", "project_id": "dsoe",
}  # fmt: skip
MADE_AT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class Drawn:
    """A file: what it is made of, what was done to it."""

    name: str
    kind: str
    form: str
    done: str
    data: bytes


def seeds() -> dict[str, Table]:
    """A small table of each kind that files may hold: our own folders' first rows, and those of rounds."""
    found: dict[str, Table] = {}
    for path in sorted(DATA.glob("[dm]*/*.csv"), reverse=True):  # the published projects, which the store has, first
        with path.open(encoding="utf-8", newline="") as file:
            found.setdefault(path.stem, [row for row, _ in zip(csv.reader(file), range(9), strict=False)])
    found["acknowledgements"] = [[*ACKNOWLEDGED], [*ACKNOWLEDGED.values()]]  # the demo's are of the demo's projects
    for kind, text in ROUNDS.items():
        found[kind] = list(csv.reader(io.StringIO(text), delimiter=";" if kind in FORM_EXPORTS else ","))
    return found


FORMS: dict[str, Callable[[Table], bytes]] = {
    "csv": csv_bytes,
    "semicolons": lambda table: csv_bytes(table, ";"),
    "latin1": lambda table: csv_bytes(table, ";", "cp1252"),
    "utf16": lambda table: csv_bytes(table, "\t", "utf-16"),
    "tsv": lambda table: csv_bytes(table, "\t"),
    "xlsx": xlsx_bytes,
    "ods": ods_bytes,
    "parquet": parquet_bytes,
    "toml": lambda table: _toml(table),
    "json": lambda table: json.dumps([dict(zip(table[0], row, strict=False)) for row in table[1:]]).encode(),
}
ENDING = {"semicolons": "csv", "latin1": "csv", "utf16": "csv"}
FRAMEWORKS = [path.read_text("utf-8") for path in sorted((DATA / "frameworks").glob("*.toml"))]


def draw(seed: str, number: int, kinds: dict[str, Table]) -> Drawn:
    """The file of this number."""
    random = Random(f"{seed} {number}")
    form = random.choice([*FORMS, "toml"])
    kind = "framework" if form == "toml" else random.choice(list(kinds))
    done = random.choice(("cells", "inside", "bytes"))
    table = [["", random.choice(FRAMEWORKS)]] if form == "toml" else [list(row) for row in kinds[kind]]
    if form == "toml":
        data = (_lines_changed if done == "cells" else _unchanged)(table[0][1], random).encode("utf-8", "surrogatepass")
    else:
        data = _made(form, table, random, with_wrong_cells=done == "cells")
    if done == "inside":
        data = _inside(data, random)
    if done == "bytes":
        other = _made(random.choice(["csv", "xlsx", "parquet"]), kinds[random.choice(list(kinds))], random, False)
        data = _bytes(data, other, random)
    ending = ENDING.get(form, form)
    if random.random() < 0.05:
        ending = random.choice(("csv", "txt", "xlsx", "ods", "parquet", "xls", "", "toml", "XLSX"))
    return Drawn(f"{number}.{ending}", kind, form, done, data)


def _toml(table: Table) -> bytes:
    return table[0][1].encode("utf-8", "surrogatepass")


def whole(form: str, table: Table) -> bytes:
    """The table in a format, with nothing wrong in it."""
    return _made(form, table, Random(0), False)


def _made(form: str, table: Table, random: Random, with_wrong_cells: bool) -> bytes:
    """The table in a format; wrong cells that the format cannot hold are left out."""
    table = [list(row) for row in table]
    if with_wrong_cells:
        for _ in range(random.choice((1, 1, 1, 2, 5))):
            _wrong(table, random)
    width = max(map(len, table), default=0)
    for attempt in range(2):
        try:
            if form in ("parquet", "ods", "xlsx"):
                rows = [row + [""] * (width - len(row)) for row in table]
                return _without_times(FORMS[form](rows))
            return FORMS[form](table)
        except (ValueError, TypeError, csv.Error):  # half a letter, two headings alike
            table = [[_plain(cell) for cell in row] for row in table]
            if attempt or form == "parquet":
                table[0] = [f"{name}{at}" for at, name in enumerate(table[0])] if table else []
    return b"".join(",".join(row).encode("utf-8", "replace") + b"\n" for row in table)


def _plain(cell: str) -> str:
    return cell.encode("cp1252", "replace").decode("cp1252")


def _wrong(table: Table, random: Random) -> None:
    """One thing that people or programs get wrong in a table."""
    if not table or not table[0]:
        return
    row = random.randrange(len(table))
    column = random.randrange(len(table[0]))
    match random.randrange(11):
        case 0 | 1 | 2 | 3:
            if column < len(table[row]):
                table[row][column] = random.choice(NASTY)
        case 4:
            table.insert(row, list(table[random.randrange(len(table))]))
        case 5:
            del table[row]
        case 6:
            for line in table:
                del line[column : column + 1]
        case 7:
            for line in table:
                line.insert(column, line[random.randrange(len(line))] if line else "")
        case 8:
            del table[row][random.randrange(len(table[row]) + 1) :]
        case 9:
            table.insert(0, ["Resultat", random.choice(NASTY)])
        case 10:
            table.append(["Summa", *(random.choice(("", "12", "=SUM(A1:A9)")) for _ in table[0][1:])])


def _unchanged(text: str, random: Random) -> str:
    return text


def _lines_changed(text: str, random: Random) -> str:
    """A framework with lines gone, doubled, moved, and with other values."""
    lines = text.splitlines()
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(lines))
        match random.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[random.randrange(len(lines))])
            case 2:
                name = lines[at].partition("=")[0]
                lines[at] = f"{name}= {json.dumps(random.choice(NASTY))}"
            case 3:
                name = lines[at].partition("=")[0]
                lines[at] = f"{name}= {random.choice(OTHER_VALUES)}"
            case 4:
                lines[at] = lines[at].replace("=", random.choice(("==", "", "= =", ".a =")))
        if not lines:
            break
    return "\n".join(lines)


def _inside(data: bytes, random: Random) -> bytes:
    """The same, but with something else in one of an archive's parts, or in the text of what is none."""
    if not data.startswith(b"PK"):
        return _text_changed(data, random)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        changed = random.choice([*names, *(name for name in names if "sheet" in name or "content" in name)])
        for name in names:
            text = old.read(name)
            if name == changed:
                if random.random() < 0.05:
                    continue
                text = _text_changed(text, random)
            new.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_times(data: bytes) -> bytes:
    """An archive that does not tell when it was made: the same number is the same file."""
    if not data.startswith(b"PK"):
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = MADE_AT.sub(b"2026-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _text_changed(data: bytes, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 6))):
        at = random.randrange(len(data) + 1)
        length = random.choice((0, 0, 1, 3, 10, 50))
        word = random.choice(IN_XML if random.random() < 0.7 else NASTY).encode("utf-8", "surrogatepass")
        data = data[:at] + word + data[at + length :]
    return data


def _bytes(data: bytes, other: bytes, random: Random) -> bytes:
    """Damage as disks, mail and programs do it, and worse."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        at = random.randrange(len(changed) + 1)
        length = random.choice((1, 1, 2, 4, 8, 64, 512))
        match random.randrange(8):
            case 0 | 1:
                if at < len(changed):
                    changed[at] ^= 1 << random.randrange(8)
            case 2:
                changed[at : at + length] = random.randbytes(length)
            case 3:
                changed[at : at + length] = b""
            case 4:
                changed[at:at] = changed[at : at + length] * random.choice((1, 2, 100))
            case 5:
                changed[at : at + length] = random.choice((b"\x00", b"\xff")) * length
            case 6:
                del changed[at:]
            case 7:
                start = random.randrange(len(other) + 1)
                changed[at:at] = other[start : start + length]
    return bytes(changed)
