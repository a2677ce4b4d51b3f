"""The brief's facts, counted by hand in a small city."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from statistics import mean

import pytest
from scipy.stats import beta

from analytics.dialogue.brief.agreed import same_criterion
from analytics.dialogue.brief.facts import brief, brief_sources
from analytics.dialogue.brief.questions import OpenQuestion, QuestionKind
from analytics.dialogue.brief.strengths import Strength
from analytics.documents.brief.picture import dots_block, key_figures
from analytics.documents.brief.place_words import place_sentence
from analytics.model.dialogue import Event, Mark, Progress
from analytics.model.errors import NotAllowed
from analytics.model.frameworks import Change, Goal
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.words.language import words
from tests.dialogue.telling import MIDDLING, MINI, NOW, THEN, mini_view, tell
from tests.maturity.worlds import Counts, SchoolRound, World, framework_of, publish

EVERYTHING = Viewer("test", schools=None)
TODAY = date(2022, 2, 1)


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    return mini_view(tmp_path_factory.mktemp("mini"))


@pytest.fixture(scope="module")
def own(view):
    return brief(view, EVERYTHING, "own", "mini", 2022, TODAY)


def answers(levels):
    return [level for level, count in enumerate(levels, 1) for _ in range(count)]


def mean_of(levels):
    return mean(answers(levels))


def lower_end(levels):
    """By hand: a quarter of an answer more on each of the levels 1 to 4, and a beta distribution on them."""
    given = [(level, count + 0.25) for level, count in enumerate(levels, 1)]
    together = sum(weight for _, weight in given)
    centre = sum(level * weight for level, weight in given) / together
    variance = sum(weight * (level - centre) ** 2 for level, weight in given) / together / (together + 1)
    at = (centre - 1) / 3
    tells = at * (1 - at) * 9 / variance - 1
    return 1 + 3 * beta.ppf(0.025, at * tells, (1 - at) * tells)


def test_where_the_school_stands(own):
    means = {criterion: mean_of(levels) for criterion, levels in NOW.items()}
    lead, teach = (means["A1"] + means["A2"]) / 2, (means["B1"] + means["B2"]) / 2
    city_lead = (lead + 6 * mean_of(MIDDLING)) / 7
    found = {place.area: place for place in (own.position.whole, *own.position.areas)}
    assert found[""].mean == pytest.approx(mean(means.values()))
    assert found["lead"].mean == pytest.approx(lead) and found["teach"].mean == pytest.approx(teach)
    assert found["lead"].low < lead < found["lead"].high
    assert found["lead"].city == pytest.approx(city_lead)
    assert found["lead"].similar is None or found["lead"].similar == pytest.approx(2.5)
    assert (found["lead"].city_side, found["lead"].shown, found["lead"].asked) == (1, 2, 2)
    assert own.position.city_schools == 7
    assert (own.round.responded, own.round.invited, own.round.status) == (30, 70, "low_response")


@pytest.mark.parametrize(("of_other_stages", "whole_stage"), [((), True), (("o2", "o3", "o4"), False)])
def test_the_whole_stage_is_called_so_and_not_similar_schools(view, of_other_stages, whole_stage):
    """All of one stage; and where some are of another, and come last for their pupils."""
    of = brief_sources(view, EVERYTHING)
    schools = [
        replace(each, stage="7-9" if each.id in of_other_stages else "F-6", pupils=100 + n, staff=None, context=())
        for n, each in enumerate(of.schools)
    ]
    found = brief(view, EVERYTHING, "own", "mini", 2022, TODAY, of=replace(of, schools=tuple(schools)))
    assert found.position.whole_stage == whole_stage and found.position.similar_schools == 6
    say = words("en")
    picture = dots_block(found, say)
    told = " ".join(
        [place_sentence(found, say), picture.similar_name, picture.alt]
        + [field.label for fields in key_figures(found, say) for row in fields.rows for field in row]
    )
    assert ("same stage" in told, "similar" in told) == (whole_stage, not whole_stage), told


def test_strengths_are_what_chance_would_not_have_picked(own):
    assert [strength.criterion for strength in own.strengths] == ["A1", "A2", "B1"]
    first, _, third = own.strengths
    assert first.mean == pytest.approx(3.8) and first.low == pytest.approx(lower_end(NOW["A1"]))
    assert first.above_city and not third.above_city
    assert first.city == pytest.approx((3.8 + 6 * 2.5) / 7)


def test_what_is_below_the_goal_is_no_strength(view, own):
    """The other schools have 2.5 on all; of `own`'s three B1 is below the goal."""
    assert [(strength.criterion, strength.met, strength.holds) for strength in own.strengths] == [
        ("A1", True, True),
        ("A2", True, True),
        ("B1", False, False),
    ]
    other = brief(view, EVERYTHING, "o1", "mini", 2022, TODAY)
    assert len(other.strengths) == 3 and not any(strength.holds for strength in other.strengths)


