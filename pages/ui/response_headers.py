"""What every answer tells the browser: what a page may load and run, and how its cookies are kept.

A page loads from its own server and from nowhere else, and no other site may show it in a frame. Streamlit needs more
than the strictest policy would grant; what, and why, stands at each of the sources below. A browser test goes through
every page in both themes and counts what the policy stopped (tests/browser/test_policy.py).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders

from pages.ui.forms import COMMIT

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
A_YEAR = 365 * 24 * 60 * 60
READ_BY_SCRIPTS = ("_streamlit_xsrf=",)  # Streamlit's script must send it along: it cannot be kept from scripts


def _allowed(scripts: Iterable[str]) -> str:
    """The sources of scripts that stand in the page itself: what they are, so that no other one runs."""
    return " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)


OUR_INLINE = [*INLINE.findall(INDEX.read_text("utf-8")), *INLINE.findall(str(COMMIT))]
POLICY = {
    "default-src": "'none'",
    # blob: Streamlit loads what a component of ours does (pages/ui/html.py, the grid) as a module of that kind.
    # wasm-unsafe-eval: its reader of messages has WebAssembly for whole numbers of 64 bits, and without it is reported
    # as stopped on every page. Texts are evaluated nowhere: there is no unsafe-eval and no unsafe-inline.
    "script-src": f"'self' blob: 'wasm-unsafe-eval' {_allowed(OUR_INLINE)}",
    # Emotion, which draws Streamlit's own parts, writes style sheets into the page, and so does Plotly; both the pages'
    # tables and Plotly's marks have style attributes. A style can load nothing from elsewhere: see the rest.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",  # the logo; a picture that the browser saves is drawn from a blob
    "font-src": "'self' data:",  # one of Streamlit's own stands in its style sheet
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'none'",
    "object-src": "'none'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {sources}" for what, sources in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def told(message: dict, by_tls: bool) -> None:
    """Adds them to the start of an answer. `by_tls`: the browser came that way, and is told to come no other way for a
    year; over plain HTTP nobody could know who says so."""
    headers = MutableHeaders(scope=message)
    headers.update(HEADERS)
    if by_tls:
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    message["headers"] = [
        (name, _kept(value, by_tls) if name.lower() == b"set-cookie" else value) for name, value in message["headers"]
    ]


def _kept(cookie: bytes, by_tls: bool) -> bytes:
    """A cookie that is sent to this site alone, over TLS alone where there is any, and not told to scripts."""
    said = cookie.decode("latin-1")
    parts = {part.strip().partition("=")[0].lower() for part in said.split(";")[1:]}
    wanted = {"SameSite=Lax": True, "Secure": by_tls, "HttpOnly": not said.startswith(READ_BY_SCRIPTS)}
    missing = [part for part, so in wanted.items() if so and part.partition("=")[0].lower() not in parts]
    return "; ".join([said, *missing]).encode("latin-1")
