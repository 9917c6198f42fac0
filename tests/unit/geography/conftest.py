from __future__ import annotations

from pathlib import Path

import pytest
from factories.squares import SmallBuild, small_build


@pytest.fixture(scope="package")
def squares(tmp_path_factory: pytest.TempPathFactory) -> SmallBuild:
    folder: Path = tmp_path_factory.mktemp("squares")
    return small_build(folder)
