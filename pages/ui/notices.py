"""Drawing: a page's answer, its key figures, its blocks (picture, table, download), what must be said of the data."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from analytics.charts.style import CONFIG
from analytics.model.provenance import Provenance
from analytics.words.language import Words
from analytics.words.provenance import provenance_warning
from pages.ui import access, html
from pages.ui.content import Ask, Block, Content, Fold, KeyFigure, Subject, Ways
from pages.ui.downloads import table_and_files
from pages.ui.labels import kept_open
from pages.ui.phrases import upper_first
from pages.ui.replayed import replayed

PICTURE_AND_WAYS, ROWS_AND_WAYS = (2.2, 1), (3.8, 1)  # parts of the page's width
MANY = 3  # folds
NOTHING = Subject()  # but the page itself


def draw(ask: Ask, content: Content) -> None:
    """The page below its head, as it was sent before where nobody has opened anything."""
    # What is large is told by what it is, as it lives as long as what is kept; the rest by what it says.
    large = (content.first, content.table, *content.blocks)
    small = (content.answer, content.provenance, content.figures, content.beside, content.notices, content.about)
    key = (ask, html.sent_whole(), *map(id, large), *small)
    replayed(key, large, lambda: _draw(ask, content))


def _draw(ask: Ask, content: Content) -> None:
    badge = provenance_badge(content.provenance, ask.say)
    answer = badge + html.answer(content.answer) + key_figures_html(content.figures) + _jumps(content, ask.say)
    if any(figure.course for figure in content.figures):
        html.draw(html.element("div", answer, class_="kd-drawn"), "answer")
    else:
        html.show(answer)
    if content.first and content.beside:
        left, right = st.columns(PICTURE_AND_WAYS if content.first.figure else ROWS_AND_WAYS, gap="medium")
        with left:
            draw_block(ask, content.first, content.provenance, content.about)
        with right:
            html.show(_beside(content))
    elif content.first:
        draw_block(ask, content.first, content.provenance, content.about)
    elif content.beside:
        html.show(_beside(content))
    if content.table:
        draw_block(ask, content.table, content.provenance, content.about)
    _folds(ask, content)
    small_print(content.notices)


def _folds(ask: Ask, content: Content) -> None:
    """What is folded, one beside another where there is room; of many below a heading of their own."""
    if len(content.blocks) >= MANY:
        html.show(html.element("h2", ask.say("In depth"), class_="kd-section kd-deeper"))
    with st.container(key="folds"):
        for block in content.blocks:
            draw_folded(ask, block, content.provenance, content.about)


def small_print(said: Sequence[str]) -> None:
    """What must be said of the data, a line each; nothing where there is nothing."""
    if said:
        html.show(html.joined(map(html.note, said)))


def draw_folded(ask: Ask, block: Block | Fold, provenance: str, about: Subject = NOTHING) -> None:
    """A block behind its title: sent, and of a Fold made, when somebody opens it."""
    title = block.title if isinstance(block, Fold) else block.title or block.headline
    fold = kept_open(_label(title, block.short), key=f"more_{block.key}", type="compact")
    if fold.open:
        with fold:
            draw_block(ask, block, provenance, about)


def _label(title: str, short: str) -> str:
    """What a closed fold is called, and in a few words what it answers."""
    if not short:
        return html.unmarked(title)
    told = html.unmarked(upper_first(short) if title.endswith("?") else short)
    return f"{html.unmarked(title)}{'' if title.endswith('?') else ':'} :gray[{told}]"


def draw_block(ask: Ask, asked: Block | Fold, provenance: str, about: Subject = NOTHING) -> None:
    """A picture with its answer as headline, how to read it below; folded, its text alternative, table and files."""
    block: Block = access.composed(asked.compose, ask, *asked.parameters) if isinstance(asked, Fold) else asked
    say = ask.say
    if block.drawing is not None:
        html.draw(block.drawing, f"drawn_{block.key}", before=_headline(block), after=_beneath(block, say))
    else:
        html.show(_headline(block))
    if block.figure is not None:
        frame = st.container(key=f"wide_{block.key}") if block.wide else st
        frame.plotly_chart(block.figure, theme=None, config=CONFIG, alt=block.alt, key=f"chart_{block.key}")
    if block.drawing is None and (beneath := _beneath(block, say)):
        html.show(beneath)
    if block.table is None:
        return
    label = say("Table and data") if block.figure is None else say("Table, picture and data")
    fold = kept_open(label, key=f"fold_{block.key}", type="compact")
    if fold.open:  # what nobody has opened is neither made nor sent
        with fold:
            table_and_files(ask, block, block.table, provenance, about)


def _jumps(content: Content, say: Words) -> Markup:
    """The ways on that stand above the picture; and on a phone, where lists stand below it and not beside it, the way
    down to each, and to the table."""
    links = [
        html.element("a", ways.more.text, href=ways.more.address, target="_self", class_="kd-on")
        for ways in content.beside
        if ways.more and ways.above
    ]
    places = [(f"beside-{n}", ways.heading.partition(":")[0]) for n, ways in enumerate(content.beside)]
    if content.first and places:
        if content.table:
            places.append((f"block-{content.table.key}", say("The table")))
        links += [html.element("a", text, href=f"#{place}") for place, text in places]
    if not links:
        return Markup()
    return html.element("nav", *links, class_="kd-jumps", **{"aria-label": say("From here")})


def _beside(content: Content) -> Markup:
    return html.joined(_ways(ways, f"beside-{n}") for n, ways in enumerate(content.beside))


def _ways(ways: Ways, place: str) -> Markup:
    """A heading, and a line each: a link and why. What is folded opens without asking the server; the way to all of it
    stands below."""
    lines = (
        html.element("li", html.link(way.text, way.address), html.element("span", way.note, class_="kd-why"))
        for way in ways.ways
    )
    more = Markup()
    if ways.more and not ways.above:
        more = html.element("p", html.link(ways.more.text, ways.more.address), class_="kd-note kd-further")
    heading = html.element("h2", ways.heading, class_="kd-section")
    if ways.folded:
        summary = html.element("summary", heading)
        return html.element("details", summary, html.element("ul", *lines), class_="kd-ways", id=place) + more
    return html.element("section", heading, html.element("ul", *lines), more, class_="kd-ways", id=place)


def _headline(block: Block) -> Markup:
    kind = "kd-headline" if block.figure is not None else "kd-headline kd-words"  # words and a table alone
    return html.element("h2", block.headline, class_=kind, id=f"block-{block.key}")


def _beneath(block: Block, say: Words) -> Markup:
    """What the marks are and how to read them, in small print."""
    said = (block.rest or Markup()) + (html.note(block.note) if block.note else Markup())
    if block.reading:
        said += html.fold(say("How to read the picture"), block.reading)
    if block.wide:
        narrow = say("The picture needs a wider screen. Choose an area above, or open the table.")
        said += html.element("p", narrow, class_="kd-note kd-narrow")
    return said


def provenance_badge(provenance: str, say: Words) -> Markup:
    """What must be said of where the figures come from; nothing where they were imported."""
    text = provenance_warning(Provenance(provenance), say)
    if not text:
        return Markup()
    return html.element("p", html.element("span", text, class_="kd-badge"), style="margin:0 0 .5rem")


def empty_state(say: Words, text: str, hint: str) -> None:
    """Nothing to show, why, and what to do."""
    st.info(f"**{text}** {hint}", icon=":material/info:")


def key_figures_html(figures: tuple[KeyFigure, ...]) -> Markup:
    """At most four figures in a row; nothing where there are none."""
    if not figures:
        return Markup()
    return html.element("dl", *map(_key_figure, figures), class_="kd-figures")


def _key_figure(figure: KeyFigure) -> Markup:
    return html.element(
        "div",
        html.element("dt", figure.label),
        html.element("dd", figure.value, figure.course or "", class_="value"),
        html.element("dd", figure.note, class_="note"),
    )
