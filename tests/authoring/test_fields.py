from typing import Annotated

from graphengine.authoring import Colour, Field, OwnWidget, Widget, node
from graphengine.authoring.definition import node_definition
from graphengine.authoring.literal import wrong_literal
from graphengine.authoring.plugins import Plugin, find_dropped_in
from graphengine.home import Home


@node(category="t")
def paint(
    colour: Colour = "#ff0000",
    text: Annotated[str, Field(min_length=1), Widget("multiline")] = "a",
    curve: Annotated[list[float], OwnWidget("my_curve", "what it does")] = [0.0],  # noqa: B006
) -> None:
    pass


def test_the_widget_stands_in_the_schema_of_the_literal_beside_its_limits() -> None:
    definition = node_definition(paint)
    assert definition is not None
    colour, text, curve = definition.schema.inputs
    assert colour.literal == {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "widget": "colour"}
    assert text.literal == {"type": "string", "minLength": 1, "widget": "multiline"}
    assert curve.literal == {"type": "array", "items": {"type": "number"}, "widget": "my_curve"}
    assert curve.tooltip == "what it does"
    assert wrong_literal(colour, "#00FF7f") is None
    wrong = wrong_literal(colour, "red")
    assert wrong is not None and "#[0-9A-Fa-f]" in wrong.expected


def test_a_plugin_draws_what_its_web_folder_names(home: Home) -> None:
    folder = home.plugins / "mine"
    (folder / "web").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    for name in ("my_curve.js", "_part.js", "look.css"):
        (folder / "web" / name).write_text("")
    (home.plugins / "single.py").write_text("")
    mine, single = find_dropped_in(home.plugins)
    assert isinstance(mine, Plugin) and isinstance(single, Plugin)
    assert (mine.web, mine.widgets) == (folder / "web", ("my_curve",))
    assert (single.web, single.widgets) == (None, ())
