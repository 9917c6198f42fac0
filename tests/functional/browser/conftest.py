"""A real browser on the real server with the worked example; skipped plainly where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERVE = """
import sys
from datetime import UTC, datetime
from upstream import store
from upstream.partnership import open_partnership
from upstream_web import serving

if __name__ == "__main__":
    partnership = open_partnership(sys.argv[1], data=sys.argv[2])
    store.prepare(partnership, at=datetime.now(UTC))  # leaves threads behind, which once hung the server's processes
    serving.prepare_site(partnership, at=datetime.now(UTC))
    serving.serve("127.0.0.1", int(sys.argv[3]), workers=1, announce=lambda address: print(address, flush=True))
"""


def chromium() -> str | None:
    """Where a Chromium lies: the variable UPSTREAM_CHROMIUM, or the usual names."""
    named = os.environ.get("UPSTREAM_CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass(frozen=True)
class LiveSite:
    """A running server and the password of its example people."""

    address: str
    password: str


@pytest.fixture(scope="session")
def live_site(example, pristine, tables_in_a_file, tmp_path_factory) -> Iterator[LiveSite]:
    """The server as `upstream run` starts it, on a copy of the worked example."""
    data = tmp_path_factory.mktemp("live") / "var"
    shutil.copytree(pristine, data)
    shutil.copyfile(tables_in_a_file, data / example.slug / example.data.database.name)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTREAM_", "DJANGO_"))}
    script = data.parent / "serve.py"
    script.write_text(SERVE)
    environment["PYTHONPATH"] = str(ROOT / "src")
    server = subprocess.Popen(
        [sys.executable, str(script), str(example.folder), str(data), "8850"],
        env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        address = (server.stdout.readline() if server.stdout else "").strip()
        assert address, "the server ended before it said where it is"
        wait_for(f"{address}/healthz")
        password = (data / example.slug / "example-sign-in.txt").read_text().splitlines()[0].strip()
        yield LiveSite(address, password)
    finally:
        server.terminate()
        server.wait(30)
        if server.stdout:
            server.stdout.close()


def wait_for(address: str) -> None:
    """Wait until something answers there."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window, closed after each module: Django opens no database beside its event loop."""
    found = chromium()
    if found is None:
        pytest.skip("Chromium is not installed; install it, or say where it is with UPSTREAM_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def signed_in(browser, live_site):
    """The cookies of each person of the worked example, signed in once."""
    kept: dict[str, list] = {}

    def cookies(who: str) -> list:
        if who not in kept:
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{live_site.address}/sign-in/")
            page.fill("#id_username", f"{who}@example")
            page.fill("#id_password", live_site.password)
            page.click("form.form button[type=submit]")
            page.wait_for_url(f"{live_site.address}/")
            kept[who] = context.cookies()
            context.close()
        return kept[who]

    return cookies


@pytest.fixture
def open_page(browser, live_site, signed_in):
    """Open an address as somebody, at a width; what the console complains of and who else is asked is kept."""
    contexts = []

    def opened(path: str, *, who: str | None = "analyst", width: int = 1440):
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_site.address)
        contexts.append(context)
        if who:
            context.add_cookies(signed_in(who))
        page = watched(context.new_page(), live_site.address)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


def watched(page, home: str):
    """Keep what the console of a page complains of, and who else than `home` is asked."""
    page.complaints = []
    page.elsewhere = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: note_elsewhere(page, request.url, home))
    return page


def note_elsewhere(page, url: str, home: str) -> None:
    """Keep a request that leaves the site."""
    if not url.startswith((home, "data:", "blob:")):
        page.elsewhere.append(url)
