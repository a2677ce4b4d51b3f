"""The `kvalitet` command. Exit codes: 0 done; 1 refused, nothing changed; 2 the words of the call are off; 3 the store
is busy or broken. Every module in `commands` is a command or more, and puts itself into the group."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from analytics.cli import commands
from analytics.cli.group import cli
from analytics.cli.main import main

__all__ = ["cli", "main"]

for found in iter_modules(commands.__path__, commands.__name__ + "."):
    import_module(found.name)
