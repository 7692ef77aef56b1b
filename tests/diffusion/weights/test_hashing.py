import hashlib
import json
import os
from pathlib import Path

import pytest

from graphengine.diffusion.weights import hashing
from graphengine.diffusion.weights.hashing import FileHashes


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "m.safetensors"
    path.write_bytes(b"weights" * 100)
    return path


def expected(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_files_sha256(model: Path) -> None:
    assert FileHashes().sha256(model) == expected(model)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert FileHashes().sha256(tmp_path / "empty") == hashlib.sha256().hexdigest()


def test_a_file_is_hashed_once_and_remembered_by_the_next_process(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered_in = tmp_path / "cache" / "hashes.json"
    digest = FileHashes(remembered_in).sha256(model)
    monkeypatch.setattr(hashing, "hash_file", lambda *_: pytest.fail("hashed twice"))
    assert FileHashes(remembered_in).sha256(model) == digest


def test_a_changed_file_is_hashed_again_and_the_old_hash_forgotten(model: Path, tmp_path: Path) -> None:
    remembered_in = tmp_path / "hashes.json"
    hashes = FileHashes(remembered_in)
    hashes.sha256(model)
    model.write_bytes(b"changed" * 100)
    stat = model.stat()
    os.utime(model, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert hashes.sha256(model) == expected(model)
    assert len(json.loads(remembered_in.read_text())) == 1


def test_what_another_process_wrote_meanwhile_is_kept(model: Path, tmp_path: Path) -> None:
    remembered_in = tmp_path / "hashes.json"
    other = tmp_path / "other"
    other.write_bytes(b"x")
    first, second = FileHashes(remembered_in), FileHashes(remembered_in)
    first.sha256(model)
    second.sha256(other)
    first.sha256(tmp_path / "hashes.json")
    assert len(json.loads(remembered_in.read_text())) == 3


@pytest.mark.parametrize("content", ["", "[1]", "{broken", '{"a": 1}'])
def test_a_damaged_memory_is_done_without(model: Path, tmp_path: Path, content: str) -> None:
    remembered_in = tmp_path / "hashes.json"
    remembered_in.write_text(content)
    assert FileHashes(remembered_in).sha256(model) == expected(model)
    assert expected(model) in remembered_in.read_text()


def test_a_memory_that_can_not_be_written_is_done_without(model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert FileHashes(tmp_path / "file" / "hashes.json").sha256(model) == expected(model)


def test_progress_is_told_and_may_stop_it(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "CHUNK", 300)
    told: list[tuple[int, int]] = []
    FileHashes().sha256(model, lambda done, total: told.append((done, total)))
    assert told == [(300, 700), (600, 700), (700, 700)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    remembered_in = tmp_path / "hashes.json"
    with pytest.raises(KeyboardInterrupt):
        FileHashes(remembered_in).sha256(model, stop)
    assert not remembered_in.exists()


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileHashes().sha256(tmp_path / "none")
