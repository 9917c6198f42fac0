"""What `partnership.toml` may say of the publication of grants."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstream.exceptions import PartnershipIncomplete
from upstream.partnership import read_config

LEAST = """
slug = "a"
name = "A"
[area]
force_name = "A Police"
force_code = "E23000099"
force_slug = "a"
districts = ["E07000192"]
"""


def said(folder: Path, more: str = "") -> tuple[str, str]:
    (folder / "partnership.toml").write_text(LEAST + more, encoding="utf-8")
    config = read_config(folder)
    return config.grants_prefix, config.funder_identifier


def test_publisher_of_grants_is_nobody_unless_it_is_said(tmp_path: Path) -> None:
    assert said(tmp_path) == ("", "")
    told = '[grants]\npublisher_prefix = "360G-name"\nfunder_identifier = "GB-LAE-STS"\n'
    assert said(tmp_path, told) == ("360G-name", "GB-LAE-STS")


@pytest.mark.parametrize("prefix", ['"staffordshire"', '"360G-"', '"360G-a b"', '"360G-a/b"', "360"])
def test_prefix_that_nobody_registers_is_refused(prefix: str, tmp_path: Path) -> None:
    with pytest.raises(PartnershipIncomplete, match=r"grants.publisher_prefix as 360Giving gave it, such as 360G-name"):
        said(tmp_path, f"[grants]\npublisher_prefix = {prefix}\n")
