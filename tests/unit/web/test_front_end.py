"""What reaches the browser: made from named files, nothing of anybody else's brand, nothing that leads away."""

from __future__ import annotations

import re

import pytest

from upstream_web import front_end


@pytest.fixture(scope="module")
def prepared():
    """The made files; made first when the sources have changed."""
    front_end.make()
    return front_end.PREPARED


def test_second_run_does_nothing(prepared):
    assert front_end.make() is False
    assert front_end.is_current()


def test_sheet_has_our_font_and_no_other_brand(prepared):
    sheet = (prepared / "site.css").read_text(encoding="utf-8")
    assert "IBM Plex Sans" in sheet
    assert "GDS Transport" not in sheet
    assert "crest" not in sheet
    assert "crown" not in sheet


def test_sheet_fetches_nothing_from_elsewhere(prepared):
    sheet = (prepared / "site.css").read_text(encoding="utf-8")
    addresses = re.findall(r"url\(['\"]?([^)'\"]+)", sheet)
    assert addresses
    assert [address for address in addresses if address.startswith(("http", "//"))] == []


def test_no_file_of_another_brand_is_copied(prepared):
    names = {path.name.lower() for path in prepared.rglob("*") if path.is_file()}
    assert {"ibmplexsans-regular.woff2", "ibmplexsans-medium.woff2", "ibmplexsans-semibold.woff2"} <= names
    assert not [name for name in names if "crest" in name or "crown" in name or "bold-" in name or "govuk-icon" in name]


def test_no_script_points_at_a_map_that_is_not_there(prepared):
    for path in [*prepared.rglob("*.js"), *prepared.rglob("*.mjs"), *prepared.rglob("*.css")]:
        assert "sourceMappingURL=" not in path.read_text(encoding="utf-8")[-300:], path.name


def test_every_collected_script_and_sheet_has_a_hashed_name(prepared):
    import json

    manifest = json.loads((front_end.COLLECTED / "staticfiles.json").read_text())["paths"]
    assert re.fullmatch(r"site\.[0-9a-f]{12}\.css", manifest["site.css"])
    script = (front_end.COLLECTED / manifest["upstream/site.js"]).read_text()
    assert manifest["govuk-frontend.min.js"] in script
