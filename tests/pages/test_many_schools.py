"""What is drawn and told of more schools than a picture or a list has room for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analytics.maturity.readiness import in_the_way, in_the_way_of_schools
from analytics.maturity.rounds import school_rounds
from analytics.maturity.schools import school_cells
from analytics.maturity.support import CriterionNeed, Need
from analytics.model.errors import NotAllowed
from analytics.model.people import OtherSchools
from analytics.model.schools import School, Viewer
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from pages.figures.schools import page as schools_page
from pages.figures.schools import shown
from pages.figures.support.pictures import need_block
from pages.shared import find_school, schools_choice
from pages.shared.many_schools import DOTS, evenly
from pages.shared.schools_choice import BY_PACE
from pages.talks.certification.lists import SHOWN, UNFOLDED, Nearness, NearnessList, NearSchool, lists_block
from pages.ui import access, many_options
from pages.ui.content import Ask, Block, Content, Table, text_column
from pages.ui.downloads import ROWS
from pages.ui.later import LaterRows
from tests.pages.reading import markup
from tests.pages.test_downloads import drawn, files_as


@pytest.fixture
def ask(asks) -> Ask:
    return asks["en"]


def test_some_of_many_are_spread_evenly_and_have_both_ends():
    some = evenly([*range(1000, 0, -1)], lambda n: n, most=10)
    assert some == [1, 112, 223, 334, 445, 556, 667, 778, 889, 1000]
    assert evenly([3, 1, 2], lambda n: n, most=3) == [3, 1, 2], "what has room is as it came"


def test_a_picture_of_thousands_has_some_of_them_and_says_so(ask):
    framework, many = ask.catalogue.framework("vebs-2022"), 3000
    ids = [f"s{n}" for n in range(many)]
    ask = replace(ask, catalogue=replace(ask.catalogue, schools=tuple(School(id_, id_) for id_ in ids)))
    needs = [CriterionNeed(criterion.id, Need.CITY, many, many, 1.0) for criterion in framework.criteria]
    pulled = {need.criterion: [(id_, 1 + 2 * n / many) for n, id_ in enumerate(ids)] for need in needs}
    made = need_block(ask, framework, needs, pulled, {})
    dots = sum(len(trace.x) for trace in made.figure.data if trace.hovertext)
    assert dots == DOTS * len(needs)
    assert f"Of the 3,000 schools {DOTS} are drawn" in made.note
    assert need_block(ask, framework, needs, {c: rows[:DOTS] for c, rows in pulled.items()}, {}).figure


def test_a_page_of_schools_tells_all_of_those_on_it_and_its_files_have_every_one(ask, monkeypatch):
    """Whatever page is turned up, headline, scale and files are of all that are found."""
    of = ("vebs-2022", 2025, None, None, "alla", BY_PACE)
    whole = schools_page.compose(ask, *of, 1)
    monkeypatch.setattr(schools_choice, "PAGE", 10)
    asked: list[int] = []
    each = shown.school_rounds
    monkeypatch.setattr(shown, "school_rounds", lambda *a: asked.append(len(a[4] or ())) or each(*a))
    access.composed.cache_clear()
    pages = [schools_page.compose(ask, *of, page) for page in (1, 2)]
    assert asked and set(asked) == {10}, "what is told of each is asked of the page's schools alone"
    names = [
        [row.split("<")[0] for row in re.findall(r'scope="row"><a[^>]*>(.*?)</a>', drawing(page))] for page in pages
    ]
    assert [len(each) for each in names] == [10, 10] and not {*names[0]} & {*names[1]}
    assert len({page.table.headline for page in (whole, *pages)}) == 1
    assert len({page.table.note for page in (whole, *pages)}) == 1
    assert len({re.search(r"<svg.*?</svg>", drawing(page))[0] for page in pages}) == 1, "one scale"
    tables = [page.table.table.plain() for page in (whole, *pages)]
    assert tables[0] == tables[1] == tables[2] and len(tables[0]) == 1 + ask.catalogue.round(*of[:2]).schools
    assert [row[0] for row in tables[0][1:21]] == [*names[0], *names[1]]


def drawing(content: Content) -> str:
    assert content.table is not None
    return str(content.table.drawing)


def test_the_files_rows_are_made_when_they_are_asked_for(ask):
    content = access.composed(schools_page.compose, ask, "vebs-2022", 2025, None, None, "alla", "namn", 1)
    made = access.composed.kept.made
    rows = content.table.table.rows
    assert isinstance(rows, LaterRows) and access.composed.kept.made == made
    assert len(rows) == len([*rows]) > 70 and rows[0][0] == rows[:1][0][0] == ask.say("The city")
    assert access.composed.kept.made == made + 1


def test_they_are_there_for_the_next_one_though_who_had_the_page_made_has_signed_out(ask):
    signed_in = [True]

    def admit() -> Viewer:
        if not signed_in[0]:
            raise NotAllowed("gone")
        return ask.asking

    theirs, of = replace(ask, admit=admit), ("vebs-2022", 2025, None, None, "alla", "namn", 1)
    access.composed.cache_clear()
    access.composed(schools_page.compose, theirs, *of)
    signed_in[0] = False
    with pytest.raises(NotAllowed):
        access.composed(schools_page.compose, theirs, *of)
    assert len(access.composed(schools_page.compose, ask, *of).table.table.rows) > 70


def test_what_is_in_the_way_is_chosen_in_the_store_as_by_the_rule(ask):
    for round_ in ask.catalogue.rounds[::4]:
        found = in_the_way_of_schools(ask.view, ask.viewer, round_.framework, round_.year)
        for school in ask.catalogue.schools[::4]:
            cells = school_cells(ask.view, ask.viewer, school.id, round_.framework, round_.year)
            assert found.get(school.id, ()) == in_the_way(cells), (school.id, round_.year)


def test_a_question_is_of_the_schools_that_somebody_is_told_of():
    own, named = Viewer("", frozenset("ab")), Viewer("", frozenset("ab"), others=OtherSchools.NAMES)
    assert (own.told_of(), own.told_of("bc")) == (["a", "b"], ["b"])
    assert (named.told_of(), named.told_of("cb")) == (None, ["b", "c"])
    assert Viewer("", None).told_of() is None and Viewer("").told_of() == []


def test_names_and_rows_end_somewhere_on_the_screen_and_say_so(ask, monkeypatch):
    ids = [f"s{n}" for n in range(ROWS + 1)]
    ask = replace(ask, catalogue=replace(ask.catalogue, schools=tuple(School(id_, id_) for id_ in ids)))
    names = find_school._list(ask, "skola", ",".join(ids), "./skola?school=")
    assert names.count("<li>") == find_school.FIRST and f"The first {find_school.FIRST} of 1,001 schools" in names
    assert "The first" not in find_school._list(ask, "skola", ",".join(ids[: find_school.LISTED]), "./skola?school=")

    table = Table.of([text_column("School", str)], ids)
    made = drawn(monkeypatch, ask, Block("long", "Long", "Long", table), "synthetic")
    told = "".join(made.html_parts)
    assert told.count("<tr>") == ROWS + 1 and "The first 1,000 of 1,001 rows; the files have all of them." in told
    ((_, data),) = files_as(".csv", made)
    assert len(data.decode("utf-8-sig").splitlines()) == len(ids) + 1


def test_a_nation_s_lists_on_certifiering_end_where_the_table_goes_on(ask):
    framework, many = ask.catalogue.framework("vebs-2022"), 4700
    (of, *_) = school_rounds(ask.view, ask.viewer, framework.id, 2025)
    told = replace(of, shown=25, asked=25, at_goal=0, outcome="not_met", ready=0.0, status="shown")

    def lists(schools: int) -> str:
        first = [NearSchool(told)] * min(schools, SHOWN + UNFOLDED)
        far = {kind: NearnessList(schools, first) if kind is Nearness.FAR else NearnessList(0, []) for kind in Nearness}
        return str(lists_block(ask, framework, far, (), Table((), ())).drawing)

    drawn = lists(many)
    assert drawn.count("<li>") == SHOWN + UNFOLDED and len(drawn) < 15_000
    assert f"{many - SHOWN - UNFOLDED:,} more schools are in the table; turn its pages with “Page” above." in drawn
    assert "1 more school is in the table and its files." in lists(SHOWN + UNFOLDED + 1)
    assert "more schools are" not in lists(SHOWN + UNFOLDED)


def test_a_school_among_more_than_a_box_holds_is_found_by_writing(few_store, at_store, open_page, monkeypatch):
    monkeypatch.setattr(many_options, "MOST", 3)
    monkeypatch.setattr(find_school, "SHOWN", 2)
    at_store(few_store)
    app = open_page("", lang="en")
    assert not app.exception and find_school.FOUND not in [box.key for box in app.selectbox]
    names = [school.name for school in read_schools(Store(few_store).current())]

    def links() -> set[str]:
        return {name for name in names if f">{name}</a>" in "".join(markup(app))}

    before = links()
    whole = next(name for name in names if name not in before)
    app.text_input(key=find_school.WRITTEN).set_value(whole[:-4].upper()).run()
    assert links() - before == {whole}
    app.text_input(key=find_school.WRITTEN).set_value("skolan").run()
    assert "More are called so" in "".join(markup(app)) and len(links() - before) <= 2
    app.text_input(key=find_school.WRITTEN).set_value("nobody's").run()
    assert "Nothing here is called so." in "".join(markup(app)) and links() == before


def test_another_school_is_chosen_among_those_that_are_called_so(few_store, at_store, open_page, monkeypatch):
    monkeypatch.setattr(many_options, "MOST", 3)
    at_store(few_store)
    one, other = [school for school in read_schools(Store(few_store).current()) if school.name.endswith("skolan")][:2]
    app = open_page("skola", school=one.id)
    assert not app.exception
    assert (
        app.selectbox(key="choice_school").options == [one.name] and app.multiselect(key="choice_similar").options == []
    )
    app.text_input(key="written_similar").set_value(other.name).run()
    assert app.multiselect(key="choice_similar").options == [other.name]
    app.text_input(key="written_school").set_value(other.name).run()
    box = app.selectbox(key="choice_school")
    assert box.options == [one.name, other.name] and box.value == one.id
    box.set_value(other.id).run()
    assert not app.exception and app.query_params["school"] in (other.id, [other.id])
    assert app.selectbox(key="choice_school").value == other.id
