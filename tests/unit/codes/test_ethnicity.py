from __future__ import annotations

import csv
import gzip

import pytest

from upstream.codes import (
    EthnicityBasesMixed,
    EthnicityCounts,
    OfficerDefinedEthnicity,
    SelfDefinedEthnicity,
    UnknownCode,
    read_officer_defined,
    read_self_defined,
)
from upstream.codes.ethnicity import EthnicGroupNotSeparable, convert, count_ethnicities, group_name, labels
from upstream.exceptions import WrongUse
from upstream.geography.national import national_file


def test_number_of_groups_in_each_classification() -> None:
    # 16+1 and 18+1 are named for their groups; the census of 2021 adds Roma to the eighteen.
    assert len(set(labels("stop_search_year", "self-defined", "16+1").values())) == 16 + 1
    assert len(set(labels("census_ethnicity_districts", "self-defined", "18+1").values())) == 19
    assert set(labels("police_stop_search", "officer-defined", "5+1").values()) == {"W", "M", "A", "B", "O", "NR"}


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("White - English/Welsh/Scottish/Northern Irish/British", "W1"),
        ("Asian/Asian British - Chinese", "A4"),
        ("Other ethnic group - Not stated", "NS"),
        ("", "NR"),
    ],
)
def test_self_defined_in_stop_and_search(label: str, code: str) -> None:
    assert read_self_defined(label, "police_stop_search", "18+1").code == code


def test_not_stated_and_not_recorded_differ() -> None:
    stated = read_self_defined("Not stated", "police_stop_search", "18+1")
    recorded = read_self_defined("", "police_stop_search", "18+1")
    assert not stated.is_known
    assert not recorded.is_known
    assert stated != recorded


def test_label_of_another_feed_is_refused() -> None:
    with pytest.raises(UnknownCode, match="officer-defined"):
        read_officer_defined("White British", "police_stop_search")


@pytest.mark.parametrize(
    ("code", "scheme", "to", "expected"),
    [
        ("A4", "18+1", "16+1", "O1"), ("O1", "16+1", "18+1", "A4"),
        ("W3", "18+1", "16+1", "W9"), ("W4", "18+1", "16+1", "W9"), ("O2", "18+1", "16+1", "O9"),
        ("B2", "18+1", "5+1", "B"), ("A4", "18+1", "5+1", "A"), ("O1", "16+1", "5+1", "O"),
        ("NS", "16+1", "18+1", "NS"), ("M3", "16+1", "18+1", "M3"),
    ],
)  # fmt: skip
def test_convert(code: str, scheme: str, to: str, expected: str) -> None:
    made = convert(SelfDefinedEthnicity(code, scheme), to)
    assert made == SelfDefinedEthnicity(expected, to)


@pytest.mark.parametrize(
    ("code", "scheme", "to"), [("W9", "16+1", "18+1"), ("O9", "16+1", "18+1"), ("W", "5+1", "16+1")]
)
def test_coarser_group_cannot_be_taken_apart(code: str, scheme: str, to: str) -> None:
    with pytest.raises(EthnicGroupNotSeparable):
        convert(SelfDefinedEthnicity(code, scheme), to)


def test_converting_keeps_who_said_so() -> None:
    assert type(convert(OfficerDefinedEthnicity("W", "5+1"), "5+1")) is OfficerDefinedEthnicity


def test_self_defined_never_equals_officer_defined() -> None:
    assert SelfDefinedEthnicity("W", "5+1") != OfficerDefinedEthnicity("W", "5+1")


def test_counts_of_two_bases_are_never_added() -> None:
    said = count_ethnicities([SelfDefinedEthnicity("W", "5+1")])
    seen = count_ethnicities([OfficerDefinedEthnicity("W", "5+1")])
    with pytest.raises(EthnicityBasesMixed, match="side by side"):
        said + seen


def test_values_of_two_bases_are_never_counted_together() -> None:
    with pytest.raises(EthnicityBasesMixed):
        count_ethnicities([SelfDefinedEthnicity("W", "5+1"), OfficerDefinedEthnicity("W", "5+1")])  # type: ignore[type-var]


def test_counts_of_two_classifications_are_not_added() -> None:
    fine = EthnicityCounts(SelfDefinedEthnicity, "16+1", {"W1": 1})
    with pytest.raises(WrongUse, match="coarser"):
        fine + EthnicityCounts(SelfDefinedEthnicity, "18+1", {"W1": 1})


def test_counts_add_up() -> None:
    one = EthnicityCounts(SelfDefinedEthnicity, "5+1", {"W": 2, "NS": 1})
    other = EthnicityCounts(SelfDefinedEthnicity, "5+1", {"W": 3, "A": 1})
    assert (one + other).counts == {"A": 1, "NS": 1, "W": 5}


def test_count_of_nothing_has_no_basis() -> None:
    with pytest.raises(WrongUse):
        count_ethnicities([])


def test_impossible_code() -> None:
    with pytest.raises(UnknownCode):
        OfficerDefinedEthnicity("W1", "5+1")
    with pytest.raises(UnknownCode):
        SelfDefinedEthnicity("W1", "7+1")


def test_every_label_has_a_name_in_our_words() -> None:
    assert group_name("A4") == "Asian: Chinese"
    assert group_name("NK").startswith("Not stated or not recorded")


def test_labels_cover_the_national_files() -> None:
    with gzip.open(national_file("stop_search_year"), "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Ethnicity_type"] != "All"]
    for row in rows:
        scheme = row["Ethnicity_type"].removeprefix("ONS 2001 ")
        assert read_self_defined(row["Ethnicity"], "stop_search_year", scheme)
    with gzip.open(national_file("census_ethnicity_districts"), "rt", encoding="utf-8", newline="") as file:
        groups = {row["ethnic_group"].rsplit(" (", 1)[0] for row in csv.DictReader(file)}
    read = {read_self_defined(group, "census_ethnicity_districts", "18+1").code for group in groups}
    assert len(read) == 19
