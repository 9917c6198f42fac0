"""The rules written out in the how-to are rules that can be read, and every rule that ships is in the reference."""

from __future__ import annotations

from pathlib import Path

from docs.documents import ROOT, blocks

from upstream.clocks import load_rules
from upstream.clocks.rules.reader import KNOWN

HOW_TO = ROOT / "docs" / "how-to" / "add-a-clock.md"


def test_rules_in_the_how_to_are_read(tmp_path: Path) -> None:
    (tmp_path / "clocks").mkdir()
    for number, text in enumerate(blocks(HOW_TO, "toml")):
        (tmp_path / "clocks" / f"example_{number}.toml").write_text(text, encoding="utf-8")
    rules = load_rules(tmp_path)
    assert rules["draft_minutes"].length == 5
    assert rules["school_exclusion_contact"].pauses == ("family asked to wait",)
    assert rules["school_exclusion_contact"].calendar.added


def test_every_entry_of_a_rule_is_explained() -> None:
    text = HOW_TO.read_text(encoding="utf-8")
    assert not [name for name in KNOWN - {"name", "title"} if f"`{name}`" not in text]


def test_every_rule_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "clocks.md").read_text(encoding="utf-8")
    for rule in load_rules().values():
        assert f"### {rule.title}\n" in page
        assert rule.source in page
