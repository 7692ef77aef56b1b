"""Results on disk: whole or not there, whatever happens to the process, the file or the disk."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graphengine.execution.cache import DiskCache, Entry, MemoryCache, Origin, TieredCache


class JsonCodec:
    def encode(self, values: tuple[Any, ...]) -> bytes | None:
        try:
            return json.dumps(values).encode()
        except TypeError:
            return None

    def decode(self, data: bytes) -> tuple[Any, ...]:
        return tuple(json.loads(data))


def disk(folder: Path, budget: int = 10**8, stamp: str = "") -> DiskCache:
    return DiskCache(folder, budget, JsonCodec(), stamp)


def key(number: int) -> bytes:
    return number.to_bytes(20, "big")


def entry(*values: Any, seconds: float = 1.0, origins: tuple[Origin, ...] | None = None) -> Entry:
    return Entry.of(values, (), seconds, origins)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_it_survives_the_process(tmp_path: Path) -> None:
    origins = (Origin(b"k" * 20, 1), Origin(b"l" * 20, 0, (Origin(b"m" * 20, 2),)))
    first = disk(tmp_path)
    first.put(key(1), entry(1, "two", seconds=3.5, origins=origins))
    first.flush()
    second = disk(tmp_path)
    assert second.where(key(1)) == "disk"
    found = second.get(key(1))
    assert found is not None
    assert (found.values, found.seconds, found.origins) == ((1, "two"), 3.5, origins)
    assert second.get(key(2)) is None


def test_what_is_quick_to_make_or_has_no_encoding_is_not_written(tmp_path: Path) -> None:
    cache = disk(tmp_path)
    cache.put(key(1), entry(1, seconds=0.001))
    cache.put(key(2), entry(object()))
    cache.flush()
    assert files(tmp_path) == []


def test_another_stamp_sees_nothing(tmp_path: Path) -> None:
    cache = disk(tmp_path, stamp="torch 1")
    cache.put(key(1), entry(1))
    cache.flush()
    assert disk(tmp_path, stamp="torch 2").get(key(1)) is None


def test_what_another_process_wrote_is_seen_by_the_next_run(tmp_path: Path) -> None:
    one, two = disk(tmp_path), disk(tmp_path)
    assert two.get(key(1)) is None
    one.put(key(1), entry(1))
    one.flush()
    two.run_began()
    assert two.get(key(1)) is not None
    one.drop(key(1))
    assert two.get(key(1)) is None


def test_the_budget_is_kept_and_the_least_recently_used_leaves(tmp_path: Path) -> None:
    cache = disk(tmp_path, 20_000)
    for number in range(12):
        cache.put(key(number), entry("x" * 2000))
        cache.flush()
        time.sleep(0.002)
        if number >= 3:
            assert cache.get(key(0)) is not None
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 20_000
    assert cache.where(key(11))
    assert cache.where(key(1)) is None


def test_a_damaged_file_is_never_served(tmp_path: Path) -> None:
    draw = random.Random(0)
    for number in range(300):
        cache = disk(tmp_path)
        cache.put(key(number), entry({"number": number}, "text" * 20))
        cache.flush()
        (path,) = files(tmp_path)
        data = bytearray(path.read_bytes())
        if draw.random() < 0.3:
            data = data[: draw.randrange(len(data))]
        else:
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        path.write_bytes(data)
        assert disk(tmp_path).get(key(number)) is None
        assert files(tmp_path) == []


def test_a_file_under_a_wrong_name_is_never_served(tmp_path: Path) -> None:
    cache = disk(tmp_path)
    cache.put(key(1), entry(1))
    cache.flush()
    (path,) = files(tmp_path)
    other = path.with_name(path.name.replace(key(1).hex(), key(2).hex()))
    os.replace(path, other)
    assert disk(tmp_path).get(key(2)) is None


@pytest.mark.parametrize("kind", ["a file in its place", "no room"])
def test_a_disk_that_takes_nothing_is_no_error(tmp_path: Path, kind: str, monkeypatch: Any) -> None:
    if kind == "no room":

        def full(*arguments: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", full)
        cache = disk(tmp_path)
    else:
        (tmp_path / "results").write_text("")
        cache = disk(tmp_path / "results")
    cache.put(key(1), entry(1))
    cache.run_ended()
    assert cache.get(key(1)) is None


def test_leftovers_of_dead_processes_are_cleared(tmp_path: Path) -> None:
    cache = disk(tmp_path)
    cache.put(key(1), entry(1))
    cache.flush()
    (path,) = files(tmp_path)
    leftover = path.with_name(".x.part")
    leftover.write_bytes(b"half")
    cache.run_began()
    cache.where(key(1))
    assert leftover.exists()  # perhaps somebody is writing it
    os.utime(leftover, (time.time() - 7200,) * 2)
    cache.run_began()
    cache.where(key(1))
    assert not leftover.exists()


def test_two_tiers(tmp_path: Path) -> None:
    memory = MemoryCache()
    cache = TieredCache(memory, disk(tmp_path))
    cache.put(key(1), entry(1))
    cache.run_ended()
    assert cache.where(key(1)) == "memory"
    memory.clear()
    assert cache.where(key(1)) == "disk"
    assert cache.get(key(1)) is not None
    assert cache.where(key(1)) == "memory"
    cache.drop(key(1))
    assert cache.where(key(1)) is None


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.execution.cache.test_disk import disk, entry, key
cache = disk(Path(sys.argv[1]))
print("ready", flush=True)
number = int(sys.argv[2])
while True:
    cache.put(key(number), entry(number, "x" * (number % 50_000)))
    number += 1
"""


def test_a_killed_process_leaves_only_whole_results(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[3])
    draw = random.Random(1)
    written = 0
    for round in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER.format(root=root), str(tmp_path), str(round * 100_000)],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(draw.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        cache = disk(tmp_path)
        for name in sorted(cache._names()):
            number = int(name, 16)
            found = cache.get(bytes.fromhex(name))
            assert found is not None, name
            assert found.values == (number, "x" * (number % 50_000))
            written += 1
        cache.clear()
    assert written > 20
