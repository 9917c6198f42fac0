"""Addresses of organisations."""

from upstream_web.organisations.registers import ORGANISATIONS
from upstream_web.records.urls import register_urls

urlpatterns = register_urls(ORGANISATIONS)
