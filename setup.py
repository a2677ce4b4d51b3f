"""What pyproject.toml cannot say: that a wheel takes along the files that lie beside the packages in a clone, in a
folder of its own. analytics/model/installed.py finds them there."""

from __future__ import annotations

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent
TO = "kvalitetsdialog"
DATA = ("accessibility", "demo", "frameworks", "malmo-2018", "malmo-2022", "method", "reference")
"""By name: what else lies in data may be a store."""
TAKEN = ("app.py", ".streamlit/config.toml", *(f"data/{folder}/*" for folder in DATA))


class WithFilesBeside(build_py):
    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for path in taken():
                to = Path(self.build_lib, TO, path.relative_to(HERE))
                self.mkpath(str(to.parent))
                self.copy_file(str(path), str(to))


def taken() -> list[Path]:
    return [path for pattern in TAKEN for path in sorted(HERE.glob(pattern)) if path.is_file()]


if __name__ == "__main__":
    setup(cmdclass={"build_py": WithFilesBeside})
