"""People who click, over the websocket that browsers use: how long the server takes to answer each click.

    python -m tests.bench.ws_clicks                      # a demo store and a server of its own, 75 people on /skola
    python -m tests.bench.ws_clicks --url http://host:8501 --page skolor --people 200

A click picks another option of the page's longest select box. Where that is folded into a button, the button is opened
first, at a click that is not counted, and stays open. Its time runs from sending it until the server says that the
script has finished: the network and the browser's own drawing come on top. `--pause 0`: as many as the server manages.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.pages.serving import PATIENCE, build_store, serving


@dataclass
class Figures:
    """What a run measured: seconds of the first page and of each click, kilobytes in all, and what went wrong."""

    first: list[float] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    kilobytes: float = 0.0  # of the clicks
    errors: list[str] = field(default_factory=list)
    began: float = 0.0  # when the first and the last click of all began and ended
    ended: float = 0.0

    @property
    def a_second(self) -> float:
        return len(self.clicks) / max(self.ended - self.began, 1e-9)

    def __str__(self) -> str:
        def told(seconds: list[float]) -> str:
            return f"half within {quantile(seconds, 0.5):.3f} s, 95 % within {quantile(seconds, 0.95):.3f} s"

        return (
            f"{len(self.first)} people, {len(self.clicks)} clicks, {len(self.errors)} errors\n"
            f"first page: {told(self.first)}\n"
            f"a click:    {told(self.clicks)}, slowest {max(self.clicks, default=0.0):.3f} s\n"
            f"{self.a_second:.0f} clicks a second, {self.kilobytes / max(len(self.clicks), 1):.1f} kB each"
        )


def quantile(seconds: list[float], share: float) -> float:
    """The time that this share of them lies within."""
    ordered = sorted(seconds)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


@dataclass
class Person:
    """One browser session: it knows the select boxes that it was last shown, and what it has opened."""

    stream: ClientConnection
    page: str
    query: str
    figures: Figures
    boxes: dict[str, list[str]] = field(default_factory=dict)
    folds: dict[tuple[int, ...], str] = field(default_factory=dict)  # where a button stands -> its id
    within: dict[str, list[str]] = field(default_factory=dict)  # a select box's id -> those of buttons that fold it
    kilobytes: float = 0.0

    async def run(self, picked: dict[str, str], open_: Iterable[str] = ()) -> float:
        """Has the script run with these options picked and these buttons open; returns the seconds that it took."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        for fold in open_:
            message.rerun_script.widget_states.widgets.add(id=fold, bool_value=True)
        for box, option in picked.items():
            message.rerun_script.widget_states.widgets.add(id=box, string_value=option)
        begun = perf_counter()
        await self.stream.send(message.SerializeToString())
        while True:
            data = await asyncio.wait_for(self.stream.recv(), PATIENCE)
            self.kilobytes += len(data) / 1000
            if self.finished(ForwardMsg.FromString(data)):
                return perf_counter() - begun

    def finished(self, message: ForwardMsg) -> bool:
        """Takes in a message; whether it was the run's last."""
        element = message.delta.new_element
        if message.HasField("page_info_changed"):
            self.query = message.page_info_changed.query_string  # as the address bar does
        if message.delta.add_block.HasField("popover"):
            self.folds[tuple(message.metadata.delta_path)] = message.delta.add_block.popover.id
        if element.HasField("selectbox"):
            self.boxes[element.selectbox.id] = list(element.selectbox.options)
            around = [id_ for at, id_ in self.folds.items() if tuple(message.metadata.delta_path)[: len(at)] == at]
            self.within[element.selectbox.id] = around
        if element.HasField("exception"):
            self.figures.errors.append(element.exception.message)
        if element.HasField("alert") and element.alert.format == Alert.ERROR:
            self.figures.errors.append(element.alert.body)
        return message.HasField("script_finished")

    async def open(self) -> float:
        """The page, and then its choices unfolded; returns the seconds of the page."""
        first = await self.run({})
        if self.folds:
            await self.run({}, self.folds.values())
        await self.click()
        self.kilobytes = 0.0
        return first

    @property
    def longest(self) -> str:
        """The id of the select box with the most options."""
        return max(self.boxes, key=lambda id_: len(self.boxes[id_]))

    async def click(self, option: str = "") -> float:
        """Picks this option, or any."""
        box = self.longest
        return await self.run({box: option or random.choice(self.boxes[box])}, self.within[box])


async def person(url: str, page: str, clicks: int, pause: float, wait: float, figures: Figures) -> None:
    """Comes after `wait` seconds, opens the page (`skola?school=...`), and clicks, with `pause` seconds (give or take
    half) between."""
    await asyncio.sleep(wait)
    address = url.replace("http", "ws", 1).rstrip("/") + "/_stcore/stream"
    path, _, query = page.partition("?")
    try:
        async with connect(
            address, subprotocols=["streamlit"], origin=Origin(url), max_size=None, proxy=None
        ) as stream:
            visitor = Person(stream, path, query, figures)
            figures.first.append(await visitor.open())
            figures.began = figures.began or perf_counter()
            for _ in range(clicks):
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))
                figures.clicks.append(await visitor.click())
            figures.kilobytes += visitor.kilobytes
            figures.ended = perf_counter()
    except Exception as error:  # whatever went wrong for this person is a figure too
        figures.errors.append(f"{type(error).__name__}: {error}")


Come = Callable[[str, str, int, float, float, Figures], Awaitable[None]]
"""How somebody comes to a page, clicks there and notes how long that took."""


async def people(
    url: str, page: str, number: int, clicks: int, pause: float, arriving: float, come: Come = person
) -> Figures:
    """So many people, who arrive evenly over so many seconds."""
    figures = Figures()
    waits = [arriving * i / number for i in range(number)]
    await asyncio.gather(*(come(url, page, clicks, pause, wait, figures) for wait in waits))
    return figures


def warm_up(url: str, page: str) -> None:
    """Visits every option of the page's longest select box once, as the server's own warming does in time."""

    async def visit() -> None:
        address = url.replace("http", "ws", 1).rstrip("/") + "/_stcore/stream"
        path, _, query = page.partition("?")
        async with connect(
            address, subprotocols=["streamlit"], origin=Origin(url), max_size=None, proxy=None
        ) as stream:
            visitor = Person(stream, path, query, Figures())
            await visitor.open()
            for option in visitor.boxes[visitor.longest]:
                await visitor.click(option)

    asyncio.run(visit())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a server that runs already (default: one of its own, with demo data)")
    parser.add_argument("--page", default="skola?school=agatskolan")
    parser.add_argument("--people", type=int, default=75)
    parser.add_argument("--clicks", type=int, default=8, help="clicks a person")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between clicks, give or take half")
    parser.add_argument("--after", type=float, default=0.0, help="seconds that a server has had to make pages ahead in")
    parser.add_argument("--arriving", type=float, default=10.0, help="seconds over which people arrive")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        own = nullcontext() if args.url else serving(build_store(Path(folder) / "store"))
        with own as server:
            url = args.url or server.url
            warm_up(url, args.page)
            time.sleep(args.after)
            print(asyncio.run(people(url, args.page, args.people, args.clicks, args.pause, args.arriving)))


if __name__ == "__main__":
    main()
