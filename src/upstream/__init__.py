"""Upstream: what is happening, to whom, where, when and why; the library an analyst imports.

>>> import upstream
>>> partnership = upstream.open_partnership()            # doctest: +SKIP
>>> result = partnership.measure("violence_rate", by=("district", "year"))  # doctest: +SKIP
>>> result.frame, result.chart(), result.provenance       # doctest: +SKIP
"""

from upstream.partnership import Partnership, open_partnership

__version__ = "0.1.0"

__all__ = ["Partnership", "__version__", "open_partnership"]
