"""What came of a crime, in the words of data.police.uk, put together into the groups that measures speak of."""

# No decision yet, or none that reached the publisher. In files made since 2025 the former is not used and the
# latter stands for both, so that the two can only be read together.
OPEN = ("Under investigation", "Status update unavailable")

CHARGED = (
    "Awaiting court outcome",
    "Court case unable to proceed",
    "Court result unavailable",
    "Defendant found not guilty",
    "Defendant sent to Crown Court",
    "Offender deprived of property",
    "Offender fined",
    "Offender given absolute discharge",
    "Offender given community sentence",
    "Offender given conditional discharge",
    "Offender given suspended prison sentence",
    "Offender ordered to pay compensation",
    "Offender otherwise dealt with",
    "Offender sent to prison",
    "Suspect charged",
    "Suspect charged as part of another case",
)
OUT_OF_COURT = (
    "Local resolution",
    "Offender given a caution",
    "Offender given a drugs possession warning",
    "Offender given penalty notice",
)
NO_SUSPECT = ("Investigation complete; no suspect identified",)
UNABLE_TO_PROSECUTE = ("Unable to prosecute suspect",)
NOT_IN_PUBLIC_INTEREST = (
    "Formal action is not in the public interest",
    "Further action is not in the public interest",
    "Further investigation is not in the public interest",
)
OTHER_BODY = ("Action to be taken by another organisation",)

GROUPS: dict[str, tuple[str, ...]] = {
    "open": OPEN,
    "positive": CHARGED + OUT_OF_COURT,
    "charged": CHARGED,
    "out of court": OUT_OF_COURT,
    "no suspect": NO_SUSPECT,
    "unable to prosecute": UNABLE_TO_PROSECUTE,
    "not in the public interest": NOT_IN_PUBLIC_INTEREST,
    "another body": OTHER_BODY,
}
