"""Whether any package that is locked has a known hole: `make audit`. What pip-audit says is weighed here, as it says
"no known vulnerabilities" also where it could ask nobody.

Ends with 1 where a package has a hole, or the audit itself breaks. Where no database can be asked that is said, and it
ends with 0: what is to be tested must be testable without one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LOCKED = Path(__file__).parent.parent / "requirements-dev.txt"  # has what requirements.txt has
DATABASES = ("pypi", "osv")  # asked in this order, until one answers
LONGEST = 60  # seconds that either may take
NOBODY = re.compile(
    r"ConnectionError|ConnectTimeout|ReadTimeout|Timeout|ProxyError|SSLError|Max retries|HTTPError|ServiceError|"
    r"NewConnectionError|NameResolutionError|JSONDecodeError"
)


@dataclass(frozen=True)
class Told:
    """What a tool has said: its exit code (None: it took too long), and what it wrote."""

    code: int | None
    out: str
    err: str


Ask = Callable[[str], Told]


def audit(ask: Ask, say: Callable[[str], None]) -> int:
    """The exit code, with a line for what came of it, or for each hole."""
    for database in DATABASES:
        told = ask(database)
        packages = _packages(told)
        if packages is None and told.code is not None and not NOBODY.search(told.err):
            say(f"The audit of packages broke: {(told.err or told.out).strip()[-2000:]}")
            return 1
        known = [package for package in packages or () if "skip_reason" not in package]
        if known:
            return _tell(known, len(packages or ()) - len(known), say)
    say("Packages are not audited: no database of known holes can be asked from here.")
    return 0


def _packages(told: Told) -> list[dict] | None:
    """Every package with what is known of it; None where that was not told."""
    try:
        packages = json.loads(told.out)["dependencies"]
        return packages if isinstance(packages, list) and told.code in (0, 1) else None
    except (ValueError, KeyError, TypeError):
        return None


def _tell(known: Sequence[dict], unknown: int, say: Callable[[str], None]) -> int:
    holes = [(package, hole) for package in known for hole in package["vulns"]]
    for package, hole in holes:
        mended = ", ".join(hole.get("fix_versions") or ["none"])
        say(f"{package['name']} {package['version']} has a known hole: {hole['id']}; mended in: {mended}")
    not_asked = f"; of {unknown} the database knows nothing" if unknown else ""
    if not holes:
        say(f"{len(known)} packages audited, no known hole{not_asked}.")
    return 1 if holes else 0


def ask_pip_audit(database: str) -> Told:
    command = [sys.executable, "-m", "pip_audit", "-r", str(LOCKED), "--require-hashes", "--disable-pip"]
    command += ["-s", database, "-f", "json", "--timeout", "5", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return Told(None, "", "")
    return Told(done.returncode, done.stdout, done.stderr)


if __name__ == "__main__":
    raise SystemExit(audit(ask_pip_audit, print))
