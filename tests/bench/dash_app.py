"""A well-made Dash app of two of our pages, to be measured beside ours: everything is worked out before it starts.

It is no part of the product and its packages are in no list of ours. In an environment of its own:

    python -m venv dash && dash/bin/pip install dash gunicorn
    python -m tests.bench.beside --dash dash/bin/python

which works out its pages (tests/bench/worked_out.py) and starts this with gunicorn. A click is answered with all that
ours is: the sentence, the key figures, the picture and the table of the page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html


def served(pages: str) -> Any:
    """The WSGI application for the pages in the file: path -> option -> what it shows."""
    worked_out: dict[str, dict[str, dict]] = json.loads(Path(pages).read_text("utf-8"))
    app = Dash(__name__, suppress_callback_exceptions=True)
    parts = {path: {name: drawn(shown) for name, shown in found.items()} for path, found in worked_out.items()}
    app.layout = html.Div([dcc.Location(id="at"), html.Div(id="page")])

    @app.callback(Output("page", "children"), Input("at", "pathname"))
    def page(pathname: str) -> list:
        path = pathname.strip("/") or next(iter(parts))
        first = next(iter(parts[path]))
        return [
            dcc.Store(id="path", data=path),
            dcc.Dropdown(list(parts[path]), first, id="option", clearable=False),
            html.P(parts[path][first][0], id="answer"),
            html.Dl(parts[path][first][1], id="figures"),
            dcc.Graph(figure=parts[path][first][2], id="picture", config={"displayModeBar": False}),
            dcc.Markdown(parts[path][first][3], id="table"),
        ]

    @app.callback(
        Output("answer", "children"),
        Output("figures", "children"),
        Output("picture", "figure"),
        Output("table", "children"),
        Input("option", "value"),
        Input("path", "data"),
        prevent_initial_call=True,
    )
    def click(option: str, path: str) -> tuple:
        return parts[path][option]

    return app.server


def drawn(shown: dict) -> tuple:
    figures = [html.Div([html.Dt(label), html.Dd(value), html.Dd(note)]) for label, value, note in shown["figures"]]
    head, *rows = shown["table"]
    table = [head, ["---"] * len(head), *rows]  # as one text: a component for each cell is five times as much
    return shown["answer"], figures, shown["picture"], "\n".join(" | ".join(row) for row in table)
