"""What something is looked at for, and how sensitive a field of a record is."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """What a person asks for a record for. The law ties personal data to a purpose; a role is given for some."""

    PLANNING = "planning and running the partnership"
    COMMISSIONING = "commissioning services"
    SCRUTINY = "scrutiny and inspection"
    SAFEGUARDING = "helping and safeguarding a person"
    RESEARCH = "analysis and research"
    ADMINISTRATION = "administration of people and access"


class FieldClass(StrEnum):
    """How sensitive a field is, which decides who may see it within a record that they may open."""

    ORDINARY = "ordinary"
    SPECIAL_CATEGORY = "special category"
    CRIMINAL_OFFENCE = "criminal offence"
    PATIENT_INFORMATION = "patient information"
    THIRD_PARTY = "third party"
    IDENTIFIER = "identifier"
    VICTIM_SAFETY = "victim safety"


ONLY_ORDINARY = frozenset({FieldClass.ORDINARY})
EVERY_CLASS = frozenset(FieldClass)
