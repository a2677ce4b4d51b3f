"""Every word of a vocabulary is understood as people meet it: its code, and what the pages call it in each language."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.intake import vocabulary
from analytics.intake.countries import KOSOVO, country
from analytics.intake.vocabulary import meanings, must_be, one_of, plain, several_of
from analytics.intake.word_problem import WordProblem
from analytics.model.dialogue import Event, Mark, Progress, Responsible
from analytics.model.funding import Certainty, Currency, Direction, ReportQuestion, Role, Scope, Sector
from analytics.registers.kinds import REGISTERS
from analytics.registers.types import Choice, Choices
from analytics.words.labels import LABELS, label_of, labels_of
from analytics.words.language import LANGUAGES, words
from tests.intake.making import SAY, csv_bytes, rows, save, take

SV = words("sv")
HARD = "\N{NO-BREAK SPACE}"
MEMBERS = [member for kind in LABELS for member in kind]
NAMED = [*(known.alpha_2 for known in pycountry.countries), KOSOVO]


def test_every_vocabulary_has_labels_and_every_member_one_in_both_languages():
    fields = [field for kind in REGISTERS for field in kind.columns]
    assert {field.type.of for field in fields if isinstance(field.type, Choice | Choices)} == set(LABELS)
    for kind, texts in LABELS.items():
        assert list(texts) == list(kind)
        for language in LANGUAGES:
            assert all(text.strip() for text in labels_of(kind, words(language)).values())
        if kind is not Currency:  # codes are alike in every language
            alike = [member for member in kind if label_of(member, SV) == label_of(member, SAY)]
            assert alike in ([], [Role.PARTNER])


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: f"{type(member).__name__}.{member.name}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_reads_back_as_its_member(member, language):
    label, kind = label_of(member, words(language)), type(member)
    for word in (label, label.upper(), f" {label.lower()} ", label.replace(" ", HARD), f"{label}.", member.value):
        assert one_of(kind, word, SAY) is member
    assert one_of(kind, member.value.replace("_", " ").upper(), SAY) is member


@pytest.mark.parametrize(
    ("member", "said"),
    [
        (Role.OWNER, "ägare projektägare"),
        (Role.COORDINATOR, "koordinator samordnare"),
        (Scope.WHOLE, "hela hel totalt"),
        (Scope.OWN, "egen egen_del"),
        (Scope.UNIT, "enhet enhetens_del"),
        (Certainty.EXACT, "exakt"),
        (Certainty.ABOUT, "omkring cirka ca ca."),
        (Sector.PUBLIC, "offentlig"),
        (Sector.UNIVERSITY, "universitet universitet/forskning"),
        (Sector.NONPROFIT, "ideell ideell_sektor non-profit"),
        (Direction.OUTGOING, "utomlands utresande ut utgående"),
        (Direction.INCOMING, "inkommande inresande in"),
        (ReportQuestion.PRIORITIES, "prioriteringar"),
        (ReportQuestion.STAFFING, "personella_resurser"),
        (ReportQuestion.COMPETENCE, "kompetensutveckling competence_development"),
        (ReportQuestion.RESULTS, "resultat"),
        (ReportQuestion.GOAL_ATTAINMENT, "måluppfyllelse goal_attainment"),
        (ReportQuestion.DISSEMINATION, "spridning"),
        (Currency.SEK, "kr SEK sek"),
        (Currency.EUR, "€ euro EUR"),
        (Event.APPLIED, "ansökt har_ansökt"),
        (Event.IN_PROCESS, "pågår i_process under_certifiering in-process"),
        (Event.CERTIFIED, "certifierad"),
        (Event.RENEWED, "förnyad"),
        (Event.DECLINED, "avslag"),
        (Responsible.TEACHING_STAFF, "undervisande_personal"),
        (Responsible.PRINCIPAL, "rektor"),
        (Responsible.CENTRAL, "förvaltningscentralt"),
        (Progress.AGREED, "avtalat överenskommet"),
        (Progress.UNDER_WAY, "pågår"),
        (Progress.DONE, "klart klar"),
        (Progress.DROPPED, "struket avbrutet"),
        (Mark.SCHOOL_LABEL, "skoletikett etwinning-skola"),
        (Mark.NATIONAL_QUALITY_LABEL, "nationell_kvalitetsutmärkelse etwinnings_nationella_kvalitetsutmärkelse"),
        (Mark.EUROPEAN_QUALITY_LABEL, "europeisk_kvalitetsutmärkelse etwinnings_europeiska_kvalitetsutmärkelse"),
        (Mark.PRIZE, "pris etwinning-pris"),
        (Mark.CERTIFICATE, "certifikat etwinning-certifikat"),
    ],
    ids=str,
)
def test_other_usual_words(member, said):
    for word in said.split():
        assert one_of(type(member), word.replace("_", " "), SAY) is member


def test_no_word_of_a_vocabulary_stands_for_two_things():
    assert [(kind, word) for kind in LABELS for word, found in meanings(kind).items() if len(found) != 1] == []


def test_a_word_that_two_share_is_not_guessed(monkeypatch):
    monkeypatch.setitem(vocabulary.ALSO, Scope, {"del": Scope.OWN, "Enhetens del": Scope.OWN})
    meanings.cache_clear()
    try:
        assert one_of(Scope, "del", SV) is Scope.OWN
        trouble = one_of(Scope, "enhetens del", SV)
        assert trouble == WordProblem(
            SV("The word can stand for several things."), must_be([Scope.UNIT, Scope.OWN], SV)
        )
    finally:
        meanings.cache_clear()


def test_a_refusal_names_the_words_that_the_reader_knows():
    assert one_of(Scope, "halva", SV).hint == "Skriv Hela projektet, Förvaltningens del eller Enhetens del."
    assert one_of(Role, "own", SAY).hint == "Write Project owner, Coordinator or Partner."
    for kind in LABELS:
        codes = {member.value for member in kind} if kind is not Currency else set()
        assert not codes & set(one_of(kind, "qqq", SV).hint.replace(",", "").rstrip(".").split())


@pytest.mark.parametrize("word", ["-", "?", "x", "partner?", "partner ägare", "*"])
def test_what_is_no_word_is_refused_and_never_taken_for_an_empty_cell(word):
    assert isinstance(one_of(Role, word, SAY), WordProblem)


def test_nothing_is_no_word():
    assert one_of(Role, "", SAY) is None and one_of(Role, f" {HARD}", SAY) is None


@pytest.mark.parametrize(
    "word", ["public|private", "Offentlig, Privat", "privat; OFFENTLIG", "public | private | public |"]
)
def test_several_words(word):
    assert set(several_of(Sector, word, SAY)) == {Sector.PUBLIC, Sector.PRIVATE}
    assert len(several_of(Sector, word, SAY)) == 2


def test_several_words_of_which_one_is_none():
    assert isinstance(several_of(Sector, "public|hemlig", SAY), WordProblem)
    assert several_of(Sector, "", SAY) == ()


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_words(text):
    for kind in LABELS:
        found = one_of(kind, text, SAY)
        assert found is None or isinstance(found, (WordProblem, kind))
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_read_by_its_name_as_the_pages_write_it(language):
    say = words(language)
    for code in NAMED:
        name = say.country(code)
        assert {country(word, SAY) for word in (code, code.lower(), name, name.upper(), name.replace(" ", HARD))} == {
            code
        }


@pytest.mark.parametrize(
    ("word", "code"),
    [("EL", "GR"), ("uk", "GB"), ("FIN", "FI"), ("Czech Republic", "CZ"), ("Storbritannien", "GB"), ("USA", "US")],
)
def test_other_names_of_countries(word, code):
    assert country(word, SAY) == code


@pytest.mark.parametrize("word", ["", "XY", "Kongo", "Korea", "Norden", "F1", "fi fi", "EU"])
def test_no_countries(word):
    trouble = country(word, SAY)
    assert isinstance(trouble, WordProblem) and trouble.hint


def test_a_country_spelt_wrong_is_told_its_nearest():
    assert country("Finnland", SV).hint == "Närmast är Finland."
    assert country("Itailen", SAY).hint == "The nearest is Italy."


GOALS = """
number | title_sv          | title_en
1      | En ung stad       | A young city
3      | En stad för barn  | A city for children
5      | Lika              | Same
6      | Lika              | Alike
"""
PROJECT = (
    "project_id | title | programme | start | end | budget_goal\nhav | Havet | Erasmus+ | 2018-09-01 | 2020-08-31 | "
)


def goal_of(folder, word: str):
    files = [save(folder / f"{i}.csv", csv_bytes(rows(text), ";")) for i, text in enumerate((GOALS, PROJECT + word))]
    intake = take(folder, *files)
    return intake.problems[0] if intake.problems else intake.funding[-1].row.budget_goal


@pytest.mark.parametrize(
    "word",
    [
        "3",
        "3.0",
        "En stad för barn",
        "A CITY for children",
        "3. En stad för barn",
        "3 A city for children",
        "en stad\N{NO-BREAK SPACE}för barn.",
    ],
)
def test_ways_to_name_a_budget_goal(tmp_path, word):
    assert goal_of(tmp_path, word) == 3


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("8", "not known"),
        ("1. En stad för barn", "not known"),
        ("En stad", "not known"),
        ("Lika", "Several budget goals"),
        ("\N{FULLWIDTH DIGIT THREE}", "not known"),
    ],
)
def test_no_budget_goals(tmp_path, word, problem):
    found = goal_of(tmp_path, word)
    assert problem in found.problem and "3 A city for children" in found.hint


def test_two_goals_of_one_name_are_told_apart_by_the_other_language_or_the_number(tmp_path):
    assert goal_of(tmp_path, "Alike") == goal_of(tmp_path, "6. Lika") == 6
