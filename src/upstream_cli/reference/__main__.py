"""`python -m upstream_cli.reference FOLDER` writes the reference manual there."""

from __future__ import annotations

import sys
from pathlib import Path

from upstream.partnership import open_partnership
from upstream_cli.reference import write_pages


def main() -> int:
    """Write every page that has changed and name it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in write_pages(open_partnership("partnerships/staffordshire")).items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
