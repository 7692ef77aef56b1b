import json
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from graphengine.authoring import Choice, Choices, node
from graphengine.authoring import plugins as plugins_module
from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import DefinitionError, GraphEngineError
from graphengine.home import Home

ADD = """
from graphengine.authoring import node

@node(category="math")
def add(a: int, b: int = 1) -> int:
    return a + b
"""


class Fruit(Choices):
    @classmethod
    def options(cls, home: Home) -> list[str]:
        return ["apple", home.root.name]

    @classmethod
    def hint(cls, home: Home) -> str:
        return "grow some"


@node(category="t")
def eat(fruit: Choice[Fruit]) -> None:
    pass


@pytest.fixture(autouse=True)
def no_installed_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins_module, "entry_points", lambda group: [])


def drop_in(home: Home, name: str, **files: str) -> Path:
    folder = home.plugins / name
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    for stem, text in files.items():
        (folder / f"{stem}.py").write_text(text)
    return folder


def counting(log: Path, body: str = ADD) -> str:
    return f"from pathlib import Path\nwith Path({str(log)!r}).open('a') as log: log.write('x')\n{body}"


def test_an_empty_home_has_no_nodes(home: Home) -> None:
    catalogue = Catalogue.discover(home)
    assert (len(catalogue), catalogue.problems) == (0, ())


def test_a_folder_is_a_plugin(home: Home) -> None:
    drop_in(home, "maths", nodes=ADD)
    catalogue = Catalogue.discover(home)
    schema = catalogue.get("add")
    assert schema is not None
    assert (schema.plugin, schema.category) == ("maths", "math")
    assert catalogue.load("add")(2) == 3
    assert catalogue.problems == ()


def test_a_file_is_a_plugin(home: Home) -> None:
    home.plugins.mkdir(parents=True)
    (home.plugins / "single.py").write_text(ADD)
    catalogue = Catalogue.discover(home)
    assert catalogue.types == ("add",)
    assert catalogue.load("add")(a=2, b=3) == 5


def test_modules_of_a_plugin_import_each_other(home: Home) -> None:
    drop_in(
        home,
        "maths",
        constants="ONE = 1\n",
        nodes="from .constants import ONE\nfrom graphengine.authoring import node\n"
        "@node(category='math')\ndef one() -> int:\n    return ONE\n",
    )
    assert Catalogue.discover(home).load("one")() == 1


def test_the_tests_of_a_plugin_are_not_imported(home: Home) -> None:
    folder = drop_in(home, "maths", nodes=ADD, test_nodes="raise RuntimeError")
    (folder / "tests").mkdir()
    (folder / "tests" / "check.py").write_text("raise RuntimeError")
    assert Catalogue.discover(home).problems == ()


def test_a_cached_catalogue_imports_nothing(home: Home, tmp_path: Path) -> None:
    log = tmp_path / "imports"
    drop_in(home, "maths", nodes=counting(log))
    first = Catalogue.discover(home)
    assert log.read_text() == "x"
    second = Catalogue.discover(home)
    third = Catalogue.discover(home)
    assert log.read_text() == "x"
    assert list(first) == list(second) == list(third)


def test_a_cached_catalogue_imports_nothing_in_a_new_process(home: Home, tmp_path: Path) -> None:
    log = tmp_path / "imports"
    drop_in(home, "maths", nodes=counting(log))
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from graphengine.authoring.catalogue import Catalogue\n"
        "from graphengine.home import Home\n"
        f"catalogue = Catalogue.discover(Home(Path({str(home.root)!r})))\n"
        "imported = [name for name in sys.modules if name.startswith('graphengine_plugin')]\n"
        "print(len(imported), 'torch' in sys.modules, catalogue.load('add')(1))\n"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert answers[0][0] != "0"
    assert answers[1] == ["0", answers[1][1], "2"]
    assert log.read_text() == "xx"  # once to read the schemas, once to run the node


