"""Set-up: what it says when something is wrong, and that what is done is not done again."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, keeping its notes in a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "scripts" / "set_up.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "set_up", module)  # Dataclasses look their own module up.
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "LOG", tmp_path / "log")
    monkeypatch.setattr(module, "STAMPS", tmp_path / "stamps")
    return module


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("npm error code ENOTFOUND", "cannot be reached"),
        ("error sending request: dns error: failed to lookup address information", "cannot be reached"),
        ("SSL: CERTIFICATE_VERIFY_FAILED certificate verify failed", "SSL_CERT_FILE"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
        ("npm error code EINTEGRITY", "not the one that was locked"),
        ("first\nlast words\n", "last words"),
        ("", "it said nothing"),
    ],
)
def test_trouble_is_explained_in_one_line(set_up: ModuleType, said: str, advice: str) -> None:
    line = set_up.explain(said, ["/usr/bin/npm"])
    assert advice.lower() in line.lower()
    assert "\n" not in line


def test_failure_of_a_program_is_one_line_and_its_output_is_kept(set_up: ModuleType) -> None:
    with pytest.raises(set_up.SetUpFailed, match="boom"):
        set_up.run([sys.executable, "-c", "print('before'); raise SystemExit('boom')"])
    assert "before" in set_up.LOG.read_text(encoding="utf-8")


def test_full_disk_stops_before_anything_is_installed(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100, 99, 1024**3))
    with pytest.raises(set_up.SetUpFailed, match=r"Only 1\.0 GB are free"):
        set_up.check_room()


def test_step_is_done_once_until_what_it_is_made_from_changes(set_up: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("one", encoding="utf-8")
    done: list[str] = []
    step = set_up.Step("some", "Some step", (lock,), (), lambda: done.append("done"))
    assert not set_up.is_done(step)
    set_up.carry_out(step, 1, 1)
    assert set_up.is_done(step)
    lock.write_text("two", encoding="utf-8")
    assert not set_up.is_done(step)
    assert done == ["done"]


def test_step_that_fails_is_not_done(set_up: ModuleType) -> None:
    def fail() -> None:
        raise set_up.SetUpFailed("no")

    step = set_up.Step("some", "Some step", (), (), fail)
    with pytest.raises(set_up.SetUpFailed):
        set_up.carry_out(step, 1, 1)
    assert not set_up.is_done(step)


def test_settings_of_pip_are_passed_on_to_uv(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = "global.index-url='https://mirror.example/simple'\nglobal.extra-index-url='file:///a file:///b'\n"
    monkeypatch.setattr(set_up, "has_pip", lambda python: True)
    monkeypatch.setattr(set_up, "run", lambda arguments: listed + ":env:.find-links='/wheels /more'\n")
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    settings = set_up.uv_settings()
    assert settings["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert settings["UV_INDEX"] == "file:///a file:///b"
    assert settings["UV_FIND_LINKS"] == "/wheels,/more"


def test_certificates_known_to_one_tool_are_told_to_all(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "NODE_USE_SYSTEM_CA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CERT", "/etc/own.pem")
    told = set_up.environment()
    assert (told["SSL_CERT_FILE"], told["NODE_EXTRA_CA_CERTS"]) == ("/etc/own.pem", "/etc/own.pem")
    assert told["NODE_USE_SYSTEM_CA"] == "1"


def test_old_python_gets_a_plain_sentence(tmp_path: Path) -> None:
    """The first script claims to be run by an old Python with no newer one on the path."""
    program = (
        "import runpy, sys; sys.version_info = (3, 9, 0, 'final', 0);"
        f"sys.argv = ['prepare.py']; runpy.run_path({str(ROOT / 'scripts' / 'prepare.py')!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Upstream needs Python 3.11 or newer; this is Python 3.9")
    assert "Traceback" not in done.stderr
