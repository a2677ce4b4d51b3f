"""Min skola: intervals, change, agreement, readiness, similar schools; and that the address holds the choices."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from markupsafe import escape

from analytics.dialogue.brief.facts import brief
from analytics.maturity.changes import SchoolChange, school_changes, since_first, since_last
from analytics.maturity.groups import group_areas
from analytics.maturity.readiness import in_the_way
from analytics.maturity.rounds import school_rounds
from analytics.maturity.schools import school_areas, school_cells
from analytics.maturity.similar import similar_schools
from analytics.model.provenance import Missing
from analytics.words.figures import share_text
from pages.figures.school import page as school
from pages.figures.school.comparison import compared, school_comparison
from pages.figures.school.pictures import areas_block
from pages.figures.school.reckoning import reckoned
from pages.figures.school.sentences import answer
from pages.figures.school.to_dialogue import LISTED, to_dialogue
from pages.shared.parts import FIRST
from pages.shared.ready_words import few_answers
from pages.ui import access
from pages.ui.content import Ask, Block, Content
from tests.pages.reading import Blocks, figures, said
from tests.sampling import sample

NOW = ("vebs-2022", 2025)
DIVIDED, ALIKE = "kalcedonskolan", "fullmaneskolan"  # their means lie within a tenth of a level of each other


@pytest.fixture(scope="module")
def ask(asks) -> Ask:
    return asks["en"]


def page_anew(ask: Ask, school_id: str, year: int = 2025, **more) -> Content:
    """Its blocks are made when they are looked at."""
    content = school.compose(ask, "vebs-2022", year, school_id, **more)
    return replace(content, blocks=Blocks(ask, content))


page = cache(page_anew)
"""For all tests that only look at it."""


def block(content: Content, key: str) -> Block:
    return content.blocks.of(key)


def columns(found: Block) -> dict[str, list]:
    return {c.heading: [row[i] for row in found.table.rows] for i, c in enumerate(found.table.columns)}


def test_two_schools_with_one_mean_are_told_apart_where_one_is_two_camps(ask):
    divided, alike = page(ask, DIVIDED), page(ask, ALIKE)
    means = [float(content.figures[0].value) for content in (divided, alike)]
    assert abs(means[0] - means[1]) < 0.1
    assert divided.answer.endswith("the staff are divided on 25 of 25.")
    assert "divided" not in alike.answer
    assert block(divided, "answers").headline.startswith("The staff are divided on 25 of 25 criteria")
    assert "agree" in block(alike, "answers").headline
    assert set(columns(block(divided, "answers"))["Agreement"]) == {"divided: 1–2 against 4"}
    assert set(columns(block(alike, "answers"))["Agreement"]) <= {"agreed", "spread answers"}
    labels = [a["text"] for a in block(divided, "answers").figure.to_dict()["layout"]["annotations"]]
    assert sum("divided:\N{NO-BREAK SPACE}1–2\N{NO-BREAK SPACE}against\N{NO-BREAK SPACE}4" in t for t in labels) == 25


def test_every_mean_and_share_stands_within_its_interval_and_this_staffs_within_that(ask):
    table = columns(block(page(ask, "beryllskolan"), "criteria"))
    for of, low, high in (
        ("Mean", "Interval from", "Interval to"),
        ("Share of answers at the goal", "Share, from", "Share, to"),
        ("The city", "The city, from", "The city, to"),
        ("Mean", "This staff, this year: mean from", "This staff, this year: mean to"),
        ("Share of answers at the goal", "This staff, this year: share from", "This staff, this year: share to"),
    ):
        assert all(a <= x <= b for a, x, b in zip(table[low], table[of], table[high], strict=True)), of
    wide = [b - a for a, b in zip(table["Interval from"], table["Interval to"], strict=True)]
    staff = [table[f"This staff, this year: mean {end}"] for end in ("from", "to")]
    assert all(high - low < width for low, high, width in zip(*staff, wide, strict=True))


def test_where_nobody_counted_the_invited_nothing_is_said_of_this_staff(ask):
    content = page(ask, "fullmaneskolan")
    criteria = block(content, "criteria")
    assert not any("This staff" in heading for heading in columns(criteria))
    assert "How many were invited is not known" in criteria.note
    hovers = [t for trace in criteria.figure.to_dict()["data"] for t in trace.get("hovertext", ())]
    assert hovers and not any("this staff" in text for text in hovers)
    assert "Needed of those who did not answer" not in columns(block(content, "ready"))


@pytest.mark.parametrize("school_id", ["beryllskolan", "asteroidskolan", "cumulusskolan", "halvmaneskolan"])
def test_clearly_above_or_below_is_what_was_published(ask, school_id):
    cells = {cell.criterion: cell.city_side for cell in school_cells(ask.view, ask.viewer, school_id, *NOW)}
    table = columns(block(page(ask, school_id), "criteria"))
    words = {1: "clearly above the city", -1: "clearly below the city", 0: ""}
    assert dict(zip(table["Id"], table["Beside the city"], strict=True)) == {c: words[s] for c, s in cells.items()}
    above, below = (list(cells.values()).count(side) for side in (1, -1))
    headline = block(page(ask, school_id), "criteria").headline
    if above or below:
        assert headline == f"On {above} criteria the school is clearly above the city, on {below} clearly below"
    else:
        assert headline == "Not one of the 25 criteria clearly differs from the city"


def test_a_change_is_held_against_the_round_that_was_chosen(ask):
    found = school_changes(ask.view, ask.viewer, "stratusskolan", *NOW)
    for more, chosen, year in (({}, since_last(found), 2024), ({"since": FIRST}, since_first(found), 2022)):
        content = page(ask, "stratusskolan", **more)
        table = columns(block(content, "change"))
        of_criteria = {c.criterion: c for c in chosen if c.criterion}
        assert table["Id"] == list(of_criteria) or set(table["Id"]) == set(of_criteria)
        for id_, needed, said_ in zip(table["Id"], table["Needed for a clear change"], table["In words"], strict=True):
            change = of_criteria[id_]
            assert needed == change.needed
            assert ("a clear change" in said_) == change.clear and f"since {year}" in said_
        moved = told_of_change(ask, content, more.get("since"), year)
        whole = next(c for c in chosen if not c.area and not c.criterion)
        assert whole.clear and moved.startswith(f"The school as a whole has clearly risen since {year}")
        assert f"{whole.before_mean:.2f} to {whole.mean:.2f} ({whole.needed:.2f} is needed)" in moved
        headline = block(content, "change").headline
        assert headline.startswith(
            f"Stratusskolan has clearly risen as a whole since {year} (+{whole.difference:.2f})."
        )


def told_of_change(ask: Ask, content: Content, since: str | None, year: int) -> str:
    """What is told behind "How the figures are calculated"."""
    said = reckoned(ask, compared(ask, *NOW, "stratusskolan", since, None))
    assert all(str(escape(text)) in block(content, "reckoning").drawing for text in said)
    return next(text for text in said if str(year) in text)


def test_the_highest_level_at_which_something_is_clear_comes_first(ask):
    """Whole, else areas, else criteria, else nothing; what is less than it takes is told with what it takes."""
    found = since_last(school_changes(ask.view, ask.viewer, "stratusskolan", *NOW))
    comparison = school_comparison(ask, NOW[0], NOW[1], "stratusskolan", (), found)

    def told(clear: Callable[[SchoolChange], bool], **more: int) -> str:
        changes = tuple(replace(change, clear=clear(change), **more) for change in found)
        return next(t for t in reckoned(ask, replace(comparison, changes=changes)) if "2024" in t)

    areas = told(lambda c: c.area == "kultur")
    assert areas.startswith("Clearly changed since 2024: ") and "No clear change: all areas together" in areas
    one = told(lambda c: c.criterion == "A1")
    assert one.startswith(
        "Since 2024 neither the school as a whole nor any area has clearly changed, but 1 criterion has."
    )
    none = told(lambda c: False)
    assert none.startswith("Since 2024 neither the school as a whole nor any area has clearly changed. No clear change")
    assert "left out" not in none
    assert "compared on the 23 criteria asked and shown both times; 2 are left out." in told(
        lambda c: False, compared=23, left_out=2
    )


def test_a_school_in_its_first_round_is_told_that_there_is_nothing_to_compare(ask):
    content = page(ask, "pulsarskolan", 2024)
    assert "change" not in [block.key for block in content.blocks]
    assert "no earlier round" in block(content, "reckoning").drawing
    assert "since" not in content.answer


@pytest.mark.parametrize(("school_id", "clear"), [("kalcedonskolan", False), ("stratusskolan", True)])
def test_the_trends_headline_says_whether_it_is_a_change(ask, school_id, clear):
    whole = next(
        c
        for c in since_first(school_changes(ask.view, ask.viewer, school_id, *NOW))
        if c.area == "" and not c.criterion
    )
    assert whole.clear is clear and whole.before_year == 2022
    chosen = page(ask, school_id, since=FIRST)
    headline = block(chosen, "school_trend").headline
    assert f"from {whole.before_mean:.2f} in 2022 to {whole.mean:.2f} in 2025" in headline
    assert headline.endswith("more than chance explains" if clear else "no clear change")
    assert f"{whole.needed:.2f}" in block(chosen, "reckoning").drawing, "what it takes stands with the reckoning"
    # A page makes claims since one round alone: that is what its promise is about.
    other = block(page(ask, school_id), "school_trend")
    assert not any(words in other.headline for words in ("change", "chance"))
    assert other.reading.endswith("Choose changes since 2022 at the top to see whether it is a change.")


def test_no_arrow_stands_for_a_change(ask):
    for school_id in ("stratusskolan", "cumulusskolan", "gnejsskolan"):
        content = page(ask, school_id)
        texts = [content.answer, *content.notices, *(b.headline + b.note + b.alt for b in content.blocks)]
        assert not any(arrow in text for text in texts for arrow in "↑↓→↗↘▲▼")


def test_whether_we_can_apply_is_said_by_the_rule_and_how_sure(ask):
    rounds = {row.school_id: row for row in school_rounds(ask.view, ask.viewer, *NOW)}
    for school_id in ("beryllskolan", "kvartsskolan", "asteroidskolan", "stjarnfallsskolan"):
        content, of = page(ask, school_id), rounds[school_id]
        figure = next(f for f in content.figures if f.label == "Can we apply?")
        left = of.shown - of.at_goal
        assert figure.value == ("Yes, by the rule" if of.outcome == "met" else f"No: {left} left")
        assert f"is {share_text(of.ready, ask.say)}" in block(content, "ready").headline
        assert figure.note == f"chance of being there: {share_text(of.there, ask.say)}"
        assert f"the chance of it is {share_text(of.there, ask.say)}." in block(content, "ready").headline
        ready = block(content, "ready")
        cells = school_cells(ask.view, ask.viewer, school_id, *NOW)
        for cell in in_the_way(cells):
            assert f"{cell.criterion} " in ready.headline
        assert ("Most in the way" in ready.headline) == bool(in_the_way(cells))
        shares = columns(ready)["Share of new rounds at the goal"]
        assert sorted(shares) == sorted(cell.ready for cell in cells)


def test_the_picture_of_readiness_has_what_is_in_the_way_and_in_doubt_and_none_where_all_is_sure(ask):
    assert block(page(ask, "kvartsskolan"), "ready").figure is None
    doubtful = block(page(ask, "beryllskolan"), "ready")
    dots = doubtful.figure.to_dict()["data"][-1]
    assert [share < 95 for share in dots["x"]] == [True] * 3
    many = block(page(ask, "kalcedonskolan"), "ready").figure.to_dict()["data"][-1]["x"]
    assert len(many) == 12 and [round(x) for x in many] == sorted(round(x) for x in many)


def test_with_hidden_criteria_it_is_said_that_they_may_miss_the_goal(ask):
    content = page(ask, "isroseskolan")
    assert "12 criteria are hidden and may miss the goal." in block(content, "ready").note
    assert "At least" in block(content, "ready").headline
    assert "though 13 criteria are compared at once" in block(content, "criteria").note


def test_a_criterion_with_few_answers_says_why_it_has_no_share(ask):
    cells = school_cells(ask.view, ask.viewer, "isroseskolan", *NOW)
    few = {cell.criterion for cell in cells if cell.n_band}
    assert few, "the demo has such a school"
    found = block(page(ask, "isroseskolan"), "ready")
    table = columns(found)
    why = {id_: text for id_, text in zip(table["Id"], table["Would a new round show it?"], strict=True) if id_ in few}
    assert set(why.values()) == {few_answers(ask.say)}
    assert "fewer than 10 answers" in few_answers(ask.say)
    assert found.figure is None and "Fewer than 10 answered on what is most in the way" in found.note
    missed = [cell for cell in cells if cell.criterion in few and not cell.goal_met]
    assert missed and all(f"{cell.criterion} " in found.headline for cell in in_the_way(cells))


def test_a_hidden_school_is_told_nothing_of_readiness_or_change(ask):
    content = page(ask, "apatitskolan", 2024)
    keys = ["school_trend", "school_criteria", "answers", "areas", "criteria", "similar"]
    assert [block.key for block in content.blocks if block.key != "development"] == keys


def test_the_similar_schools_are_the_diamond_the_column_and_the_explanation(ask):
    among = {row.school_id for row in school_rounds(ask.view, ask.viewer, *NOW) if row.shown}
    found = similar_schools(ask.catalogue.schools, "beryllskolan", among)
    ids = [neighbour.school_id for neighbour in found.neighbours]
    content = page(ask, "beryllskolan")
    theirs = group_areas(ask.view, ask.viewer, *NOW, ids)
    areas = block(content, "areas")
    framework = ask.catalogue.framework("vebs-2022")
    assert columns(areas)["Similar schools, mean"] == [theirs[area.id].mean for area in framework.areas]
    assert set(columns(areas)["Number of them"]) == {10}
    assert diamonds(areas) == columns(areas)["Similar schools, mean"]
    similar = block(content, "similar")
    assert similar.headline.startswith("Compared with its 10 similar schools")
    assert similar.note.startswith(
        "The 10 nearest by number of pupils and number of staff of the 17 other schools of the"
    )
    assert all(names in similar.note for names in columns(similar)["School"][1:])
    names = {each.id: each.name for each in ask.catalogue.schools}
    assert columns(similar)["School"] == ["Beryllskolan", *(names[id_] for id_ in ids)]
    assert columns(similar)["Distance (0 alike, 1 as different as can be)"] == [
        0.0,
        *(neighbour.distance for neighbour in found.neighbours),
    ]


def test_where_only_the_stage_is_known_the_whole_stage_stands_there_and_nothing_is_called_near(ask, monkeypatch):
    bare = [replace(each, pupils=None, staff=None, context=()) for each in ask.catalogue.schools]
    monkeypatch.setattr("pages.figures.school.similar.similar_schools", lambda _, *asked: similar_schools(bare, *asked))
    content = page_anew(ask, "beryllskolan")
    similar, areas = block(content, "similar"), block(content, "areas")
    stages = {each.name: each.stage for each in bare}
    beside = columns(similar)["School"][1:]
    assert len(beside) == 17 and {stages[name] for name in beside} == {"F-9"}
    assert similar.headline.startswith("Compared with the 17 other schools of its stage, Beryllskolan has the mean")
    assert similar.note.startswith("All 17 other schools of the same stage (F-9) with figures. Which of them are most")
    assert not any(name in similar.note for name in beside), "the table has the names"
    assert not any(heading.startswith("Distance") for heading in columns(similar))
    assert "Schools of the same stage, mean" in columns(areas) and set(columns(areas)["Number of them"]) == {17}
    assert "Diamond: the mean of the 17 other schools of the same stage." in areas.note
    texts = [found.headline + found.alt + found.note for found in content.blocks]
    texts += [heading for found in content.blocks if found.table for heading in columns(found)]
    said = " ".join(texts).lower().replace("which of them are most like it cannot be determined", "")
    assert not any(word in said for word in ("similar", "nearest", "like it")), said


def test_a_set_of_ones_own_stands_in_place_of_the_similar_schools(ask):
    content = page(ask, "beryllskolan", own_set="kvartsskolan,gnejsskolan")
    own = {i: school_areas(ask.view, ask.viewer, i, ["vebs-2022"]) for i in ("kvartsskolan", "gnejsskolan")}
    whole = [next(a.mean for a in rows if a.year == 2025 and a.area == "") for rows in own.values()]
    assert f"they {sum(whole) / 2:.2f} together" in block(content, "similar").headline
    assert columns(block(content, "similar"))["School"] == ["Beryllskolan", "Kvartsskolan", "Gnejsskolan"]
    assert "Diamond: the mean of the 2 schools you chose." in block(content, "criteria").note


def test_a_school_is_never_put_beside_itself_or_beside_one_without_answers(ask):
    content = page(ask, "beryllskolan", own_set="beryllskolan,alabasterskolan,kvartsskolan")
    assert columns(block(content, "similar"))["School"] == ["Beryllskolan", "Kvartsskolan"]


def test_schools_with_few_like_them_are_told_so(ask, monkeypatch):
    seldom = [each for each in ask.catalogue.schools if each.id in ("beryllskolan", "kvartsskolan", "agatskolan")]
    few = similar_schools(seldom, "beryllskolan", {each.id for each in seldom})
    assert few.too_few
    monkeypatch.setattr("pages.figures.school.similar.similar_schools", lambda *_: few)
    assert "fewer than the eight" in block(page_anew(ask, "beryllskolan"), "similar").note
    monkeypatch.setattr("pages.figures.school.similar.similar_schools", lambda *_: None)
    nobody = page_anew(ask, "beryllskolan")
    assert "no similar school" in block(nobody, "similar").headline
    assert diamonds(block(nobody, "areas")) == [] and "Similar schools, mean" not in columns(block(nobody, "areas"))


def test_a_place_is_only_told_as_a_range(ask):
    whole = next(
        a
        for a in school_areas(ask.view, ask.viewer, "halvmaneskolan", ["vebs-2022"])
        if a.area == "" and a.year == 2025
    )
    note = block(page(ask, "halvmaneskolan"), "areas").note
    assert f"between {whole.rank_low} and {whole.rank_high} of 73" in note
    assert not any("place" in figure.label.lower() for figure in page(ask, "halvmaneskolan").figures)


def test_the_address_chooses_the_schools_to_be_put_beside(open_demo):
    app = open_demo("skola", school="beryllskolan", similar="gnejsskolan,kvartsskolan", lang="en")
    app.session_state["more_similar"] = True
    app.run()
    assert app.multiselect(key="choice_similar").value == ["gnejsskolan", "kvartsskolan"]
    assert "Compared with the 2 schools that you chose" in said(app)
    app.multiselect(key="choice_similar").select("agatskolan").run()
    assert app.query_params["similar"] == "gnejsskolan,kvartsskolan,agatskolan"
    assert app.query_params["school"] == "beryllskolan" and "Compared with the 3 schools" in said(app)
    app.multiselect(key="choice_similar").set_value([]).run()
    assert "similar" not in app.query_params and "Compared with its 10 similar schools" in said(app)


@pytest.mark.parametrize("asked", ["nosuch", "beryllskolan", "<b>"])
def test_what_is_no_school_or_the_school_itself_is_told_of_and_never_replaced(open_demo, asked):
    app = open_demo("skola", school="beryllskolan", similar=f"kvartsskolan,{asked}", lang="en")
    assert not app.exception and f"“{asked}”" in app.info[0].value
    assert not figures(app), "nothing is shown in its place"


def test_the_choice_of_schools_follows_to_another_school_but_never_holds_that_one(open_demo):
    app = open_demo("skola", school="beryllskolan", similar="gnejsskolan,kvartsskolan")
    app.selectbox(key="choice_school").select("kvartsskolan").run()
    assert app.query_params["similar"] == "gnejsskolan"


COURSE = "Since 2022 up about"  # of a trend, which begins with the first round whatever changes are held against


def test_the_address_chooses_what_changes_are_held_against(open_demo):
    plain = open_demo("skola", school="stratusskolan", lang="en")
    assert plain.selectbox(key="choice_since").value == "forra" and "Since 2022" not in said(plain).replace(COURSE, "")
    first = open_demo("skola", school="stratusskolan", lang="en", since="forsta")
    assert "since 2022" in said(first).lower() and "since 2024" not in said(first).lower()


def test_with_one_round_to_compare_with_there_is_no_choice(open_demo):
    app = open_demo("skola", school="stratusskolan", year="2023", since="forsta")
    assert not app.exception and "choice_since" not in [box.key for box in app.selectbox]


def test_the_trend_has_the_band_of_frameworks(open_demo):
    drawn = figures(open_demo("skola", school="stratusskolan"))[-1]
    assert [shape for shape in drawn["layout"]["shapes"] if shape["type"] == "rect"]


def test_of_a_hidden_criterion_there_is_no_figure_in_any_column(ask):
    hidden = {c.criterion for c in school_cells(ask.view, ask.viewer, "isroseskolan", *NOW) if c.mean is None}
    content = page(ask, "isroseskolan")
    own = {
        "criteria": [*range(3, 9), 17],  # the school's own figures, up to where the city's begin; answers
        "ready": [2, 3, 4, 5, 6],
        "answers": list(range(2, 12)),
    }
    for key, places in own.items():
        rows = [row for row in block(content, key).table.rows if row[0] in hidden]
        assert len(rows) == len(hidden) == 12
        assert {row[place] for row in rows for place in places} == {Missing.HIDDEN}, key


def diamonds(found: Block) -> list[float]:
    marks = [t for t in found.figure.to_dict()["data"] if t.get("marker", {}).get("symbol") == "diamond-open"]
    return [x for trace in marks for x in trace["x"]]


def test_the_answer_is_two_short_sentences_without_a_reckoning(asks):
    """By day of a school in four in either language."""
    for turn, (language, ask) in enumerate(asks.items()):
        shown = sorted(row.school_id for row in school_rounds(ask.view, ask.viewer, *NOW) if row.shown)
        for id_ in sample(shown, 4, first=2 * turn):
            said = school.compose(ask, *NOW, id_).answer
            sentences = [sentence.split() for sentence in said.rstrip(".").split(". ")]
            assert len(sentences) == 2 and all(len(words) <= 20 for words in sentences), (language, said)
            assert "(" not in said, said


def test_where_the_school_lies_beside_the_city_is_what_was_published(ask):
    comparison = compared(ask, *NOW, "zefyrskolan", None, None)
    areas = [area.id for area in comparison.framework.areas]

    def told(*sides: int) -> str:
        cells = {id_: replace(comparison.areas[id_], city_side=side) for id_, side in zip(areas, sides, strict=True)}
        return answer(ask, replace(comparison, areas=comparison.areas | cells)).split(". ")[0]

    first, second = (area.title.en for area in comparison.framework.areas[:2])
    assert told(0, 0, 0, 0, 0) == "Level with the city in every area"
    assert told(1, 1, 1, 1, 1) == "Above the city in every area"
    assert told(-1, -1, -1, -1, -1) == "Below the city in every area"
    assert told(1, 0, 0, 0, 0) == f"Above the city on {first}, level on the others"
    assert told(1, -1, 0, 0, 0) == f"Above the city on {first}, below it on {second}, level on the others"
    assert told(-1, -1, -1, 0, 0) == "Below the city on 3 areas, level on the others"


def test_of_few_answers_nothing_of_the_schools_own_is_finer_than_one_decimal(ask):
    content, one = page(ask, "isroseskolan"), re.compile(r"[+−-]?\d\.\d")
    assert one.fullmatch(content.figures[0].value)
    own = {
        "areas": ["Mean", "Interval from", "Interval to"],
        "change": ["Mean 2024", "Mean 2025", "Difference", "Needed for a clear change"],
        "school_criteria": ["Mean"],
    }
    for key, headings in own.items():
        found = columns(block(content, key))
        figures_ = [figure for heading in headings for figure in found[heading] if figure is not Missing.HIDDEN]
        assert figures_ and all(isinstance(figure, str) and one.fullmatch(figure) for figure in figures_), key
    trend = block(content, "school_trend")
    assert all(one.fullmatch(str(row[2])) for row in trend.table.rows if row[1].endswith("2022–2025"))
    assert not re.search(r"\d\.\d\d", trend.headline + block(content, "change").headline)
    city = school_comparison(ask, *NOW, "isroseskolan", (), ()).city_areas[""].mean
    assert re.findall(r"\d\.\d\d", block(content, "reckoning").drawing) == [f"{city:.2f}"]


def test_what_to_take_to_the_dialogue_is_what_the_brief_picks(ask):
    for id_ in ("zefyrskolan", "kalcedonskolan", "isroseskolan", "selenitskolan"):
        found = brief(ask.view, ask.viewer, id_, *NOW, date(2025, 12, 1))
        lists = to_dialogue(ask, *NOW, id_, "2025-12-01")
        picked = [
            [strength.criterion for strength in found.strengths],
            [miss.criterion for miss in (found.way.misses or found.way.unsure)][:LISTED],
        ]
        picked = [criteria for criteria in picked if criteria]
        linked = [[way.address.split("criterion=")[1][:2] for way in ways.ways] for ways in lists[:-1]]
        assert linked == picked, id_
        if whole := len(found.way.misses) + found.way.more:
            told = f"In the way of the goal: {LISTED} of {whole}" if whole > LISTED else "In the way of the goal"
            assert lists[-2].heading == told, id_
        assert len(lists[-1].ways) == len(found.questions) == 3
        assert all(f"dialog?framework=vebs-2022&year=2025&school={id_}&" in way.address for way in lists[-1].ways)


def test_the_one_table_opens_with_what_is_below_the_goal_and_has_all(ask):
    content = page(ask, "zefyrskolan")
    cells = school_cells(ask.view, ask.viewer, "zefyrskolan", *NOW)
    below, drawn = [cell for cell in cells if not cell.goal_met], content.table.drawing
    assert 0 < len(below) < 12 and content.table.headline == f"{len(below)} of 25 criteria lie below the goal"
    assert drawn.count("<tr") == 26 and drawn.count('hidden=""') == 25 - len(below)
    assert f'data-kind="under" aria-pressed="true">Below the goal <b>{len(below)}</b>' in drawn
    assert 'data-kind="" aria-pressed="false">All <b>25</b>' in drawn
    assert 'data-school="zefyrskolan"' in drawn, "the school is remembered on the device"
    met = next(row.school_id for row in school_rounds(ask.view, ask.viewer, *NOW) if row.outcome == "met")
    none = page(ask, met).table.drawing
    assert 'hidden=""' not in none and 'data-kind="under"' not in none


def test_what_is_folded_is_made_when_it_is_opened(open_demo, monkeypatch):
    made = []
    monkeypatch.setattr("pages.figures.school.page.areas_block", lambda ask, _: made.append(1) or areas_block(ask, _))
    access.composed.cache_clear()
    app = open_demo("skola", school="agatskolan")
    assert not app.exception and not made
    app.session_state["more_areas"] = True
    app.run()
    assert not app.exception and made == [1]


def test_what_a_likely_visit_needs_is_made_ahead(open_demo):
    """All of it, so that in the week when every principal comes nobody waits for it."""
    open_demo("skola", school="agatskolan")  # what all schools share
    for visit in school.visits(access.ask("sv")):
        if "zefyrskolan" in visit:
            access.composed(*visit)
    made = access.composed.kept.made
    open_demo("skola", school="zefyrskolan")
    assert access.composed.kept.made == made
