import pytest

from graphengine.cli.byte_size import parse_bytes, show_bytes
from graphengine.cli.exit_codes import UsageError


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4GB", 4 * 10**9), ("512 MiB", 512 * 2**20), ("1.5g", 1_500_000_000), ("300", 300), ("2 kb", 2000)],
)
def test_sizes_are_read_as_people_write_them(text: str, expected: int) -> None:
    assert parse_bytes(text, "memory") == expected


@pytest.mark.parametrize("text", ["", "lots", "-1GB", "4 XB", "0", "1e9"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="option '--memory': expected a size"):
        parse_bytes(text, "memory")


def test_zero_is_a_size_where_it_means_something() -> None:
    assert parse_bytes("0", "disk-cache", zero=True) == 0
    with pytest.raises(UsageError, match="or 0, got '-1'"):
        parse_bytes("-1", "disk-cache", zero=True)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (23_400_000, "23.4 MB"), (2 * 10**15, "2000.0 TB")],
)
def test_sizes_are_shown_short(count: int, expected: str) -> None:
    assert show_bytes(count) == expected
