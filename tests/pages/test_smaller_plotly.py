"""Plotly's script as it is sent: what draws our pictures and little else; what it is not made for stays as it is."""

from __future__ import annotations

import pytest

from pages.ui.packed import PLOTLY, STATIC, to_send
from pages.ui.smaller_plotly import INDEX, KINDS, smaller

HEAD = "import{a}from'./a.js';var W=n(((e,t,n)=>{"
INDEX_OF_IT = (
    'return _({"lib/index.js"(e,t){var n=core();n.register([bar(),pie(),map()]),t.exports=n}})()})();'
    "export{W as default};"
)
MODULES = (
    'd3=_({"node_modules/d3.js"(e,t){t.exports={}}}),core=_({"lib/core.js"(e,t){d3()}}),'
    'draw=_({"src/traces/bar/plot.js"(e,t){d3()}}),bar=_({"lib/bar.js"(e,t){t.exports=draw()}}),'
    'round=_({"src/traces/pie/plot.js"(e,t){d3(),core()}}),pie=_({"lib/pie.js"(e,t){t.exports=round()}}),shared,'
    'gl=g({"node_modules/gl.js"(){shared=1}}),map=_({"lib/map.js"(e,t){t.exports=gl()}});'
)


def test_what_nothing_calls_is_left_out_and_names_between_stay():
    script = HEAD + MODULES[:-1] + "," + INDEX_OF_IT
    assert smaller(script) == (
        HEAD + 'd3=_({"node_modules/d3.js"(e,t){t.exports={}}}),core=_({"lib/core.js"(e,t){d3()}}),'
        'draw=_({"src/traces/bar/plot.js"(e,t){d3()}}),bar=_({"lib/bar.js"(e,t){t.exports=draw()}}),'
        "round=0,pie=0,shared,gl=0,map=0," + INDEX_OF_IT.replace("bar(),pie(),map()", "bar()")
    )


def test_what_stands_after_a_module_stays_with_it():
    script = HEAD + MODULES + INDEX_OF_IT
    assert 'map=_({"lib/map.js"' in smaller(script), "a statement ends with it"


@pytest.mark.parametrize(
    "script",
    [
        "",
        "import{a}from'./a.js';",
        HEAD + MODULES,
        HEAD + INDEX_OF_IT,
        HEAD + MODULES + INDEX_OF_IT.replace("pie()", "of"),
    ],
)
def test_a_script_that_is_made_otherwise_stays_as_it_is(script):
    assert smaller(script) == script


def test_streamlit_s_script_is_made_so_and_is_less_than_half():
    assert PLOTLY
    whole = (STATIC / PLOTLY).read_text("utf-8")
    sent = to_send(PLOTLY, packed=False).body.decode()
    assert len(sent) < 0.4 * len(whole)
    index = INDEX.search(sent)
    assert index and len(index[2].split(",")) == len(KINDS)
    for path in ("lib/core.js", "lib/bar.js", "src/traces/scatter/index.js", "src/plots/cartesian/index.js"):
        assert f'"{path}"(' in sent
    for path in ("lib/scattermap.js", "lib/scattergeo.js", "lib/surface.js", "lib/scattergl.js"):
        assert f'"{path}"(' not in sent and f'"{path}"(' in whole
