"""The token: one secret that whoever knows may use everything; compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from aiohttp import web

from graphengine.server.http.refusals import Unauthorized
from graphengine.server.security.rate import Buckets

COOKIE = "graphengine_session"
SHORTEST = 16
"""Characters; fewer could be guessed."""


def make_token() -> str:
    """A new one, of 256 random bits."""
    return secrets.token_urlsafe(32)


class Doorkeeper:
    """Lets in who shows the token as a bearer, or the cookie that the token was exchanged for.

    token: None lets everyone in. tries: how many wrong ones a client may show.
    """

    def __init__(self, token: str | None, tries: Buckets) -> None:
        self._digest = None if token is None else _digest(token)
        self._session = None if token is None else hmac.digest(token.encode(), b"session", "sha256").hex()
        self._tries = tries

    @property
    def needs_token(self) -> bool:
        """Whether there is one."""
        return self._digest is not None

    def check(self, request: web.BaseRequest) -> None:
        """Raise `Unauthorized` for a request without what opens, `TooMany` after too many wrong ones."""
        if self._digest is None:
            return
        bearer = bearer_of(request)
        if bearer is not None:
            self.check_token(bearer, request.remote or "")
        elif not self._is_session(request.cookies.get(COOKIE, "")):
            raise Unauthorized("a token is needed")

    def check_token(self, token: str, client: str) -> None:
        """Raise `Unauthorized` for a wrong one, `TooMany` for one more than a client may try."""
        if self._digest is None:
            return
        self._tries.check(client, "too many wrong tokens")
        if not hmac.compare_digest(_digest(token), self._digest):
            self._tries.take(client)
            raise Unauthorized("the token is wrong")

    def open_session(self, response: web.StreamResponse, *, secure: bool) -> None:
        """Give the browser the cookie that stands for the token; scripts can't read it."""
        response.set_cookie(
            COOKIE, self._session or "", httponly=True, samesite="Strict", secure=secure, path="/"
        )

    def _is_session(self, cookie: str) -> bool:
        return self._session is not None and hmac.compare_digest(_digest(cookie), _digest(self._session))


def bearer_of(request: web.BaseRequest) -> str | None:
    """The token that the Authorization header carries."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _digest(text: str) -> bytes:
    """Of one length, whatever was given, so that comparing takes one time."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()
