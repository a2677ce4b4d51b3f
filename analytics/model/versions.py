"""What can be said of versions of a store."""

from __future__ import annotations

from enum import Enum


class WithdrawObstacle(Enum):
    """Why a load cannot be taken back."""

    NOTHING_OF_ROUNDS = "it brought no answers and no invited"
    ALL_REPLACED = "later loads have replaced all that it brought"
    TAKEN_BACK = "it has been taken back already"
    NOT_IN_FORCE = "what is in force was made without it"
    BEFORE_IS_GONE = "the version before it is no longer there"
    TELLS = "taking it back would tell what one to four people answered"
