"""What stands in paths and queries of several subjects."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

LONGEST_NAME = 500
"""Of a workflow, as it is read: it fits an address, and what saves tells that it is too long."""
LARGEST = 2**53 - 1
"""The largest number that JSON readers agree on, and well within what the store holds."""


class Taken(BaseModel):
    """What is taken from a path, a query, headers or a body: nothing that isn't declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ById(Taken):
    """A run."""

    id: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$", description="of a run")


class ByNumber(Taken):
    """A picture."""

    id: int = Field(ge=1, le=LARGEST, description="of a picture")


class ByName(Taken):
    """A saved workflow."""

    name: str = Field(
        min_length=1, max_length=LONGEST_NAME, description="of a saved workflow, without '.json'"
    )


class Idempotent(Taken):
    """So that a request that is sent again isn't done again."""

    key: str | None = Field(
        default=None,
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="any text of the client's own; the same key with the same request is the same run",
    )


class Cached(Taken):
    """What the client has already."""

    if_none_match: str | None = Field(
        default=None, alias="If-None-Match", description="the ETag of what the client has"
    )
