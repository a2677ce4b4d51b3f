"""The one way from a page to the figures, and the only home of Streamlit's caches.

Every question takes the viewer, and keys are scalars: the version, what the viewer may see, the language and the
parameters. What is cached is never changed, so all sessions share it without a copy.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from analytics.language import words
from analytics.maturity.rounds import rounds
from analytics.model import Viewer
from analytics.store.reading import Store, View, version_record
from analytics.store.reference import read_frameworks, read_schools
from pages.ui.content import Ask, Catalogue

ROOT = Path(__file__).parent.parent.parent
Scalar = str | int | None
Answer = TypeVar("Answer")


def store_folder() -> Path:
    """Where the store is: KVALITET_STORE, else data/store in the project."""
    return Path(os.environ.get("KVALITET_STORE") or ROOT / "data" / "store")


def viewer() -> Viewer:
    """Who asks. Until there is sign-in, everybody is the one viewer who may see all."""
    return Viewer("everybody", schools=None)


def ask(language: str) -> Ask:
    """The version in force, pinned for the whole page run; raises StoreMissing or StoreBroken."""
    view = _store(str(store_folder())).current()
    return Ask(view, viewer(), words(language), _catalogue(str(store_folder()), view.number, view))


def composed(compose: Callable[..., Answer], asked: Ask, *parameters: Scalar) -> Answer:
    """What `compose(asked, *parameters)` answers, made once per version, viewer's scope, language and parameters."""
    return _composed(
        str(store_folder()),
        f"{compose.__module__}.{compose.__qualname__}",
        asked.view.number,
        asked.viewer.scope,
        asked.say.language,
        parameters,
        compose,
        asked,
    )


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(folder: str) -> Store:
    return Store(Path(folder))


@st.cache_resource(show_spinner=False, max_entries=4)
def _catalogue(folder: str, version: int, _view: View) -> Catalogue:
    return Catalogue(read_frameworks(_view), read_schools(_view), rounds(_view), version_record(_view).hide_below)


@st.cache_resource(show_spinner=False, max_entries=2000)
def _composed(folder: str, question: str, version: int, scope: str, language: str, parameters: tuple, _compose, _ask):
    return _compose(_ask, *parameters)
