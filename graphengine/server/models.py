"""The JSON that goes in and out of the server, as types: the same for HTTP, the client and the core."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from graphengine.errors import GraphEngineError

RunState = Literal["queued", "running", "succeeded", "failed", "cancelled", "interrupted"]
WorkerState = Literal["starting", "ready", "busy", "restarting", "stopped"]
ENDED: frozenset[RunState] = frozenset({"succeeded", "failed", "cancelled"})
"""States that a run never leaves."""

PRIORITY = Field(default=0, ge=-1000, le=1000, description="higher ones run first; equal ones in order")


class _Record(BaseModel):
    """What the server tells."""

    model_config = ConfigDict(frozen=True)


class _Request(BaseModel):
    """What a client asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorBody(_Record):
    """What went wrong, for people (`message`) and for programs."""

    kind: str
    message: str
    node: str | None = None
    input: str | None = None
    expected: str | None = None
    got: str | None = None
    hint: str | None = None

    @classmethod
    def of(cls, error: GraphEngineError) -> ErrorBody:
        """An error's JSON form; what it shows of a client's text may be no Unicode, and is made so."""
        facts = error.to_dict().items()
        return cls.model_validate(
            {name: value and value.encode("utf-8", "replace").decode() for name, value in facts}
        )


class ErrorResponse(_Record):
    """The body of every answer that isn't a success; of a workflow, `problems` lists all that is wrong."""

    error: ErrorBody
    problems: list[ErrorBody] = Field(default_factory=list)


class Transition(_Record):
    """When a run came into a state."""

    state: RunState
    at: datetime


class ArtifactRecord(_Record):
    """A picture that a run made; `sha256` of its bytes is also its name on disk."""

    id: int
    run: str
    node: str
    sha256: str
    media_type: str
    size: int = Field(description="bytes")
    width: int
    height: int
    seed: int | None
    created_at: datetime
    deleted_at: datetime | None = Field(description="when its file was deleted; the record stays")


class Run(_Record):
    """A run, from the moment it was accepted; `sequence` orders runs, whatever the clock said."""

    id: str
    sequence: int
    state: RunState
    name: str = Field(description="the workflow document's name")
    workflow: str | None = Field(description="the saved workflow that it was submitted as")
    workflow_version: int | None
    parameters: dict[str, JsonValue] = Field(description="as they were submitted")
    values: dict[str, JsonValue] = Field(description="of all named parameters, with the document's own")
    priority: int
    attempt: int = Field(description="how often it was started")
    cancel_requested: bool
    batch: str | None
    retry_of: str | None
    transitions: list[Transition]
    executed: int | None = Field(description="nodes that ran")
    cached: int | None = Field(description="nodes that were known from before")
    skipped: int | None
    seconds: float | None
    error: ErrorBody | None
    artifacts: list[ArtifactRecord]


class RunList(_Record):
    """A page of runs; `next` continues it, None at the end."""

    runs: list[Run]
    next: int | None


class SubmitRequest(_Request):
    """A workflow to run."""

    workflow: str | dict[str, JsonValue] = Field(description="a document, or the name of a saved workflow")
    version: int | None = Field(default=None, ge=1, description="of the saved workflow; else the newest")
    saved_as: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="of a document: the saved workflow that it is, with changes or without",
    )
    parameters: dict[str, JsonValue] = Field(default_factory=dict, description="by name")
    settings: dict[str, JsonValue] = Field(default_factory=dict, description="any input, by node.input")
    only: list[str] = Field(default_factory=list, description="nodes that are wanted, not all outputs")
    rerun: list[str] = Field(default_factory=list, description="nodes to make again although cached")
    priority: int = PRIORITY
    time_limit: float | None = Field(default=None, gt=0, description="seconds")
    node_time_limit: float | None = Field(default=None, gt=0, description="seconds")


class BatchRequest(SubmitRequest):
    """A workflow to run for each combination of values."""

    axes: dict[str, list[JsonValue]] = Field(
        min_length=1, description="values by parameter, or by node.input; the last varies fastest"
    )


