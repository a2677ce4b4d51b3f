"""What `kvalitet serve` would start, and what it says where it cannot; tests/deploy has it running."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from analytics.cli import cli
from analytics.cli.commands import serve
from analytics.model import installed
from analytics.serving.processes import KeptProcess
from tests.pages.serving import free_port


@pytest.fixture
def started(monkeypatch) -> list[KeptProcess]:
    """What would be started; it ends at once, as with Ctrl+C."""
    found: list[KeptProcess] = []

    @contextmanager
    def noted(processes):
        found.extend(processes)
        yield

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "kept_running", noted)
    monkeypatch.setattr(serve, "wait_until_they_answer", lambda *_: None)
    monkeypatch.setattr(serve, "keep", interrupted)
    monkeypatch.setattr(serve.shutil, "which", lambda _: "nginx")
    return found


def run(*words: str) -> None:
    cli.main(["serve", *words], standalone_mode=False)


def ports(processes: list[KeptProcess]) -> list[int]:
    return [process.at[1] for process in processes]


def test_one_process_listens_where_it_is_asked_and_an_empty_start_says_what_to_do(started, tmp_path, capsys):
    port = free_port()
    run("--store", str(tmp_path / "lager åäö"), "--port", str(port))
    assert ports(started) == [port] and "KVALITET_SEAT" not in started[0].environment
    assert started[0].environment["KVALITET_STORE"] == str(tmp_path / "lager åäö")
    told = capsys.readouterr().out
    assert f"http://localhost:{port}" in told and "kvalitet serve --demo" in told and "åäö" in told


def test_several_stand_behind_nginx_or_behind_the_machines_own(started, empty_store, capsys):
    port = free_port()
    run("--store", str(empty_store), "--port", str(port), "--processes", "2")
    assert [process.name for process in started][-1] == "nginx"
    assert ports(started) == [port + 1, port + 2, port]
    assert [process.environment.get("KVALITET_SEAT") for process in started[:2]] == ["1", "2"]
    assert len({process.environment["STREAMLIT_SERVER_COOKIE_SECRET"] for process in started[:2]}) == 1
    assert "--demo" not in capsys.readouterr().out
    started.clear()
    run("--store", str(empty_store), "--port", str(port), "--processes", "2", "--behind", "--secrets", "s.toml")
    assert ports(started) == [port, port + 1] and started[0].command[-2:] == ["--secrets.files", "s.toml"]


def test_the_demo_is_built_in_a_store_of_its_own_where_the_program_is_installed(started, tmp_path, monkeypatch):
    built = []
    monkeypatch.setattr(serve.build, "callback", lambda *_, **__: built.append(click.get_current_context().obj))
    monkeypatch.setattr(installed, "IS_INSTALLED", True)
    monkeypatch.setattr(installed.platformdirs, "user_data_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(serve, "default_store", installed.default_store)
    run("--store", str(tmp_path / "store"), "--demo", "--port", str(free_port()))  # as where nobody says
    assert built == [tmp_path / "demo"]
    assert started[0].environment["KVALITET_STORE"] == str(tmp_path / "demo")


def test_it_says_what_is_in_the_way(started, tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(click.ClickException) as refused:
        run("--store", str(tmp_path), "--port", str(other.getsockname()[1]))
    assert "--port" in refused.value.message
    monkeypatch.setattr(serve.shutil, "which", lambda _: None)
    monkeypatch.setattr(serve, "NGINX", (str(tmp_path / "none"),))
    with pytest.raises(click.ClickException, match="nginx"):
        run("--store", str(tmp_path), "--port", str(free_port()), "--processes", "2")
    assert started == []


def test_in_a_clone_the_store_is_the_clones():
    assert installed.default_store() == Path(installed.__file__).parents[2] / "data" / "store" == installed.demo_store()
