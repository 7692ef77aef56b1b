from collections.abc import Iterator
from pathlib import Path

import pytest

from graphengine.runtime import Runtime


@pytest.fixture(scope="package")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    """One runtime for all workflows, so that `shapes` is loaded once."""
    yield Runtime(tmp_path_factory.mktemp("home"))


@pytest.fixture
def picture_file(tmp_path: Path) -> Path:
    """A picture of 37 x 50 pixels, half of it transparent, turned on its side by its EXIF data."""
    from PIL import Image

    picture = Image.new("RGBA", (50, 37), (255, 0, 0, 255))
    picture.paste((0, 0, 255, 0), (25, 0, 50, 37))
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "turned.png"
    picture.save(path, exif=exif)
    return path
