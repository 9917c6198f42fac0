"""Reads an e-mail as a mail program saves it: who wrote, when, about what, and its words in plain form or as a page."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from upstream.responses.reading.failures import READABLE, DocumentHasNoText
from upstream.responses.reading.line import Line
from upstream.responses.reading.text import read_text
from upstream.responses.reading.web import read_web

HEADS = ("From", "To", "Date")


def read_mail(content: bytes) -> list[Line]:
    """Give the lines of an e-mail; its heads are furniture, but the subject. Attachments are handed in on their own."""
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(preferencelist=("plain", "html"))
    text = body.get_content() if body else ""
    if not text.strip():
        names = ", ".join(part.get_filename() or "one without a name" for part in message.iter_attachments())
        raise DocumentHasNoText(
            f"The e-mail has no words of its own{f'; it carries {names}' if names else ''}.",
            expected=READABLE,
            do="Save the document that came with it and send that.",
        )
    heads = [Line(0, f"{name}: {message[name]}", furniture=True) for name in HEADS if message[name]]
    subject = [Line(0, f"Subject: {message['Subject']}")] if message["Subject"] else []
    read = read_text(text) if body is not None and body.get_content_type() == "text/plain" else read_web(text)
    return [*heads, *subject, *read]
