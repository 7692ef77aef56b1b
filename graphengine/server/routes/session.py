"""The browser's session: the token is sent once, in a body, and stands in no address and no log."""

from __future__ import annotations

from aiohttp import web
from pydantic import Field, SecretStr

from graphengine.server.http.route import route
from graphengine.server.routes.paths import Taken
from graphengine.server.security.tokens import COOKIE
from graphengine.server.site import Site


class Login(Taken):
    """The token that the server printed, or was given."""

    token: SecretStr = Field(max_length=1000)


async def open_session(site: Site, request: web.Request, body: Login) -> web.StreamResponse:
    """Exchange the token for a cookie that scripts can't read."""
    site.doorkeeper.check_token(body.token.get_secret_value(), request.remote or "")
    response = web.Response(status=204)
    site.doorkeeper.open_session(response, secure=request.secure)
    return response


async def close_session(site: Site) -> web.StreamResponse:
    """Forget the cookie."""
    response = web.Response(status=204)
    response.del_cookie(COOKIE, path="/")
    return response


ROUTES = (
    route("POST", "/api/session", open_session, status=204, errors=(401,), open=True),
    route("DELETE", "/api/session", close_session, status=204, open=True),
)
