"""Rules for place: how uneven, and whether it follows deprivation."""

from __future__ import annotations

from upstream.assessments.document import Number, Sentence


def rule_half(thing: str, share_of_places: Number, places: str) -> Sentence:
    """Say in what part of the places half of something happens."""
    text = f"Half of {thing} happens in {{{share_of_places.key}}} of {places}."
    return Sentence(text, (share_of_places,), "rule_half")


def rule_top_tenth(share: Number, expected: Number | None, thing: str, places: str) -> Sentence:
    """Say what the tenth of places with most holds, and what chance alone would give."""
    opening = f"The tenth of {places} with most hold {{{share.key}}} of {thing}"
    if expected is None or expected.value is None:
        return Sentence(f"{opening}.", (share,), "rule_top_tenth")
    text = f"{opening}; with the same risk for every resident, chance and size alone would give {{{expected.key}}}."
    return Sentence(text, (share, expected), "rule_top_tenth")


def rule_gradient(most: Number, least: Number, steps_down: int, steps: int, unit: str) -> Sentence:
    """Say how a rate goes from the most to the least deprived tenth, by how many steps go the same way."""
    if steps_down == steps:
        how = "falls step by step"
    elif steps_down >= steps - 2:
        how = "falls almost step by step"
    elif steps_down > steps / 2:
        how = "tends to fall"
    else:
        how = "does not fall steadily"
    text = (
        f"The rate {how} from the most to the least deprived tenth: {{{most.key}}} {unit} in the most deprived, "
        f"{{{least.key}}} in the least."
    )
    return Sentence(text, (most, least), "rule_gradient")
