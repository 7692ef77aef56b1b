"""A client of the server, for Python and the command line: synchronous, typed, on the standard library."""

from graphengine.client.client import Client
from graphengine.client.connection import Unreachable
from graphengine.client.handed_out import artifact_in

__all__ = ["Client", "Unreachable", "artifact_in"]
