"""HTTP to one server: a connection per request, errors as the ones that the server raised."""

from __future__ import annotations

import http.client
import json
import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from pydantic import ValidationError

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.server.models import ErrorBody, ErrorResponse

DEFAULT_SERVER = "http://127.0.0.1:8189"
SERVER_VARIABLE = "GRAPHENGINE_SERVER"
TOKEN_VARIABLE = "GRAPHENGINE_TOKEN"


class Unreachable(GraphEngineError):  # noqa: N818 - it reads as what happened
    """The server can't be reached, or the connection broke."""


class Connection:
    """The way to a server.

    server: its address, else that of `GRAPHENGINE_SERVER`, else this machine's. token: else that of
    `GRAPHENGINE_TOKEN`. timeout: seconds without a byte.
    """

    def __init__(self, server: str | None = None, token: str | None = None, timeout: float = 60.0) -> None:
        self.server = (server or os.environ.get(SERVER_VARIABLE) or DEFAULT_SERVER).rstrip("/")
        parts = urlsplit(self.server)
        try:
            port = parts.port
        except ValueError:
            port = None
        if parts.scheme not in ("http", "https") or not parts.hostname or (parts.netloc.endswith(":")):
            raise GraphEngineError(
                f"expected the address of a server, such as {DEFAULT_SERVER}, got '{self.server}'",
                kind="address",
                expected=DEFAULT_SERVER,
                got=self.server,
            )
        self._secure = parts.scheme == "https"
        self._host, self._port, self._prefix = parts.hostname, port, parts.path.rstrip("/")
        self._token = token or os.environ.get(TOKEN_VARIABLE)
        self._timeout = timeout

    def json(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Send JSON and read JSON; None for an answer without a body. Raises as `open`."""
        data = None if body is None else json.dumps(body, allow_nan=False).encode()
        sent = {"Content-Type": "application/json"} if data is not None else {}
        with self.open(method, path, data, query, {**sent, **(headers or {})}) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    @contextmanager
    def open(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: tuple[int, ...] = (),
    ) -> Iterator[http.client.HTTPResponse]:
        """Send a request and read its answer in the block.

        Raises `Unreachable`, `InvalidWorkflow` with every problem, and `GraphEngineError` for other refusals;
        statuses in `accept` are no refusals.
        """
        connection = self._connect()
        try:
            target = self._prefix + quote(path, safe="/%") + _query(query)
            connection.request(method, target, body, {**self._authorization(), **(headers or {})})
            answer = connection.getresponse()
            if answer.status >= 400 and answer.status not in accept:
                raise _error(answer.status, answer.read(), self.server)
            yield answer
        except (OSError, http.client.HTTPException) as error:
            detail = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise Unreachable(
                f"the server at {self.server} can't be reached: {detail}",
                kind="unreachable",
                hint="start one with `graphengine serve`, or name another with --server",
            ) from error
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        if self._secure:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)

    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}


def _query(query: Mapping[str, Any] | None) -> str:
    given = {name: value for name, value in (query or {}).items() if value is not None}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def _error(status: int, body: bytes, server: str) -> GraphEngineError:
    try:
        found = ErrorResponse.model_validate_json(body)
    except ValidationError:
        return GraphEngineError(
            f"{server} answered with {status} and is no graphengine server", kind="unexpected_answer"
        )
    problems = [_of(each) for each in found.problems]
    return InvalidWorkflow(problems) if status == 422 and problems else _of(found.error)


def _of(body: ErrorBody) -> GraphEngineError:
    facts = body.model_dump()
    return GraphEngineError(facts.pop("message"), **facts)
