"""Links inside the documents lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from docs.documents import FENCE, documents, name_of

from upstream_cli.reference.markdown import anchor

LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


def links(path: Path) -> list[str]:
    """Give the targets of a page's links and pictures that lie in the repository."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    found = [next(part for part in match if part) for match in LINK.findall(text)]
    return [target for target in found if "://" not in target and not target.startswith("mailto:")]


def anchors(path: Path) -> set[str]:
    """Give the targets that a page's headings make."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_links_resolve(path: Path) -> None:
    broken = []
    for target in links(path):
        file, _, fragment = unquote(target).partition("#")
        aim = (path.parent / file).resolve() if file else path
        if not aim.exists() or (fragment and aim.suffix == ".md" and fragment not in anchors(aim)):
            broken.append(target)
    assert not broken
