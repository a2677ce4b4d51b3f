"""Plotly asks whether pandas has been imported, and takes one that is just being imported for a whole one.

pandas comes late, with the first page that needs it (store/literals.py); a picture that another thread draws at that
moment would fail. Our pictures hold nothing of pandas, so while it is half there it is not there.
"""

from __future__ import annotations

import sys
from types import ModuleType

from _plotly_utils import optional_imports

ASKED = "get_module"
_as_plotly_asks = getattr(optional_imports, ASKED)


def whole_module(name: str, should_load: bool = True) -> ModuleType | None:
    """The module; None where there is none, or only the beginning of one."""
    module = _as_plotly_asks(name, should_load)
    return None if getattr(getattr(module, "__spec__", None), "_initializing", False) else module


def ask_for_whole_modules() -> None:
    """Of all parts of Plotly that have been imported, and of those that are yet to be."""
    for module in list(sys.modules.values()):
        if getattr(module, ASKED, None) is _as_plotly_asks:
            setattr(module, ASKED, whole_module)
