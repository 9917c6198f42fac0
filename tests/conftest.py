"""What every test may ask for: the worked example with its build, made once for all workers of a run."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import migrated
import pytest
from hypothesis import HealthCheck, settings
from run_folder import run_folder
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from upstream.partnership import Partnership, open_partnership

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "partnerships" / "staffordshire"
MADE_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

# The same examples every time, so that a failure seen once can be seen again; HYPOTHESIS_PROFILE=search looks for more.
settings.register_profile(
    "repeat", derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))


@contextmanager
def only_one(name: Path) -> Iterator[None]:
    """Let one process at a time through, among those that share the file."""
    name.parent.mkdir(parents=True, exist_ok=True)
    with name.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


BROWSER_TESTS = "tests/functional/browser/"
SLOW_COUNTS_AS = 30  # tests, where a module is weighed
KEEPS_RECORDS = {"db", "transactional_db", "live_server", "django_db_setup"}
LANDED_FROM = ("codes", "ingestion", "sources", "tables")
BUILT_FROM = ("codes", "geography", "store", "tables")


def fingerprint(parts: tuple[str, ...]) -> str:
    """Hash parts of the library and the example's data, so that what was made from them is used while it holds."""
    digest = hashlib.sha256()
    for folder in [*(ROOT / "src" / "upstream" / name for name in parts), EXAMPLE]:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not {"__pycache__", "records"} & set(path.relative_to(folder).parts):
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def pristine_example(kept: Path) -> Path:
    """Give a data root in which the worked example is loaded and built, making what is missing or out of date."""
    from upstream import store

    root = kept / fingerprint(LANDED_FROM)
    built_from = root / "built_from"
    with only_one(kept / "lock"):
        if not root.exists():
            for old in kept.iterdir():
                shutil.rmtree(old) if old.is_dir() else None
            store.prepare(open_partnership(EXAMPLE, data=kept / "draft"), at=MADE_AT)
            (kept / "draft" / "built_from").write_text(fingerprint(BUILT_FROM))
            (kept / "draft").rename(root)
        elif built_from.read_text() != fingerprint(BUILT_FROM):
            store.make_build(open_partnership(EXAMPLE, data=root), at=MADE_AT)
            built_from.write_text(fingerprint(BUILT_FROM))
    return root


class ByModule(LoadScopeScheduling):
    """Gives the tests of a module to one worker, and all that look at the running site, which takes long to start."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    """Give what a test has to share a worker with."""
    path = nodeid.split("::")[0]
    return BROWSER_TESTS if path.startswith(BROWSER_TESTS) else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Share tests out among workers by what they have in common, in the order in which they were collected."""
    config.option.loadscopereorder = False
    return ByModule(config, log)


def put_longest_first(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest, so that no worker is left with one of them in the end."""
    weights: Counter[str] = Counter()
    for item in items:
        weights[scope_of(item.nodeid)] += SLOW_COUNTS_AS if item.get_closest_marker("slow") else 1
    items.sort(key=lambda item: (-weights[scope_of(item.nodeid)], scope_of(item.nodeid)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let tests that share a kept example come last; on PostgreSQL run what keeps records.

    A kept example would be there for the other tests of its module too. Tests that keep no records cannot tell one
    database from another and ran on SQLite.
    """
    items.sort(key=lambda item: "kept_example" in getattr(item, "fixturenames", ()))
    if hasattr(config, "workerinput"):
        put_longest_first(items)
    if not os.environ.get("UPSTREAM_TEST_DATABASE_URL"):
        return
    keeping = [item for item in items if KEEPS_RECORDS & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(keeping)])
    items[:] = keeping


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any, pytestconfig: pytest.Config
) -> Iterator[ExitStack]:
    """Copy the tables that another worker or an earlier run made, while what they are made from stays the same."""
    kept = pytestconfig.rootpath / ".pytest_cache" / "migrated"
    with ExitStack() as until_set_up:
        until_set_up.enter_context(only_one(kept / "lock"))
        with django_db_blocker.unblock():
            until_set_up.enter_context(migrated.copied(kept))
        yield until_set_up


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_modify_db_settings: ExitStack) -> None:
    """Let the next worker go on: the tables are there."""
    django_db_modify_db_settings.close()


@pytest.fixture(scope="session")
def tables_in_a_file(pytestconfig: pytest.Config) -> Path:
    """A SQLite file with the tables of the site and nothing in them; to be copied by those who start processes."""
    kept = pytestconfig.rootpath / ".pytest_cache" / "migrated"
    with only_one(kept / "lock"):
        made = migrated.made_in(kept)
        if not made.is_file():
            migrated.make_from_nothing(made)
            migrated.made_by_this_run().touch()
    return made


@pytest.fixture(scope="session")
def pristine(pytestconfig: pytest.Config) -> Path:
    """The data root that copies of the worked example are made from; nobody opens what is in it."""
    return pristine_example(pytestconfig.rootpath / ".pytest_cache" / "example")


@pytest.fixture(scope="session")
def example(pristine: Path) -> Partnership:
    """The worked example, loaded and built, in the data folder that the site's settings name.

    For reading only: it is shared by every test of the run. A test that loads, withdraws or builds asks for
    `own_example` instead.
    """
    root = run_folder()
    slug = open_partnership(EXAMPLE, data=root).slug
    with only_one(root / "lock"):
        if not (root / slug / "builds" / "current").exists():
            shutil.copytree(pristine / slug, root / slug, dirs_exist_ok=True)
    return open_partnership(EXAMPLE, data=root)


@pytest.fixture
def own_example(pristine: Path, tmp_path: Path) -> Partnership:
    """A copy of the worked example that a test may change as it likes."""
    shutil.copytree(pristine, tmp_path / "var", ignore=shutil.ignore_patterns("built_from"))
    return open_partnership(EXAMPLE, data=tmp_path / "var")


@pytest.fixture(scope="session", autouse=True)
def _trail_can_be_emptied_between_tests():
    """Lift the guard of the audit trail around the emptying of the database after a test, and for nothing else."""
    from django.db import connection

    from upstream_web.audit import guard

    plain = type(connection.ops).sql_flush

    def sql_flush(self, style, tables, **options):
        emptied, vendor = plain(self, style, tables, **options), self.connection.vendor
        if guard.EVENTS not in tables:
            return emptied
        return [*guard.statements_to_lift(vendor), *emptied, *guard.statements_to_put(vendor)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "sql_flush", sql_flush)
        yield
