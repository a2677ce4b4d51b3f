"""What the browser fetches once and keeps: the style sheet and the scripts of what the pages draw.

The page's own HTML names them with a digest of what they hold, so that a new edition is fetched and an old one never
asked for again (pages/ui/server.py puts them in).
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.ui import drawings, open_files
from pages.ui.dark import page_colours, picture_colours
from pages.ui.packed import PLOTLY

FOLDER = Path(__file__).parent / "assets"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FILES = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in KINDS}
FILES["style.css"] = page_colours().encode() + FILES["style.css"]
FILES["dark.css"] = picture_colours().encode()
UNCHANGING = {"Cache-Control": "public, max-age=31536000, immutable"}


def _inline(name: str) -> str:
    """An SVG as an address that holds it. Told where the file is, Streamlit reads it in every run: a tenth of one."""
    return f"data:image/svg+xml;base64,{b64encode(FILES[name]).decode()}"


FAVICON = _inline("favicon.svg")  # our own: Streamlit's icons are fetched from somebody else
LOGO = _inline("logo.svg")


def _address(name: str) -> str:
    return f"./kd/{name}?{sha256(FILES[name]).hexdigest()[:12]}"


def _head() -> bytes:
    parts = [f'<link rel="stylesheet" href="{_address("style.css")}">']
    dark = _address("dark.css")  # some hundred rules, of which who reads on white needs none
    parts.append(f'<link rel="stylesheet" href="{dark}" media="screen and (prefers-color-scheme: dark)">')
    if PLOTLY:
        parts.append(f'<link rel="modulepreload" href="./static/{PLOTLY}">')
    parts.extend(f'<script src="{_address(name)}"></script>' for name in ("presses.js", "drawn.js", "leaving.js"))
    parts.append(f'<script src="{_address("saved.js")}" defer></script>')
    return "".join(parts).encode()


HEAD = _head()
"""What the page's HTML is given. What draws is there before anything is drawn: it is small, and waited for."""


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return PlainTextResponse("", status_code=404)
    return Response(FILES[name], media_type=KINDS[Path(name).suffix], headers=UNCHANGING)


ROUTES = [Route("/kd/{name}", _file), *drawings.ROUTES, *open_files.ROUTES]
