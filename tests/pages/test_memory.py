"""What a server of pages holds in memory: not what only publishing needs."""

from __future__ import annotations

import subprocess
import sys

from tests.pages.serving import ROOT

LOOK = """
import sys
import app
from analytics.maturity import examples
examples.goal_examples()
print(*({"scipy.optimize", "scipy.stats", "statsmodels"} & set(sys.modules)))
"""


def test_the_pages_do_without_what_publishing_reckons_with():
    done = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
