"""A few things said in RDF, and their two ways of writing: RDF/XML and JSON-LD.

Everything has an absolute IRI; there are no blank nodes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


class Iri(str):
    """The absolute address that something is called by."""


class Literal(NamedTuple):
    """A text in a language, or a value of a datatype (as xsd:date)."""

    text: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing, of a class, with what is said of it: (property, value), a property as often as need be."""

    iri: Iri
    type: str
    said: tuple[tuple[str, Iri | Literal], ...]


def whole(name: str) -> str:
    """A prefixed name in full."""
    prefix, local = name.split(":", 1)
    return PREFIXES[prefix] + local


def rdf_xml(nodes: Sequence[Node]) -> bytes:
    for prefix, address in PREFIXES.items():
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.Element(_tag("rdf:RDF"))
    for node in nodes:
        element = ElementTree.SubElement(root, _tag(node.type), {_tag("rdf:about"): node.iri})
        for property_, value in node.said:
            told = ElementTree.SubElement(element, _tag(property_))
            if isinstance(value, Iri):
                told.set(_tag("rdf:resource"), value)
                continue
            told.text = value.text
            if value.language:
                told.set("{http://www.w3.org/XML/1998/namespace}lang", value.language)
            elif value.datatype:
                told.set(_tag("rdf:datatype"), whole(value.datatype))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def json_ld(nodes: Sequence[Node]) -> bytes:
    graph = []
    for node in nodes:
        told: dict[str, list] = {}
        for property_, value in node.said:
            told.setdefault(property_, []).append(_in_json(value))
        graph.append({"@id": node.iri, "@type": node.type, **told})
    context = {prefix: address for prefix, address in PREFIXES.items() if prefix != "rdf"}
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1).encode() + b"\n"


def _tag(name: str) -> str:
    prefix, local = name.split(":", 1)
    return f"{{{PREFIXES[prefix]}}}{local}"


def _in_json(value: Iri | Literal) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    return {"@value": value.text, "@type": value.datatype} if value.datatype else {"@value": value.text}
