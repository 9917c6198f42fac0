"""Does background work until stopped: `python -m upstream_web.worker`, started beside the server."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

CHECKED_EVERY_SECONDS = 1.0


def _stop_with_parent(parent: int, stop: threading.Event) -> None:
    """Stop when the server that started this worker is gone without having said so."""
    while not stop.wait(CHECKED_EVERY_SECONDS):
        if os.getppid() != parent:
            stop.set()


def main() -> int:
    """Work until told to stop; a job under way is finished first."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    # Before the slow imports, so that a stop during start-up is heard too.
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstream_web.settings")
    import django

    django.setup()
    from upstream_web.core import jobs
    from upstream_web.core.schedule import queue_due

    threading.Thread(target=_stop_with_parent, args=(os.getppid(), stop), daemon=True).start()
    jobs.work(stop=stop, queue_due=queue_due)
    return 0


if __name__ == "__main__":
    sys.exit(main())
