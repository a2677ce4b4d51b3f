"""The brief on paper: two pages for every school, whatever is written, and every one says what it must."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from time import process_time

import pytest
from pypdf import PdfReader

from analytics.dialogue.brief.facts import brief, brief_sources
from analytics.dialogue.brief.questions import QuestionKind
from analytics.documents.brief import brief_bytes, brief_document
from analytics.documents.brief.limits import STEPS, Limits
from analytics.documents.brief.names import cut
from analytics.documents.brief.page_height import PAGE, height
from analytics.documents.brief.question_words import question_text
from analytics.documents.brief.roughly_words import mean_of_few_text
from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.shapes import Bullets, Dots, Heading, Paragraph, Ruled, Signatures
from analytics.documents.paper.table import PaperTable
from analytics.maturity.rounds import school_rounds
from analytics.model.dialogue import Event
from analytics.model.frameworks import Change, Goal
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.words.language import LANGUAGES, words
from tests.dialogue.telling import tell
from tests.documents.brief_worlds import hard_view
from tests.maturity.worlds import Counts, SchoolRound, World, framework_of, publish
from tests.sampling import pairs, sample

EVERYTHING = Viewer("test", schools=None)
TODAY = date(2025, 2, 10)
SV, EN = words("sv"), words("en")


@pytest.fixture(scope="module")
def demo(demo_store):
    return Store(demo_store).current()


@pytest.fixture(scope="module")
def hard(tmp_path_factory):
    return hard_view(tmp_path_factory.mktemp("hard"))


def document(view, school, framework, year, say=EN):
    return brief_document(brief(view, EVERYTHING, school, framework, year, TODAY), say)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


@pytest.fixture(scope="module")
def briefs(demo):
    """Of one school of the demo in three in 2025; at night of every one."""
    of = brief_sources(demo, EVERYTHING)
    return [brief(demo, EVERYTHING, school.id, "vebs-2022", 2025, TODAY, of=of) for school in sample(of.schools, 3)]


def test_two_pages_for_the_schools_of_the_demo(demo, briefs):
    there = {row.school_id: row.shown for row in school_rounds(demo, EVERYTHING, "vebs-2022", 2025)}
    for n, told in enumerate(sample(briefs, 2)):
        pages = pages_of(brief_bytes(told, ".pdf", (SV, EN)[n % 2]))
        assert pages == 2 if there.get(told.school.id) else pages <= 2, told.school.id


@pytest.mark.parametrize(("framework", "year"), [("dsoe-2018", 2021), ("vebs-2022", 2024)])
def test_the_schools_fit_in_both_languages_by_the_sums(demo, framework, year):
    of = brief_sources(demo, EVERYTHING)
    for school in sample(of.schools, 5, first=1):
        told = brief(demo, EVERYTHING, school.id, framework, year, TODAY, of=of)
        for say in (SV, EN):
            made = brief_document(told, say)
            own = [i for i, block in enumerate(made.blocks) if isinstance(block, Heading) and block.own_page]
            for part in (made.blocks[: own[0]], made.blocks[own[0] :]) if own else (made.blocks,):
                assert height(part) <= PAGE


@pytest.mark.long
@pytest.mark.parametrize(("framework", "language"), pairs(["many", "share", "median"], list(LANGUAGES)))
def test_two_pages_whatever_is_written(hard, framework, language):
    """By day each school in one of the years, in the other language in the other."""
    say = words(language)
    for school, year in pairs(("low", "much", "o1", "o3"), (2021, 2022) if language == "sv" else (2022, 2021)):
        made = document(hard, school, framework, year, say)
        assert pages_of(pdf_bytes(made)) == 2, (school, year)
        assert isinstance(made.blocks[-1], Signatures)


@pytest.mark.parametrize("say", [SV, EN], ids=["sv", "en"])
def test_two_pages_with_every_line_that_may_come_on_top(hard, say):
    """Dialogues in which nothing was agreed since, a day to come, and an application to renew with a long note."""
    told = brief(hard, EVERYTHING, "much", "many", 2022, TODAY)
    anew = replace(told.stage.events[-1], event=Event.APPLIED, day=date(2021, 12, 30))
    hardest = replace(
        told,
        dialogue=replace(told.dialogue, held=date(2035, 12, 30)),
        last=replace(told.last, nothing_agreed=tuple(range(2022, 2026))),
        stage=replace(told.stage, events=(*told.stage.events, anew)),
    )
    made = brief_document(hardest, say)
    assert pages_of(pdf_bytes(made)) == 2 and isinstance(made.blocks[-1], Signatures)


def test_the_last_step_is_the_smallest():
    for step, after in pairwise(STEPS):
        assert all(getattr(step, field.name) >= getattr(after, field.name) for field in fields(Limits))


def test_26_criteria_below_the_goal_are_five_and_a_number(hard):
    made = document(hard, "low", "many", 2022)
    tables = [block for block in made.blocks if isinstance(block, PaperTable)]
    assert len(tables[1].rows) == 5
    said = text_of(pdf_bytes(made))
    assert "21 more miss the goal; they are on the page My school (/skola)." in said
    assert "reached on none of the 26 criteria" in said


def test_a_word_without_an_end_is_broken_before_the_edge_of_the_paper():
    told = cut("see https://example.org/" + "a" * 100 + " and more", 400)
    assert max(map(len, told.replace("\N{ZERO WIDTH SPACE}", " ").split())) < 40
    assert told.replace("\N{ZERO WIDTH SPACE}", "") == "see https://example.org/" + "a" * 100 + " and more"


def test_cut_texts_say_so_and_where_they_are_whole(hard):
    said = text_of(pdf_bytes(document(hard, "much", "many", 2022)))
    assert (
        "Texts that end in … are cut; they stand whole under the goals and the notes of their year on the page Quality"
        " dialogue." in said
    )
    assert "more agreements stand among the goals of 2021 on the page Quality dialogue." in said
    assert "more agreements stand among the goals of 2022 on the page Quality dialogue." in said
    assert "more actions stand under their goals on the page Quality dialogue." in said
    assert "/dialog)" not in said  # read on that very page as well
    assert "Texts that end in …" not in text_of(pdf_bytes(document(hard, "low", "many", 2022)))


def test_the_sums_are_those_of_typst(demo):
    """What the sums say is free on the second page is free: a page with some lines more is full."""
    made = document(demo, "agatskolan", "dsoe-2018", 2019)
    (ruled,) = (block for block in made.blocks if isinstance(block, Ruled))

    def with_lines(lines):
        blocks = tuple(replace(block, lines=lines) if block is ruled else block for block in made.blocks)
        return pages_of(pdf_bytes(replace(made, blocks=blocks)))

    assert with_lines(ruled.lines) == 2
    assert with_lines(ruled.lines + 3) == 2  # Word has need of them
    assert with_lines(ruled.lines + 6) == 3  # no more room than that is left unused


def test_a_brief_with_figures_says_where_the_school_stands(demo):
    told = brief(demo, EVERYTHING, "kometskolan", "vebs-2022", 2025, TODAY)
    made = brief_document(told, EN)
    said = text_of(pdf_bytes(made))
    whole = told.position.whole
    for value in (whole.mean, whole.low, whole.high, whole.city, whole.similar):
        assert EN.number(value) in said
    for strength in told.strengths:
        assert f"{strength.criterion} {told.framework.criterion(strength.criterion).title.en}" in said
    assert f"reached on {told.way.at_goal} of {told.way.shown} criteria" in said
    assert "Synthetic data" in said and "Page 1 of 2" in said and "Principal" in said and "Manager" in said
    (questions,) = (
        made.blocks[i + 1]
        for i, block in enumerate(made.blocks)
        if isinstance(block, Heading) and block.text == "Three questions to talk about"
    )
    assert isinstance(questions, Bullets) and len(questions.items) == 3 and all("?" in q for q in questions.items)
    (dots,) = (block for block in made.blocks if isinstance(block, Dots))
    assert len(dots.lines) == 1 + 5 and all(EN.number(line.value) in dots.alt for line in dots.lines)


def strengths_told(made) -> tuple[str, str]:
    """The heading above the second block of figures, and the note below its table."""
    titles = ("Three strengths", "The school's three highest ratings")
    (at,) = (i for i, block in enumerate(made.blocks) if isinstance(block, Heading) and block.text in titles)
    assert isinstance(made.blocks[at + 1], PaperTable)
    note = made.blocks[at + 2]
    return made.blocks[at].text, note.text if isinstance(note, Paragraph) else ""


def test_what_is_below_the_goal_is_not_called_a_strength(demo):
    """Basaltskolan's three of 2025 are all below the goal, 3, and below the city."""
    told = brief(demo, EVERYTHING, "basaltskolan", "vebs-2022", 2025, TODAY)
    assert {strength.criterion for strength in told.strengths if strength.mean < 3} == {"A1", "A3", "E1"}
    heading, note = strengths_told(brief_document(told, EN))
    assert heading == "The school's three highest ratings"
    assert note == "All of them lie below the goal. A1, A3 and E1 are clearly below the city."


