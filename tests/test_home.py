from pathlib import Path

import pytest

from graphengine import home as home_module
from graphengine.home import Home, packaged_workflows

ROOT = Path(__file__).parents[1]


def write(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.fixture(autouse=True)
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packaged model folder under the test's control."""
    folder = tmp_path / "packaged"
    monkeypatch.setattr(home_module, "PACKAGED_MODELS", folder)
    return folder


def test_an_explicit_folder_wins_over_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GRAPHENGINE_HOME", str(tmp_path / "environment"))
    assert Home.find(tmp_path / "named").root == tmp_path / "named"
    assert Home.find().root == tmp_path / "environment"


def test_without_either_it_is_the_platforms_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GRAPHENGINE_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Home.find().root.name == "graphengine"


def test_a_relative_folder_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert Home.find("here").root == tmp_path / "here"


def test_looking_around_makes_no_folder(home: Home) -> None:
    assert home.model_files() == {}
    assert home.workflow_files().keys() == {path.stem for path in packaged_workflows()}
    assert not home.root.exists()


def test_checkpoints_are_found_at_the_top_in_their_folder_and_in_the_package(
    home: Home, packaged: Path
) -> None:
    top = write(home.models / "top.safetensors")
    nested = write(home.models / "checkpoints" / "painters" / "monet.ckpt")
    shipped = write(packaged / "shapes.safetensors")
    write(home.models / "notes.txt")
    write(home.models / "loras" / "not_a_checkpoint.safetensors")
    assert dict(home.model_files()) == {
        "painters/monet.ckpt": nested,
        "top.safetensors": top,
        "shapes.safetensors": shipped,
    }


def test_the_users_file_hides_a_packaged_one(home: Home, packaged: Path) -> None:
    write(packaged / "shapes.safetensors")
    own = write(home.models / "shapes.safetensors")
    assert home.model_files()["shapes.safetensors"] == own


def test_other_kinds_have_a_folder_each(home: Home) -> None:
    lora = write(home.models / "loras" / "crayon.safetensors")
    assert dict(home.model_files("loras")) == {"crayon.safetensors": lora}
    assert home.model_kinds() == ("checkpoints", "loras")


def test_saved_workflows_hide_packaged_ones(home: Home) -> None:
    own = write(home.workflows / "text_to_image.json", b"{}")
    assert home.workflow_files()["text_to_image"] == own


def test_packaged_workflows_are_the_ones_in_the_repository() -> None:
    assert [path.name for path in packaged_workflows()] == sorted(
        path.name for path in (ROOT / "workflows").glob("*.json")
    )


def test_a_file_is_found_by_path_or_in_the_input_folder(home: Home, tmp_path: Path) -> None:
    own = write(home.input / "photo.png")
    elsewhere = write(tmp_path / "elsewhere.png")
    assert home.input_file("photo.png") == own
    assert home.input_file(str(elsewhere)) == elsewhere
    assert home.input_file("nonsense.png") is None
    assert home.input_file("photo\0.png") is None


def test_a_confined_home_gives_no_file_but_those_in_its_input_folder(home: Home, tmp_path: Path) -> None:
    own = write(home.input / "below" / "photo.png")
    elsewhere = write(tmp_path / "elsewhere.png")
    (home.input / "link.png").symlink_to(elsewhere)
    (home.input / "folder").symlink_to(tmp_path)
    (home.input / "loop").symlink_to(home.input / "loop")
    confined = Home(home.root, confined=True)
    assert confined.input_file("below/photo.png") == own
    outside = (
        *(str(elsewhere), "../../elsewhere.png", "below/../../../elsewhere.png", "link.png"),
        *("folder/elsewhere.png", "loop", "~", "/etc/hostname", "photo\0.png", "", "."),
    )
    assert [confined.input_file(name) for name in outside] == [None] * len(outside)
