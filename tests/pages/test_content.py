"""Every picture, table, sentence and badge of a large sample of the pages there are."""

from __future__ import annotations

import re

import plotly.graph_objects as go
import pytest

from analytics.charts.colours import SCHOOL
from analytics.charts.style import mean_colour
from analytics.model.frameworks import Framework
from analytics.model.provenance import Missing, Provenance
from pages.ui import notices
from pages.ui.phrases import axis_of
from pages.ui.smaller_plotly import KINDS
from tests.charts.reading import hard_to_see
from tests.pages.composing import NOTABLE, Composed, compose_pages
from tests.sampling import NIGHTLY, sample

ACROSS, UP = "xaxis", "yaxis"  # the axis that bears the levels
LEVEL_AXIS = {
    "area_trend": UP,
    "school_trend": UP,
    "criterion_trend": UP,
    "areas": ACROSS,
    "change": ACROSS,
    "city_change": ACROSS,
    "crosswalk": ACROSS,
    "criterion_funnel": UP,
    "gaps": UP,
    "criteria": ACROSS,
    "criteria_now": ACROSS,
    "criterion_spread": ACROSS,
    "dots": ACROSS,
    "funnel": UP,
    "needs": ACROSS,
    "findings": ACROSS,
    "learn_from": ACROSS,
    "help": ACROSS,
}
NO_LEVEL_AXIS = {"answers", "criterion_answers", "goal_by_round", "heat", "places", "ready", "forecast"}
NO_LEVEL_AXIS |= {"register", "road", "course"}
NO_LEVEL_AXIS |= {"goals_by_area", "actions_by_role", "worked_on", "central_activities"}
AXIS_TITLE = {"places"}  # which end is the highest
# Which schools are alike; readiness where every criterion is sure; each school's findings; a register of labels alone.
WORDS_ALONE = {"answers", "similar", "ready", "differences", "register"}


@pytest.fixture(scope="module")
def pages(asks) -> list[Composed]:
    return compose_pages(asks, most=NIGHTLY)


def blocks_of(pages, *keys):
    """(name, ask, block) of the blocks with a picture and with these keys, or of all."""
    pictured = [(name, page.ask, block) for page in pages for name, block in page.blocks if block.figure is not None]
    return [found for found in pictured if not keys or found[2].key in keys]


def by_kind(pages) -> dict[str, list[tuple]]:
    """Key -> (name, block) of each picture with it."""
    kinds: dict[str, list[tuple]] = {}
    for name, _, block in blocks_of(pages):
        kinds.setdefault(block.key, []).append((name, block))
    return kinds


def framework_of(name: str, ask) -> Framework:
    return ask.catalogue.framework(name.split("/")[1])


def test_the_sample_has_every_framework_round_criterion_and_language_and_schools_enough(pages, asks):
    catalogue = asks["sv"].catalogue
    said = {tuple(page.name.split("/")) for page in pages}
    rounds = {(found.framework, str(found.year)) for found in catalogue.rounds}
    for page in ("oversikt", "skolor", "skola", "certifiering", "stod"):
        assert {name[1:3] for name in said if name[0] == page} == rounds
    answered = {school.id for school in catalogue.schools if school.provenance is Provenance.SYNTHETIC}
    shown = {name[3] for name in said if name[0] == "skola"}
    assert shown <= answered, "the published schools have no answers"
    assert shown >= set(NOTABLE) and len(shown) >= len(answered) * (1 if NIGHTLY else 0.1)
    asked = {(f, c.id) for f, _ in rounds for c in catalogue.framework(f).criteria}
    criteria = {name for name in said if name[0] == "kriterier"}
    all_of_them = {name for name in criteria if len(name) == 4}  # the page of all criteria names none
    assert {name[1:3] for name in all_of_them} == rounds
    assert {(name[1], name[3]) for name in criteria - all_of_them} == asked
    for page in ("oversikt", "skolor", "skola", "kriterier", "certifiering", "stod", "lara"):
        assert {name[-1] for name in said if name[0] == page} == {"sv", "en"}


def test_plotly_accepts_every_property_of_every_picture(pages):
    """The app skips this check at each visit, so it must be made here, on one in 48 of each kind."""
    for drawn in by_kind(pages).values():
        for name, block in sample(drawn, 48):
            assert block.figure.to_dict() == go.Figure.to_dict(block.figure), "nothing in it need be packed"
            try:
                go.Figure(block.figure.to_dict())
            except ValueError as error:
                pytest.fail(f"{name}: {error}")


