"""Asking an open API over the network: with a time-out, and in plain words where it does not answer. Nothing asks but
`kvalitet fetch`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from analytics.model.errors import Problem, Refused
from analytics.words.language import Words

Parameters = Mapping[str, str | Sequence[str]]


def asked(client: httpx.Client, address: str, say: Words, parameters: Parameters | None = None) -> Any:
    """What the address answers, as JSON; raises Refused where there is no answer, or none that can be used."""
    try:
        answer = client.get(address, params=parameters)
        answer.raise_for_status()
        return answer.json()
    except httpx.TimeoutException:
        text, hint = say("There was no answer in time."), say("Try again later, or give it longer with --seconds.")
    except httpx.HTTPStatusError as error:
        text = say("The answer was {code}.", code=error.response.status_code)
        hint = say("Check what was asked for. If that is right, try again later.")
    except (httpx.HTTPError, httpx.InvalidURL):
        text = say("The address could not be reached.")
        hint = say("Check the connection; or download the file with a browser, and load that.")
    except ValueError:
        text, hint = say("The answer is no JSON."), say("Try again later; the service may be down.")
    raise Refused([Problem(address, None, None, None, text, hint)])


def unlike_the_api(address: str, say: Words) -> Refused:
    """The refusal of an answer that is JSON of some other shape."""
    text = say("The answer does not look as this program knows it.")
    hint = say("The service may have changed. Download the file with a browser, and load that.")
    return Refused([Problem(address, None, None, None, text, hint)])
