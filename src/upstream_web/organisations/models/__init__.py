"""Organisations."""

from upstream_web.organisations.models.organisation import Organisation, OrganisationType

__all__ = ["Organisation", "OrganisationType"]
