"""The Swedish catalogue against the code, read here by a walk of our own, and how numbers are written."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from analytics.words.language import words
from tests.test_structure import nodes

ROOT = Path(__file__).parents[2]
SOURCES = sorted([ROOT / "app.py", *(ROOT / "analytics").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
PO = ROOT / "analytics" / "words" / "locale" / "sv" / "LC_MESSAGES" / "kvalitetsdialog.po"

# Swedish that is no message: what files may call their columns, and the language switch.
SWEDISH_IN_CODE = {
    "analytics/words/periods.py": "what a Swedish sentence calls a school year, and a year",
    "analytics/intake/cell_faults.py": "what Excel in Swedish calls its errors",
    "analytics/intake/encodings.py": "letters, by which a code page is told",
    "analytics/intake/heading_rows.py": "what forms tools write on a second row of headings, in Swedish",
    "analytics/intake/headings.py": "what forms tools and people put around a question, in Swedish",
    "analytics/intake/level_tables.py": "headings of tools' tables of answers, in Swedish",
    "analytics/intake/level_words.py": "how forms say that somebody does not know, in Swedish",
    "analytics/intake/rows_below.py": "what people write below tables, in Swedish",
    "analytics/intake/school_column.py": "what the column of schools may be called, in Swedish",
    "analytics/intake/vocabulary.py": "the registers' own words, as files may have them in Swedish",
    "analytics/funding/leaders.py": "how notes in Swedish say who leads a project",
    "analytics/intake/kinds.py": "headings that files may have, in Swedish",
    "analytics/intake/ledger_kind.py": "headings that ledgers may have, in Swedish",
    "analytics/intake/outside/kinds.py": "headings that files of others have, in Swedish",
    "analytics/intake/outside/project_files.py": "headings of the managing authorities' project bank",
    "analytics/intake/outside/stages.py": "what the school-unit register calls its types",
    "analytics/intake/outside/unit_files.py": "headings and sheets of the school-unit register",
    "analytics/intake/outside/unit_notes.py": "what the school-unit register calls a closed unit",
    "analytics/intake/likely_scale.py": "what scales of forms are mostly called",
    "analytics/intake/likely_questions.py": "headings under which forms tools hold what is no question",
    "analytics/intake/personal.py": "headings under which forms tools hold persons and times",
    "analytics/documents/paper/word_widths.py": "letters, and how wide they are",
    "analytics/registers/money.py": "headings that files may have, in Swedish",
    "analytics/registers/dialogue.py": "headings that files may have, in Swedish",
    "analytics/registers/of_the_year.py": "headings that files may have, in Swedish",
    "analytics/registers/administrations.py": "headings that files may have, in Swedish",
    "analytics/registers/funding.py": "headings that files may have, in Swedish",
    "analytics/registers/shared.py": "headings that files may have, in Swedish",
    "analytics/documents/brief/page_height.py": "letters, by their widths in the font",
    "pages/ui/frame.py": "the switch to Swedish is written in Swedish for whoever reads English",
}

Said = str | tuple[str, str]  # a message, or a plural's two forms


def is_say(function: ast.expr) -> bool:
    """say(...), self.say(...), ask.say(...), and N_(...), which marks a message that stands as data."""
    return (isinstance(function, ast.Name) and function.id in ("say", "N_")) or (
        isinstance(function, ast.Attribute) and function.attr == "say"
    )


def is_plural(function: ast.expr) -> bool:
    """say.plural(...), and NP_(...), which marks a message's two forms."""
    return (isinstance(function, ast.Name) and function.id == "NP_") or (
        isinstance(function, ast.Attribute) and function.attr == "plural" and is_say(function.value)
    )


def is_mark(function: ast.expr) -> bool:
    """N_ and NP_: the values come where the message is said."""
    return isinstance(function, ast.Name) and function.id in ("N_", "NP_")


