"""How long a browser that has never been there waits for the first chart: ours, an empty Streamlit page's, Dash's.

    python -m tests.bench.cold_browser --dash dash/bin/python    # how that is made: tests/bench/dash_app.py

Each round opens all of them in turn, in a context of its own with nothing kept, on this machine's own network and at
20 Mbit/s with 30 ms to the server; the median is told, with what was fetched. A chart is there when Plotly has drawn
its axes. Compare within a table: a busy machine draws late.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.bench import worked_out
from tests.bench.beside import dash, running
from tests.bench.ws_clicks import warm_up
from tests.pages.serving import build_store, serving

DESK = {"width": 1366, "height": 768}
SLOW = {"offline": False, "latency": 30, "downloadThroughput": 20e6 / 8, "uploadThroughput": 20e6 / 8}
PATIENCE = 120_000  # milliseconds

# When the first chart stands there, in milliseconds from the beginning of the visit.
WATCH = """new MutationObserver((_, watching) => {
    if (!document.querySelector('.js-plotly-plot .main-svg .cartesianlayer .xaxislayer-above *')) return;
    watching.disconnect();
    requestAnimationFrame(() => { window.firstChart = performance.now(); });
}).observe(document, {childList: true, subtree: true})"""


@dataclass(frozen=True)
class Visited:
    """A page that is opened cold."""

    name: str
    url: str
    seconds: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})
    megabytes: list[float] = field(default_factory=list)


def visit(browser: Browser, visited: Visited, *, slow: bool) -> None:
    context = browser.new_context(locale="sv-SE", viewport=DESK)
    try:
        page, fetched = context.new_page(), [0.0]
        page.add_init_script(WATCH)
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda told: fetched.append(told["encodedDataLength"]))
        network.on("Network.webSocketFrameReceived", lambda told: fetched.append(len(told["response"]["payloadData"])))
        if slow:
            network.send("Network.emulateNetworkConditions", SLOW)
        page.goto(visited.url, wait_until="commit", timeout=PATIENCE)
        page.wait_for_function("() => window.firstChart", timeout=PATIENCE)
        visited.seconds[slow].append(page.evaluate("window.firstChart") / 1000)
        visited.megabytes.append(sum(fetched) / 1e6)
    finally:
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dash", help="the Python that Dash is installed in; without it, Dash is left out")
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    empty = [sys.executable, "-m", "streamlit", "run", "tests/bench/empty_page.py", "--server.port", "{port}"]
    with ExitStack() as open_, tempfile.TemporaryDirectory() as folder:
        store = build_store(Path(folder) / "store")
        ours = open_.enter_context(serving(store)).url
        warm_up(ours, "skola?school=agatskolan")
        warm_up(ours, "oversikt")
        there = [
            Visited("ours, /skola", f"{ours}/skola?school=agatskolan"),
            Visited("ours, /oversikt", f"{ours}/oversikt"),
            Visited("an empty Streamlit page", open_.enter_context(running(empty))[0]),
        ]
        if args.dash:
            worked_out.write(store, pages := Path(folder) / "pages.json")
            beside, _ = open_.enter_context(running(dash(args.dash, pages)))
            there += [Visited(f"Dash, {path}", f"{beside}/{path}") for path in ("skola", "oversikt")]
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for visited in there:  # what the servers do once, such as packing their files, is not a visitor's wait
                visit(browser, visited, slow=False)
                visited.seconds[False].clear()
                visited.megabytes.clear()
            for _ in range(args.rounds):
                for slow in (False, True):
                    for visited in there:
                        visit(browser, visited, slow=slow)
        print("| | first chart, s | at 20 Mbit/s, s | fetched before it, MB |\n| --- | --- | --- | --- |")
        for each in there:
            local, slow = (median(each.seconds[way]) for way in (False, True))
            print(f"| {each.name} | {local:.2f} | {slow:.2f} | {median(each.megabytes):.2f} |")


if __name__ == "__main__":
    main()
