"""Running what the server hands over, and answering what it asks meanwhile."""

import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from graphengine.errors import GraphEngineError
from graphengine.execution import CancelToken
from graphengine.home import Home
from graphengine.provenance import ContentFolder
from graphengine.runtime import Runtime
from graphengine.server.worker.answers import Answers
from graphengine.server.worker.outbox import Outbox
from graphengine.server.worker.protocol import receive_from
from graphengine.server.worker.run_job import run_job

logger = logging.getLogger(__name__)


class Worker:
    """One runtime. Three threads beside the one that runs: hearing, saying, and answering.

    preload: import the nodes' modules, so that the first run needn't. artifacts: the folder for pictures.
    """

    def __init__(
        self,
        incoming: BinaryIO,
        outgoing: BinaryIO,
        *,
        home: str,
        artifacts: str,
        preload: bool,
        memory_budget: int | None,
        cache: str,
        cache_budget: int | None,
        disk_cache: int,
    ) -> None:
        self._incoming = incoming
        self._outbox = Outbox(outgoing)
        self._preload = preload
        self._artifacts = ContentFolder(Path(artifacts))
        self._runtime = Runtime(
            Home(Path(home), confined=True),
            memory_budget=memory_budget,
            cache=cache,
            cache_budget=cache_budget,
            disk_cache=disk_cache or None,
        )
        self._answers = Answers(self._runtime, self._artifacts)
        self._jobs: SimpleQueue[Mapping[str, Any]] = SimpleQueue()
        self._questions: SimpleQueue[Mapping[str, Any]] = SimpleQueue()
        self._cancels: dict[str, CancelToken] = {}

    def work(self) -> None:
        """Run one job after the other until nobody is on the line."""
        self._outbox.say({"tell": "ready", **self._answers.nodes()})
        self._in_background(self._hear)
        self._in_background(self._answer)
        if self._preload:
            self._in_background(self._import_nodes)
        while True:
            job = self._jobs.get()
            id = job["run"]
            self._outbox.say({"tell": "began"})
            self._outbox.flush()  # whatever happens now is known to have happened in this run
            run_job(self._runtime, self._artifacts, job, self._cancels[id], self._outbox)
            del self._cancels[id]

    def _in_background(self, work: Any) -> None:
        threading.Thread(target=work, name=f"graphengine-{work.__name__}", daemon=True).start()

    def _hear(self) -> None:
        while (message := receive_from(self._incoming)) is not None:
            facts = message.facts
            if facts["do"] == "run":
                self._cancels[facts["run"]] = CancelToken()
                self._jobs.put(facts)
            elif facts["do"] == "cancel":
                token = self._cancels.get(facts["run"])
                if token is not None:
                    token.cancel()
            else:
                self._questions.put(facts)
        os._exit(0)

    def _answer(self) -> None:
        while True:
            facts = dict(self._questions.get())
            number = facts.pop("number")
            del facts["do"]
            try:
                value = self._answers.to(**facts)
                self._outbox.say({"tell": "answer", "number": number, "value": value, "error": None})
            except GraphEngineError as error:
                self._outbox.say({"tell": "answer", "number": number, "error": error.to_dict()})
            except Exception as error:
                logger.exception("the question %r can't be answered", facts["what"])
                told = {"message": f"{type(error).__name__}: {error}"}
                self._outbox.say({"tell": "answer", "number": number, "error": told})

    def _import_nodes(self) -> None:
        for type in self._runtime.catalogue.types:
            try:
                self._runtime.catalogue.load(type)
            except GraphEngineError as error:
                logger.debug("%s", error)
