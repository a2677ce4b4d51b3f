"""What the brief says of what was agreed, of days, of figures at the goal's edge and of a school's stage."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest

from analytics.dialogue.brief.changes import ClearChange
from analytics.dialogue.brief.facts import Brief, brief
from analytics.dialogue.brief.questions import DialogueQuestion, OpenQuestion, QuestionKind
from analytics.documents.brief import brief_document, brief_json
from analytics.documents.brief.change_words import moved_blocks
from analytics.documents.brief.question_words import question_text
from analytics.documents.paper.shapes import Bullets, Heading, Paragraph
from analytics.documents.paper.table import PaperTable
from analytics.model.frameworks import Goal
from analytics.model.schools import Viewer
from analytics.store.reading import Store, View
from analytics.words.language import LANGUAGES, words
from tests.dialogue.telling import mini_world, tell
from tests.maturity.worlds import Counts, SchoolRound, World, framework_of, publish

EVERYTHING = Viewer("test", schools=None)
TODAY = date(2022, 2, 1)
EN = words("en")


def told_of(view: View, school: str = "own", framework: str = "mini", year: int = 2022) -> Brief:
    return brief(view, EVERYTHING, school, framework, year, TODAY)


def agreed_table(told: Brief) -> PaperTable:
    """What was agreed last time and what came of it."""
    (table,) = (b for b in brief_document(told, EN).blocks if isinstance(b, PaperTable) and len(b.columns) == 5)
    return table


def goal(number: int, criterion: str, start: float | str, target: float, year: int = 2021) -> tuple:
    return ("own", "mini", year, number, criterion, start, target, "2022-12-01", "", "under_way", "")


@pytest.fixture(scope="module")
def mini_published(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("mini")
    publish(mini_world(), folder)
    return folder / "store"


@pytest.fixture
def mini_store(mini_published, tmp_path) -> Path:
    """The small city in a store of its own, with nothing told of it yet."""
    return shutil.copytree(mini_published, tmp_path / "store")


@pytest.mark.parametrize(
    ("criterion", "start", "target", "said"),
    [
        ("B2", 1.5, 3, "The target is not reached"),
        ("B2", 3.5, 4, "Clearly lower; the target is not reached"),
        ("B2", 1.5, 1.9, "The target is reached"),
        ("A1", 3.9, 4, "The target is not reached"),
        ("A1", 2.5, 4, "Clearly higher, but not reached"),
        ("A1", 2.5, 3.5, "Clearly higher, and reached"),
        ("A1", "", 3.5, "The target is reached"),
        ("A2", 2, 4, "The target is not reached; no change beyond chance"),
    ],
)
def test_which_way_is_clear_is_told_by_what_is_published(mini_store, tmp_path, criterion, start, target, said):
    """From 2021 to 2022 the mean of B2 fell from 4 to 2 and that of A1 rose from 2.5 to 3.8, clearly; A2 stayed. The
    figure typed as From may be any other."""
    told = told_of(tell(mini_store, tmp_path, agreements=[goal(1, criterion, start, target)]))
    assert agreed_table(told).rows[0][4] == f"Under way. {said}."
    expected = {"A1": 1.3, "A2": 0, "B2": -2}[criterion]
    assert told.last.agreements[0].difference == pytest.approx(expected)


@pytest.mark.parametrize(
    ("held", "day", "said"),
    [
        (date(2035, 12, 1), TODAY, "planned for 1 December 2035"),
        (date(2022, 2, 2), TODAY, "planned for 2 February 2022"),
        (TODAY, TODAY, "held on 1 February 2022"),
        (date(2022, 1, 15), date(2022, 1, 15), "held on 15 January 2022"),
    ],
)
def test_a_day_to_come_is_planned_and_makes_nothing_late(mini_store, tmp_path, held, day, said):
    rows = {"dialogues": [("own", "mini", 2022, held.isoformat(), "", "")], "agreements": [goal(1, "B2", 3.5, 4)]}
    told = told_of(tell(mini_store, tmp_path, **rows))
    assert told.day == day and not told.last.agreements[0].late
    front = brief_document(told, EN).front[0].text
    assert said in front and ("held on" in front) == (held <= TODAY)


def after_heading(told: Brief, heading: str) -> list[str]:
    """The paragraphs right below a heading."""
    blocks = brief_document(told, EN).blocks
    (at,) = (i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    return [block.text for block in takewhile(lambda block: isinstance(block, Paragraph), blocks[at + 1 :])]


@pytest.mark.parametrize(
    ("dialogues", "years", "said"),
    [
        ([(2020, "", "")], (), []),
        ([(2020, "2020-02-01", "")], (2020,), ["In the dialogue of 2020 nothing new was agreed."]),
        (
            [(2020, "2020-02-01", ""), (2021, "2021-02-01", "Time is booked")],
            (2020, 2021),
            ["In the dialogues of 2020 and 2021 nothing new was agreed."],
        ),
        ([(2018, "2018-02-01", ""), (2021, "2035-02-01", "")], (), []),
    ],
    ids=["emptied", "held", "held twice", "before it, and planned"],
)
def test_an_empty_dialogue_hides_nothing_of_what_was_agreed_before_it(mini_store, tmp_path, dialogues, years, said):
    """Two goals of 2019, and later dialogues in which nothing was agreed."""
    told = told_of(
        tell(
            mini_store,
            tmp_path,
            dialogues=[("own", "mini", year, held, "", notes) for year, held, notes in dialogues],
            agreements=[goal(1, "B2", 3.5, 4, 2019), goal(2, "B1", 2, 3, 2019)],
        )
    )
    assert (told.last.year, [each.criterion for each in told.last.agreements]) == (2019, ["B2", "B1"])
    assert told.last.nothing_agreed == years
    assert after_heading(told, "What was agreed in 2019, and what came of it") == said
    assert len(agreed_table(told).rows) == 2
    asked = next(question for question in told.questions if question.kind is QuestionKind.NOT_REACHED)
    assert (asked.year, asked.agreement) == (2019, 1)


def test_dialogues_in_which_nothing_was_ever_agreed(mini_store, tmp_path):
    rows = [("own", "mini", year, f"{year}-02-01", "", "") for year in (2020, 2021)]
    told = told_of(tell(mini_store, tmp_path, dialogues=rows))
    assert (told.last.year, told.last.agreements, told.last.nothing_agreed) == (2021, (), ())
    said = after_heading(told, "What was agreed in 2021, and what came of it")
    assert said[0] == "Nothing that was agreed is written down."


@pytest.mark.parametrize(
    ("events", "said", "since"),
    [
        (
            [("certified", "2020-01-01"), ("applied", "2022-01-10")],
            "certified since 1 January 2020, has applied anew (10 January 2022)",
            "2020-01-01",
        ),
        (
            [("certified", "2020-01-01"), ("in_process", "2022-01-10")],
            "certified since 1 January 2020, in process anew (10 January 2022)",
            "2020-01-01",
        ),
        (
            [("certified", "2020-01-01"), ("renewed", "2021-05-01"), ("declined", "2022-03-01")],
            "certified since 1 January 2020, renewed 1 May 2021",
            "2020-01-01",
        ),
        ([("certified", "2020-01-01")], "certified since 1 January 2020", "2020-01-01"),
        ([("certified", "2020-01-01"), ("declined", "2022-01-10")], "declined (10 January 2022)", None),
        ([("applied", "2022-01-10")], "has applied (10 January 2022)", None),
    ],
)
def test_a_certified_school_that_applies_anew_is_still_certified(mini_store, tmp_path, events, said, since):
    """On 1 February 2022; what came after is not told."""
    rows = [("own", event, day, "") for event, day in events] + [("o1", "declined", "2022-01-20", "")]
    told = told_of(tell(mini_store, tmp_path, certifications=rows))
    points = [point for block in brief_document(told, EN).blocks if isinstance(block, Bullets) for point in block.items]
    assert f"Digital school: {said}" in points
    event, day = [each for each in events if each[1] <= TODAY.isoformat()][-1]
    latest = {"school_id": "own", "event": event, "day": day, "framework": None, "note": None, "provenance": "imported"}
    assert brief_json(told)["stage"] == latest | {"certified_since": since}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_names_what_it_is_about(tmp_path, language):
    """Each kind of question, on a criterion and with all the figures that any has; and the same where they are hidden,
    or about an area."""
    publish(mini_world(), tmp_path)
    told = told_of(tell(tmp_path / "store", tmp_path, agreements=[goal(1, "B2", 1.5, 3)]))
    about = {"agreement": 1, "year": 2021, "beside": 0.35, "low": 2, "high": 4}
    of_the_school = {
        QuestionKind.APPLY,
        QuestionKind.LOW_RESPONSE,
        QuestionKind.RECOGNISED,
        QuestionKind.SUPPORT,
        QuestionKind.NEXT_YEAR,
        *OpenQuestion,
    }
    for kind in (*QuestionKind, *OpenQuestion):
        text = question_text(DialogueQuestion(kind, criterion="B2", figure=0.25, **about), told, words(language))
        assert text.endswith("?") and "{" not in text
        assert kind in of_the_school or "B2 " in text
    for kind in (QuestionKind.NOT_REACHED, QuestionKind.LOW_RESPONSE):
        hidden = question_text(DialogueQuestion(kind, criterion="B2", **about), told, words(language))
        assert hidden.endswith("?") and not {"{", "%"} & set(hidden)
    fall = question_text(DialogueQuestion(QuestionKind.FALL, area="teach", year=2021, figure=-0.5), told, EN)
    assert fall.startswith("The area ") and "since 2021" in fall
    whole = question_text(DialogueQuestion(QuestionKind.RISE, area="", year=2021, figure=0.5), told, EN)
    assert whole.startswith("The school as a whole has clearly risen since 2021 (+0.50).")


def test_the_whole_is_the_first_of_what_has_changed(mini_store):
    """A change of the whole, then of areas, then of criteria."""
    told = told_of(Store(mini_store).current())
    whole = ClearChange("", "", 2.5, 3.0, 0.5)
    moved = replace(told.moved, areas=(whole, *told.moved.areas))
    bullets = next(block for block in moved_blocks(replace(told, moved=moved), EN, 3) if isinstance(block, Bullets))
    assert bullets.items[0] == "Up: the school as a whole, from 2.50 to 3.00 (+0.50)"


EDGE = {
    "share": (Goal(3, "share", 0.5), (33, 30, 32, 30), (0.45, 0.5), ("45%", "50%", "49.6%")),
    "mean": (Goal(3), (1, 0, 499, 0), (2.5, 3), ("2.50", "3.00", "2.996")),
}


@pytest.mark.parametrize("statistic", EDGE)
def test_a_figure_just_below_the_goal_is_not_written_as_the_goal(tmp_path, statistic):
    """62 of 125 at the goal where half must be; or a mean of 3 but for one answer of 500."""
    goal_, levels, (start, target), figures = EDGE[statistic]
    framework = framework_of("edge", {"all": ("A1", "A2")}, goal=goal_)
    world = World((framework,), tuple(f"s{n}" for n in range(4)))
    for school in world.schools:
        for year in (2021, 2022):
            round_ = SchoolRound("edge", year, school)
            world.counts += [Counts(round_, "A1", levels), Counts(round_, "A2", (0, 0, 0, 20))]
    publish(world, tmp_path)
    row = ("s0", "edge", 2021, 1, "A1", start, target, "2022-12-01", "", "under_way", "")
    told = told_of(tell(tmp_path / "store", tmp_path, agreements=[row]), "s0", "edge")
    assert told.last.agreements[0].reached is False
    document = brief_document(told, EN)
    tables = [block for block in document.blocks if isinstance(block, PaperTable)]
    (missed,) = (table for table in tables if table.columns[-1].heading == "Would reach the goal in")
    assert [row[1] for row in missed.rows] == [figures[2]]
    assert agreed_table(told).rows[0][1:4] == figures
    said = [point for block in document.blocks if isinstance(block, Bullets) for point in block.items]
    assert any(f"you agreed to reach {figures[1]} on A1 on A1; it is now {figures[2]}." in point for point in said)
    in_the_way = DialogueQuestion(QuestionKind.IN_THE_WAY, criterion="A1", figure=told.way.misses[0].figure)
    assert f"A1 on A1 is below the goal ({figures[2]})." in question_text(in_the_way, told, EN)
    if statistic == "mean":
        (strong,) = (table for table in tables if table.columns[1].heading == "The school")
        assert [row[1] for row in strong.rows] == ["4.00", figures[2]]