def test_a_fold_s_label_says_in_a_few_words_what_the_fold_says(pages):
    """Each number of it stands in the fold's headline, in its table or in what is read out of it."""
    short = [
        (name, page, folded.short, block)
        for page in pages
        for folded in page.content.blocks
        for name, block in page.blocks
        if folded.short and block.key == folded.key and name == f"{page.name}/{folded.key}"
    ]
    assert len({block.key for _, _, _, block in short}) > 15
    for name, page, told, block in short:
        assert len(told) <= 60, (name, told)
        within = " ".join([block.headline, block.alt, block.note])
        figures = set(re.findall(r"\d+(?:[.,]\d+)?", within))
        if block.table:
            figures |= {
                figure
                for row in block.table.written(page.ask.say)
                for cell in row
                for figure in re.findall(r"\d+(?:[.,]\d+)?", str(cell))
            }
            figures.add(str(len(block.table.rows)))
        else:
            figures.add(str((block.drawing or "").count("<h3")))  # a school each
        missing = {figure for figure in re.findall(r"\d+(?:[.,]\d+)?", told) if figure != "0"} - figures
        assert not missing, (name, told, missing)


def test_pictures_are_of_kinds_that_the_browser_is_sent_what_draws(pages):
    for name, _, block in blocks_of(pages):
        kinds = {trace.get("type", "scatter") for trace in block.figure.to_dict()["data"]}
        assert kinds <= {"scatter", *KINDS}, name


def test_every_block_is_a_picture_of_a_kind_that_these_tests_know(pages):
    assert {block.key for _, _, block in blocks_of(pages)} == set(LEVEL_AXIS) | NO_LEVEL_AXIS
    without = [(name, block) for page in pages for name, block in page.blocks]
    without = [(name, block) for name, block in without if block.figure is None and block.drawing is None]
    assert {block.key for _, block in without} <= WORDS_ALONE, "the others are pictures"


def test_no_picture_has_a_title_or_a_legend_or_is_without_marks(pages):
    for name, _, block in blocks_of(pages):
        figure = block.figure.to_dict()
        layout = figure["layout"]
        assert "title" not in layout and not layout["showlegend"], name
        titled = any("title" in layout.get(axis, {}) for axis in ("xaxis", "yaxis"))
        assert titled == (block.key in AXIS_TITLE), name
        assert figure["data"], name


def test_pictures_of_levels_show_the_whole_scale_with_its_names(pages):
    for name, ask, block in blocks_of(pages, *LEVEL_AXIS):
        framework, layout = framework_of(name, ask), block.figure.to_dict()["layout"]
        axis = layout[LEVEL_AXIS[block.key]]
        assert axis["range"][0] <= framework.scale_min and axis["range"][1] >= framework.scale_max, name
        written = " ".join([*axis["ticktext"], *(a["text"] for a in layout["annotations"])]).replace("<br>", " ")
        for level in framework.labels(ask.say.language):
            assert level in written, (name, level)


def test_pictures_of_levels_have_one_goal_line_and_it_is_named(pages):
    for name, ask, block in blocks_of(pages, *LEVEL_AXIS):
        framework, layout = framework_of(name, ask), block.figure.to_dict()["layout"]
        ends = ("x0", "x1", "yref") if LEVEL_AXIS[block.key] == ACROSS else ("y0", "y1", "xref")
        at_goal = [
            shape
            for shape in layout["shapes"]
            if shape[ends[0]] == shape[ends[1]] == framework.goal.level
            and shape.get(ends[2]) == "paper"
            and shape["line"].get("dash") == "dash"
        ]
        assert len(at_goal) == 1, name
        goal = {"sv": "mål", "en": "goal"}[ask.say.language]
        named = [*layout[LEVEL_AXIS[block.key]]["ticktext"], *(a["text"] for a in layout["annotations"])]
        assert any(text.replace("<br>", " ").endswith(f"{goal}</b>") for text in named), name