class Batch(_Record):
    """The runs of a batch, in order."""

    id: str
    runs: list[Run]


class QueueState(_Record):
    """The queue as a whole."""

    paused: bool
    queued: int
    running: list[str]


class RunChange(_Request):
    """What may be changed of a run that is queued; what is None stays."""

    priority: int | None = Field(default=None, ge=-1000, le=1000)
    position: int | None = Field(default=None, ge=0, description="0 runs next; takes the priority there")


class WorkflowRecord(_Record):
    """A saved workflow without its document; version 0 came with the package and can't be changed."""

    name: str
    version: int
    title: str = Field(description="the document's name")
    saved_at: datetime | None
    parameters: list[str]
    digest: str = Field(description="of the document")
    size: int = Field(description="bytes of the document's JSON")
    automatic: bool = Field(description="an editor saved it by itself; its next save takes the place")
    thumbnail: str | None = Field(description="the address of a small picture of what it makes")


class SavedWorkflow(WorkflowRecord):
    """A saved workflow."""

    document: dict[str, JsonValue]


class ProblemList(_Record):
    """Whether a workflow is sound, and all that is wrong with it."""

    valid: bool
    nodes: int
    problems: list[ErrorBody]


class NodeExplanation(_Record):
    """What would become of a node, were the workflow run now."""

    model_config = ConfigDict(frozen=True, extra="allow")

    node: str
    status: str


class ModelRecord(_Record):
    """A model file that workflows can name; its hash is None until it was used once.

    `preview` tells whether a picture lies beside it: `name.preview.png`, or `name.png`, `.jpg`, `.webp`.
    `side`, in pixels, is of the squares that a checkpoint was trained on, if that is known.
    """

    name: str
    kind: str
    size: int
    sha256: str | None
    preview: bool
    side: int | None


class PromptTokens(_Record):
    """How long a prompt is, as text encoders count: the longest of the texts that it is in a run.

    `problem` tells why it can't be read, and `line` and `column`, from 1, where; then nothing is counted.
    """

    room: int = Field(description="tokens that a chunk has room for")
    chunks: list[int] = Field(description="tokens of each chunk")
    wordings: int = Field(description="how many texts it is in the course of a run")
    problem: ErrorBody | None
    line: int | None
    column: int | None


class PluginScan(_Record):
    """What became of the plugins since they were last read, by name.

    problems: why which plugin brings no nodes, a line each, those of before included.
    """

    added: list[str]
    changed: list[str]
    removed: list[str]
    problems: list[str]


class LoadedWeights(_Record):
    """Weights that are in memory: the file and which part of it, bytes, and whether a run uses them now."""

    title: str
    size: int
    in_use: bool


class WorkerInfo(_Record):
    """The worker process; `error` is why the last one ended, if not as it should."""

    state: WorkerState
    pid: int | None
    run: str | None
    restarts: int
    memory: int | None = Field(description="resident bytes")
    device: str | None = Field(description="what models are computed on; None before the first use")
    weights: int | None = Field(description="bytes of model weights that are loaded")
    weights_budget: int | None
    loaded: list[LoadedWeights] = Field(description="the most recently used first")
    results: int | None = Field(description="bytes of results of nodes that are kept in memory")
    results_budget: int | None
    disk_results: int | None = Field(description="bytes of those kept on disk; None where none are")
    disk_results_budget: int | None
    error: str | None


class SystemInfo(_Record):
    """The machine and the two processes; sizes in bytes."""

    version: str
    python: str
    platform: str
    versions: dict[str, str]
    processors: int
    memory_total: int
    memory_available: int
    disk_free: int
    server_memory: int
    worker: WorkerInfo


class Readiness(_Record):
    """Whether runs are accepted and worked off; `reason` is why not."""

    ready: bool
    reason: str | None = None


EventData = dict[str, Any]
"""An event's JSON: `sequence`, `run`, `at`, `event`, and what that kind of event tells."""


class EventPage(_Record):
    """Stored events in order; `last` is the number to go on from."""

    events: list[EventData]
    last: int
