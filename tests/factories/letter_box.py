"""A stand-in for a mail server on this machine: it keeps the letters handed in, refuses some, or never answers."""

from __future__ import annotations

import email
import email.policy
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer

ANSWERS = {"EHLO": "250 here", "HELO": "250 here", "MAIL": "250 yes", "RSET": "250 yes"}


@dataclass
class LetterBox:
    """What was handed in, in order; whose letters are refused; and whether it keeps silent."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    is_silent: bool = False
    visits: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    def letters_to(self, address: str) -> list[str]:
        """Give the plain text of the letters to one address."""
        return [_text(each, "plain") for each in self.letters if each["To"] == address]


def _text(letter: EmailMessage, form: str) -> str:
    body = letter.get_body((form,))
    assert body is not None
    return str(body.get_content())


class _Talk(StreamRequestHandler):
    def handle(self) -> None:
        box: LetterBox = self.server.box  # type: ignore[attr-defined]
        box.visits += 1
        if box.is_silent:
            box.closing.wait(20)
            return
        self._say("220 stand-in")
        for line in self.rfile:
            word, told = line[:4].decode().upper(), line.decode()
            if word == "RCPT":
                self._say("550 nobody of that name" if any(each in told for each in box.refused) else "250 yes")
            elif word == "DATA":
                self._take(box)
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say(ANSWERS.get(word, "502 not here"))

    def _take(self, box: LetterBox) -> None:
        self._say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        box.letters.append(message)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def letter_box() -> Iterator[LetterBox]:
    """Open a letter box at a free port of this machine."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        box = LetterBox(port=server.server_address[1])
        server.box = box  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield box
        finally:
            box.closing.set()
            server.shutdown()
            thread.join()