def test_clearly_below_the_city_is_no_strength_though_at_the_goal():
    strength = Strength("A1", 3.2, 3.1, 3.6, above_city=False, below_city=True, met=True)
    assert not strength.holds and replace(strength, below_city=False).holds


@pytest.mark.parametrize(
    ("answers_given", "asked"),
    [((0, 2, 18, 0), QuestionKind.RECOGNISED), ((0, 0, 18, 2), QuestionKind.STRONGEST)],
    ids=["below the goal", "at it"],
)
def test_no_question_calls_a_strength_what_is_below_the_goal(tmp_path, answers_given, asked):
    """Schools alike on every criterion: nothing is above or below the city. Below the goal the first question is about
    what is in the way; at it the school might apply."""
    world = World((MINI,), tuple(f"s{n}" for n in range(4)))
    for school in world.schools:
        for criterion in ("A1", "A2", "B1", "B2"):
            world.counts.append(Counts(SchoolRound("mini", 2022, school), criterion, answers_given))
    told = brief(publish(world, tmp_path), EVERYTHING, "s0", "mini", 2022, TODAY)
    kinds = [question.kind for question in told.questions]
    assert kinds[1] is asked and kinds[0] in (QuestionKind.IN_THE_WAY, QuestionKind.APPLY)
    assert (QuestionKind.STRONGEST in kinds) == all(strength.holds for strength in told.strengths)


def test_all_alike_by_chance_are_reckoned_with_the_city_s_noise(view):
    """In 2021 twenty people answered 4 on B2: no noise of their own. A1 and B1 come after A2 all the same."""
    then = brief(view, EVERYTHING, "own", "mini", 2021, TODAY)
    (b2,) = (strength for strength in then.strengths if strength.criterion == "B2")
    assert b2.mean == 4 and 3.4 < b2.low < 3.9


def test_what_stands_between_the_school_and_the_goal(own):
    way = own.way
    assert {miss.criterion for miss in way.misses} == {"B1", "B2"} and not way.more and not way.hidden
    assert way.misses[0].criterion == "B2" and way.misses[0].figure == pytest.approx(2.0)
    assert (way.at_goal, way.shown, way.unsure) == (2, 4, ())
    assert way.standing == "not_met"


def test_what_changed_beyond_noise(own):
    moved = own.moved
    clear = {move.criterion: move.difference for move in moved.criteria}
    assert moved.since == 2021 and not moved.same_words
    assert clear == pytest.approx({c: mean_of(NOW[c]) - mean_of(THEN[c]) for c in ("A1", "B2")})
    assert [move.criterion for move in moved.criteria] == ["B2", "A1"]  # the largest first
    assert moved.unmoved == 2 and moved.compared == 4


