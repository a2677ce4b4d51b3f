"""Streamlit's script of Plotly without what no picture of ours is drawn with: maps, globes, three dimensions.

All of Plotly is 4.7 MB, which a browser must read and begin before it draws the first picture; what draws points, lines
and bars, with what cannot be parted from the rest, is 1.7. The script is a row of modules `name=_({"path"(e,t){...}})`,
each run when another first calls `name()`, and at the end a list of the kinds of picture to know. With that list
shortened most modules are called by nobody. Where the script is not made like that, it is left as it is
(tests/pages/test_smaller_plotly.py tells).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

KINDS = frozenset({"bar"})
"""Kinds of trace that pictures are made of, beside `scatter`, which Plotly is never without."""

MODULE = re.compile(r"""([\w$]+)=[_g]\(\{["`]?([^"`({]+)["`]?\(""")
CALL = re.compile(r"(?<![\w$.])([\w$]+)\(\)")
END = re.compile(r"\}\}\)(,(?:[\w$]+,)*)\Z")
"""Of a module, with the names that are told after it."""
INDEX = re.compile(r'return _\(\{"lib/index\.js"\(e,t\)\{var n=([\w$]+)\(\);n\.register\(\[([\w$(),]*)\]\)')


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the script: `name=...` up to the next one."""

    name: str
    path: str
    start: int
    end: int


def smaller(script: str) -> str:
    """The script without the modules that nothing calls; the script itself where it cannot be told what they are."""
    index = INDEX.search(script)
    if index is None:
        return script
    modules = {module.name: module for module in _modules(script, index.start())}
    core, known = index[1], [call.removesuffix("()") for call in index[2].split(",")]
    if not modules.keys() >= {core, *known}:
        return script
    kept = [name for name in known if modules[name].path.removeprefix("lib/").removesuffix(".js") in KINDS]
    called = _called([core, *kept], script, modules)
    parts, at = [], 0
    for module in modules.values():
        names = END.search(script, module.start, module.end)
        if module.name not in called and names:  # what else stands between two modules stays, with the first of them
            parts += [script[at : module.start], f"{module.name}=0{names[1]}"]
            at = module.end
    listed = ",".join(f"{name}()" for name in kept)
    return "".join([*parts, script[at : index.start(2)], listed, script[index.end(2) :]])


def _modules(script: str, end: int) -> Iterable[Module]:
    found = list(MODULE.finditer(script, 0, end))
    for number, one in enumerate(found, 1):
        yield Module(one[1], one[2], one.start(), found[number].start() if number < len(found) else end)


def _called(names: Iterable[str], script: str, modules: dict[str, Module]) -> set[str]:
    """These modules and all that they call, and so on. A name that is something else inside a module is taken for the
    module too, which keeps one that could go, never the other way."""
    called: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in modules and name not in called:
            called.add(name)
            todo += CALL.findall(script, modules[name].start, modules[name].end)
    return called
