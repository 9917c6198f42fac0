"""Handing letters in at the mail server: told apart is whether it refuses one letter, or takes none at all."""

from __future__ import annotations

import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives

logger = logging.getLogger("upstream_web.mail")


class MailServerAway(Exception):
    """The mail server cannot be reached, does not answer, or takes nobody’s letters: trying the others is in vain."""


def hand_in(letter: EmailMultiAlternatives) -> bool:
    """Hand a letter in; False when the server refuses this one. Raises `MailServerAway` when it takes none."""
    try:
        letter.send()
    except SMTPRecipientsRefused as refused:
        # The address stays out of the log, which is read by more people than the trail.
        logger.warning("The mail server refused a letter (%s)", next(iter(refused.recipients.values()))[0])
        return False
    except SMTPDataError as refused:
        logger.warning("The mail server refused a letter (%s)", refused.smtp_code)
        return False
    except OSError as failed:
        raise MailServerAway(type(failed).__name__) from failed
    return True
