"""Small copies go with their pictures."""

import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from graphengine.home import Home
from graphengine.server.core import Core
from graphengine.server.core.thumbnail_files import KEPT_SECONDS, ThumbnailFiles
from tests.server.core.test_artifacts import picture
from tests.server.core.troublemaker import adding

Served = Callable[[Callable[[Core], Coroutine[Any, Any, None]]], None]
RED, BLUE = "a" * 64, "b" * 64


def made(files: ThumbnailFiles, sha256: str, size: int) -> Path:
    path = files.at(sha256, size)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"small")
    return path


def test_all_sizes_of_one_picture_are_removed(tmp_path: Path) -> None:
    files = ThumbnailFiles(tmp_path)
    gone = [made(files, RED, 64), made(files, RED, 256)]
    stays = made(files, BLUE, 64)
    files.remove(RED)
    assert not any(path.exists() for path in gone) and stays.exists()


def test_only_old_ones_of_unknown_pictures_are_swept(tmp_path: Path) -> None:
    files = ThumbnailFiles(tmp_path)
    old, known, new = made(files, RED, 64), made(files, BLUE, 64), made(files, RED, 256)
    for path in (old, known):
        before = path.stat().st_mtime - KEPT_SECONDS - 60
        os.utime(path, (before, before))
    files.sweep(BLUE.__eq__)
    assert (old.exists(), known.exists(), new.exists()) == (False, True, True)


def test_they_go_with_a_deleted_picture_unless_another_run_shows_the_same(served: Served, home: Home) -> None:
    async def test(core: Core) -> None:
        one, same = await picture(core, adding(a=1)), await picture(core, adding(a=1))
        assert one.sha256 == same.sha256
        small = made(core.thumbnails, one.sha256, 64)
        for record, stays in ((one, True), (same, False)):
            await core.artifacts.delete(record.id)
            await picture(core, adding(a=2))  # begins after the files were removed
            assert small.exists() is stays

    served(test)
