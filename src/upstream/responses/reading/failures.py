"""Why a document cannot be read, said so that the person who sent it knows what to send instead."""

from __future__ import annotations

from upstream.exceptions import InputRefused

READABLE = "a PDF with text in it, a Word document (.docx), a web page, an e-mail (.eml) or a text file"


class DocumentNotReadable(InputRefused):
    """The file is not of a kind that can be read, or is damaged."""


class DocumentLocked(InputRefused):
    """The file asks for a password."""


class DocumentHasNoText(InputRefused):
    """The file is empty, or only pictures of pages."""


class DocumentTooLarge(InputRefused):
    """The file is larger than the limit given."""
