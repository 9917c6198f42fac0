"""Code lists: one module a coding system, its values as data beside it."""

from upstream.codes.code_list import code_list, code_list_names
from upstream.codes.ethnicity import (
    EthnicityBasesMixed,
    EthnicityCounts,
    OfficerDefinedEthnicity,
    SelfDefinedEthnicity,
    read_officer_defined,
    read_self_defined,
)
from upstream.codes.outcomes import (
    OutcomeType,
    PoliceUkOutcome,
    outcome_type,
    outcome_types,
    police_uk_outcome,
    police_uk_outcomes,
)
from upstream.codes.police_forces import PoliceForce, police_force, police_forces
from upstream.codes.police_uk_crime_types import CrimeType, police_uk_crime_type, police_uk_crime_types
from upstream.codes.reading import UnknownCode
from upstream.codes.specified_authorities import Authority, authority, relevant_authorities, specified_authorities

__all__ = [
    "Authority",
    "CrimeType",
    "EthnicityBasesMixed",
    "EthnicityCounts",
    "OfficerDefinedEthnicity",
    "OutcomeType",
    "PoliceForce",
    "PoliceUkOutcome",
    "SelfDefinedEthnicity",
    "UnknownCode",
    "authority",
    "code_list",
    "code_list_names",
    "outcome_type",
    "outcome_types",
    "police_force",
    "police_forces",
    "police_uk_crime_type",
    "police_uk_crime_types",
    "police_uk_outcome",
    "police_uk_outcomes",
    "read_officer_defined",
    "read_self_defined",
    "relevant_authorities",
    "specified_authorities",
]