def calls_of(path: Path) -> Iterator[tuple[ast.Call, int]]:
    """Every say(...) and N_(...) with 1 message argument, every say.plural(...) and NP_(...) with 2."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            if is_say(node.func):
                yield node, 1
            elif is_plural(node.func):
                yield node, 2


def said_in_code() -> dict[Said, list[str]]:
    """Message -> where the code says it."""
    found: dict[Said, list[str]] = {}
    for path in SOURCES:
        for call, messages in calls_of(path):
            texts = [a.value for a in call.args[:messages] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if len(texts) == messages:
                key = texts[0] if messages == 1 else (texts[0], texts[1])
                found.setdefault(key, []).append(f"{path.relative_to(ROOT)}:{call.lineno}")
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def code() -> dict[Said, list[str]]:
    return said_in_code()


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="sv")


@pytest.fixture(scope="module")
def messages(catalogue: Catalog) -> dict[Said, Message]:
    return {message.id: message for message in catalogue if message.id}


def test_the_walk_finds_messages_of_every_kind(code):
    assert len(code) > 200
    assert any(isinstance(message, tuple) for message in code)
    assert {where.split("/")[0] for where in chain(*code.values())} >= {"analytics", "pages"}


def test_every_message_is_written_out_where_it_is_said():
    """A message put together at run time can be found by nobody who translates."""
    loose = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        for call, messages in calls_of(path)
        if not all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in call.args[:messages])
        or len(call.args) < messages
    ]
    assert loose == []


def test_every_message_of_the_code_is_in_swedish(code, messages):
    missing = {message: where for message, where in code.items() if message not in messages}
    assert missing == {}
    untranslated = [
        message
        for message in code
        if "fuzzy" in messages[message].flags
        or not all(form.strip() for form in forms_of(messages[message]))
        or len(forms_of(messages[message])) != (2 if isinstance(message, tuple) else 1)
    ]
    assert untranslated == []


def test_the_catalogue_holds_nothing_that_nobody_says(code, catalogue, messages):
    assert [message for message in messages if message not in code] == []
    assert list(catalogue.obsolete) == []


def test_what_documents_and_pages_both_say_stands_once_below_both(code):
    """Headings of six words may be said twice; a sentence that is gets mended in one place and not in the other."""
    sides = ("pages/", "analytics/documents/")
    twice = {
        message: where
        for message, where in code.items()
        if len("".join(message).split()) > 6 and all(any(each.startswith(side) for each in where) for side in sides)
    }
    assert twice == {}


def test_translations_have_the_same_placeholders(messages):
    different = []
    for message in messages.values():
        ids = list(message.id) if isinstance(message.id, tuple) else [message.id]
        for english, swedish in zip(ids, forms_of(message), strict=True):
            if placeholders(english) != placeholders(swedish):
                different.append((english, swedish))
    assert different == []


def test_every_placeholder_gets_its_value():
    """A value that the call does not name is a KeyError on somebody's screen. Of those that are marked: test_texts."""
    short = []
    for path in SOURCES:
        for call, messages in calls_of(path):
            if is_mark(call.func):
                continue
            texts = [a.value for a in call.args[:messages] if isinstance(a, ast.Constant)]
            needed = set().union(*(placeholders(text) for text in texts)) - ({"n"} if messages == 2 else set())
            given = {keyword.arg for keyword in call.keywords}
            if None not in given and not needed <= given:
                short.append((f"{path.relative_to(ROOT)}:{call.lineno}", needed - given))
    assert short == []


def test_translations_are_not_the_english_over_again(messages):
    """The same text in both languages is right only where there are no words in it, or the same ones."""
    alike = {
        message.id
        for message in messages.values()
        if isinstance(message.id, str) and message.id == message.string and any(c.isalpha() for c in message.id)
    }
    assert {text for text in alike if any(c.isalpha() for c in bare(text))} <= ALIKE


ALIKE = {
    "Data",
    "Gower (1971).",
    "Id",
    "Median",
    "P10",
    "P90",
    "Version",
    "Version {n}",
    "Version {n}: {what}, {moment}",
    "Kvalitetsdialog",
    "Organisation",
    "Partner",
    "SEK per EUR",
    "Start",
    "Text",
    "Total budget",
    "eTwinning",
    "under {share}",
    "{year}: P10–P90 {p10}–{p90}",
}


