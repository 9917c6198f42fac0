"""Everybody may read what was published; what was not is nowhere to be found."""

from integration.web.access_matrix.rows import EVERYONE, Row

DOCUMENT = {"shelf": "response", "key": 999_999}

ROWS = {
    "robots": Row(EVERYONE),
    "public": Row(EVERYONE),
    "public-sitemap": Row(EVERYONE),
    "public-feed": Row(EVERYONE),
    "public-rows": Row(EVERYONE),
    "public-shelf": Row(EVERYONE, {"shelf": "response"}),
    "public-document": Row(EVERYONE, DOCUMENT),
    "public-version": Row(EVERYONE, DOCUMENT | {"number": 1}),
    "public-file": Row(EVERYONE, DOCUMENT | {"number": 1, "form": "pdf"}),
}
