"""Lets `python -m upstream_cli` stand in for `upstream`."""

import sys

from upstream_cli.main import main

sys.exit(main())
