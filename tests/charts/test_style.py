"""What every picture shares: labels kept apart, texts broken, the ramp that turns at the goal, words that read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.charts import style
from analytics.charts.style import LevelAxis, kept_apart, level_colours, mean_colour, text_on, wrapped
from tests.charts.colours import contrast

LOW, HIGH = 1.0, 4.0
PLACES = st.floats(LOW, HIGH)
SIZES = st.floats(0.01, 0.4)
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
SCALES = [(lowest, levels, goal) for lowest in (0, 1) for levels in range(2, 11) for goal in range(levels)]
THINGS = st.lists(st.tuples(PLACES, SIZES), max_size=7)


def axis(levels: int, goal: int, lowest: int = 1) -> LevelAxis:
    """A scale with its goal at a place counted from 0."""
    return LevelAxis(lowest, tuple(f"Level {i}" for i in range(levels)), lowest + goal, "The goal")


@given(THINGS)
@example([(4.0, 0.4)] * 7)
@example([(1.0, 0.4)] * 7)
@example([(2.0, 0.3), (2.1, 0.3), (3.9, 0.3), (4.0, 0.3)])
def test_things_kept_apart_keep_their_order_within_the_limits_and_do_not_overlap(things):
    values, sizes = [v for v, _ in things], [s for _, s in things]
    placed = kept_apart(values, sizes, LOW, HIGH)
    assert len(placed) == len(values)
    order = sorted(range(len(values)), key=lambda i: (values[i], i))
    for below, above in pairwise(order):
        assert placed[above] >= placed[below]
    if sum(sizes) - (sizes[order[0]] + sizes[order[-1]]) / 2 <= HIGH - LOW if things else False:
        assert all(LOW - 1e-9 <= place <= HIGH + 1e-9 for place in placed)
        for below, above in pairwise(order):
            assert placed[above] - placed[below] >= (sizes[above] + sizes[below]) / 2 - 1e-9


@given(st.lists(PLACES, min_size=1, max_size=5))
def test_things_that_have_room_stay_where_they_are(values):
    apart = sorted(values)
    if all(after - before >= 0.2 for before, after in pairwise(apart)):
        assert kept_apart(apart, [0.1] * len(apart), LOW, HIGH) == pytest.approx(apart)


def test_nothing_to_keep_apart():
    assert kept_apart([], [], LOW, HIGH) == []


@given(st.text(max_size=200), st.integers(5, 60), st.integers(1, 4))
def test_wrapped_text_has_no_more_lines_than_asked_for(text, width, lines):
    assert wrapped(text, width, lines).count("\n") < lines


def test_wrapped_text_breaks_between_words_and_says_where_it_ends_early():
    assert wrapped("Digitala verktyg i undervisningen", 17) == "Digitala verktyg\ni undervisningen"
    assert wrapped("Digitala verktyg i all undervisning varje dag", 17, 2).endswith("…")
    assert wrapped("Kommunikationsinfrastruktur", 11) == "Kommunikationsinfrastruktur"


def test_wrapped_text_that_ends_early_keeps_something_of_a_long_last_word():
    """An ellipsis alone tells nothing."""
    assert wrapped("Arbetsmiljöverksamhetsutveckling och samverkan", 17, 1) not in ("…", " …", "")


@pytest.mark.parametrize(("lowest", "levels", "goal"), SCALES)
def test_a_scale_has_a_colour_a_level_and_turns_at_the_goal(lowest, levels, goal):
    colours = level_colours(axis(levels, goal, lowest))
    assert len(colours) == levels
    below, above = colours[:goal], colours[goal:]
    assert all(red(colour) > blue(colour) for colour in below)
    assert all(blue(colour) > red(colour) for colour in above)
    assert len(set(colours)) == levels


@pytest.mark.parametrize(("lowest", "levels", "goal"), SCALES)
def test_the_shade_of_a_mean_turns_at_the_goal_and_is_stronger_further_from_it(lowest, levels, goal):
    scale = axis(levels, goal, lowest)
    shades = [(lowest + n * (levels - 1) / 90, n) for n in range(91)]
    colours = [mean_colour(scale, mean) for mean, _ in shades]
    for (mean, _), colour in zip(shades, colours, strict=True):
        assert (blue(colour) > red(colour)) == (mean >= scale.goal), (mean, colour)
    below = [contrast(c, "#FFFFFF") for c in colours if red(c) > blue(c)]
    above = [contrast(c, "#FFFFFF") for c in colours if red(c) < blue(c)]
    assert below == sorted(below, reverse=True) and above == sorted(above)
    assert mean_colour(scale, scale.levels[-1]) != mean_colour(scale, lowest)


def test_the_house_scale_has_the_house_colours():
    assert level_colours(axis(4, 2)) == ["#9A3F0A", "#F0BC85", "#4587BB", "#123F6D"]


def test_neighbouring_levels_can_be_told_apart_in_grey_print():
    assert all(contrast(a, b) >= 2.2 for a, b in pairwise(level_colours(axis(4, 2))))


@given(COLOURS)
@example("#4587BB")
@example("#777777")
def test_text_on_any_colour_reads(colour):
    assert contrast(text_on(colour), colour) >= 4.5


def test_ticks_are_level_names_and_the_goal_is_named_at_its_own():
    ticks = LevelAxis(1, ("Påbörjad", "Aktiverad", "Trygg", "Välutvecklad"), 3, "Trygg – mål").ticks()
    assert ticks == ["Påbörjad", "Aktiverad", "<b>Trygg – mål</b>", "Välutvecklad"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_figure_writes_numbers_as_the_language_does_and_has_no_title_or_legend(language):
    layout = style.figure([], height=100, margin=(0, 0, 0, 0), language=language).to_dict()["layout"]
    assert layout["separators"] == {"sv": ", ", "en": ".,"}[language]
    assert not layout["showlegend"] and "title" not in layout


def red(colour: str) -> int:
    return int(colour[1:3], 16)


def blue(colour: str) -> int:
    return int(colour[5:7], 16)


def test_writing_a_picture_out_for_a_person_leaves_it_as_it_is():
    picture = style.figure([], height=100, margin=(0, 0, 0, 0), language="sv")
    before = dict(picture.to_dict()["layout"])
    assert "Picture" in repr(picture) and picture.to_dict()["layout"] == before


def test_a_goal_s_long_name_is_broken_like_the_others():
    """It stood on one line, and a picture's edge took its beginning."""
    ticks = LevelAxis(1, ("Inte påbörjat", "På väg", "I huvudsak uppnått"), 3, "I huvudsak uppnått – mål").ticks()
    assert ticks == ["Inte\npåbörjat", "På väg", "<b>I huvudsak\nuppnått\nmål</b>"]