def test_every_school_s_strengths_are_at_the_goal_or_go_by_another_name(briefs):
    found = set()
    for told in briefs:
        if len(told.strengths) == 3:
            heading, note = strengths_told(brief_document(told, EN))
            missed = [strength.criterion for strength in told.strengths if strength.mean < 3]
            below = [strength.criterion for strength in told.strengths if strength.below_city]
            assert heading == ("The school's three highest ratings" if missed or below else "Three strengths"), (
                told.school
            )
            assert ("below the goal" in note, "clearly below the city" in note) == (bool(missed), bool(below))
            assert len(missed) == 3 or all(criterion in note for criterion in missed)
            found.add((heading, len(missed)))
    assert {("Three strengths", 0), ("The school's three highest ratings", 3)} < found  # and some with one or two


def test_the_note_names_which_of_the_three_are_below(demo):
    told = brief(demo, EVERYTHING, "basaltskolan", "vebs-2022", 2025, TODAY)
    first, second, third = (replace(strength, met=True, below_city=False) for strength in told.strengths)
    some = (first, replace(second, met=False), replace(third, below_city=True))
    heading, note = strengths_told(brief_document(replace(told, strengths=some), EN))
    assert heading == "The school's three highest ratings"
    assert note == f"{second.criterion} lies below the goal. {third.criterion} is clearly below the city."


