"""Numbers of public registers: how they are written, and the identifier of an organisation that is made from them."""

from __future__ import annotations

from django.core.validators import RegexValidator

CHARITY = RegexValidator(
    r"^(\d{6,7}|SC\d{6}|NIC\d{6})\Z",
    "Give six or seven digits; SC and six for Scotland; NIC and six for Northern Ireland",
)
COMPANY = RegexValidator(
    r"^([A-Z]{2}\d{6}|\d{8})\Z", "Give the eight characters of Companies House, such as 01234567 or SC123456"
)


def register_identifier(charity_number: str, company_number: str) -> str:
    """Write an organisation's identifier with the list it is on, as org-id.guide names the lists; empty without one.

    A charity that is a company too goes by its charity number, as 360Giving asks of those who publish grants.

    >>> register_identifier("1098765", "01234567"), register_identifier("", "01234567")
    ('GB-CHC-1098765', 'GB-COH-01234567')
    >>> register_identifier("SC012345", ""), register_identifier("NIC100012", "")
    ('GB-SC-SC012345', 'GB-NIC-100012')
    """
    if charity_number.startswith("SC"):
        return f"GB-SC-{charity_number}"
    if charity_number.startswith("NIC"):
        return f"GB-NIC-{charity_number[3:]}"
    if charity_number:
        return f"GB-CHC-{charity_number}"
    return f"GB-COH-{company_number}" if company_number else ""
