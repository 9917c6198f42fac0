"""The site's addresses and those of the notebook."""

from integration.web.notebook.register import NOTES

from upstream_web.records.urls import register_urls
from upstream_web.urls import *  # noqa: F403
from upstream_web.urls import urlpatterns as of_the_site

urlpatterns = [*of_the_site, *register_urls(NOTES)]
