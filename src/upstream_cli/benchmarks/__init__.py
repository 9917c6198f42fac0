"""Benchmarks: each measures one promise of speed in one run on this machine, against its target."""

from __future__ import annotations

from types import ModuleType

from upstream_cli.benchmarks import assessment, audit, building, lists, loading, measures, pages

BENCHMARKS: dict[str, ModuleType] = {
    module.NAME: module for module in (loading, building, measures, assessment, pages, audit, lists)
}
