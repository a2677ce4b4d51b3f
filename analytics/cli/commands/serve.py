"""`kvalitet serve` and `nginx`: the app, in one process or several, and what stands before them."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from analytics.cli.commands.build import build
from analytics.cli.commands.versions import republish_command
from analytics.cli.group import cli
from analytics.cli.options import say, whole_store_option
from analytics.cli.output import announce, fail
from analytics.model.errors import KvalitetError
from analytics.model.installed import APP, default_store, demo_store
from analytics.serving.processes import EndedAtOnce, KeptProcess, keep, kept_running, wait_until_they_answer
from analytics.serving.proxy import FIRST_PORT, REFERENCE_NAME, Tls, by_tls
from analytics.serving.proxying import NGINX, own_nginx
from analytics.store.versions import holds_a_store

HERE = ("localhost", "127.0.0.1", "0.0.0.0", "::", "::1")
"""Addresses by which the machine itself is reached: this one, and all of its own."""
PATIENCE = 120  # seconds until each answers: a cold start of several on a busy machine
PORT = click.IntRange(1, 65000)
processes_option = click.option(
    "--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes of the app."
)


@cli.command()
@whole_store_option
@processes_option
@click.option("--port", type=PORT, default=FIRST_PORT, show_default=True, help="Where it listens.")
@click.option("--address", default="localhost", show_default=True, help="The address that the app listens on.")
@click.option("--demo", is_flag=True, help="Show invented schools, in a store that is built where there is none.")
@click.option("--secrets", "secrets_file", type=click.Path(path_type=Path), help="The file of sign-in's provider.")
@click.option("--behind", is_flag=True, help="A proxy stands before: processes listen on --port and those after.")
@click.pass_context
def serve(
    context: click.Context,
    processes: int,
    port: int,
    address: str,
    demo: bool,
    secrets_file: Path | None,
    behind: bool,
) -> None:
    """Starts the app and keeps it running until Ctrl+C."""
    store: Path = context.obj
    if demo and store == default_store():
        store = context.obj = demo_store()
    _make_ready(context, store, demo)
    proxied = processes > 1 and not behind
    ports = [port + proxied + n for n in range(processes)]
    _must_be_free([port, *ports] if proxied else ports)
    apps = [_app(seat, one, address, store, secrets_file, processes > 1) for seat, one in enumerate(ports, 1)]
    with TemporaryDirectory(prefix="kvalitet-nginx-", ignore_cleanup_errors=True) as folder:
        nginx = [_nginx(Path(folder), [f"127.0.0.1:{one}" for one in ports], port)] if proxied else []
        try:
            with kept_running([*apps, *nginx]):
                wait_until_they_answer([*apps, *nginx], PATIENCE)
                _tell(store, address, port)
                keep([*apps, *nginx], _tell_that_it_ended)
        except KeyboardInterrupt:
            announce(say("Stopped."))
        except EndedAtOnce as error:
            raise click.ClickException(say("{name} ended at once; what it said stands above.", name=error)) from None
        except TimeoutError as error:
            raise click.ClickException(say("{name} does not answer.", name=error)) from None


@cli.command("nginx")
@processes_option
@click.option("--name", default=REFERENCE_NAME, show_default=True, help="By which name the server is known.")
@click.option("--certificate", default="", help="The certificate's file (default: /etc/ssl/certs/NAME.pem).")
@click.option("--key", default="", help="Its key's file (default: /etc/ssl/private/NAME.key).")
@click.option("--app", default="127.0.0.1", show_default=True, help="The machine that the app runs on.")
@click.option("--port", type=PORT, default=FIRST_PORT, show_default=True, help="The first process's.")
def nginx_command(processes: int, name: str, certificate: str, key: str, app: str, port: int) -> None:
    """Prints the configuration of an nginx that stands before `kvalitet serve --behind`, with TLS."""
    where = [f"{app}:{port + n}" for n in range(processes)]
    click.echo(by_tls(where, Tls(name, certificate, key)), nl=False)


def _make_ready(context: click.Context, store: Path, demo: bool) -> None:
    """Builds the demo where it is asked for and there is none; publishes anew what an earlier edition has published.
    What is wrong with a store is told, and shown by the pages too."""
    if not holds_a_store(store):
        if demo:
            context.invoke(build)
        return
    try:
        context.invoke(republish_command, if_old=True)
    except KvalitetError as error:
        fail(error, False, say)


def _must_be_free(ports: Sequence[int]) -> None:
    for port in ports:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
            text = say("Something listens on port {port} already; choose another with --port.", port=port)
            raise click.ClickException(text)


def _app(seat: int, port: int, address: str, store: Path, secrets_file: Path | None, of_several: bool) -> KeptProcess:
    # -P: what lies in the folder that the command is run in is no module of ours.
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    command += ["--server.address", address]
    if secrets_file:
        command += ["--secrets.files", str(secrets_file)]
    environment = COMMON | os.environ | {"KVALITET_STORE": str(store.resolve())}
    if of_several:
        environment["KVALITET_SEAT"] = str(seat)
    name = say("Process {n} of the app", n=seat) if of_several else say("The app")
    return KeptProcess(name, command, environment, ("127.0.0.1" if address in HERE else address, port))


COMMON = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_urlsafe(48)}
"""What one process has signed, the next one that takes over for it believes."""


def _nginx(folder: Path, where: Sequence[str], port: int) -> KeptProcess:
    program = shutil.which("nginx") or next((place for place in NGINX if os.path.exists(place)), None)
    if program is None:
        raise click.ClickException(
            say("Several processes need nginx before them, and there is none here. One process needs none.")
        )
    return own_nginx(program, folder, where, port)


def _tell(store: Path, address: str, port: int) -> None:
    host = "localhost" if address in HERE else address
    announce("")
    announce("  Kvalitetsdialog: " + say("{address} (stop with Ctrl+C)", address=f"http://{host}:{port}"))
    announce("  " + say("The store: {folder}", folder=store))
    if not holds_a_store(store):
        announce("  " + say("There is nothing in it yet: begin on the page Load data, with the files that you have."))
        announce("  " + say("To look around among invented schools first: {command}", command="kvalitet serve --demo"))


def _tell_that_it_ended(name: str, code: int | None) -> None:
    if code is None:
        announce(say("{name} has not answered for a minute and is ended.", name=name), err=True)
    else:
        announce(say("{name} ended ({code}) and is started anew.", name=name, code=code), err=True)
