"""Work that takes longer than a page may: a table of jobs, claimed by a conditional update.

A kind of work is a function marked with `@background("name")` in an app's `background.py`. It takes a
`Run`, which carries what was asked and through which it tells how far it has got. Workers call `work`.
A worker that dies leaves its claim to go stale; the job is then taken over, at most `MOST_ATTEMPTS` times.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from upstream.exceptions import UpstreamFailure
from upstream_web.core.models import Job

logger = logging.getLogger("upstream_web.jobs")
MOST_ATTEMPTS = 3
PAUSE_SECONDS = 0.5
TELL_EVERY_SECONDS = 0.4
LOOK_AT_CLOCK_SECONDS = 30.0

Clock = Callable[[], datetime]


@dataclass
class Run:
    """One attempt at a job, as the function that does the work sees it."""

    job: Job
    at: datetime
    claimed_by: str
    clock: Clock
    _told: float = field(default=0.0, init=False)

    @property
    def asked(self) -> Mapping[str, Any]:
        """What was asked for when the job was queued."""
        return self.job.payload

    def progress(self, step: str, share: float | None = None) -> None:
        """Tell how far the work has got: what is being done, and the share that is done (0 to 1) where it is known.

        Written to the database at most every few tenths of a second; each time it also renews the claim.
        """
        now = time.monotonic()
        if now - self._told < TELL_EVERY_SECONDS:
            return
        self._told = now
        self._renew(message=step[:300], percent=None if share is None else int(100 * min(max(share, 0.0), 1.0)))

    def _renew(self, **values: Any) -> None:
        kept = {name: value for name, value in values.items() if value not in (None, "")}
        Job.objects.filter(pk=self.job.pk, claimed_by=self.claimed_by).update(alive_at=self.clock(), **kept)


Work = Callable[[Run], dict[str, Any] | None]
_kinds: dict[str, Work] = {}


class UnknownKindOfWork(LookupError):
    """A job asks for work that no app does."""


def background(kind: str) -> Callable[[Work], Work]:
    """Mark the function that does one kind of background work."""

    def keep(work_function: Work) -> Work:
        _kinds[kind] = work_function
        return work_function

    return keep


def enqueue(kind: str, *, title: str, by: str, at: datetime, payload: Mapping[str, Any] | None = None) -> Job:
    """Ask for background work; `title` is what people read while they wait. Raises `UnknownKindOfWork`."""
    if kind not in _kinds:
        raise UnknownKindOfWork(kind)
    return Job.objects.create(kind=kind, title=title, queued_by=by, queued_at=at, payload=dict(payload or {}))


def worker_name() -> str:
    """Name this worker so that no other has the same name."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


def claim(*, worker: str, at: datetime) -> Job | None:
    """Take the oldest job that waits, or whose worker has given no sign of life; None when there is none.

    The update is made only while the row is still as it was read, so of two workers one gets the job.
    """
    stale = at - timedelta(seconds=settings.JOB_LEASE_SECONDS)
    for job in Job.objects.claimable(stale=stale).order_by("queued_at")[:5]:
        taken = Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts, alive_at=job.alive_at).update(
            state=Job.State.RUNNING, claimed_by=worker, claimed_at=at, alive_at=at, attempts=job.attempts + 1
        )
        if taken:
            return Job.objects.get(pk=job.pk)
    return None


def _finish(run: Run, state: str, **values: Any) -> None:
    Job.objects.filter(pk=run.job.pk, claimed_by=run.claimed_by, state=Job.State.RUNNING).update(
        state=state, finished_at=run.clock(), **values
    )


def _close_stale_connections() -> None:
    """Let go of connections that have grown old or broken; one inside a transaction is in use and stays."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _beat(run: Run, stop: threading.Event) -> None:
    """Renew the claim while the work goes on without telling; a database that is busy is asked again next time."""
    while not stop.wait(settings.JOB_LEASE_SECONDS / 4):
        try:
            run._renew()
        except DatabaseError:
            logger.warning("Claim not renewed", exc_info=True, extra={"job": str(run.job.pk)})
    _close_stale_connections()


def carry_out(run: Run) -> None:
    """Do the work of one claimed job and write how it ended; never raises."""
    if run.job.attempts > MOST_ATTEMPTS:
        _finish(run, Job.State.FAILED, failure="The work was begun three times and never finished; see the log.")
        return
    stop = threading.Event()
    pulse = threading.Thread(target=_beat, args=(run, stop), daemon=True)
    pulse.start()
    try:
        result = _kinds[run.job.kind](run)
        _finish(run, Job.State.DONE, percent=100, result=result or {})
    except UpstreamFailure as failure:
        _finish(run, Job.State.FAILED, failure=str(failure))
    except Exception:
        logger.exception("Job failed", extra={"job": str(run.job.pk), "kind": run.job.kind})
        _finish(run, Job.State.FAILED, failure="Something went wrong here; the log says what.")
    finally:
        stop.set()
        pulse.join()


def work(
    *,
    once: bool = False,
    stop: threading.Event | None = None,
    clock: Clock = timezone.now,
    told: Callable[[Job], None] | None = None,
    queue_due: Callable[[datetime], object] | None = None,
) -> int:
    """Do background work until `stop` is set, or until nothing waits when `once`; gives the number of jobs done.

    `queue_due` is asked from time to time to queue what is done by the clock.
    """
    stop = stop or threading.Event()
    worker = worker_name()
    done, looked = 0, -LOOK_AT_CLOCK_SECONDS
    while not stop.is_set():
        _close_stale_connections()
        if queue_due is not None and time.monotonic() - looked >= LOOK_AT_CLOCK_SECONDS:
            looked = time.monotonic()
            queue_due(clock())
        job = claim(worker=worker, at=clock())
        if job is None:
            if once:
                break
            stop.wait(PAUSE_SECONDS)
            continue
        carry_out(Run(job=job, at=clock(), claimed_by=worker, clock=clock))
        done += 1
        if told is not None:
            told(Job.objects.get(pk=job.pk))
    return done
