"""The page about the feeds and their contracts."""

from __future__ import annotations

from upstream.partnership import Partnership
from upstream.sources import Source, load_sources
from upstream_cli.reference.markdown import code, opening, table

INTRODUCTION = """\
A feed is a regular supply of data under a contract. The contracts that come with the software are listed here; a
partnership adds its own, or replaces one of these, with a file of the same form in `sources/` of its folder.
`upstream check FEED FILE` tries a file against a contract without landing anything.
"""


def page(partnership: Partnership) -> str:
    """Write the page from the contracts in force."""
    sources = load_sources(partnership)
    contents = table(
        ("feed", "what it is", "how often", "fills"),
        ((f"[{s.name}](#{s.name})", s.title, s.frequency, ", ".join(map(code, s.tables))) for s in sources.values()),
    )
    return "\n".join([opening("Sources", INTRODUCTION), contents, *(section(s) for s in sources.values())])


def section(source: Source) -> str:
    """Write one contract: who, on what terms, in what form, and every column that is taken."""
    facts = [
        ("supplier", source.supplier),
        ("how often", source.frequency),
        ("due after", "" if source.lag_days is None else f"{source.lag_days} days"),
        ("file names", code(source.file_names)),
        ("licence", source.terms.licence),
        ("agreement", source.terms.agreement),
        ("lawful basis", source.terms.lawful_basis),
        ("gateway", source.terms.gateway),
        ("kept", source.terms.retention),
        ("dropped at the door", "; ".join(f"{code(name)}: {why}" for name, why in source.dropped.items())),
        ("fills", ", ".join(map(code, source.tables))),
    ]
    known = table(("", ""), (fact for fact in facts if fact[1]))
    return f"## {source.name}\n\n**{source.title}.** {source.about}\n\n{known}\n{columns(source)}"


def columns(source: Source) -> str:
    """Write what is taken from the file, and how careful to be with it."""
    rows = [
        (
            code(field.found),
            code(field.name),
            field.kind.value,
            field.field_class.value,
            "yes" if field.required else "",
        )
        for field in source.fields
    ]
    rows += [
        (f"headers like {code(wide.found.pattern)}", ", ".join(map(code, wide.values)), "", "ordinary", "")
        for wide in source.wide
    ]
    return table(("in the file", "becomes", "read as", "class", "needed"), rows)
