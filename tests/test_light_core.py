"""The core is light: nothing that takes long to import is needed to read, check and plan a workflow."""

import subprocess
import sys

HEAVY = ("torch", "transformers", "networkx", "numpy", "PIL", "safetensors", "diffusers")


def test_the_core_imports_nothing_heavy() -> None:
    program = (
        "import sys, graphengine, graphengine.authoring, graphengine.graph, graphengine.execution\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_checking_a_workflow_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from graphengine.authoring import node\n"
        "from graphengine.authoring.catalogue import Catalogue\n"
        "from graphengine.execution import plan\n"
        "from graphengine.graph import build, load\n"
        "from graphengine.home import Home\n"
        "@node(category='t')\n"
        "def add(a: int) -> int: return a\n"
        "nodes = {'b': {'type': 'add', 'inputs': {'a': {'from': 'a.value'}}},\n"
        "  'a': {'type': 'add', 'inputs': {'a': 1}}}\n"
        "document = load({'format': 'graphengine/1', 'nodes': nodes})\n"
        "graph = build(document, Catalogue.of(add), Home(Path('/nowhere')))\n"
        f"print(plan(graph).order, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "('a', 'b') []"