def test_an_edited_plugin_is_read_again(home: Home) -> None:
    folder = drop_in(home, "maths", nodes=ADD)
    assert Catalogue.discover(home).load("add")(1) == 2
    (folder / "nodes.py").write_text(ADD.replace("a + b", "a - b"))
    assert Catalogue.discover(home).load("add")(1) == 0


def test_a_corrupt_cache_is_made_again(home: Home) -> None:
    drop_in(home, "maths", nodes=ADD)
    Catalogue.discover(home)
    (file,) = (home.cache / "catalogue").iterdir()
    for text in ("", "{", "[]", '{"key": 1}', json.dumps({**json.loads(file.read_text()), "nodes": [{}]})):
        file.write_text(text)
        assert Catalogue.discover(home).types == ("add",)


def test_a_cache_folder_that_cannot_be_written(home: Home) -> None:
    drop_in(home, "maths", nodes=ADD)
    home.cache.write_text("a file where the folder would be")
    assert Catalogue.discover(home).types == ("add",)


def test_no_half_written_cache_is_left(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_in(home, "maths", nodes=ADD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert Catalogue.discover(home).types == ("add",)
    assert list((home.cache / "catalogue").iterdir()) == []


def test_a_plugin_that_fails_to_import(home: Home) -> None:
    folder = drop_in(home, "broken", nodes="\n1 / 0\n")
    drop_in(home, "maths", nodes=ADD)
    catalogue = Catalogue.discover(home)
    assert catalogue.types == ("add",)
    assert [str(problem) for problem in catalogue.problems] == [
        "plugin 'broken', module 'nodes': ZeroDivisionError: division by zero "
        f"({folder / 'nodes.py'}, line 2)"
    ]


def test_one_broken_module_leaves_the_others(home: Home) -> None:
    drop_in(home, "maths", good=ADD, bad="def (")
    catalogue = Catalogue.discover(home)
    assert catalogue.types == ("add",)
    assert "SyntaxError" in catalogue.problems[0].reason


def test_a_plugin_that_exits(home: Home) -> None:
    drop_in(home, "rude", nodes="raise SystemExit(3)")
    assert "SystemExit" in Catalogue.discover(home).problems[0].reason


def test_a_bad_definition_is_reported(home: Home) -> None:
    drop_in(home, "maths", nodes=ADD.replace("a: int", "a"))
    (problem,) = Catalogue.discover(home).problems
    assert "node 'add', parameter 'a': needs a type annotation" in problem.reason


def test_a_missing_dependency_is_named(home: Home, tmp_path: Path) -> None:
    log = tmp_path / "imports"
    drop_in(home, "needy", nodes=counting(log, "import no_such_package_here\n"))
    for _ in range(2):
        (problem,) = Catalogue.discover(home).problems
        assert str(problem) == (
            "plugin 'needy', module 'nodes': needs the package 'no_such_package_here', which is not installed"
        )
    assert log.read_text() == "x"  # what isn't there needn't be tried again


def test_a_module_is_tried_again_once_its_dependency_is_there(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_in(home, "needy", nodes=f"import graphengine_test_dependency\n{ADD}")
    assert Catalogue.discover(home).types == ()
    (tmp_path / "graphengine_test_dependency.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    assert Catalogue.discover(home).types == ("add",)


def test_the_first_of_two_nodes_of_one_name_stays(home: Home) -> None:
    drop_in(home, "a_first", nodes=ADD)
    drop_in(home, "b_second", nodes=ADD.replace("a + b", "0"))
    catalogue = Catalogue.discover(home)
    assert catalogue.load("add")(1) == 2
    assert [str(problem) for problem in catalogue.problems] == [
        "plugin 'b_second', module 'nodes': its node 'add' is left out: "
        "the plugin 'a_first' has one of that name"
    ]


def test_a_folder_without_init_is_reported(home: Home) -> None:
    folder = home.plugins / "plain"
    folder.mkdir(parents=True)
    (folder / "nodes.py").write_text(ADD)
    (problem,) = Catalogue.discover(home).problems
    assert problem.reason == f"the folder {folder} has no __init__.py"


def test_hidden_folders_are_no_plugins(home: Home) -> None:
    drop_in(home, ".git", nodes="1/0")
    drop_in(home, "__pycache__", nodes="1/0")
    assert Catalogue.discover(home).problems == ()


def test_an_installed_package_is_a_plugin(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "installed_maths_plugin"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "nodes.py").write_text(ADD)
    monkeypatch.syspath_prepend(tmp_path)
    entry = EntryPoint("maths", "installed_maths_plugin", "graphengine.plugins")
    gone = EntryPoint("gone", "no_such_package_here", "graphengine.plugins")
    monkeypatch.setattr(plugins_module, "entry_points", lambda group: [entry, gone])
    drop_in(home, "late", nodes=ADD)
    catalogue = Catalogue.discover(home)
    schema = catalogue.get("add")
    assert schema is not None
    assert (schema.plugin, schema.module) == ("maths", "installed_maths_plugin.nodes")
    assert catalogue.load("add")(1) == 2
    assert [problem.plugin for problem in catalogue.problems] == ["gone", "late"]


def test_two_homes_never_share_a_plugin(tmp_path: Path) -> None:
    catalogues = []
    for name, body in (("one", ADD), ("two", ADD.replace("a + b", "a * 10"))):
        home = Home(tmp_path / name)
        drop_in(home, "maths", nodes=body)
        catalogues.append(Catalogue.discover(home))
    assert [catalogue.load("add")(3) for catalogue in catalogues] == [4, 30]


def test_a_node_that_no_longer_imports_is_an_error_to_show(home: Home) -> None:
    folder = drop_in(home, "maths", nodes=ADD)
    Catalogue.discover(home)
    catalogue = Catalogue.discover(home)
    for name in [name for name in sys.modules if name.startswith("graphengine_plugin_maths")]:
        del sys.modules[name]
    (folder / "nodes.py").write_text("1 / 0")
    with pytest.raises(GraphEngineError, match="node type 'add' can't be imported: ZeroDivisionError"):
        catalogue.load("add")


def test_choices_of_a_plugin(home: Home) -> None:
    drop_in(
        home,
        "fruit",
        nodes="from graphengine.authoring import Choice, Choices, node\n"
        "class Fruit(Choices):\n"
        "    @classmethod\n"
        "    def options(cls, home): return ['apple']\n"
        "@node(category='t')\n"
        "def eat(fruit: Choice[Fruit]) -> None: pass\n",
    )
    Catalogue.discover(home)
    catalogue = Catalogue.discover(home)
    schema = catalogue.get("eat")
    assert schema is not None
    assert catalogue.options(schema.inputs[0], home) == (["apple"], None)


def test_a_catalogue_of_functions(home: Home) -> None:
    catalogue = Catalogue.of(eat)
    assert catalogue.load("eat") is eat
    schema = catalogue.get("eat")
    assert schema is not None
    assert catalogue.options(schema.inputs[0], home) == (["apple", "home"], "grow some")


def test_a_catalogue_of_functions_takes_nodes_only() -> None:
    with pytest.raises(DefinitionError, match="isn't marked with @node"):
        Catalogue.of(len)
    with pytest.raises(DefinitionError, match="two nodes are named 'eat'"):
        Catalogue.of(eat, eat)


def test_a_node_knows_of_which_code_it_is(home: Home) -> None:
    folder = drop_in(home, "maths", nodes=ADD)
    first, again = Catalogue.discover(home).get("add"), Catalogue.discover(home).get("add")
    (folder / "nodes.py").write_text(ADD.replace("a + b", "a - b"))
    changed = Catalogue.discover(home).get("add")
    assert first is not None
    assert again is not None
    assert changed is not None
    assert len(first.code) == 16
    assert first.code == again.code != changed.code
