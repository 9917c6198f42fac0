"""The page about the measures."""

from __future__ import annotations

from itertools import groupby

from upstream.measures import load_definitions
from upstream.measures.definition import MeasureDefinition
from upstream.partnership import Partnership
from upstream_cli.reference.markdown import anchor, code, opening, table

INTRODUCTION = """\
A measure is a defined number. Each is a reviewed file with an author, a checker and a date by which it is looked
at again; the calculation it names is a typed function. A partnership adds its own in `measures/` of its folder: see
[how to add a measure](../how-to/add-a-measure.md). The same measure is one call in a notebook, one command and one
page of the workbench:

```
upstream measures NAME --by district,year
```
"""


def page(partnership: Partnership) -> str:
    """Write the page from the definitions in force, by theme."""
    definitions = sorted(load_definitions(partnership).values(), key=lambda d: (d.theme, d.title))
    contents = table(
        ("measure", "theme", "unit"),
        ((f"[{d.title}](#{anchor(d.title)}) {code(d.name)}", d.theme, d.unit) for d in definitions),
    )
    themes = [
        "\n".join([f"## {theme}\n", *(section(d) for d in members)])
        for theme, members in groupby(definitions, key=lambda d: d.theme)
    ]
    return "\n".join([opening("Measures", INTRODUCTION), f"{len(definitions)} measures.\n", contents, *themes])


def section(measure: MeasureDefinition) -> str:
    """Write one measure as its authors wrote it down."""
    facts = [
        ("name", code(measure.name)),
        ("counted", measure.numerator),
        ("out of", measure.denominator),
        ("is not", measure.is_not),
        ("unit", measure.unit),
        ("better", f"{measure.polarity.value}. {measure.polarity_note}".strip()),
        ("area levels", ", ".join(measure.levels)),
        ("periods", ", ".join(measure.periods)),
        ("breakdowns", ", ".join(measure.breakdowns)),
        ("source", measure.source),
        ("feeds", ", ".join(f"[{feed}](sources.md#{feed})" for feed in measure.feeds)),
        ("author, checked by", f"{measure.author}, {measure.checked_by}"),
        ("reviewed, due again", f"{measure.reviewed_on:%Y-%m-%d}, {measure.review_due_on:%Y-%m-%d}"),
    ]
    known = table(("", ""), (fact for fact in facts if fact[1]))
    caveats = "\n".join(f"- {caveat}" for caveat in measure.caveats)
    return f"### {measure.title}\n\n{measure.why}\n\n{known}\n{caveats}\n"
