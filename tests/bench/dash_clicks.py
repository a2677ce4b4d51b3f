"""People who click in the Dash app beside ours (tests/bench/dash_app.py), over the requests that its browsers make."""

from __future__ import annotations

import asyncio
import json
import random
from time import perf_counter
from urllib.parse import urlsplit

from tests.bench.ws_clicks import Figures

OUTPUTS = ("answer.children", "figures.children", "picture.figure", "table.children")


async def person(url: str, page: str, clicks: int, pause: float, wait: float, figures: Figures) -> None:
    """As tests/bench/ws_clicks.person does in ours."""
    await asyncio.sleep(wait)
    where = urlsplit(url)
    try:
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        begun = perf_counter()
        first = await asked(reader, writer, _update("page.children", {"at.pathname": f"/{page}"}))
        options = json.loads(first)["response"]["page"]["children"][1]["props"]["options"]
        figures.first.append(perf_counter() - begun)
        figures.began = figures.began or perf_counter()
        for _ in range(clicks):
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            message = _update(f"..{'...'.join(OUTPUTS)}..", {"option.value": random.choice(options), "path.data": page})
            begun = perf_counter()
            answer = await asked(reader, writer, message)
            figures.clicks.append(perf_counter() - begun)
            figures.kilobytes += len(answer) / 1000
        figures.ended = perf_counter()
        writer.close()
    except Exception as error:  # whatever went wrong for this person is a figure too
        figures.errors.append(f"{type(error).__name__}: {error}")


def _update(output: str, inputs: dict[str, str]) -> bytes:
    """What Dash's own script sends when these have been set."""
    outputs = [dict(zip(("id", "property"), each.split("."), strict=True)) for each in output.strip(".").split("...")]
    told = [dict(zip(("id", "property"), name.split("."), strict=True)) | {"value": v} for name, v in inputs.items()]
    sent = {"output": output, "outputs": outputs if output.startswith("..") else outputs[0], "inputs": told}
    return json.dumps(sent | {"changedPropIds": [next(iter(inputs))]}).encode()


async def asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> bytes:
    """The answer's body. Raises ValueError for one that is not what was asked for."""
    head = (
        "POST /_dash-update-component HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    said = (await reader.readuntil(b"\r\n\r\n")).decode()
    fields = dict(line.lower().split(": ", 1) for line in said.split("\r\n")[1:] if line)
    answer = await reader.readexactly(int(fields["content-length"]))
    if " 200 " not in said.split("\r\n")[0]:
        raise ValueError(answer[:200])
    return answer
