import errno
import os
import stat
from pathlib import Path

import pytest

from graphengine.errors import GraphEngineError
from graphengine.provenance.output_folder import OutputFolder, file_stem


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_count_on_and_are_never_overwritten(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    first = folder.save(b"one", "text to image", 7)
    second = OutputFolder(tmp_path).save(b"two", "text to image", 7)
    assert (first.name, second.name) == ("text_to_image-0001-seed7.png", "text_to_image-0002-seed7.png")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")


def test_counting_goes_on_after_the_highest_number(tmp_path: Path) -> None:
    for name in ("a-0041-seed3.png", "a-0007.png", "ab-0100.png", "a-12345-seed1.png", "a-9999.txt"):
        (tmp_path / name).touch()
    assert OutputFolder(tmp_path).save(b"", "a").name == "a-12346.png"


def test_a_name_taken_meanwhile_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a-0001.png").write_bytes(b"theirs")
    monkeypatch.setattr(OutputFolder, "_last_number", lambda self, stem: 0)
    assert OutputFolder(tmp_path).save(b"ours", "a").name == "a-0002.png"
    assert (tmp_path / "a-0001.png").read_bytes() == b"theirs"


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    folder = OutputFolder(tmp_path)
    assert [folder.save(b"x", "a").name, folder.save(b"x", "a").name] == ["a-0001.png", "a-0002.png"]
    assert len(names(tmp_path)) == 2


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GraphEngineError, match=r"cannot save into .*: no space left on device"):
        OutputFolder(tmp_path).save(b"x", "a")
    with pytest.raises(GraphEngineError, match="no space left"):
        OutputFolder(tmp_path).check()
    assert names(tmp_path) == []


def test_a_check_makes_the_folder_and_leaves_it_empty(tmp_path: Path) -> None:
    OutputFolder(tmp_path / "a" / "b").check()
    assert names(tmp_path / "a" / "b") == []


def test_a_file_in_the_way_is_noticed_before_running(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(GraphEngineError, match="cannot save into") as caught:
            OutputFolder(folder).check()
        assert caught.value.kind == "output_folder"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_folder_is_noticed_before_running(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(GraphEngineError, match="permission denied"):
        OutputFolder(tmp_path).check()


def test_saved_files_have_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    path = OutputFolder(tmp_path).save(b"x", "a")
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize(
    ("name", "expected"),
    [("text to image", "text_to_image"), ("../../etc", "etc"), ("", "picture"), ("x" * 200, "x" * 80)],
)
def test_names_for_people_become_file_names(name: str, expected: str) -> None:
    assert file_stem(name) == expected
