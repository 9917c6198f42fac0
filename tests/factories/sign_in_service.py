"""A stand-in for the sign-in service of an organisation: OpenID Connect on this machine, with keys of its own."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "upstream", "a secret of the stand-in"


@dataclass
class SignInService:
    """What the stand-in says of whoever signs in there, and what it was asked."""

    address: str
    person: dict[str, Any] = field(default_factory=dict)
    audience: str = CLIENT_ID
    asked: list[dict[str, str]] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def description(self) -> dict[str, Any]:
        """Give what a provider tells about itself."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorise",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/person",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self) -> dict[str, Any]:
        """Give the answer to a code: who the person is, signed."""
        now = int(time.time())
        claims = {"iss": self.address, "aud": self.audience, "iat": now, "exp": now + 300, **self.person}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "let me see", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def keys(self) -> dict[str, Any]:
        """Give the keys by which signatures are checked."""
        shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [shown | {"kid": "1", "alg": "RS256", "use": "sig"}]}


class _Answers(BaseHTTPRequestHandler):
    service: SignInService

    def _send(self, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """Answer for the description, the keys and the person."""
        answers = {
            "/.well-known/openid-configuration": self.service.description,
            "/keys": self.service.keys,
            "/person": lambda: self.service.person,
        }
        self._send(answers[urlsplit(self.path).path]())

    def do_POST(self) -> None:
        """Answer to a code; what came with it is kept."""
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.service.asked.append({name: values[0] for name, values in sent.items()})
        self._send(self.service.token())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def sign_in_service() -> Iterator[SignInService]:
    """Run the stand-in while the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    service = SignInService(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("Answers", (_Answers,), {"service": service})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