def test_no_swedish_outside_the_catalogue():
    found = {}
    for path in SOURCES:
        name = str(path.relative_to(ROOT))
        texts = [text for text in literals(path) if set("åäöÅÄÖ") & set(text)]
        if texts and name not in SWEDISH_IN_CODE:
            found[name] = texts
    assert found == {}


def test_the_list_of_files_with_swedish_in_them_is_no_longer_than_it_must_be():
    needless = [name for name in SWEDISH_IN_CODE if not any(set("åäö") & set(text) for text in literals(ROOT / name))]
    assert needless == []


def test_means_have_two_decimals_and_the_languages_own_sign():
    sv, en = words("sv"), words("en")
    assert (sv.number(2.85), en.number(2.85)) == ("2,85", "2.85")
    assert (sv.number(3), en.number(Decimal("3.1"))) == ("3,00", "3.10")
    assert sv.number(1234.5, 1) == "1\N{NO-BREAK SPACE}234,5"


def test_differences_have_a_true_minus_and_no_sign_where_there_is_no_difference():
    sv, en = words("sv"), words("en")
    assert (sv.signed(-0.3), sv.signed(0.3)) == ("\N{MINUS SIGN}0,30", "+0,30")
    assert (en.signed(-0.3), en.signed(0.3)) == ("\N{MINUS SIGN}0.30", "+0.30")
    assert sv.signed(-0.004) == sv.signed(0.004) == "0,00"


def test_whole_numbers_are_grouped_so_that_they_never_break():
    assert words("sv").integer(580111) == "580\N{NO-BREAK SPACE}111"
    assert words("en").integer(580111) == "580,111"


def test_percent_stands_off_in_swedish_and_closes_up_in_english():
    assert words("sv").percent(0.734) == "73\N{NO-BREAK SPACE}%"
    assert words("en").percent(0.734) == "73%"


def test_plurals_follow_the_number_and_write_it_as_the_language_does():
    sv, en = words("sv"), words("en")
    assert en.plural("{n} answer", "{n} answers", 1) == "1 answer"
    assert en.plural("{n} answer", "{n} answers", 2447) == "2,447 answers"
    assert sv.plural("{n} answer", "{n} answers", 2447) == "2\N{NO-BREAK SPACE}447 svar"


def test_lists_are_read_out():
    assert words("sv").listing(["a", "b", "c"]) == "a, b och c"
    assert words("en").listing(["a", "b", "c"]) == "a, b and c"


def test_an_unknown_language_is_swedish():
    assert words("tlh").language == "sv"
    assert words("sv")("Year") == "År"
    assert words("en")("Year") == "Year"


def test_quotation_marks_are_the_languages_own():
    """Swedish ”so”, English “so”, never the straight ones; and in the catalogue alone, as code knows no language."""
    assert (words("sv").quoted("Tid"), words("en").quoted("Tid")) == ("”Tid”", "“Tid”")
    by_hand = [
        f"{path.name}:{node.lineno}"
        for path in SOURCES
        for node in nodes(path)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant) and set("“”„«»") & set(str(part.value))
    ]
    assert by_hand == []


def test_texts_in_the_catalogue_quote_as_their_language_does(messages):
    for said, message in messages.items():
        for text in (said,) if isinstance(said, str) else said:
            assert text.count("“") == text.count("”") and not set('"„«»') & set(text), text
        for text in forms_of(message):
            assert text.count("”") % 2 == 0 and not set('"“„«»') & set(text), text


def forms_of(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string]


def bare(text: str) -> str:
    """The text without its placeholders."""
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(text))


def literals(path: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    docstrings = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_a_span_of_one_is_one():
    say = words("sv")
    assert say.span(say.number(2.501), say.number(2.5)) == "2,50"
    assert say.span(say.integer(4079), say.integer(4700)) == f"{say.integer(4079)}–{say.integer(4700)}"
