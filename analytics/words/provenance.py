"""Where figures come from, in words: in a word for a row, as a warning over a page, as the stamp of a document."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.model.provenance import Provenance
from analytics.words.language import N_, Marked, Words

WORD = {
    Provenance.PUBLISHED: N_("published"),
    Provenance.IMPORTED: N_("imported"),
    Provenance.SYNTHETIC: N_("synthetic"),
    Provenance.MIXED: N_("partly synthetic"),
}
STAMP = {  # of figures: of pages and of briefs
    Provenance.PUBLISHED: N_("Published data"),
    Provenance.IMPORTED: N_("Imported data"),
    Provenance.SYNTHETIC: N_("Synthetic data: invented schools, answers and projects"),
    Provenance.MIXED: N_("Partly synthetic data: some schools, answers and projects are invented"),
}
FOLLOW_UP = STAMP | {
    Provenance.SYNTHETIC: N_("Synthetic data: invented schools, answers and agreements"),
    Provenance.MIXED: N_("Partly synthetic data: some schools, answers or agreements are invented"),
}
FUNDING = STAMP | {
    Provenance.SYNTHETIC: N_("Synthetic data: invented projects, payments and answers"),
    Provenance.MIXED: N_("Partly synthetic data: some projects, payments or answers are invented"),
}


def provenance_word(provenance: Provenance, say: Words) -> str:
    """Where something comes from, in a word or two: for tables and files."""
    return say.marked(WORD[provenance])


def provenance_warning(provenance: Provenance, say: Words) -> str:
    """What must be said over figures that are invented, all of them or some; empty where none is."""
    return provenance_stamp(provenance, say) if provenance.invented else ""


def provenance_stamp(
    provenance: Provenance, say: Words, of: Mapping[Provenance, Marked] = STAMP, *, some_published: bool = False
) -> str:
    """Where all of a document comes from, for every page of it. `some_published`: some of what counts as imported is
    published, which is said where nothing is invented."""
    if some_published and provenance is Provenance.IMPORTED:
        return say("Published and imported data")
    return say.marked(of[provenance])
