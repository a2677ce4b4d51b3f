"""What every school's brief is made from, read once a version."""

from __future__ import annotations

from analytics.dialogue.brief.facts import BriefSources
from analytics.dialogue.register import dialogues
from analytics.funding.register import funding
from pages.ui import access
from pages.ui.content import Ask


def shared(ask: Ask) -> BriefSources:
    return access.composed(_known, ask)


def _known(ask: Ask) -> BriefSources:
    there = ask.catalogue  # which is of the same version, as who asks may see it
    return BriefSources(there.frameworks, there.schools, dialogues(ask.view, ask.viewer), funding(ask.view, ask.viewer))
