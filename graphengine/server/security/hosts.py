"""Host and Origin: the names that this server answers to, and the sites that may speak to it.

A page of another site can make a browser send requests here, also to a loopback address: by a name of its
own that it lets point here (DNS rebinding), or by plain forms, images and websockets. Browsers then tell the
name in Host and the site in Origin.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from aiohttp import web

from graphengine.server.http.refusals import Forbidden, shorten

SAFE_METHODS = frozenset({"GET", "HEAD"})
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?")


class Names:
    """The names of this server.

    bound: the address that it listens on. hosts: further names, such as that of a proxy in front of it.
    origins: further sites, each as `https://name`, whose pages may use it.
    """

    def __init__(self, bound: str, hosts: Collection[str] = (), origins: Collection[str] = ()) -> None:
        self._any_address = not is_loopback(bound)
        self._hosts = {each.lower() for each in (*hosts, bound)}
        self._origins = {each.lower().rstrip("/") for each in origins}

    def check(self, request: web.BaseRequest) -> None:
        """Raise `Forbidden` for a request under a foreign name, or from the page of another site."""
        given = request.headers.getall("Host", ())
        if len(given) != 1 or not self.knows(given[0]):
            raise Forbidden(
                f"header 'Host': this server isn't called '{shorten(', '.join(given))}'",
                kind="host",
                hint="add the name to allowed_hosts if it is",
            )
        self._check_origin(request, given[0])

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server; proxies and containers change ports, so any will do."""
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = match["name"].lower().strip("[]").rstrip(".")
        if name in self._hosts or name == "localhost" or name.endswith(".localhost"):
            return True
        address = _address(name)
        return address is not None and (self._any_address or address.is_loopback)

    def _check_origin(self, request: web.BaseRequest, host: str) -> None:
        origin = request.headers.get("Origin")
        if origin is not None:
            if not self.is_own(origin, host):
                raise Forbidden(
                    f"header 'Origin': pages of '{shorten(origin)}' may not use this server", kind="origin"
                )
        elif request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site", "none") not in (
            "same-origin",
            "none",
        ):
            raise Forbidden("header 'Sec-Fetch-Site': another site may not use this server", kind="origin")

    def is_own(self, origin: str, host: str) -> bool:
        """Whether an Origin header is of a page that came from this server under that name, or is allowed."""
        if origin.lower() in self._origins:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    address = _address(host.strip("[]"))
    return host.lower() == "localhost" if address is None else address.is_loopback


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
