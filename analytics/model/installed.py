"""Where the program's own files lie: what it reads that is no code, in a clone and installed as a wheel alike.

In a clone they lie beside the packages. A wheel has the same files under the same names, but in a folder of its own:
`app.py`, `data` and `.streamlit` are names that others may have in an environment too (setup.py puts them there).
"""

from __future__ import annotations

from pathlib import Path

import platformdirs

NAME = "kvalitetsdialog"
PACKAGES = Path(__file__).parents[2]
"""The folder that `analytics` and `pages` lie in."""
IS_INSTALLED = (PACKAGES / NAME / "app.py").is_file()
"""Whether this is a wheel's: no clone, which nobody should keep a store in."""
FILES = PACKAGES / NAME if IS_INSTALLED else PACKAGES
APP = FILES / "app.py"
DATA = FILES / "data"


def default_store() -> Path:
    """The store's folder where nobody says which: in a clone `data/store`, else the user's own place for data."""
    return platformdirs.user_data_path(NAME, appauthor=False) / "store" if IS_INSTALLED else DATA / "store"


def demo_store() -> Path:
    """Where `kvalitet serve --demo` builds the demo: installed, in a folder beside one's own, as made-up schools must
    not lie among real ones."""
    return default_store().with_name("demo") if IS_INSTALLED else default_store()
