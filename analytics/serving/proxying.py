"""The nginx that `kvalitet serve` starts before several processes: all that it writes lies in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from analytics.serving.processes import KeptProcess
from analytics.serving.proxy import plain

NGINX = ("/usr/sbin/nginx", "/usr/local/sbin/nginx")
"""Where it may lie that an ordinary user's path does not lead to."""
AROUND = """\
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr;
{user}
events {{ worker_connections 4096; }}
http {{
    access_log off;
    {temporary}
    include site.conf;
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def own_nginx(program: str, folder: Path, processes: Sequence[str], port: int) -> KeptProcess:
    """`processes`: where each listens; `port`: where nginx does. Writes its configuration."""
    (folder / "site.conf").write_text(plain(processes, port, cache="cache"), "utf-8", newline="\n")
    (folder / "nginx.conf").write_text(around(), "utf-8", newline="\n")
    command = [program, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]
    return KeptProcess("nginx", command, os.environ, ("127.0.0.1", port), answers_itself=False)


def around() -> str:
    """What stands around a site; paths are below the folder that nginx is started for."""
    temporary = "\n    ".join(f"{name}_temp_path {name};" for name in TEMPORARY)
    root = getattr(os, "geteuid", lambda: 1)() == 0
    return AROUND.format(temporary=temporary, user="user root;" if root else "")  # its folder is closed to others