def test_a_criterion_below_the_goal_is_not_said_to_be_the_farthest_from_it(briefs):
    asked = 0
    for told in briefs:
        for question in told.questions:
            if question.kind is QuestionKind.IN_THE_WAY:
                text, asked = question_text(question, told, EN), asked + 1
                said = mean_of_few_text(question.figure, question.roughly, EN)
                assert f"is below the goal ({said})." in text and "most" not in text
                assert question.figure < 3
    assert asked


def test_no_project_is_said_of_the_brief_s_year(hard):
    said = text_of(pdf_bytes(document(hard, "low", "many", 2021)))
    assert "No EU project, certification or eTwinning label of the school is registered for 2021." in said


GOALS = {"share": Goal(3, "share", 0.6), "median": Goal(3, "median")}
AGREED_ON = {"share": ((0.4, 0.6), ("40%", "60%")), "median": ((2, 3), ("2", "3"))}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """Two frameworks with other goals than a mean: agreed on in 2021, followed up in 2022. In both years eight of
    twenty answer at the goal on A1, and in 2022 all on A2."""
    folder = tmp_path_factory.mktemp("odd")
    frameworks = tuple(framework_of(id_, {"all": ("A1", "A2")}, goal=goal) for id_, goal in GOALS.items())
    world = World(frameworks, tuple(f"s{n}" for n in range(4)))
    for framework in frameworks:
        for school in world.schools:
            for year, second in ((2021, (4, 8, 4, 4)), (2022, (0, 0, 10, 10))):
                round_ = SchoolRound(framework.id, year, school)
                world.counts += [Counts(round_, "A1", (4, 8, 4, 4)), Counts(round_, "A2", second)]
    publish(world, folder)
    rows = [("s0", id_, 2021, n, criterion, *AGREED_ON[id_][0], "2023-12-01", "", "under_way", "")
            for id_ in GOALS for n, criterion in enumerate(("A1", "A2"), 1)]  # fmt: skip
    return tell(folder / "store", folder, agreements=rows)


@pytest.mark.parametrize("say", [SV, EN], ids=["sv", "en"])
@pytest.mark.parametrize(("id_", "after"), [("share", ("40%", "100%")), ("median", ("2", "3"))])
def test_a_goal_that_is_a_share_or_a_median(odd, id_, after, say):
    """The figures of an agreement are in the goal's own unit, and no change in means is held against them."""
    told = brief(odd, EVERYTHING, "s0", id_, 2022, TODAY)
    first, second = told.last.agreements
    assert (first.reached, second.reached, first.clear, second.clear) == (False, True, None, None)
    made = brief_document(told, say)
    (table,) = (b for b in made.blocks if isinstance(b, PaperTable) and len(b.columns) == 5)
    figures = [tuple(cell.replace("\N{NO-BREAK SPACE}", "") for cell in row[1:4]) for row in table.rows]
    assert figures == [(*AGREED_ON[id_][1], now) for now in after]
    assert pages_of(pdf_bytes(made)) == 2
    if say is EN:
        assert [row[4] for row in table.rows] == [
            "Under way. The target is not reached.",
            "Under way. The target is reached.",
        ]
        start, target = AGREED_ON[id_][1]
        said = text_of(pdf_bytes(made))
        assert f"In 2021 you agreed to reach {target} on A1 on A1; it is now {start}." in said
        goal = "at least 60% at level 3 (step 3)" if id_ == "share" else "a median of level 3 (step 3)"
        assert f"The goal, {goal}, is reached on 1 of 2 criteria." in said


