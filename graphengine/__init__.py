"""A node-graph workflow engine for latent diffusion: `run` a workflow, or write a `node`.

Nothing heavy is imported until a name is asked for, so that `import graphengine` costs a few milliseconds.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphengine.authoring import Blocked as Blocked
    from graphengine.authoring import Body as Body
    from graphengine.authoring import CarriedTurns as CarriedTurns
    from graphengine.authoring import Conditioning as Conditioning
    from graphengine.authoring import Context as Context
    from graphengine.authoring import EveryTurn as EveryTurn
    from graphengine.authoring import Expansion as Expansion
    from graphengine.authoring import Gets as Gets
    from graphengine.authoring import Gives as Gives
    from graphengine.authoring import Image as Image
    from graphengine.authoring import LastTurn as LastTurn
    from graphengine.authoring import Latent as Latent
    from graphengine.authoring import Lazy as Lazy
    from graphengine.authoring import Mask as Mask
    from graphengine.authoring import node as node
    from graphengine.client import Client as Client
    from graphengine.errors import GraphEngineError as GraphEngineError
    from graphengine.errors import InvalidWorkflow as InvalidWorkflow
    from graphengine.runtime import Point as Point
    from graphengine.runtime import Result as Result
    from graphengine.runtime import Runtime as Runtime
    from graphengine.runtime import SweepResult as SweepResult
    from graphengine.runtime import run as run
    from graphengine.runtime import sweep as sweep

__version__ = "0.1.0"

_HOMES = {
    "Blocked": "graphengine.authoring",
    "Body": "graphengine.authoring",
    "CarriedTurns": "graphengine.authoring",
    "Conditioning": "graphengine.authoring",
    "Context": "graphengine.authoring",
    "EveryTurn": "graphengine.authoring",
    "Expansion": "graphengine.authoring",
    "Gets": "graphengine.authoring",
    "Gives": "graphengine.authoring",
    "Image": "graphengine.authoring",
    "LastTurn": "graphengine.authoring",
    "Latent": "graphengine.authoring",
    "Lazy": "graphengine.authoring",
    "Mask": "graphengine.authoring",
    "node": "graphengine.authoring",
    "Client": "graphengine.client",
    "GraphEngineError": "graphengine.errors",
    "InvalidWorkflow": "graphengine.errors",
    "Point": "graphengine.runtime",
    "Result": "graphengine.runtime",
    "SweepResult": "graphengine.runtime",
    "sweep": "graphengine.runtime",
    "Runtime": "graphengine.runtime",
    "run": "graphengine.runtime",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'graphengine' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
