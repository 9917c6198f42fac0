"""The gateway table against the words of section 16 of the Police, Crime, Sentencing and Courts Act 2022."""

from __future__ import annotations

import pytest

from upstream_web.duty.gateway import GatewayRefused, Information, check_may_disclose, gateways

# legislation.gov.uk, section 16 as in force from 31 January 2023: “(4) But this section does not authorise— (a) the
# disclosure of patient information, (b) the disclosure of personal information by a specified authority which is a
# health or social care authority”. Subsection (1) lets those listed disclose all else for functions under the chapter.
SECTION_16 = [
    (Information.PATIENT, True, False, "16(4)(a)"),
    (Information.PATIENT, False, False, "16(4)(a)"),
    (Information.PERSONAL, True, False, "16(4)(b)"),
    (Information.PERSONAL, False, True, "16(1)"),
    (Information.COUNTS, True, True, "16(1)"),
    (Information.COUNTS, False, True, "16(1)"),
]


@pytest.mark.parametrize(("information", "is_health_or_care", "allowed", "law"), SECTION_16)
def test_section_16(information, is_health_or_care, allowed, law):
    found = gateways()["section-16"].decide(information, is_health_or_care=is_health_or_care)
    assert found.allowed is allowed
    assert law in found.law
    assert found.why


def test_every_pair_has_a_row():
    assert {(information, care) for information, care, _, _ in SECTION_16} == {
        (information, care) for information in Information for care in (True, False)
    }


def test_impossible_disclosure_is_refused_with_its_reason():
    with pytest.raises(GatewayRefused, match=r"health or social care authority.*16\(4\)\(b\)"):
        check_may_disclose("section-16", Information.PERSONAL, is_health_or_care=True)
    assert check_may_disclose("section-16", Information.COUNTS, is_health_or_care=True).allowed


def test_unknown_gateway_is_refused():
    with pytest.raises(GatewayRefused, match="There is no gateway"):
        check_may_disclose("consent", Information.COUNTS, is_health_or_care=False)
