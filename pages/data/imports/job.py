"""Something that takes seconds, done beside the page: the page shows how far it has come, and nobody waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from analytics.model.errors import KvalitetError

Step = Callable[[], None]


class Job:
    """One thing that is done in a thread of its own. `share`: how much of it is done, 0-1; once it is over either
    `answer` or `error` is there: what it came to, or a KvalitetError; `failed`: it was a fault of ours."""

    def __init__(self, what: str, steps: int, do: Callable[[Step], Any]):
        self.what, self.answer, self.error, self.failed = what, None, None, False
        self._steps, self._done, self._over = max(steps, 1), 0, threading.Event()
        self._do = do
        threading.Thread(target=self._run, name=f"import: {what}", daemon=True).start()

    @property
    def share(self) -> float:
        """Never whole before it is over."""
        return 1.0 if self.over else min(self._done / self._steps, 0.97)

    @property
    def over(self) -> bool:
        return self._over.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it is over within so many seconds."""
        return self._over.wait(seconds)

    def _step(self) -> None:
        self._done += 1

    def _run(self) -> None:
        try:
            self.answer = self._do(self._step)
        except KvalitetError as error:
            self.error = error
        except Exception:
            logging.getLogger("kvalitetsdialog").exception("an import failed")
            self.failed = True
        finally:
            self._over.set()
