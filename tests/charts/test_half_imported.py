"""A picture is drawn while another thread imports pandas."""

from __future__ import annotations

import subprocess
import sys

from tests.pages.serving import ROOT

DRAWN = """
import sys, types
from importlib.machinery import ModuleSpec
from analytics.charts.style import figure
import plotly.graph_objects as go
half = types.ModuleType("pandas")
half.__spec__ = ModuleSpec("pandas", None)
half.__spec__._initializing = True
sys.modules["pandas"] = half
drawn = go.Figure([go.Scatter(x=["a", "b"], y=[1, 2])], layout={"title": {"text": "t"}})
from plotly.io import to_json
print(to_json(drawn, engine="json")[:9])
"""


def test_half_a_pandas_is_none():
    """Without the guard: partially initialized module 'pandas' has no attribute 'Series'."""
    done = subprocess.run([sys.executable, "-c", DRAWN], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == '{"data":[', done.stderr[-800:]
    unguarded = DRAWN.replace("from analytics.charts.style import figure", "")
    failed = subprocess.run([sys.executable, "-c", unguarded], cwd=ROOT, capture_output=True, text=True)
    assert "pandas" in failed.stderr
