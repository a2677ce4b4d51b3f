"""What made a version, and why one stays or cannot be taken back."""

from __future__ import annotations

from analytics.model.versions import WithdrawObstacle
from analytics.words.language import N_, Words

ACTION = {
    "build": N_("The store was made"),
    "load": N_("Files were loaded"),
    "edit": N_("Saved on a page"),
    "republish": N_("The figures were counted anew"),
    "purge": N_("Versions were removed for good"),
    "gallra": N_("Answers were disposed of"),
    "freeze": N_("A brief was frozen"),
    "withdraw": N_("A load was taken back"),
}

STAYS = {
    WithdrawObstacle.NOTHING_OF_ROUNDS: N_(
        "It brought no answers and no invited. What it brought of registers is taken back row by row, on their pages."
    ),
    WithdrawObstacle.ALL_REPLACED: N_("Later loads have replaced all that it brought."),
    WithdrawObstacle.TAKEN_BACK: N_("It has been taken back already: nothing that it brought is left."),
    WithdrawObstacle.NOT_IN_FORCE: N_("What is in force was made without it, so there is nothing of it to take back."),
    WithdrawObstacle.BEFORE_IS_GONE: N_("The version before it has been removed, so nobody knows how it was."),
    WithdrawObstacle.TELLS: N_(
        "It changed one to four people's answers: taking it back would tell what they answered. Load the round again"
        " when five people's have changed."
    ),
}


def action_word(action: str, say: Words) -> str:
    """In a few words; an action that this edition does not know stands as it was written."""
    return say.marked(ACTION[action]) if action in ACTION else action
