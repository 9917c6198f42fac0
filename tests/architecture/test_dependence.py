"""The library stands alone; parts of the site lie in layers; only two places may speak to the network."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from architecture.source_tree import ROOT, SOURCE, imported_names, modules

NETWORK_MODULES = {"urllib.request", "http.client", "socket", "requests", "httpx", "ftplib", "smtplib"}
MAY_USE_NETWORK = {
    "upstream/ingestion/fetch.py": "collects open data for those who have internet",
    "upstream_web/serving.py": "looks for a free port on this machine",
    "upstream_web/records/sending.py": "tells the answers of a mail server apart",
    "upstream_web/core/jobs.py": "names the worker that holds a job",
    "upstream_cli/benchmarks/pages.py": "asks the workbench on this machine for pages",
}

MAY_READ_CLOCK = {
    "upstream/ingestion/benchmark.py": "times loading, with receipts that are thrown away",
    "upstream/ingestion/loading.py": "a check lands nothing, and may be asked for without a moment",
}

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys

class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "upstream_web", "upstream_cli"}:
            raise ImportError(f"{name} is not installed here")

sys.meta_path.insert(0, NoDjango())
import upstream
names = [found.name for found in pkgutil.walk_packages(upstream.__path__, "upstream.")]
for name in names:
    importlib.import_module(name)
assert "django" not in sys.modules
print(len(names))
"""


def test_library_imports_without_django_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20


def test_every_app_of_the_site_has_its_layer() -> None:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = document["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c.get("containers") == ["upstream_web"])
    named = {part.strip(" ()") for layer in layers for part in layer.split("|")}
    apps = {path.parent.name for path in (SOURCE / "upstream_web").glob("*/apps.py")}
    assert apps
    assert apps <= named


def test_only_named_modules_speak_to_the_network() -> None:
    speaking = {
        path.relative_to(SOURCE).as_posix() for path in modules() if NETWORK_MODULES & set(imported_names(path))
    }
    assert speaking <= set(MAY_USE_NETWORK)


def test_clock_is_read_at_the_edges_only() -> None:
    """Time is passed in: the library does not ask what time it is."""
    asking = {
        path.relative_to(SOURCE).as_posix()
        for path in modules()
        if path.is_relative_to(SOURCE / "upstream")
        for call in ("datetime.now(", "date.today(", "datetime.utcnow(", "timezone.now(")
        if call in path.read_text(encoding="utf-8")
    }
    assert asking <= set(MAY_READ_CLOCK)
