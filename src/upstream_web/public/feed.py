"""What was published, for those who follow it with a feed reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from upstream_web.core.workbench import get_partnership
from upstream_web.public import reading
from upstream_web.public.answering import for_everybody
from upstream_web.public.shelves import Shelf
from upstream_web.records.models import Publication

NEWEST = 30
Item = tuple[Publication, Shelf]


class Publications(Feed):
    """The versions that were published last, withdrawn ones with their reason."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Say whose publications they are."""
        return f"Published by the {get_partnership().config.name}"

    def subtitle(self) -> str:
        """Say what is in it."""
        return "The strategy and its progress, responses to inspections, and updates to the panel."

    def link(self) -> str:
        """Lead to the front of the public site."""
        return reverse("public")

    def items(self) -> list[Item]:
        """Give the newest."""
        return reading.latest(NEWEST)

    def item_title(self, item: Any) -> str:
        """Name the document, and its version where it is not the first."""
        paper = item[0].paper
        return paper.title if paper.number == 1 else f"{paper.title} (version {paper.number})"

    def item_description(self, item: Any) -> str:
        """Say what it is, what it corrects, or why it was withdrawn."""
        publication, shelf = item
        if not publication.is_open:
            return f"Withdrawn: {publication.withdrawn_because}"
        return publication.paper.reason or shelf.title

    def item_link(self, item: Any) -> str:
        """Lead to the version."""
        return str(item[0].get_absolute_url())

    def item_pubdate(self, item: Any) -> datetime:
        """Say when it was published."""
        return item[0].opened_at

    def item_updateddate(self, item: Any) -> datetime:
        """Say when it was last changed."""
        return item[0].withdrawn_at or item[0].opened_at


@for_everybody
def feed(request: HttpRequest) -> HttpResponse:
    """Give the feed."""
    return Publications()(request)