def test_how_far_the_staff_agree(own):
    accords = own.accords
    assert (accords.told, accords.agreed, accords.divided) == (4, 3, 1)
    (camps,) = accords.deepest
    assert (camps.criterion, camps.low, camps.high) == ("B1", 2, 4)
    assert camps.lower == pytest.approx(11 / 20) and camps.upper == pytest.approx(9 / 20)


def test_what_was_agreed_and_what_came_of_it(own):
    assert (own.last.year, own.last.held, own.agreed) == (2021, date(2021, 3, 1), ())
    first, second, third = own.last.agreements
    assert (first.criterion, first.from_level, first.to_level) == ("A1", 2.5, 3.5)
    assert first.now == pytest.approx(3.8)
    assert first.clear and first.reached and not first.late and first.outcome == "It went well."
    assert [(action.text, action.late) for action in first.actions] == [("A study circle", True), ("A course", False)]
    assert second.late and second.reached is False and second.clear and second.status is Progress.UNDER_WAY
    assert not third.late and third.clear is False  # given up: no day can be late


def test_projects_marks_and_where_it_comes_from(own):
    assert [(p.id, p.running) for p in own.projects] == [("paid", True), ("new", True), ("just", False)]
    assert own.stage.event is Event.DECLINED  # what came after the day is not told
    assert [label.label for label in own.labels] == [Mark.PRIZE]
    assert own.provenance is Provenance.IMPORTED and own.version == 2


def test_the_three_questions_by_importance(own):
    camps, agreed, fall = own.questions
    assert (camps.kind, camps.criterion) == (QuestionKind.TWO_CAMPS, "B1")
    assert (agreed.kind, agreed.criterion, agreed.late) == (QuestionKind.NOT_REACHED, "B2", True)  # B1's was given up
    # Both criteria in the way are asked about already, and so is the one that fell: its area is not.
    assert (fall.kind, fall.area, fall.criterion) == (QuestionKind.FALL, "teach", None)


def test_many_who_do_not_know_are_asked_about_from_a_fourth_on(view):
    asked = {
        school: {q.kind: q for q in brief(view, EVERYTHING, school, "mini", 2022, TODAY).questions}
        for school in ("o0", "o1")
    }
    assert QuestionKind.IN_THE_WAY in asked["o0"] and asked["o0"][QuestionKind.DONT_KNOW].criterion == "B2"
    assert asked["o0"][QuestionKind.DONT_KNOW].figure == pytest.approx(7 / 27)
    assert QuestionKind.DONT_KNOW not in asked["o1"]


def test_a_hidden_round(view):
    few = brief(view, EVERYTHING, "few", "mini", 2022, TODAY)
    assert few.round.shown == 0 and few.round.responded is None
    assert few.strengths == () and few.position.whole.mean is None and few.way.standing is None
    assert few.earlier.year == 2021 and few.earlier.mean == pytest.approx(2.5)
    (agreed,) = few.last.agreements
    assert (agreed.now, agreed.clear, agreed.reached, agreed.comparable, agreed.late) == (None, None, None, True, False)
    kinds = [question.kind for question in few.questions]
    assert kinds == [OpenQuestion.FEW_ANSWERS, OpenQuestion.TIME, OpenQuestion.LAST_AGREEMENTS]


def test_no_round(view):
    gone = brief(view, EVERYTHING, "gone", "mini", 2022, TODAY)
    assert gone.round is None and gone.position.whole.city is not None and gone.last is None
    kinds = [question.kind for question in gone.questions]
    assert kinds == [OpenQuestion.HINDRANCE, OpenQuestion.TIME, OpenQuestion.OWN_PICTURE]


def test_the_first_round_has_nothing_to_compare_with(view):
    first = brief(view, EVERYTHING, "gone", "mini", 2021, TODAY)
    assert first.moved.since is None and first.last is None and len(first.questions) == 3
    assert len({(q.kind, q.criterion) for q in first.questions}) == 3


