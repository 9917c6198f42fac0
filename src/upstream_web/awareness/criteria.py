"""The quality criteria for packages and for observed sessions, as `criteria.toml` has them."""

from __future__ import annotations

import tomllib
from pathlib import Path

Criteria = list[tuple[str, str]]

_TOLD: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PACKAGE_CRITERIA: Criteria = list(_TOLD["package"].items())
OBSERVATION_CRITERIA: Criteria = list(_TOLD["observation"].items())
