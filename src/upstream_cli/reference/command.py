"""The page about the command, made from its parser."""

from __future__ import annotations

import argparse

from upstream.partnership import Partnership
from upstream_cli.main import EPILOGUE, build_parser
from upstream_cli.reference.markdown import code, opening, table

INTRODUCTION = """\
`upstream` does at the command line what the workbench does on screen and the library does in a notebook.
Results go to standard output, progress and failures to standard error.
"""
SHARED = "where, and how to answer"


def page(partnership: Partnership) -> str:
    """Write the page; the command is the same for every partnership."""
    parser = build_parser()
    chosen = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    summaries = {choice.dest: choice.help or "" for choice in chosen._choices_actions}
    contents = table(("command", "what it does"), ((f"[{n}](#upstream-{n})", summaries[n]) for n in chosen.choices))
    shared = next(group for group in parser._action_groups if group.title == SHARED)
    parts = [
        opening("Command", INTRODUCTION),
        contents,
        "## Options of every command\n",
        options(shared._group_actions),
        EPILOGUE,
        *(section(name, child) for name, child in chosen.choices.items()),
    ]
    return "\n".join(parts)


def section(name: str, parser: argparse.ArgumentParser) -> str:
    """Write one command: how to call it, what it does, what it takes."""
    shared = {id(a) for group in parser._action_groups if group.title == SHARED for a in group._group_actions}
    own = [a for a in parser._actions if id(a) not in shared and not isinstance(a, argparse._HelpAction)]
    call = " ".join(["upstream", name, *(as_called(action) for action in own)])
    text = f"## upstream {name}\n\n```\n{call}\n```\n\n{described(parser.description or '')}\n"
    return f"{text}\n{options(own)}" if own else text


def described(text: str) -> str:
    """Set the indented examples of a description as code."""
    blocks = text.strip().split("\n\n")
    return "\n\n".join(f"```\n{b}\n```" if b.startswith("  ") else b for b in blocks)


def as_called(action: argparse.Action) -> str:
    """Write an argument as it stands in a call."""
    value = str(action.metavar or (f"{{{','.join(map(str, action.choices))}}}" if action.choices else ""))
    if action.nargs == "+":
        value = f"{value} [{value} …]"
    text = f"{action.option_strings[0]} {value}".strip() if action.option_strings else value
    optional = not action.required if action.option_strings else action.nargs == "?"
    return f"[{text}]" if optional else text


def options(actions: list[argparse.Action]) -> str:
    """Write the arguments as a table."""
    rows = ((code(" ".join([*a.option_strings[:1], str(a.metavar or "")]).strip()), a.help) for a in actions)
    return table(("argument", "meaning"), rows)
