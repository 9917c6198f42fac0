from __future__ import annotations

from pathlib import Path

import pytest

from upstream.codes import police_forces
from upstream.geography import start_partnership
from upstream.geography.founding import LOCAL_FEEDS, ForceNotRecognised, PartnershipExists, known_forces
from upstream.partnership import open_partnership


def test_start_cleveland(tmp_path: Path) -> None:
    folder = start_partnership("cleveland", tmp_path / "cleveland")
    config = open_partnership(folder, data=tmp_path / "var").config
    assert (config.slug, config.name, config.region) == ("cleveland", "Cleveland", "North East")
    assert (config.force_name, config.force_code, config.force_slug) == ("Cleveland Police", "E23000013", "cleveland")
    # Hartlepool, Middlesbrough, Redcar and Cleveland, Stockton-on-Tees.
    assert config.districts == ("E06000001", "E06000002", "E06000003", "E06000004")
    assert config.neighbour_forces == ("durham", "north-yorkshire")
    assert config.similar_districts
    assert not set(config.similar_districts) & set(config.districts)
    assert [place[0] for place in config.places] == [
        "Hartlepool", "Middlesbrough", "Redcar and Cleveland", "Stockton-on-Tees",
    ]  # fmt: skip


@pytest.mark.parametrize("force", sorted(known_forces()))
def test_every_force_can_be_started(tmp_path: Path, force: str) -> None:
    config = open_partnership(start_partnership(force, tmp_path / force), data=tmp_path / "var").config
    assert config.force_slug == force
    assert config.districts


def test_all_43_forces_are_known() -> None:
    assert len(list(known_forces())) == 43
    assert len(police_forces()) == 44  # and the British Transport Police, which has no area


def test_name_written_in_full(tmp_path: Path) -> None:
    config = open_partnership(start_partnership("Thames Valley Police", tmp_path / "p"), data=tmp_path).config
    assert (config.slug, config.name) == ("thames-valley-police", "Thames Valley")


def test_own_name_with_force_beside_it(tmp_path: Path) -> None:
    folder = start_partnership("Violence Reduction Network", tmp_path / "p", force="leicestershire")
    config = open_partnership(folder, data=tmp_path).config
    assert (config.slug, config.name) == ("violence-reduction-network", "Violence Reduction Network")
    assert config.force_name == "Leicestershire Police"


def test_name_not_recognised_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ForceNotRecognised, match="cleveland"):
        start_partnership("clevland", tmp_path / "p")
    assert not (tmp_path / "p").exists()


def test_force_without_area(tmp_path: Path) -> None:
    with pytest.raises(ForceNotRecognised, match="no area"):
        start_partnership("btp", tmp_path / "p")


def test_existing_partnership_is_never_overwritten(tmp_path: Path) -> None:
    start_partnership("cleveland", tmp_path / "p")
    (tmp_path / "p" / "partnership.toml").write_text("mine")
    with pytest.raises(PartnershipExists):
        start_partnership("cleveland", tmp_path / "p")
    assert (tmp_path / "p" / "partnership.toml").read_text() == "mine"


def test_folders_are_feeds_that_have_contracts(tmp_path: Path) -> None:
    from upstream.sources import load_sources

    folder = start_partnership("cleveland", tmp_path / "p")
    made = {path.name for path in (folder / "open_data").iterdir() if path.is_dir()}
    assert made == set(LOCAL_FEEDS)
    assert made <= set(load_sources(open_partnership(folder, data=tmp_path)))
