"""Model files, their pictures, and drop-downs that offer them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphengine.home import Home
from tests.server.live import Live, live_server
from tests.server.routes.test_files import opened, picture


@pytest.fixture(scope="module")
def shelf(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server with a model that has a picture."""
    root = tmp_path_factory.mktemp("shelf") / "home"
    shutil.copytree(first_home, root)
    folder = root / "models" / "checkpoints" / "by hand"
    folder.mkdir(parents=True)
    (folder / "round.safetensors").write_bytes(b"weights")
    (folder / "round.preview.png").write_bytes(picture("RGB", (400, 100), "blue"))
    (root / "secret.safetensors").write_bytes(b"")
    (root / "secret.png").write_bytes(picture("RGB", (4, 4), "red"))
    with live_server(Home(root)) as server:
        server.wait_for_worker()
        yield server


def test_models_tell_whether_they_have_a_picture(shelf: Live) -> None:
    models = {each["name"]: each for each in shelf.get("/api/models").json["models"]}
    assert models["by hand/round.safetensors"]["preview"] is True
    assert models["by hand/round.safetensors"]["size"] == 7
    assert models["shapes.safetensors"]["preview"] is False
    assert models["shapes.safetensors"]["side"] == 128


def test_a_small_copy_of_the_picture_is_sent_and_follows_it(shelf: Live) -> None:
    path = "/api/models/preview?kind=checkpoints&name=by+hand%2Fround.safetensors&size=64"
    answer = shelf.get(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/webp")
    assert opened(answer.body).size == (64, 16)
    assert shelf.get(path, If_None_Match=answer.headers["ETag"]).status == 304
    beside = shelf.home.models / "checkpoints" / "by hand" / "round.preview.png"
    beside.write_bytes(picture("RGB", (100, 300), "green"))
    assert opened(shelf.get(path).body).size == (21, 64)


@pytest.mark.parametrize(
    "query",
    [
        "kind=checkpoints&name=shapes.safetensors",
        "kind=checkpoints&name=..%2F..%2Fsecret.safetensors",
        "kind=..&name=secret.safetensors",
        "kind=..%2F&name=secret.safetensors",
        "kind=none&name=%00",
    ],
)
def test_other_pictures_are_not(shelf: Live, query: str) -> None:
    assert shelf.get(f"/api/models/preview?{query}").status == 404


def test_drop_downs_are_looked_at_anew_when_asked(shelf: Live) -> None:
    def offered(path: str) -> dict[str, object]:
        [node] = [each for each in shelf.get(path).json["nodes"] if each["type"] == "load_checkpoint"]
        return dict(node["inputs"][0])

    (shelf.home.models / "late.safetensors").write_bytes(b"")
    assert "late.safetensors" not in offered("/api/nodes")["options"]  # type: ignore[operator]
    found = offered("/api/nodes?refresh=true")
    assert "late.safetensors" in found["options"]  # type: ignore[operator]
    assert found["hint"] == f"put checkpoint files into {shelf.home.models}"
