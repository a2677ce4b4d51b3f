"""The configuration of an nginx that stands before the app: one text, for a city's own nginx with TLS and for the one
that `kvalitet serve` starts. docs/deploy/nginx.conf is what this makes of the reference's names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

REFERENCE_NAME, FIRST_PORT = "kvalitet.example.se", 8501
CACHE = "/var/cache/nginx/kvalitetsdialog"
HEAD = """\
# Kvalitetsdialog behind nginx (1.19.4 or later): goes into /etc/nginx/sites-available/, with the city's name and
# certificate; `kvalitet nginx --name NAME --processes N` writes it so. tests/deploy runs this file with a real nginx.

"""
BEFORE = """\
# Who asks by another name, or by the address alone, gets no answer.
server {
    listen @{plain} default_server;
    listen [::]:@{plain} default_server;
    listen @{tls} ssl default_server;
    listen [::]:@{tls} ssl default_server;
    ssl_reject_handshake on;
    return 444;
}

server {
    listen @{plain};
    listen [::]:@{plain};
    server_name @{name};
    server_tokens off;
    return 301 https://$server_name$request_uri;
}

"""
BY_TLS = """\
    listen @{tls} ssl http2;
    listen [::]:@{tls} ssl http2;
    server_name @{name};
    ssl_certificate     @{certificate};
    ssl_certificate_key @{key};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:kvalitet_tls:10m;
    ssl_session_tickets off;"""
OF_ONE = """
upstream kvalitetsdialog_{seat} {{
    zone kvalitetsdialog_{seat} 64k;
    server {own};
    server {next} backup;
    keepalive 16;
}}
"""


class _Conf(Template):
    """nginx has dollars of its own."""

    delimiter = "@"


@dataclass(frozen=True)
class Tls:
    """By which name a city's server is known, and where its certificate lies."""

    name: str = REFERENCE_NAME
    certificate: str = ""
    key: str = ""

    def fields(self) -> dict[str, str]:
        certificate = self.certificate or f"/etc/ssl/certs/{self.name}.pem"
        key = self.key or f"/etc/ssl/private/{self.name}.key"
        return {"name": self.name, "certificate": certificate, "key": key, "plain": "80", "tls": "443"}


def by_tls(processes: Sequence[str], tls: Tls, cache: str = CACHE) -> str:
    """A file for a city's nginx. `processes`: where each listens, as 127.0.0.1:8501."""
    fields = tls.fields()
    before, listens = (_Conf(text).substitute(fields) for text in (BEFORE, BY_TLS))
    return HEAD + _site(processes, cache, before, listens, "$host")


def plain(processes: Sequence[str], port: int, cache: str) -> str:
    """The same without TLS, for the machine itself."""
    return _site(processes, cache, "", f"    listen 127.0.0.1:{port};", "$http_host")


def _site(processes: Sequence[str], cache: str, before: str, listens: str, host: str) -> str:
    seats = range(1, len(processes) + 1) if len(processes) > 1 else ()
    text = (Path(__file__).parent / "nginx.conf").read_text("utf-8")
    return _Conf(text).substitute(
        all="\n".join(f"    server {process};" for process in processes),
        each="".join(OF_ONE.format(seat=n, own=processes[n - 1], next=processes[n % len(processes)]) for n in seats),
        seats="\n".join(f"    {n}       kvalitetsdialog_{n};" for n in seats),
        cache=cache, before=before, listens=listens, host=host, first=processes[0],
    )  # fmt: skip
