"""The one way from a page to the figures, and the only home of caches.

Every question takes the viewer, and keys are scalars: the store and its version, what the viewer may see, the language
and the parameters. What is cached is never changed, so all sessions share it without a copy: Streamlit's cache_data
would pickle a page's figures at each visit, and the hashing in either of its caches takes longer than a page's drawing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from analytics.funding.register import as_last_reported as last_reported
from analytics.maturity.rounds import rounds
from analytics.model.funding import Funding
from analytics.model.schools import Viewer
from analytics.store.reading import Store, View, standing_on, version_record
from analytics.store.reference import read_frameworks, read_schools
from analytics.words.language import words
from pages.ui.content import Ask, Catalogue
from pages.ui.together import let_go

ROOT = Path(__file__).parent.parent.parent
Scalar = str | int | None
Answer = TypeVar("Answer")


def store_folder() -> str:
    """Where the store is: KVALITET_STORE, else data/store in the project."""
    return os.environ.get("KVALITET_STORE") or str(ROOT / "data" / "store")


def viewer() -> Viewer:
    """Who asks. Until there is sign-in, everybody is the one viewer who may see all."""
    return Viewer("everybody", schools=None)


def ask(language: str) -> Ask:
    """The version in force, pinned for the whole page run; raises StoreMissing or StoreBroken."""
    folder, asking, say = store_folder(), viewer(), words(language)
    view = _store(folder).current()
    key = (folder, view.number, asking.scope, say.language)
    return Ask(key, view, asking, say, _catalogue(folder, view.number, view), _stands_on(folder, view.number, view))


@lru_cache(maxsize=4000)  # a page for each of 80 schools, some rounds back, in two languages; some 50 kB each
def composed(compose: Callable[..., Answer], asked: Ask, *parameters: Scalar) -> Answer:
    """What `compose(asked, *parameters)` answers, made once per version, viewer's scope, language and parameters. What
    it stands on must be among them: it may not ask what day it is."""
    let_go()
    return compose(asked, *parameters)


def as_last_reported(asked: Ask, year: int) -> Funding | None:
    """The funding register as it was when the report of the year before was made, where a version tells."""
    return last_reported(_store(asked.key[0]), asked.view.number, asked.viewer, year)


def made_at(asked: Ask, version: int) -> datetime:
    """When a version was made; of one that is no longer there, when the one in force was."""
    try:
        view = _store(asked.key[0]).version(version)
    except KeyError:
        view = asked.view
    return version_record(view).created_at


@lru_cache(maxsize=4)
def _store(folder: str) -> Store:
    return Store(Path(folder))


@lru_cache(maxsize=4)
def _stands_on(folder: str, version: int, view: View) -> tuple[int, int]:
    return standing_on(view)


@lru_cache(maxsize=4)
def _catalogue(folder: str, version: int, view: View) -> Catalogue:
    return Catalogue(read_frameworks(view), read_schools(view), rounds(view), version_record(view).hide_below)
