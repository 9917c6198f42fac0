"""The page about settings."""

from __future__ import annotations

from upstream.partnership import Partnership
from upstream_cli.reference.markdown import code, opening, table
from upstream_web.settings_registry import SETTINGS

INTRODUCTION = """\
Everything works with nothing set. Each setting is an environment variable; give it before the command:

```
UPSTREAM_PORT=9000 upstream run
```

The options `--partnership` and `--data` of the command win over the variables of the same name.
"""


def page(partnership: Partnership) -> str:
    """Write the page; settings are the same for every partnership."""
    rows = ((code(s.variable), shown(s.default), s.meaning) for s in SETTINGS)
    return "\n".join([opening("Settings", INTRODUCTION), table(("variable", "default", "meaning"), rows)])


def shown(default: str | int | bool) -> str:
    """Write a default as one would set it; nothing set stays visible."""
    if isinstance(default, bool):
        return code(int(default))
    return code(default) or "empty"
