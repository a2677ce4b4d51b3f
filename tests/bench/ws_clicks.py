"""People who click, over the websocket that browsers use: how long the server takes to answer each click.

    python -m tests.bench.ws_clicks                      # a demo store and a server of its own, 75 people on /skola
    python -m tests.bench.ws_clicks --url http://host:8501 --page skolor --people 200

A click picks another option of the page's longest select box. Its time runs from sending it until the server says that
the script has finished: the network and the browser's own drawing come on top.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.pages.serving import PATIENCE, Server, build_store, serving, visiting


@dataclass
class Figures:
    """What a run measured: seconds of the first page and of each click, kilobytes in all, and what went wrong."""

    first: list[float] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    kilobytes: float = 0.0
    errors: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        runs = len(self.first) + len(self.clicks)

        def told(seconds: list[float]) -> str:
            return f"half within {quantile(seconds, 0.5):.3f} s, 95 % within {quantile(seconds, 0.95):.3f} s"

        return (
            f"{len(self.first)} people, {len(self.clicks)} clicks, {len(self.errors)} errors\n"
            f"first page: {told(self.first)}\n"
            f"a click:    {told(self.clicks)}, slowest {max(self.clicks, default=0.0):.3f} s\n"
            f"{self.kilobytes / max(runs, 1):.0f} kB a run"
        )


def quantile(seconds: list[float], share: float) -> float:
    """The time that this share of them lies within."""
    ordered = sorted(seconds)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


@dataclass
class Person:
    """One browser session: it knows the select boxes that it was last shown."""

    stream: ClientConnection
    page: str
    figures: Figures
    boxes: dict[str, list[str]] = field(default_factory=dict)

    async def run(self, picked: dict[str, str]) -> float:
        """Has the script run with these options picked; returns the seconds until it finished."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        for box, option in picked.items():
            message.rerun_script.widget_states.widgets.add(id=box, string_value=option)
        begun = perf_counter()
        await self.stream.send(message.SerializeToString())
        while True:
            data = await asyncio.wait_for(self.stream.recv(), PATIENCE)
            self.figures.kilobytes += len(data) / 1000
            if self.finished(ForwardMsg.FromString(data)):
                return perf_counter() - begun

    def finished(self, message: ForwardMsg) -> bool:
        """Takes in a message; whether it was the run's last."""
        element = message.delta.new_element
        if element.HasField("selectbox"):
            self.boxes[element.selectbox.id] = list(element.selectbox.options)
        if element.HasField("exception"):
            self.figures.errors.append(element.exception.message)
        if element.HasField("alert") and element.alert.format == Alert.ERROR:
            self.figures.errors.append(element.alert.body)
        return message.HasField("script_finished")

    async def click(self) -> float:
        box = max(self.boxes, key=lambda id_: len(self.boxes[id_]))
        return await self.run({box: random.choice(self.boxes[box])})


async def person(url: str, page: str, clicks: int, pause: float, wait: float, figures: Figures) -> None:
    """Comes after `wait` seconds, opens the page, and clicks, with `pause` seconds (give or take half) between."""
    await asyncio.sleep(wait)
    address = url.replace("http", "ws", 1).rstrip("/") + "/_stcore/stream"
    try:
        async with connect(address, subprotocols=["streamlit"], max_size=None, proxy=None) as stream:
            visitor = Person(stream, page, figures)
            figures.first.append(await visitor.run({}))
            for _ in range(clicks):
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))
                figures.clicks.append(await visitor.click())
    except Exception as error:  # whatever went wrong for this person is a figure too
        figures.errors.append(f"{type(error).__name__}: {error}")


async def people(url: str, page: str, number: int, clicks: int, pause: float, arriving: float) -> Figures:
    """So many people, who arrive evenly over so many seconds."""
    figures = Figures()
    waits = [arriving * i / number for i in range(number)]
    await asyncio.gather(*(person(url, page, clicks, pause, wait, figures) for wait in waits))
    return figures


def warm_up(server: Server, page: str) -> None:
    """Visits every option of the page's longest select box once, as the server's own warming does in time."""
    with visiting(server) as visitor:
        box = max(visitor.open(page).of("selectbox"), key=lambda each: len(each.options))
        for option in box.options:
            visitor.open(page, picked={box.id: option})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a server that runs already (default: one of its own, with demo data)")
    parser.add_argument("--page", default="skola")
    parser.add_argument("--people", type=int, default=75)
    parser.add_argument("--clicks", type=int, default=8, help="clicks a person")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between clicks, give or take half")
    parser.add_argument("--arriving", type=float, default=10.0, help="seconds over which people arrive")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        own = nullcontext() if args.url else serving(build_store(Path(folder) / "store"))
        with own as server:
            if server:
                warm_up(server, args.page)
            url = args.url or server.url
            print(asyncio.run(people(url, args.page, args.people, args.clicks, args.pause, args.arriving)))


if __name__ == "__main__":
    main()
