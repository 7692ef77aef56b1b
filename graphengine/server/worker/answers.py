"""What a worker answers when it is asked."""

import logging
from collections.abc import Mapping
from typing import Any

from graphengine.authoring.plugins import Plugin, find_plugins
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.provenance import ContentFolder
from graphengine.runtime import Runtime
from graphengine.runtime.prompt_tokens import prompt_tokens
from graphengine.server.worker.lifeline import resident_bytes

logger = logging.getLogger(__name__)


class Answers:
    """Knows the runtime, and may be asked while that is running something."""

    def __init__(self, runtime: Runtime, artifacts: ContentFolder) -> None:
        self._runtime = runtime
        self._artifacts = artifacts

    def to(self, what: str, **facts: Any) -> Any:
        """The answer as JSON; raises `GraphEngineError` where there is none."""
        if what == "info":
            return self.info()
        if what == "choices":
            return self.choices()
        if what == "plugins":
            return self.plugins()
        if what == "models":
            return self.models()
        if what == "free":
            self._runtime.free()
            return self.info()
        if what == "explain":
            return self.explain(facts["job"])
        if what == "check":
            return self.check(facts["job"])
        if what == "tokens":
            return prompt_tokens(facts["text"], self._runtime.home, syntax=facts["syntax"]).to_dict()
        raise GraphEngineError(f"a worker can't be asked for '{what}'", kind="unknown_question")

    def nodes(self) -> dict[str, Any]:
        """The schemas of all nodes, what drop-downs offer, what plugins draw, and which bring no nodes."""
        catalogue = self._runtime.catalogue
        return {
            "schemas": [schema.to_dict() for schema in catalogue],
            "choices": self.choices(),
            "plugins": [
                {"name": plugin.name, "folder": str(plugin.web), "widgets": list(plugin.widgets)}
                for plugin in catalogue.plugins
                if plugin.web is not None
            ],
            "found": [_known_by(plugin) for plugin in catalogue.plugins],
            "problems": [str(problem) for problem in catalogue.problems],
        }

    def plugins(self) -> dict[str, Any]:
        """The plugins that are on the disk now, whatever the catalogue has; none is imported."""
        now = list(find_plugins(self._runtime.home.plugins))
        return {
            "found": [_known_by(each) for each in now if isinstance(each, Plugin)],
            "problems": [str(each) for each in now if not isinstance(each, Plugin)],
        }

    def choices(self) -> dict[str, Any]:
        """What each provider of choices offers now; one that fails offers nothing."""
        found: dict[str, Any] = {}
        catalogue = self._runtime.catalogue
        for schema in catalogue:
            for input in schema.inputs:
                if input.choices is None or input.choices in found:
                    continue
                try:
                    options, hint = catalogue.options(input, self._runtime.home)
                except Exception:
                    logger.exception("the choices of '%s', input '%s'", schema.type, input.name)
                    options, hint = [], None
                found[input.choices] = {"options": options, "hint": hint}
        return found

    def models(self) -> list[dict[str, Any]]:
        """The model files, without their paths."""
        found = [model.to_dict() for model in self._runtime.models()]
        for model in found:
            del model["path"]
        return found

    def info(self) -> dict[str, Any]:
        """Memory: of the process, and of the weights and the results in it; and that of the disk cache."""
        return {"memory": resident_bytes(), **self._runtime.weights(), **self._runtime.results()}

    def check(self, job: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What is wrong with a job, as far as its nodes tell by themselves before anything runs."""
        try:
            self._runtime.check(job["document"], job["parameters"], job["settings"])
        except InvalidWorkflow as error:
            return [each.to_dict() for each in error.problems]
        return []

    def explain(self, job: Mapping[str, Any]) -> list[dict[str, Any]]:
        """For each node of a job what would become of it."""
        found = self._runtime.explain(
            job["document"], job["parameters"], job["settings"], output=self._artifacts, only=job["only"]
        )
        return [each.to_dict() for each in found]


def _known_by(plugin: Plugin) -> dict[str, Any]:
    """What tells a plugin from what it was before its files were changed."""
    return {
        "name": plugin.name,
        "root": str(plugin.root),
        "digest": plugin.digest,
        "widgets": list(plugin.widgets),
    }
