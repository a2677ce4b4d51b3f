"""What every school's brief is made from, read once a version."""

from __future__ import annotations

from analytics.dialogue.brief.facts import BriefSources, brief_sources
from pages.ui import access
from pages.ui.content import Ask


def shared(ask: Ask) -> BriefSources:
    return access.composed(_known, ask)


def _known(ask: Ask) -> BriefSources:
    return brief_sources(ask.view, ask.viewer)