FORMER = framework_of("former", {"all": ("A1", "A2", "A3")}, years=(2018, 2021))
LATTER = framework_of(
    "latter",
    {"all": ("A1", "A2", "A3")},
    years=(2022, None),
    previous="former",
    changes={"A2": ("A1", Change.IDENTICAL), "A3": ("A3", Change.IDENTICAL), "A1": ("A2", Change.REWORDED)},
)


def test_a_goal_of_the_framework_before_says_what_it_is_called_now(tmp_path):
    world = World((FORMER, LATTER), tuple(f"s{n}" for n in range(4)))
    for framework, year in ((FORMER, 2021), (LATTER, 2022)):
        for school in world.schools:
            round_ = SchoolRound(framework.id, year, school)
            world.counts += [Counts(round_, criterion, (4, 8, 4, 4)) for criterion in ("A1", "A2", "A3")]
    publish(world, tmp_path)
    rows = [("s0", "former", 2021, n, f"A{n}", 2.4, 3, "2023-12-01", "", "under_way", "") for n in (1, 2, 3)]
    view = tell(tmp_path / "store", tmp_path, agreements=rows)
    made = document(view, "s0", "latter", 2022)
    (table,) = (block for block in made.blocks if isinstance(block, PaperTable) and len(block.columns) == 5)
    assert [row[:4] for row in table.rows] == [
        ("A1 on A1 (now A2)", "2.40", "3.00", "2.40"),
        ("A2 on A2", "2.40", "3.00", "–"),
        ("A3 on A3", "2.40", "3.00", "2.40"),
    ]
    assert table.rows[1][4] == "Under way. The criterion is asked in other words now."
    said = text_of(pdf_bytes(made))
    assert "In 2021 you agreed to reach 3.00 on A1 on A1 (now A2); it is now 2.40." in said
    assert "A3 on A3 (now" not in said and pages_of(pdf_bytes(made)) == 2


def test_hidden_criteria_a_hidden_round_and_no_round(demo):
    said = text_of(pdf_bytes(document(demo, "isroseskolan", "vebs-2022", 2025)))
    assert "criteria are hidden, as fewer than 5 answered on them." in said
    assert "criteria are hidden and may miss the goal." in said
    said = text_of(pdf_bytes(document(demo, "apatitskolan", "vebs-2022", 2024)))
    assert "too few answers in 2024 for any figure to be shown" in said and "Its latest figures are of 2023" in said
    said = text_of(pdf_bytes(document(demo, "stratusskolan", "dsoe-2018", 2020)))
    assert "has no answers for 2020" in said and "What kept the self-assessment from being made in 2020" in said


def test_no_figure_of_a_hidden_cell_can_be_read_out(demo):
    """Of a school with hidden criteria: the areas are means of shown criteria, and no hidden criterion is named."""
    told = brief(demo, EVERYTHING, "isroseskolan", "vebs-2022", 2025, TODAY)
    hidden = {
        criterion
        for (criterion,) in demo.rows(
            "select criterion from cell where school_id = 'isroseskolan' and year = 2025 and status = 'hidden'"
        )
    }
    named = {strength.criterion for strength in told.strengths} | {miss.criterion for miss in told.way.misses}
    named |= {question.criterion for question in told.questions if question.figure is not None}
    assert hidden and not named & hidden


def test_the_pdf_is_tagged_and_in_its_language(demo):
    reader = PdfReader(BytesIO(pdf_bytes(document(demo, "kometskolan", "vebs-2022", 2025, SV))))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "sv-SE" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title.endswith("2025: Kometskolan")


def test_a_pdf_takes_less_than_a_second_and_a_half(demo):
    took = []
    for school in ("kometskolan", "kalcedonskolan", "isroseskolan"):
        start = process_time()
        brief_bytes(brief(demo, EVERYTHING, school, "vebs-2022", 2025, TODAY), ".pdf", SV)
        took.append(process_time() - start)
    assert min(took) < 1.5
