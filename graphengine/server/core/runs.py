"""Runs as a resource."""

from __future__ import annotations

from typing import Any

from graphengine.server.models import (
    Batch,
    BatchRequest,
    NodeExplanation,
    ProblemList,
    Run,
    RunList,
    RunState,
    SubmitRequest,
)


class Runs:
    """Submits, lists, reads, cancels, retries and deletes runs; unknown ids raise `NotFound`."""

    async def submit(self, request: SubmitRequest, idempotency_key: str | None = None) -> tuple[Run, bool]:
        """Accept a run, durably; the second is False where that key had been used for the same request.

        Raises `InvalidWorkflow` with every problem, `NotFound` for an unknown saved workflow, `QueueFull`,
        `Conflict` for a key that was used for another request, `StorageFull`, `Unavailable`.
        """
        raise NotImplementedError

    async def submit_batch(self, request: BatchRequest, idempotency_key: str | None = None) -> Batch:
        """Accept a run per combination of values, all or none. Raises as `submit`."""
        raise NotImplementedError

    async def validate(self, request: SubmitRequest) -> ProblemList:
        """All that is wrong with what would be submitted; nothing is stored."""
        raise NotImplementedError

    async def explain(self, request: SubmitRequest) -> list[NodeExplanation]:
        """For each node whether it is cached, or why it would run. Raises as `submit`; `Unavailable`."""
        raise NotImplementedError

    async def page(
        self,
        *,
        states: frozenset[RunState] = frozenset(),
        workflow: str | None = None,
        batch: str | None = None,
        text: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> RunList:
        """The newest first. before: the `next` of the page before. text: in the name or in any value.

        states: those wanted; empty for all. limit: 1 to 500.
        """
        raise NotImplementedError

    async def read(self, id: str) -> Run:
        """The run as it is now."""
        raise NotImplementedError

    async def document(self, id: str) -> dict[str, Any]:
        """The document that was submitted, with the saved workflows that it uses in it."""
        raise NotImplementedError

    async def cancel(self, id: str) -> Run:
        """Cancel: at once if it is queued; if it runs it ends soon, and `cancel_requested` says so.

        Raises `Conflict` for a run that has ended.
        """
        raise NotImplementedError

    async def retry(self, id: str) -> Run:
        """Submit the same again as a new run. Raises `Conflict` unless it has failed or was cancelled."""
        raise NotImplementedError

    async def delete(self, id: str) -> None:
        """Forget a run that has ended, and its pictures that no other run has. Raises `Conflict`."""
        raise NotImplementedError
