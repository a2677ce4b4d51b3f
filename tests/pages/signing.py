"""A server that people sign in to, by a real small provider of OpenID Connect, and people who do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey
from oidc_provider_mock import run_server_in_thread

from analytics.model.people import Identity, ViewerRole
from analytics.store.roles import give_role
from tests.pages.serving import UNWARMED, Server, Visitor, free_port, start_server, visiting

SECRET = "a cookie secret that is used in tests and nowhere else"
SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{secret}"
client_id = "kvalitetsdialog"
client_secret = "any"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


@dataclass(frozen=True)
class SignedIn:
    """Somebody's browser: its cookies, and where it was taken when they had signed in."""

    client: httpx.Client
    landed: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())}


@dataclass(frozen=True)
class SignInServer:
    """The product, and the provider that it asks."""

    server: Server
    issuer: str
    store: Path

    def gives(self, subject: str, role: ViewerRole, *schools: str) -> Identity:
        """Gives somebody a role; who they are."""
        who = Identity(self.issuer, subject)
        give_role(self.store, who, subject.title(), role, schools, "test")
        return who

    def sign_in(self, subject: str, asked_for: str = "", *, whole: bool = False) -> SignedIn:
        """As a browser does it, by way of the provider; `asked_for`: the page that it comes from, or its `whole`
        address."""
        claims = {"provider": "default", "exp": int(time.time()) + 60}
        token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        client = httpx.Client(trust_env=False)
        came = {"Referer": (asked_for if whole else f"{self.server.url}{asked_for}").encode()} if asked_for else {}
        out = client.get(f"{self.server.url}/auth/login", params={"provider": token}, headers=came)
        back = client.post(out.headers["location"], data={"sub": subject})
        landed = client.get(back.headers["location"])
        client.get(f"{self.server.url}/_stcore/health")  # gives the token that a websocket needs besides the cookie
        return SignedIn(client, landed.headers["location"])

    @contextmanager
    def visited_by(self, browser: SignedIn | None, origin: str | None = "", takes_up: str = "") -> Iterator[Visitor]:
        """A session of theirs; None: of somebody who has not signed in, or of a program that says no origin.
        `takes_up`: the id of one that was broken off."""
        cookies = browser.headers["Cookie"] if browser else ""
        token = browser.client.cookies.get("_streamlit_xsrf", "") if browser else ""
        said = [token, takes_up] if takes_up else [token]
        with visiting(self.server, cookies=cookies, protocols=said, origin=origin) as visitor:
            yield visitor


@contextmanager
def signing_in(store: Path | Callable[[str], Path], folder: Path, **settings: str) -> Iterator[SignInServer]:
    """A server whose settings name the provider; `folder`: where those are put. `store`: where it is, or how it is made
    given the provider's address."""
    port = free_port()
    with run_server_in_thread() as provider:
        issuer = f"http://localhost:{provider.server_port}"
        store = store(issuer) if callable(store) else store
        secrets = folder / "secrets.toml"
        secrets.write_text(SECRETS.format(port=port, secret=SECRET, issuer=issuer), "utf-8")
        server, process = start_server(store, port, UNWARMED, "--secrets.files", str(secrets), **settings)
        try:
            yield SignInServer(server, issuer, store)
        finally:
            process.kill()
            process.wait()
