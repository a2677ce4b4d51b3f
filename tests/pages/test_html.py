"""Texts are escaped wherever HTML is made, and nothing else is shown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pages.ui import head, html, notices
from pages.ui.content import Fold
from pages.ui.drawings import LARGE
from tests.pages.reading import fetched

EVIL = '<img src=x onerror="alert(1)">\' & co'


class Read(HTMLParser):
    """What a browser finds: the tags with their attributes, and the text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(str(source))  # Markup escapes what it is added to
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(
    "made",
    [
        html.note(EVIL),
        html.note(html.element("strong", EVIL), " ", EVIL),
        html.lines([EVIL, EVIL]),
        html.joined([Markup("<b></b>"), EVIL], EVIL),
        html.listed([EVIL, html.note(EVIL)]),
        html.table(html.element("tr", html.element("th", EVIL)), [html.element("tr", EVIL)], caption=EVIL),
        html.link(EVIL, EVIL),
        html.link(EVIL, EVIL, EVIL),
        html.fold(EVIL, EVIL),
        html.link_beside(EVIL, EVIL),
        html.note("a") + EVIL,
        html.answer(EVIL) + html.section_title(EVIL),
    ],
)
def test_a_text_is_a_text_wherever_it_stands(made):
    found = Read(made)
    assert EVIL in found.text and not any(tag == "img" for tag, _ in found.tags)
    assert not any("onerror" in attributes for _, attributes in found.tags)


@given(st.text(), st.text())
def test_any_text_and_any_attribute_is_read_as_it_was_given(text, value):
    text, value = (part.replace("\r", "").replace("\0", "") for part in (text, value))  # no HTML can hold them
    found = Read(html.element("p", text, class_=value))
    assert found.text == text and found.tags == [("p", {"class": value})]


def test_elements_stand_within_each_other():
    inner = html.element("b", "x")
    assert html.element("p", "1 < 2 ", inner, class_="k", id="a") == '<p class="k" id="a">1 &lt; 2 <b>x</b></p>'
    assert html.table(inner, [inner]) == (
        '<div class="kd-scroll" tabindex="0">'  # the keyboard scrolls it too
        '<table class="kd-table"><thead><b>x</b></thead><tbody><b>x</b></tbody></table></div>'
    )


@pytest.mark.parametrize("plain", ["<p>text</p>", f"{html.note('a')}", str(html.note("a"))])
def test_a_plain_text_is_not_shown(monkeypatch, plain):
    monkeypatch.setattr(html.st, "html", lambda *_, **__: pytest.fail("shown"))
    monkeypatch.setattr(html, "_drawn", lambda *_, **__: pytest.fail("drawn"))
    with pytest.raises(TypeError):
        html.show(plain)
    with pytest.raises(TypeError):
        html.draw(plain, "key")


def test_what_is_made_is_shown_and_no_script_runs_unless_it_is_let(monkeypatch):
    shown = []
    monkeypatch.setattr(html.st, "html", lambda body, **options: shown.append((body, options)))
    html.show(html.note("a"))
    html.show(html.script("x()"), scripts=True)
    assert shown == [
        ('<p class="kd-note">a</p>', {"unsafe_allow_javascript": False}),
        ("<script>x()</script>", {"unsafe_allow_javascript": True}),
    ]
    assert all(type(body) is str for body, _ in shown)


@pytest.mark.parametrize("clicked", [{}, {"go": "skola?school=a"}])
def test_what_is_made_is_drawn_and_a_link_in_it_that_was_clicked_is_followed(monkeypatch, clicked):
    drawn, followed = [], []
    monkeypatch.setattr(html, "_drawn", lambda **told: drawn.append(told) or clicked)
    monkeypatch.setattr(html.ways, "follow", followed.append)
    html.draw(html.note("a"), "here")
    (told,) = drawn
    sent = {"after": '<p class="kd-note">a</p>'}
    assert (told["key"], told["data"], told["on_go_change"]) == ("here", sent, html.ways.noted)
    assert type(told["data"]["after"]) is str and followed == [clicked.get("go")]


def test_what_is_large_is_sent_as_its_address_until_a_browser_could_not_fetch_one(monkeypatch):
    sent, large = [], html.note("a" * LARGE)
    monkeypatch.setattr(html.st, "session_state", {})
    monkeypatch.setattr(html, "_drawn", lambda **told: sent.append(told) or {})
    html.draw(large, "here", before=html.note("b"), after=html.note("c"))
    told = sent[0]["data"]
    assert (told["before"], told["after"]) == ('<p class="kd-note">b</p>', '<p class="kd-note">c</p>')
    assert fetched(told) == html.note("b") + large + html.note("c")
    sent[0]["on_lost_change"]()
    html.draw(large, "here", before=html.note("b"), after=html.note("c"))
    assert sent[1]["data"] == {"after": html.note("b") + large + html.note("c")}


def test_a_style_sheet_and_a_script_cannot_end_by_themselves():
    with pytest.raises(ValueError):
        html.style("p {} </style><script>")
    with pytest.raises(ValueError):
        html.script("</script><img>")


class Closed:
    """A fold that nobody has opened."""

    open = False


def test_names_in_labels_are_shown_as_they_are(monkeypatch):
    """Streamlit reads Markdown in the labels of what folds, and in what it tells."""
    labels: list[str] = []
    evil = "[x](http://evil.example) **b** $x$ :red[y] www.evil.example a@evil.example `c` ~~d~~ <u> \\[e]"
    monkeypatch.setattr("streamlit.popover", lambda label, **named: labels.append(label) or Closed())
    head._fold("subject", evil, ())
    monkeypatch.setattr("streamlit.expander", lambda label, *given, **named: labels.append(label) or Closed())
    notices.draw_folded(None, Fold("k", evil, lambda ask: None), "imported")
    told = notices._label("q?", evil)
    assert told.startswith("q? :gray[") and told.endswith("]")
    labels.append(told.removeprefix("q? :gray[").removesuffix("]"))
    assert len(labels) == 3
    assert not any(re.search(r"(?<!\\)([\[\]*$`~<@]|:/|(?<=www)\.)", label) for label in labels)
    plain = "Mål 1: Skolan (åk 1-3) har en_plan, kl. 15"
    assert html.unmarked(plain) == plain
