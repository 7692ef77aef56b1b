"""What Prometheus may ask for: requests, runs, the queue, listeners and memory."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """One registry per server, so that several live in one process."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.requests = Counter(
            "graphengine_requests", "Requests by route and status", ("route", "status"), registry=registry
        )
        self.seconds = Histogram(
            "graphengine_request_seconds",
            "Until an answer began",
            ("route",),
            buckets=SECONDS,
            registry=registry,
        )
        self.runs = Counter("graphengine_runs", "Runs that ended, by state", ("state",), registry=registry)
        self.accepted = Counter("graphengine_runs_accepted", "Runs that were accepted", registry=registry)
        self.listeners = Gauge("graphengine_listeners", "Open event streams", registry=registry)
        self.queued = Gauge("graphengine_queued", "Runs that wait", registry=registry)
        self.running = Gauge("graphengine_running", "Runs under way", registry=registry)
        self.worker_restarts = Gauge(
            "graphengine_worker_restarts", "Workers that ended by themselves", registry=registry
        )
        self.server_memory = Gauge(
            "graphengine_server_memory_bytes", "Resident bytes of the server", registry=registry
        )
        self.worker_memory = Gauge(
            "graphengine_worker_memory_bytes", "Resident bytes of the worker", registry=registry
        )

    def text(self) -> bytes:
        """In Prometheus' text format."""
        return generate_latest(self._registry)
