"""What PDF/A-2a and PDF/UA-1 ask for that can be read out of a file without a validator (veraPDF is in no package that
we may install): Matterhorn's rules that a machine decides, as far as pypdf reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject

STANDARD = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Figure",
        "Formula",
        "Form",
    ]
)
PARENTS = {"LI": {"L"}, "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "TOCI": {"TOC"}}
SAID = (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1", b"dc:title")
PRINTS = 4  # the flag of an annotation


def faults(reader: PdfReader) -> list[str]:
    """What is lacking or must not be there, in words."""
    root = _of(reader.trailer["/Root"])
    asked = {
        "encrypted": not reader.is_encrypted,
        "not tagged": bool(_of(root.get("/MarkInfo", {})).get("/Marked")) and "/StructTreeRoot" in root,
        "no language": bool(root.get("/Lang")),
        "its title is not shown": bool(_of(root.get("/ViewerPreferences", {})).get("/DisplayDocTitle")),
        "no output intent": any(_of(one)["/S"] == "/GTS_PDFA1" for one in _of(root.get("/OutputIntents", []))),
        "does something when opened": not {"/OpenAction", "/AA"} & root.keys(),
        "holds files or scripts": not {"/JavaScript", "/EmbeddedFiles"} & _of(root.get("/Names", {})).keys(),
        "does not say what it is": all(said in _of(root["/Metadata"]).get_data() for said in SAID),
    }
    found = [fault for fault, holds in asked.items() if not holds]
    for number, page in enumerate(reader.pages, 1):
        found += [f"page {number}: {fault}" for fault in _of_page(page)]
    tree = _of(root.get("/StructTreeRoot", {}))
    return [*found, *dict.fromkeys(_of_parts(tree.get("/K"), "", set(_of(tree.get("/RoleMap", {}))), [0]))]


def _of(part: Any) -> Any:
    return part.get_object() if isinstance(part, IndirectObject) else part


def _of_page(page: Any) -> Iterator[str]:
    for font in map(_of, _of(_of(page["/Resources"]).get("/Font", {})).values()):
        described = _of(_of(_of(font.get("/DescendantFonts", [font]))[0]).get("/FontDescriptor", {}))
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & described.keys() or "/ToUnicode" not in font:
            yield f"{font['/BaseFont']} is not embedded with its letters"
    notes = [_of(one) for one in _of(page.get("/Annots", []))]
    if notes and page.get("/Tabs") != "/S":
        yield "no order of tabs"
    for note in notes:
        if not int(note.get("/F", 0)) & PRINTS or "/StructParent" not in note or "/Contents" not in note:
            yield f"{note['/Subtype']} is not printed, not tagged or not described"


def _of_parts(part: Any, parent: str, roles: set[str], level: list[int]) -> Iterator[str]:
    part = _of(part)
    if isinstance(part, list):
        for one in part:
            yield from _of_parts(one, parent, roles, level)
    if not isinstance(part, dict) or "/S" not in part:
        return
    kind = part["/S"][1:]
    if kind not in STANDARD and f"/{kind}" not in roles:
        yield f"{kind} is no standard part"
    if parent not in PARENTS.get(kind, {parent}):
        yield f"{kind} in {parent}"
    if kind == "Figure" and not {"/Alt", "/ActualText"} & part.keys():
        yield "a figure without a text"
    if kind == "TH" and "Scope" not in str(_of(part.get("/A"))):
        yield "a heading of a table that does not say what it heads"
    if kind[0] == "H" and kind[1:].isdigit():
        if int(kind[1:]) > level[0] + 1:
            yield f"from H{level[0]} to {kind}"
        level[0] = int(kind[1:])
    yield from _of_parts(part.get("/K"), kind, roles, level)
