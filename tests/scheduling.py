"""Which worker runs what, where tests run on several."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

IN_A_BROWSER = "tests/browser/"


class BrowserTogether(LoadFileScheduling):
    """A file's tests are one worker's, and all that are in a browser: a second worker would have another browser, and
    another server that has drawn nothing yet."""

    def _split_scope(self, nodeid: str) -> str:
        return IN_A_BROWSER if nodeid.startswith(IN_A_BROWSER) else super()._split_scope(nodeid)