def test_bars_of_answers_are_aligned_at_the_goal_and_say_which_side_is_which(pages):
    sides = {"sv": ("under", "målnivå eller över"), "en": ("below the goal", "at the goal or above")}
    for name, ask, block in blocks_of(pages, "answers", "criterion_answers"):
        figure = block.figure.to_dict()
        below = framework_of(name, ask).goal.level - framework_of(name, ask).scale_min
        for level, trace in enumerate(figure["data"]):
            assert all(x <= 0 if level < below else x >= 0 for x in trace["x"]), (name, level)
        texts = " ".join(a["text"] for a in figure["layout"]["annotations"])
        assert all(side in texts for side in sides[ask.say.language]), name


def test_texts_read_and_marks_are_seen_on_white_and_in_the_dark(pages):
    """A dozen of each kind: their colours come from a few lines each (tests/charts draws what is rare)."""
    for drawn in by_kind(pages).values():
        for name, block in sample(drawn, max(len(drawn) // 12, 1)):
            assert hard_to_see(block.figure.to_dict()) == set(), (name, block.key)


def test_every_shade_of_a_heat_map_is_its_figures(pages):
    """To two decimals, which are what is written: a figure that is as near another shade may have that one."""
    for name, ask, block in sample(blocks_of(pages, "heat"), 9):
        axis = axis_of(framework_of(name, ask), ask.say)
        data = block.figure.to_dict()["data"]
        texts = [trace for trace in data if trace.get("mode") == "text"]
        written = {(x, y): text for t in texts for x, y, text in zip(t["x"], t["y"], t["text"], strict=True)}
        cells = {
            (x, base + 0.5): trace["marker"]["color"]
            for trace in data
            if trace["type"] == "bar"
            for x, base in zip(trace["x"], trace["base"], strict=True)
        }
        assert cells.keys() == written.keys(), name
        for at, shade in cells.items():
            mean = float(written[at].lstrip("≤≥").replace(",", "."))
            assert shade in {mean_colour(axis, mean + off) for off in (-0.005, 0, 0.005)}, (name, at)


def test_every_mark_lies_within_the_scale(pages):
    plain = LEVEL_AXIS.keys() - {"gaps"}  # its bars are a base and a height, and its second panel has another axis
    for name, ask, block in blocks_of(pages, *plain):
        framework, along = framework_of(name, ask), {"xaxis": "x", "yaxis": "y"}[LEVEL_AXIS[block.key]]
        marks = [v for trace in block.figure.to_dict()["data"] for v in trace[along] if v is not None]
        assert all(framework.scale_min <= v <= framework.scale_max for v in marks), name


def test_every_picture_has_words_and_figures_beside_it(pages):
    for name, ask, block in [(name, page.ask, block) for page in pages for name, block in page.blocks]:
        assert block.headline, name
        if block.table is None:  # words alone
            assert block.drawing and block.figure is None, name
            continue
        assert len(block.alt) > 40 and block.alt != block.headline, name
        assert block.table.rows, name
        headings = [column.heading for column in block.table.columns]
        assert all(headings) and len(set(headings)) == len(headings), (name, headings)
        assert all(len(row) == len(headings) for row in block.table.rows), name
        for row in block.table.written(ask.say):
            assert all(isinstance(cell, str) for cell in row), name
            assert not any(re.search(r"\b(None|nan|inf)\b|Missing\.", cell) for cell in row), (name, row)


def number_in(mean: float | str) -> float:
    """Few answers' mean is told in words: 3,5 or higher."""
    return float(re.findall(r"\d[,.]\d+", mean)[0].replace(",", ".")) if isinstance(mean, str) else mean


def test_tables_hold_figures_where_pictures_do(pages):
    """As many own means in the table as dots with that colour in the picture."""
    for name, _, block in blocks_of(pages, "areas", "criteria"):
        heading = {"sv": "Medelvärde", "en": "Mean"}[name.split("/")[-2]]
        place = [column.heading for column in block.table.columns].index(heading)
        written = [row[place] for row in block.table.rows if not isinstance(row[place], Missing)]
        means = [number_in(mean) for mean in written]
        solid = [t for t in block.figure.to_dict()["data"] if t.get("marker", {}).get("symbol") == "circle"]
        assert [x for trace in solid for x in trace["x"]] == means, name


def test_texts_are_whole_sentences_without_holes(pages):
    """A placeholder left open, a value that is None (but "None of them"), two full stops, a space before a comma, a
    full stop before a semicolon."""
    hole = re.compile(r"[{}]|\bNone\b(?! of )|\bnan\b|\.\.(?!\.)|  | [,.;](?!\d)|\(\)|^\W*$|[.!?] ?;")
    for page in pages:
        texts = [page.content.answer, *page.content.notices]
        texts += [text for f in page.content.figures for text in (f.label, f.value)]
        texts += [text for _, block in page.blocks for text in (block.headline, block.alt, block.note) if text]
        for text in texts:
            assert not hole.search(text), (page.name, text)


def test_hover_texts_have_no_holes(pages):
    hole = re.compile(r"[{}]|\bNone\b(?! of )|\bnan\b|^[\s(<;,]|<br>$")
    for name, _, block in blocks_of(pages):
        for trace in block.figure.to_dict()["data"]:
            for text in flat(trace.get("hovertext", ())):
                assert not hole.search(text), (name, text)


def test_every_dot_and_bar_says_something_on_hovering(pages):
    for name, _, block in blocks_of(pages):
        for trace in block.figure.to_dict()["data"]:
            if trace.get("hoverinfo") == "text":
                values = trace["x" if trace["type"] == "bar" else "y"]
                for value, text in zip(values, trace["hovertext"], strict=True):
                    assert text or value is None, name


def test_key_figures_are_four_at_most_and_each_is_compared_with_something(pages):
    for page in pages:
        assert len(page.content.figures) <= 4, page.name
        assert all(f.label and f.value for f in page.content.figures), page.name


def test_numbers_are_written_as_the_language_writes_them(pages):
    """No decimal point in Swedish prose, no decimal comma in English."""
    wrong = {"sv": re.compile(r"\d\.\d"), "en": re.compile(r"\d,\d(?!\d\d)")}
    for page in pages:
        texts = [page.content.answer, *page.content.notices, *(f.value for f in page.content.figures)]
        texts += [text for _, block in page.blocks for text in (block.headline, block.alt)]
        for text in texts:
            assert not wrong[page.ask.say.language].search(text), (page.name, text)


def test_every_page_of_demo_data_bears_the_badge(pages):
    """From 2022 the register has three certifications that are published facts: there a part is synthetic."""
    words = {"sv": "Syntetiska data", "en": "Synthetic data"}
    partly = {"sv": "Delvis syntetiska data", "en": "Partly synthetic data"}
    for page in pages:
        mixed = page.name.startswith("certifiering/vebs-2022/")
        assert page.content.provenance == ("mixed" if mixed else "synthetic"), page.name
        badge = notices.provenance_badge(page.content.provenance, page.ask.say)
        assert (partly if mixed else words)[page.ask.say.language] in badge


def test_no_line_holds_points_of_two_frameworks_unless_the_criterion_is_the_same(pages):
    identical = reworded = 0
    for name, ask, block in blocks_of(pages, "area_trend", "school_trend", "criterion_trend"):
        framework = framework_of(name, ask)
        change = framework.criterion(name.split("/")[3]).change if "kriterier" in name else None
        for trace in block.figure.to_dict()["data"]:
            years = [round(x) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None]
            both = min(years, default=framework.valid_from) < framework.valid_from <= max(years, default=0)
            if not both:
                continue
            if trace["line"].get("dash") == "dot":
                assert change == "reworded" and len(years) == 2, name
                reworded += 1
            else:
                assert change == "identical", name
                identical += 1
    assert identical and reworded, "the sample has criteria of both sorts"


def test_a_reworded_criterion_has_exactly_one_dotted_link(pages):
    seen = 0
    for name, ask, block in blocks_of(pages, "criterion_trend"):
        criterion = framework_of(name, ask).criterion(name.split("/")[3])
        dotted = [t for t in block.figure.to_dict()["data"] if t["line"].get("dash") == "dot"]
        assert len(dotted) == (criterion.change == "reworded" and bool(criterion.previous)), name
        seen += len(dotted)
    assert seen


def test_the_schools_line_is_the_one_in_front(pages):
    for name, _, block in blocks_of(pages, "school_trend"):
        own = [trace["line"].get("color") == SCHOOL for trace in block.figure.to_dict()["data"]]
        assert own == sorted(own), name


def flat(texts) -> list[str]:
    return [one for text in texts for one in (flat(text) if isinstance(text, (list, tuple)) else [text])]
