"""Saved workflows: versions, locks, files, and those that come with the package."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from graphengine.errors import InvalidWorkflow
from graphengine.home import Home
from graphengine.server.core import Core
from graphengine.server.core.database import FILE
from graphengine.server.core.migrations import STEPS, migrate
from graphengine.server.core.workflow_files import check_name
from graphengine.server.core.workflow_rows import Session, versions_of
from graphengine.server.errors import BadRequest, Conflict, NotFound
from graphengine.server.models import SubmitRequest
from tests.server.core.troublemaker import ADDING, ended, serving

Served = Callable[[Callable[[Core], Coroutine[Any, Any, None]]], None]
OTHER = {**ADDING, "name": "other"}


def test_nothing_is_overwritten_unseen(served: Served, home: Home) -> None:
    async def test(core: Core) -> None:
        first = await core.workflows.save("mine", ADDING, 0)
        assert (first.version, first.parameters) == (1, ["a", "seed", "text"])
        with pytest.raises(Conflict, match="there is a workflow 'mine' already"):
            await core.workflows.save("mine", OTHER, 0)
        second = await core.workflows.save("mine", OTHER, 1)
        with pytest.raises(Conflict, match="version 2 was saved after version 1"):
            await core.workflows.save("mine", ADDING, 1)
        assert [each.version for each in await core.workflows.versions("mine")] == [2, 1]
        assert (await core.workflows.read("mine")).document == second.document
        assert (await core.workflows.read("mine", 1)).document == first.document
        assert json.loads((home.workflows / "mine.json").read_text())["name"] == "other"
        with pytest.raises(NotFound, match="version of workflow 'mine' '7'"):
            await core.workflows.read("mine", 7)

    served(test)


def test_of_two_who_save_at_once_one_is_told(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.workflows.save("mine", ADDING, 0)
        saved = await asyncio.gather(
            *(core.workflows.save("mine", {**ADDING, "name": str(n)}, 1) for n in range(5)),
            return_exceptions=True,
        )
        assert sum(isinstance(each, Conflict) for each in saved) == 4
        assert (await core.workflows.read("mine")).version == 2

    served(test)


def test_a_deleted_one_doesnt_give_its_version_numbers_again(served: Served, home: Home) -> None:
    async def test(core: Core) -> None:
        await core.workflows.save("mine", ADDING, 0)
        with pytest.raises(Conflict):
            await core.workflows.delete("mine", 3)
        await core.workflows.delete("mine", 1)
        assert not (home.workflows / "mine.json").exists()
        with pytest.raises(NotFound):
            await core.workflows.read("mine")
        assert (await core.workflows.save("mine", ADDING, 0)).version == 2

    served(test)


def test_a_file_edited_by_hand_is_a_new_version(served: Served, home: Home) -> None:
    async def test(core: Core) -> None:
        await core.workflows.save("mine", ADDING, 0)
        (home.workflows / "mine.json").write_text(json.dumps({**ADDING, "name": "edited"}))
        (home.workflows / "new.json").write_text(json.dumps(OTHER))
        (home.workflows / "broken.json").write_text("{")
        assert (await core.workflows.read("mine")).title == "edited"
        with pytest.raises(Conflict):
            await core.workflows.save("mine", OTHER, 1)
        found = {each.name: each.version for each in await core.workflows.all()}
        assert (found["mine"], found["new"]) == (2, 1)
        assert "broken" not in found

    served(test)


def test_those_of_the_package_can_be_read_and_hidden_by_ones_own(served: Served) -> None:
    async def test(core: Core) -> None:
        packaged = await core.workflows.read("text_to_image")
        assert (packaged.version, packaged.saved_at) == (0, None)
        with pytest.raises(Conflict, match="came with graphengine"):
            await core.workflows.delete("text_to_image", 0)
        copy = await core.workflows.duplicate("text_to_image", "my copy")
        assert copy.document == packaged.document
        assert (await core.workflows.save("text_to_image", OTHER, 0)).version == 1
        assert (await core.workflows.read("text_to_image")).title == "other"

    served(test)


def test_names_that_cannot_be_files_are_refused(served: Served) -> None:
    hidden = ("", "..", "../x", ".hidden", "x ")
    not_portable = ("a/b", "a\\b", "con", "a" * 101, "a\0b", "a\nb", 'a"', "C:x")

    async def test(core: Core) -> None:
        for name in hidden + not_portable:
            with pytest.raises(BadRequest, match="workflow name: expected"):
                await core.workflows.save(name, ADDING, 0)
            with pytest.raises(NotFound):
                await core.workflows.read(name)

    served(test)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b", "a name without / \\ : * ? \" < > | and control characters, got 'a/b'"),
        ("x" * 300, "at most 100 characters, got 300"),
        ("   ", "a name with a letter or a digit in it, got '   '"),
        (".hidden", "a name that neither begins nor ends with a dot or a space, got '.hidden'"),
        ("NUL.txt", "another name, since Windows keeps this one for a device, got 'NUL.txt'"),
    ],
)
def test_what_is_wrong_with_a_name_is_said(name: str, expected: str) -> None:
    with pytest.raises(BadRequest) as caught:
        check_name(name)
    assert str(caught.value) == f"workflow name: expected {expected}"


def test_a_draft_is_saved_and_what_is_no_document_isnt(served: Served) -> None:
    async def test(core: Core) -> None:
        draft = {"format": "graphengine/1", "nodes": {"a": {"type": "not there yet"}}}
        assert (await core.workflows.save("draft", draft, 0)).version == 1
        with pytest.raises(InvalidWorkflow):
            await core.workflows.save("nonsense", {"nodes": 3}, 0)
        with pytest.raises(InvalidWorkflow, match="surrogate"):
            await core.workflows.save("half", {**ADDING, "name": "\ud800"}, 0)

    served(test)


def test_a_run_knows_which_version_it_was_and_keeps_that(home: Home) -> None:
    async def test() -> None:
        async with serving(home) as core:
            await core.workflows.save("mine", ADDING, 0)
            await core.queue.pause()
            run = (await core.runs.submit(SubmitRequest(workflow="mine", parameters={"a": 3})))[0]
            assert (run.workflow, run.workflow_version) == ("mine", 1)
            await core.workflows.save("mine", {"format": "graphengine/1", "nodes": {}}, 1)
            await core.queue.resume()
            assert (await ended(core, run.id)).state == "succeeded"
            old = (await core.runs.submit(SubmitRequest(workflow="mine", version=1)))[0]
            assert old.workflow_version == 1
            assert {each.id for each in (await core.runs.page(workflow="mine")).runs} == {run.id, old.id}
            with pytest.raises(NotFound):
                await core.runs.submit(SubmitRequest(workflow="nonsense"))

    asyncio.run(test())


def test_a_saved_workflow_is_a_node_of_others(served: Served) -> None:
    async def test(core: Core) -> None:
        adds_three = {
            "format": "graphengine/1",
            "inputs": {"a": "int"},
            "outputs": {"sum": "add.value"},
            "nodes": {"add": {"type": "add", "inputs": {"a": {"from": "inputs.a"}, "b": 3}}},
        }
        await core.workflows.save("three", adds_three, 0)
        nodes = {
            "three": {"type": "three.json", "inputs": {"a": 4}},
            "show": {"type": "show", "inputs": {"value": {"from": "three.sum"}}},
        }
        run = (await core.runs.submit(SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})))[0]
        assert "three.json" in (await core.runs.document(run.id))["subgraphs"]
        assert (await ended(core, run.id)).state == "succeeded"

    served(test)


def test_what_a_session_saves_by_itself_replaces_its_last(served: Served, home: Home) -> None:
    by_itself, asked, others = Session("one", True), Session("one"), Session("other", True)

    def named(name: str) -> dict[str, Any]:
        return {**ADDING, "name": name}

    async def test(core: Core) -> None:
        async def versions() -> list[tuple[int, str, bool]]:
            found = await core.workflows.versions("mine")
            return [(each.version, each.title, each.automatic) for each in found]

        await core.workflows.save("mine", named("first"), 0)
        for number, name in enumerate(("a", "b", "c"), start=1):
            await core.workflows.save("mine", named(name), number, by_itself)
        assert await versions() == [(4, "c", True), (1, "first", False)]
        again = await core.workflows.save("mine", named("c"), 4, by_itself)
        assert again.version == 4  # nothing new
        with pytest.raises(Conflict):
            await core.workflows.save("mine", named("late"), 3, by_itself)
        await core.workflows.save("mine", named("theirs"), 4, others)
        await core.workflows.save("mine", named("d"), 5, by_itself)
        await core.workflows.save("mine", named("asked"), 6, asked)
        assert await versions() == [
            (7, "asked", False),
            (5, "theirs", True),
            (4, "c", True),
            (1, "first", False),
        ]
        assert json.loads((home.workflows / "mine.json").read_text())["name"] == "asked"

    served(test)


def test_another_name_takes_versions_and_runs_along(served: Served, home: Home) -> None:
    async def test(core: Core) -> None:
        await core.workflows.save("used", ADDING, 0)
        await core.workflows.delete("used", 1)
        await core.workflows.save("mine", ADDING, 0)
        await core.workflows.save("mine", OTHER, 1)
        await core.workflows.save("taken", ADDING, 0)
        with pytest.raises(Conflict, match="'taken' already"):
            await core.workflows.rename("mine", "taken", 2)
        with pytest.raises(Conflict, match="changed since"):
            await core.workflows.rename("mine", "new", 1)
        with pytest.raises(Conflict, match="came with graphengine"):
            await core.workflows.rename("text_to_image", "new", 0)
        with pytest.raises(BadRequest):
            await core.workflows.rename("mine", "a/b", 2)
        run = (await core.runs.submit(SubmitRequest(workflow=ADDING, saved_as="mine")))[0]
        assert run.workflow == "mine"
        assert (await ended(core, run.id)).state == "succeeded"
        renamed = await core.workflows.rename("mine", "used", 2)
        assert (renamed.version, renamed.title) == (3, "other")  # 1 was another one's
        assert [each.version for each in await core.workflows.versions("used")] == [3, 2]
        assert (home.workflows / "used.json").exists() and not (home.workflows / "mine.json").exists()
        assert {each.name for each in await core.workflows.all()}.isdisjoint({"mine", "new"})
        assert [each.id for each in (await core.runs.page(workflow="used")).runs] == [run.id]
        assert (await core.workflows.save("used", ADDING, 3)).version == 4

    served(test)


def test_a_record_tells_size_and_the_newest_picture(served: Served) -> None:
    async def test(core: Core) -> None:
        first = await core.workflows.save("mine", {**ADDING, "name": "é"}, 0)
        assert first.thumbnail is None
        assert first.size == len(
            json.dumps(first.document, separators=(",", ":"), ensure_ascii=False).encode()
        )
        run = (await core.runs.submit(SubmitRequest(workflow="mine")))[0]
        picture = (await ended(core, run.id)).artifacts[-1]
        [record] = [each for each in await core.workflows.all() if each.name == "mine"]
        assert record.thumbnail == f"/api/artifacts/{picture.id}/thumbnail"

    served(test)


def test_a_database_of_before_sessions_is_taken_over(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / FILE)
    old.executescript(f"{STEPS[0]};PRAGMA user_version = 1;")
    old.execute("INSERT INTO documents VALUES (1, 'digest', '{}')")
    old.execute("INSERT INTO workflows VALUES ('mine', 1, '', '[]', 1, 0)")
    old.commit()
    migrate(old)
    old.row_factory = sqlite3.Row
    [record] = versions_of(old, "mine")
    assert (record.version, record.automatic) == (1, False)
    old.close()
