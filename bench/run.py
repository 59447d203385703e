"""``make bench``: ratios inside one run. Nothing here is asserted; docs/performance.md keeps what came out."""

from __future__ import annotations

import gc
import platform
import sys

from bench import composing, costs, counting, deriving, events, processes, publishing, scale, sending, writing
from deadlines.cli import MANY

GROUPS = {
    "processes": processes, "deriving": deriving, "counting": counting, "writing": writing, "publishing": publishing,
    "costs": costs, "events": events, "composing": composing, "sending": sending, "scale": scale,
}  # fmt: skip


def main() -> None:
    """Run the groups named, or all."""
    print(
        f"Python {platform.python_version()}. CPU time, medians; each ratio is to the first row of its table, in turn."
    )
    gc.set_threshold(MANY)  # as every command does
    for name in sys.argv[1:] or GROUPS:
        GROUPS[name].run()


if __name__ == "__main__":
    main()
