"""The app on a server that can reach nobody: what it would open to the outside fails, and is told in the log."""

import sys
from ipaddress import ip_address

import streamlit as st

import app as product
from pages.ui.served import ROUTES
from pages.ui.server import MIDDLEWARE, kept_warm

app = st.App(
    product.__file__, lifespan=kept_warm([]), routes=ROUTES, middleware=MIDDLEWARE, on_script_error=product.failed
)

NAMES = {"localhost", "", None, b"localhost"}


def _here(host: object) -> bool:
    if host in NAMES:
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _watch(event: str, told: tuple) -> None:
    if event == "socket.getaddrinfo":
        host = told[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(told[1], tuple):
        host = told[1][0]
    else:
        return
    if not _here(host):
        print(f"reached out: {event} {host}", file=sys.stderr, flush=True)
        raise OSError(f"nobody is reached from here, nor {host}")


sys.addaudithook(_watch)
