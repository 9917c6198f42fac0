"""Which partnership a command works on."""

from __future__ import annotations

import argparse

from upstream.partnership import Partnership, open_partnership


def chosen_partnership(arguments: argparse.Namespace) -> Partnership:
    """Open the partnership that the options, or else the environment, name, with its data folder ready."""
    partnership = open_partnership(arguments.partnership, data=arguments.data)
    partnership.data.prepare()
    return partnership