def test_late_is_late_on_the_day_of_the_dialogue(view):
    """The brief of 2021 was held on 1 March 2021: nothing that it agreed on was late then."""
    then = brief(view, EVERYTHING, "own", "mini", 2021, date(2031, 1, 1))
    assert then.day == date(2021, 3, 1) and len(then.agreed) == 3
    assert not any(agreed.late for agreed in then.agreed)


def test_nobody_sees_the_brief_of_another_school(view):
    only = Viewer("head", schools=frozenset({"o1"}))
    with pytest.raises(NotAllowed):
        brief(view, only, "own", "mini", 2022, TODAY)
    with pytest.raises(NotAllowed):
        brief(view, Viewer("nobody"), "own", "mini", 2022, TODAY)
    assert brief(view, only, "o1", "mini", 2022, TODAY).position.similar_schools == 0


def test_what_is_not_known_is_an_error(view):
    for school, framework in (("nobody", "mini"), ("own", "nothing")):
        with pytest.raises(KeyError):
            brief(view, EVERYTHING, school, framework, 2022, TODAY)


FORMER = framework_of("former", {"lead": ("A1", "A2"), "teach": ("B1", "B2")}, years=(2018, 2021))
LATTER = framework_of(
    "latter",
    {"lead": ("A1", "A2"), "teach": ("B1", "B2")},
    years=(2022, None),
    previous="former",
    changes={"A1": ("B2", Change.IDENTICAL), "A2": ("A2", Change.REWORDED), "B2": ("A1", Change.IDENTICAL)},
)


@pytest.fixture(scope="module")
def carried(tmp_path_factory):
    """Agreed in the former framework on B2, A2 and A1, whose ids in the latter are A1, none and B2."""
    folder = tmp_path_factory.mktemp("carried")
    world = World((FORMER, LATTER), tuple(f"s{n}" for n in range(4)))
    for school in world.schools:
        for framework, year in ((FORMER, 2021), (LATTER, 2022)):
            for criterion, levels in {**NOW, "B1": MIDDLING}.items():
                world.counts.append(Counts(SchoolRound(framework.id, year, school), criterion, levels))
    publish(world, folder)
    rows = [("s0", "former", 2021, n, criterion, start, 3.9, "2022-12-01", "", "under_way", "")
            for n, (criterion, start) in enumerate((("B2", 2), ("A2", ""), ("A1", 3.8)), 1)]  # fmt: skip
    return tell(folder / "store", folder, agreements=rows)


def test_a_goal_carried_over_from_the_framework_before(carried):
    told = brief(carried, EVERYTHING, "s0", "latter", 2022, TODAY)
    assert (told.last.framework, told.last.year) == ("former", 2021)
    first, reworded, third = told.last.agreements
    assert (first.criterion, first.called, first.reached) == ("B2", "A1", False)
    assert first.now == pytest.approx(mean_of(NOW["A1"])) and first.clear and first.now > first.from_level
    assert (reworded.comparable, reworded.called, reworded.now, reworded.reached) == (False, None, None, None)
    assert third.called == "B2" and third.now == pytest.approx(mean_of(NOW["B2"])) and third.clear
    asked = next(question for question in told.questions if question.kind is QuestionKind.NOT_REACHED)
    assert asked.criterion == "A1"  # as it is called now: no other question is about the same criterion
    about = [question.criterion for question in told.questions if question.criterion]
    assert len(set(about)) == len(about)


def test_a_share_of_answers_at_another_level_is_another_figure():
    def at(id_, level, **more):
        return framework_of(id_, {"all": ("A1",)}, goal=Goal(level, "share", 0.5), **more)

    same = {"previous": "old", "changes": {"A1": ("A1", Change.IDENTICAL)}}
    old, alike, higher = at("old", 3), at("new", 3, **same), at("new", 4, **same)
    assert same_criterion((old, alike), "old", "A1") == "A1"
    assert same_criterion((old, higher), "old", "A1") is None
