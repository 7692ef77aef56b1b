"""The server without HTTP: the durable store, the queue, the worker process, and the events of all runs."""

from graphengine.server.core.core import Core
from graphengine.server.core.event_batch import EventBatch, PreviewEvent, StoredEvent
from graphengine.server.core.settings import CoreSettings

__all__ = ["Core", "CoreSettings", "EventBatch", "PreviewEvent", "StoredEvent"]
