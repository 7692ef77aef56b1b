"""A run from its submission to its end, and what happens when it doesn't end well."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from graphengine.errors import InvalidWorkflow
from graphengine.home import Home
from graphengine.server.core import Core
from graphengine.server.core import runs as runs_module
from graphengine.server.errors import Conflict, NotFound
from graphengine.server.models import SubmitRequest
from tests.server.core.troublemaker import adding, ended, running, serving, trouble

Served = Callable[[Callable[[Core], Coroutine[Any, Any, None]]], None]


def test_a_run_succeeds_with_its_picture(served: Served) -> None:
    async def test(core: Core) -> None:
        run, new = await core.runs.submit(adding(a=4))
        assert (run.state, new, run.values["a"]) == ("queued", True, 4)
        run = await ended(core, run.id)
        assert [each.state for each in run.transitions] == ["queued", "running", "succeeded"]
        assert (run.executed, run.cached, run.attempt, run.error) == (2, 0, 1, None)
        [picture] = run.artifacts
        path = core.artifacts.file(picture.sha256)
        assert (path.stat().st_size, picture.width, picture.height) == (picture.size, 3, 2)
        assert await core.artifacts.by_hash(picture.sha256) == picture
        assert await core.artifacts.read(picture.id) == picture

    served(test)


def test_what_ran_before_doesnt_run_again_and_its_file_is_there_once(served: Served) -> None:
    async def test(core: Core) -> None:
        runs = [(await core.runs.submit(adding(a=4)))[0] for _ in range(2)]
        first, second = [await ended(core, run.id) for run in runs]
        assert (second.executed, second.cached) == (0, 2)
        assert first.artifacts[0].sha256 == second.artifacts[0].sha256
        await core.runs.delete(first.id)
        assert core.artifacts.file(second.artifacts[0].sha256)
        await core.runs.delete(second.id)
        third = await ended(core, (await core.runs.submit(adding(a=4)))[0].id)  # waits for the removal, too
        assert third.executed == 1
        assert core.artifacts.file(third.artifacts[0].sha256)

    served(test)


def test_a_failed_run_says_which_node_and_why(served: Served) -> None:
    async def test(core: Core) -> None:
        run = await ended(core, (await core.runs.submit(trouble("raise")))[0].id)
        assert run.state == "failed"
        assert run.error is not None
        assert (run.error.kind, run.error.node) == ("node_failed", "it")
        assert "as was asked" in run.error.message

    served(test)


@pytest.mark.parametrize(("kind", "said"), [("crash", "signal 11"), ("kill", "for memory")])
def test_a_worker_that_dies_fails_its_run_and_the_queue_goes_on(served: Served, kind: str, said: str) -> None:
    async def test(core: Core) -> None:
        died = (await core.runs.submit(trouble(kind)))[0]
        after = (await core.runs.submit(adding()))[0]
        run = await ended(core, died.id)
        assert run.state == "failed"
        assert run.error is not None
        assert said in run.error.message
        assert (await ended(core, after.id)).state == "succeeded"
        assert (await core.worker()).restarts == 1

    served(test)


def test_a_worker_that_dies_between_runs_harms_none(served: Served) -> None:
    async def test(core: Core) -> None:
        await ended(core, (await core.runs.submit(adding()))[0].id)
        pid = (await core.worker()).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert (await ended(core, (await core.runs.submit(adding(a=2)))[0].id)).state == "succeeded"

    served(test)


@pytest.mark.parametrize("kind", ["", "deaf"])
def test_cancelling_a_run_under_way(served: Served, kind: str) -> None:
    async def test(core: Core) -> None:
        run = (await core.runs.submit(trouble(kind, 30)))[0]
        other = (await core.runs.submit(adding()))[0]
        await running(core, run.id)
        assert (await core.runs.cancel(run.id)).cancel_requested
        run = await ended(core, run.id)
        assert run.state == "cancelled"
        assert (await ended(core, other.id)).state == "succeeded"
        told = (await core.worker()).error
        assert told == (
            "the worker was ended by the server, since it didn't stop when it was told to" if kind else None
        )
        with pytest.raises(Conflict, match="is cancelled"):
            await core.runs.cancel(run.id)

    served(test)


def test_cancelling_a_queued_run(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.queue.pause()
        run = (await core.runs.submit(adding()))[0]
        run = await core.runs.cancel(run.id)
        assert [each.state for each in run.transitions] == ["queued", "cancelled"]

    served(test)


def test_what_cannot_be(served: Served) -> None:
    async def test(core: Core) -> None:
        for act in (core.runs.read, core.runs.cancel, core.runs.retry, core.runs.delete, core.runs.document):
            with pytest.raises(NotFound, match="there is no run 'nonsense'"):
                await act("nonsense")
        await core.queue.pause()
        run = (await core.runs.submit(adding()))[0]
        with pytest.raises(Conflict, match="cancel it before"):
            await core.runs.delete(run.id)
        with pytest.raises(Conflict, match="is queued"):
            await core.runs.retry(run.id)

    served(test)


def test_retrying_makes_a_new_run_of_the_same(served: Served) -> None:
    async def test(core: Core) -> None:
        failed = await ended(core, (await core.runs.submit(trouble("raise")))[0].id)
        again = await core.runs.retry(failed.id)
        assert (again.retry_of, again.state) == (failed.id, "queued")
        assert await core.runs.document(again.id) == await core.runs.document(failed.id)

    served(test)


def test_an_unsound_workflow_is_refused_with_all_its_problems(served: Served) -> None:
    async def test(core: Core) -> None:
        nodes = {"a": {"type": "add", "inputs": {"a": "x", "c": 1}}, "b": {"type": "nonsense"}}
        request = SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})
        with pytest.raises(InvalidWorkflow) as raised:
            await core.runs.submit(request)
        assert len(raised.value.problems) == 3
        told = await core.runs.validate(request)
        assert [each.message for each in told.problems] == [each.message for each in raised.value.problems]
        assert (await core.runs.page()).runs == []
        assert (await core.runs.validate(adding())).valid

    served(test)


def test_nodes_check_their_inputs_themselves_where_a_worker_answers_soon(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wanted(low: int) -> SubmitRequest:
        nodes = {"it": {"type": "between", "inputs": {"low": low}}}
        return SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})

    async def test(core: Core) -> None:
        assert (await core.runs.validate(wanted(3))).valid
        told = await core.runs.validate(wanted(12))
        assert not told.valid and told.nodes == 1
        [problem] = told.problems
        assert (problem.node, problem.message) == ("it", "node 'it' (between): low (12) is above high (9)")
        monkeypatch.setattr(runs_module, "CHECK_SECONDS", 0.2)
        assert (await core.runs.validate(wanted(7777))).valid

    served(test)


def test_a_choice_that_has_come_since_is_known(served: Served, home: Home) -> None:
    async def test(core: Core) -> None:
        nodes = {"it": {"type": "colour", "inputs": {"name": "red"}}}
        request = SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})
        assert [each.kind for each in (await core.runs.validate(request)).problems] == ["not_a_choice"]
        digest = await core.nodes.digest()
        (home.root / "colours").mkdir()
        (home.root / "colours" / "red").touch()
        assert (await core.runs.validate(request)).valid
        assert await core.nodes.digest() != digest
        described = {each["type"]: each for each in await core.nodes.described()}
        assert described["colour"]["inputs"][0]["options"] == ["red"]

    served(test)


def test_the_worker_answers_while_it_runs(served: Served) -> None:
    async def test(core: Core) -> None:
        run = (await core.runs.submit(trouble("", 30)))[0]
        await running(core, run.id)
        info = await core.worker()
        assert (info.state, info.run) == ("busy", run.id)
        assert info.memory is not None
        assert info.memory > 1 << 20
        assert "shapes.safetensors" in {model.name for model in await core.models()}
        assert [each.status for each in await core.runs.explain(adding())] == ["will run", "will run"]
        await core.runs.cancel(run.id)

    served(test)


def test_a_stop_puts_back_what_isnt_done(home: Home) -> None:
    async def test() -> None:
        async with serving(home) as core:
            run = (await core.runs.submit(trouble("", 30)))[0]
            await running(core, run.id)
        async with serving(home) as core:
            await running(core, run.id, attempt=2)
            run = await core.runs.read(run.id)
            states = [each.state for each in run.transitions]
            assert states == ["queued", "running", "interrupted", "queued", "running"]
            await core.runs.cancel(run.id)

    asyncio.run(test())


def test_the_server_never_imports_torch(home: Home) -> None:
    program = f"""
import asyncio, json, sys
sys.path.insert(0, ".")
from pathlib import Path
from graphengine.home import Home
from tests.server.core.troublemaker import adding, ended, serving

async def main():
    async with serving(Home(Path({str(home.root)!r}))) as core:
        await ended(core, (await core.runs.submit(adding()))[0].id)
        await core.nodes.described()
        await core.system()

asyncio.run(main())
print(json.dumps(sorted(name for name in ("torch", "numpy", "transformers", "PIL") if name in sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_a_document_reads_no_file_outside_the_input_folder(served: Served, tmp_path: Path) -> None:
    async def test(core: Core) -> None:
        secret = tmp_path / "secret.png"
        secret.write_bytes(b"a picture of the neighbours")
        nodes = {"it": {"type": "load_image", "inputs": {"image": str(secret)}}}
        request = SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})
        run = await ended(core, (await core.runs.submit(request))[0].id)
        assert run.error is not None
        assert (run.state, run.error.kind) == ("failed", "missing_file")

    served(test)
