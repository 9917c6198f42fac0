"""The words in which reports, recommendations and answers are told apart. What is stored is the short code."""

from __future__ import annotations

from django.db.models import TextChoices


class Inspectorate(TextChoices):
    """Who reported. No code is part of another, so that a list of them can be searched for one."""

    HMICFRS = "hmicfrs", "HM Inspectorate of Constabulary and Fire & Rescue Services"
    HMI_PROBATION = "hmi-probation", "HM Inspectorate of Probation"
    HMI_PRISONS = "hmi-prisons", "HM Inspectorate of Prisons"
    HMCPSI = "hmcpsi", "HM Crown Prosecution Service Inspectorate"
    OFSTED = "ofsted", "Ofsted"
    CQC = "cqc", "Care Quality Commission"
    ESTYN = "estyn", "Estyn"
    OTHER = "another-body", "Another body"


SHORT_NAMES = {
    Inspectorate.HMICFRS: "HMICFRS",
    Inspectorate.HMI_PROBATION: "HMI Probation",
    Inspectorate.HMI_PRISONS: "HMI Prisons",
    Inspectorate.HMCPSI: "HMCPSI",
    Inspectorate.CQC: "CQC",
}


class Source(TextChoices):
    """What sort of work the report came from."""

    INSPECTION = "inspection", "Inspection"
    JOINT_INSPECTION = "joint inspection", "Joint targeted area inspection"
    REVIEW = "review", "Review"
    AUDIT = "audit", "Audit"
    PANEL = "panel", "Scrutiny panel"
    WEAPONS_HOMICIDE_REVIEW = "owhr", "Offensive weapons homicide review"
    DOMESTIC_HOMICIDE_REVIEW = "dhr", "Domestic homicide review"
    CHILD_PRACTICE_REVIEW = "cspr", "Child safeguarding practice review"
    ADULT_REVIEW = "sar", "Safeguarding adults review"


class Reach(TextChoices):
    """Whom an inspection looked at; one can be several of these."""

    NATIONAL = "national", "National"
    FORCE = "of-the-force", "Of this force"
    THEMATIC = "thematic", "Thematic"
    FOLLOW_UP = "follow-up", "Follow-up"
    JOINT = "joint", "Joint"
    PARTNER = "of-a-partner", "Of a partner"


class Sort(TextChoices):
    """What a report calls the thing it asks for, gravest first."""

    CAUSE_OF_CONCERN = "cause of concern", "Cause of concern"
    RECOMMENDATION = "recommendation", "Recommendation"
    AREA_FOR_IMPROVEMENT = "area for improvement", "Area for improvement"
    LEARNING_POINT = "learning point", "Learning point"


class AskedOf(TextChoices):
    """Of how many bodies the same is asked."""

    NATIONAL = "national", "All bodies of the kind"
    FORCE = "force", "This force"
    PARTNERSHIP = "partnership", "This partnership"
    OTHERS = "others", "Others, such as a government department"


class Theme(TextChoices):
    """What a recommendation or a practice is about; the same list for both, so that one is offered beside the other."""

    INVESTIGATION = "investigation", "Investigation and outcomes"
    DISPROPORTIONALITY = "disproportionality", "Disproportionality"
    EXPLOITATION = "exploitation", "Exploitation of children"
    PARTNERSHIP = "partnership", "Working together"
    PUBLIC_HEALTH = "public health", "Public health approach"
    PLACES = "places", "Places"
    DATA = "data", "Data and evaluation"
    EDUCATION = "education", "Schools and education"
    WORKFORCE = "workforce", "People and training"
    VICTIMS = "victims", "Victims and witnesses"
    OTHER = "other", "Something else"


class Party(TextChoices):
    """Whose part of a response it is."""

    CHIEF = "chief", "Chief constable"
    COMMISSIONER = "commissioner", "Commissioner"


class Stance(TextChoices):
    """How a recommendation is taken."""

    ACCEPTED = "accepted", "Accepted"
    IN_PART = "in part", "Accepted in part"
    NOT_ACCEPTED = "not accepted", "Not accepted"


class Proves(TextChoices):
    """What a piece of evidence says about the effect that the recommendation asks for."""

    SUPPORTS = "supports", "Supports"
    EFFORT = "effort", "Shows effort"
    AGAINST = "against", "Against"


class PracticeSort(TextChoices):
    """How sure the inspectorate is of a practice."""

    PROMISING = "promising", "Promising"
    INNOVATIVE = "innovative", "Innovative"


class PracticeStatus(TextChoices):
    """Whether a practice still stands as its report told it."""

    CURRENT = "current", "Current"
    SUPERSEDED = "superseded", "Superseded"


class Choice(TextChoices):
    """What a business lead decides about a practice after comparing it with the own work."""

    ADOPT = "adopt", "Adopt"
    ADAPT = "adapt", "Adapt"
    ALREADY = "already", "Already do it"
    NOT_FOR_US = "not for us", "Not for us"


def names_of(choices: type[TextChoices], codes: str) -> list[str]:
    """Give the words for a list of codes parted by spaces; a code that is no longer offered stands as it is."""
    words = dict(choices.choices)
    return [words.get(code, code) for code in codes.split()]
