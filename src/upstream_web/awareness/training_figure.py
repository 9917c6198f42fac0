"""Draws the coverage of a course by team."""

from __future__ import annotations

import polars as pl

from upstream.charts.bars import bars
from upstream_web.awareness.coverage import CourseCoverage, Standing
from upstream_web.awareness.models import Course
from upstream_web.core.drawing.figures import ShownFigure, show
from upstream_web.core.words import short_day_words


def draw_coverage(course: Course, found: CourseCoverage) -> ShownFigure:
    """Draw one bar a team; those short of their target are dark, those without a headcount hatched."""
    frame = pl.DataFrame(
        {
            "Team": [team.team for team in found.teams],
            "value": [team.per_cent for team in found.teams],
            "before": [float(team.target_per_cent) for team in found.teams],
            "emphasis": [team.standing is Standing.SHORT for team in found.teams],
        },
        schema_overrides={"value": pl.Float64},
    )
    notes = [f"Counted on {short_day_words(found.on)} from headcounts and training by team. Dark: below the target."]
    if found.unknown:
        notes.append("Hatched: nobody said how many people the team has.")
    figure = bars(
        frame, name=f"coverage-{course.pk}", title="Who holds it, by team",
        subtitle="Per cent of the people in each team whose training counts today", unit="%", label="Team", suffix="%",
        compared="target", notes=tuple(notes),
    )  # fmt: skip
    return show(figure, identifier=f"coverage-{course.pk}")
