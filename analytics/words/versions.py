"""What made a version, and why one stays or cannot be taken back."""

from __future__ import annotations

from analytics.words.language import N_, Words

ACTION = {
    "build": N_("The store was made"),
    "load": N_("Files were loaded"),
    "edit": N_("Saved on a page"),
    "republish": N_("The figures were counted anew"),
    "purge": N_("Versions were taken away for good"),
    "gallra": N_("Answers were disposed of"),
    "freeze": N_("A brief was frozen"),
    "withdraw": N_("A load was taken back"),
}


def action_word(action: str, say: Words) -> str:
    """In a few words; an action that this edition does not know stands as it was written."""
    return say.marked(ACTION[action]) if action in ACTION else action
