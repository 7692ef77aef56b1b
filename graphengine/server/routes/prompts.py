"""Prompts, as text encoders read them."""

from __future__ import annotations

from pydantic import Field

from graphengine.server.http.route import route
from graphengine.server.models import PromptTokens
from graphengine.server.routes.paths import Taken
from graphengine.server.site import Site

LONGEST = 20_000
"""Characters: more than any text encoder makes sense of."""


class PromptText(Taken):
    """A prompt."""

    text: str = Field(max_length=LONGEST)
    syntax: bool = Field(default=True, description="off: brackets and the like are text")


async def count_tokens(site: Site, body: PromptText) -> PromptTokens:
    """Count the tokens of a prompt as it would be encoded, or tell why it can't be read."""
    return await site.core.prompt_tokens(body.text, syntax=body.syntax)


ROUTES = (route("POST", "/api/prompts/tokens", count_tokens, errors=(503,)),)
