"""The remarks on a year's report by what causes them: each cause once, with the projects it concerns as links."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from analytics.funding.checks.report import Remark
from analytics.model.funding import Weight
from analytics.words.funding import REMARKS
from analytics.words.labels import WEIGHT
from analytics.words.remarks import REMARK_KIND, acknowledged_in_words, earlier_in_words
from pages.funding.ways import project_address, project_links
from pages.ui import html
from pages.ui.content import Ask

REMARKS_AT = "remarks"
"""The place on the page, as addresses end in it."""


def remarks_html(ask: Ask, remarks: Sequence[Remark], titles: dict[str, str]) -> Markup:
    """The open remarks, the heaviest first; those for information alone and those acknowledged are folded.
    `titles`: project id -> title."""
    say = ask.say
    parts = [html.section_title(say.marked(REMARKS))]
    open_ = [remark for remark in remarks if not remark.acknowledged]
    done = [remark for remark in remarks if remark.acknowledged]
    if not open_:
        told = say("All that was remarked on is acknowledged.") if done else say("Everything adds up.")
        parts.append(html.element("p", told))
    for weight in Weight:
        own = [remark for remark in open_ if remark.weight is weight]
        if own:
            heading = f"{say.marked(WEIGHT[weight])} ({len(own)})"
            causes = [_cause(ask, of, titles) for of in by_cause(own).values()]
            listed = html.element("div", html.listed(causes), class_="kd-causes")
            if weight is Weight.KNOW:  # nothing to do about it
                parts.append(html.unfolded(heading, listed))
            else:
                parts += [html.element("h3", heading, class_="kd-weight"), listed]
    if done:
        title = say.plural("{n} acknowledged remark", "{n} acknowledged remarks", len(done))
        causes = [_cause(ask, of, titles) for of in by_cause(done).values()]
        parts.append(html.unfolded(title, html.element("div", html.listed(causes), class_="kd-causes")))
    return html.element("section", *parts, class_="kd-remarks", id=REMARKS_AT)


def by_cause(remarks: Sequence[Remark]) -> dict[str, list[Remark]]:
    """kind -> its remarks, both in the order of the remarks."""
    found: dict[str, list[Remark]] = {}
    for remark in remarks:
        found.setdefault(remark.kind, []).append(remark)
    return found


def _cause(ask: Ask, remarks: Sequence[Remark], titles: dict[str, str]) -> Markup:
    """The cause with what to check named, and in a fold what is said of each project and how to mend it. What cannot
    be right stands open."""
    say, first = ask.say, remarks[0]
    count = f" ({len(remarks)})" if len(remarks) > 1 else ""
    rows = html.listed(_row(ask, remark, titles) for remark in remarks)
    opened = first.weight is Weight.WRONG or bool(first.acknowledged)
    about = list(dict.fromkeys(remark.project_id for remark in remarks if remark.project_id))
    named = (
        html.element("div", project_links(titles, about, say), class_="kd-about")
        if about and first.weight is Weight.CHECK and not first.acknowledged
        else ""
    )
    return html.unfolded(say.marked(REMARK_KIND[first.kind]) + count, rows, opened=opened) + named


def _row(ask: Ask, remark: Remark, titles: dict[str, str]) -> Markup:
    """What is said, under the project that it is said of, and how to mend it; or who has acknowledged it, and why."""
    link = []
    if remark.project_id:
        link = [html.link(titles[remark.project_id], project_address(remark.project_id, ask.say)), ": "]
    below = [acknowledged_in_words(remark.acknowledged, ask.say)] if remark.acknowledged else [remark.mend]
    if remark.earlier:
        below.append(earlier_in_words(remark.earlier, ask.say))
    notes = [html.element("span", text, class_="kd-note") for text in below]
    return html.joined([*link, html.lines([remark.text, *notes])])
