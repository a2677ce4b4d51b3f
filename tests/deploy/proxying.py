"""A real nginx with the reference configuration, before a server that a test has started."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from analytics.serving.proxying import around
from tests.deploy.unpacked import program
from tests.pages.serving import PATIENCE, ROOT, free_port

REFERENCE = ROOT / "docs" / "deploy" / "nginx.conf"
NAME = "kvalitet.example.se"


@dataclass(frozen=True)
class Proxy:
    """An nginx that listens here."""

    port: int
    plain_port: int
    log: Path
    trusting: ssl.SSLContext


@contextmanager
def proxying(folder: Path, to: int) -> Iterator[Proxy]:
    """nginx with the reference as it is, but for what a test cannot have: ports, certificate, the cache's folder, and
    IPv6 where the machine has none. `to`: the app's port."""
    nginx = program("nginx")
    assert nginx
    port, plain_port = free_port(), free_port()
    context = make_certificate(folder)
    (folder / "site.conf").write_text(_adapted(REFERENCE.read_text("utf-8"), folder, to, port, plain_port), "utf-8")
    (folder / "nginx.conf").write_text(around(), "utf-8")
    log = folder / "nginx.log"
    with log.open("wb") as told:
        command = [nginx, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        wait_for(port, process, log)
        yield Proxy(port, plain_port, log, context)
    finally:
        process.terminate()
        process.wait(10)


def _adapted(text: str, folder: Path, to: int, port: int, plain_port: int) -> str:
    changes = {
        "127.0.0.1:8501": f"127.0.0.1:{to}",  # one process has both seats
        "127.0.0.1:8502": f"127.0.0.1:{to}",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen 80": f"listen 127.0.0.1:{plain_port}",
        "/var/cache/nginx/kvalitetsdialog": f"{folder}/cache",
        f"/etc/ssl/certs/{NAME}.pem": f"{folder}/certificate.pem",
        f"/etc/ssl/private/{NAME}.key": f"{folder}/key.pem",
    }
    text = re.sub(r"    listen \[::\].*\n", "", text)
    for reference, here in changes.items():
        assert reference in text, reference
        text = text.replace(reference, here)
    return text


def wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(log.read_text("utf-8"))


def make_certificate(folder: Path) -> ssl.SSLContext:
    """A certificate for the name, signed by itself, and who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    (folder / "certificate.pem").write_bytes(pem)
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(cadata=pem.decode())
    return context
