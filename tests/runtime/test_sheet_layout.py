from hypothesis import given
from hypothesis import strategies as st

from graphengine.runtime.sheet_layout import FOOTER, LARGEST, MARGIN, lay_out


def test_pictures_keep_their_size_where_there_is_room() -> None:
    layout = lay_out(3, (True, False), header_lines=1, label_width=60, picture_width=512, picture_height=256)
    assert layout is not None
    assert (layout.scale, layout.cell_width, layout.cell_height) == (1, 512, 256)
    assert layout.cell(1, 2)[0] > layout.cell(0, 1)[0] + 512
    assert layout.cell(1, 0)[1] >= layout.cell(0, 0)[1] + 256


def test_points_too_many_to_see_have_no_sheet() -> None:
    arguments = {"header_lines": 1, "label_width": 0, "picture_width": 512, "picture_height": 512}
    assert lay_out(5000, (True,), **arguments) is None
    assert lay_out(200, (True,), **arguments) is not None


@given(
    columns=st.integers(1, 150),
    headers=st.lists(st.booleans(), min_size=1, max_size=80),
    width=st.integers(1, 9000),
    height=st.integers(1, 9000),
    lines=st.integers(0, 3),
    label_width=st.integers(0, 180),
)
def test_everything_lies_inside_a_sheet_that_is_not_too_large(
    columns: int, headers: list[bool], width: int, height: int, lines: int, label_width: int
) -> None:
    layout = lay_out(
        columns,
        tuple(headers),
        header_lines=lines,
        label_width=label_width,
        picture_width=width,
        picture_height=height,
    )
    if layout is None:
        return
    assert layout.width <= LARGEST
    assert layout.height <= LARGEST
    left, top = layout.cell(len(headers) - 1, columns - 1)
    assert left + layout.cell_width <= layout.width - MARGIN
    assert top + layout.cell_height <= layout.height - MARGIN - FOOTER
    assert width * layout.scale <= layout.cell_width + 1
    assert height * layout.scale <= layout.cell_height + 1
