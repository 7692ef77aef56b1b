"""How values that travel on edges are written to disk."""

from graphengine.storage.codec import SafetensorsCodec

__all__ = ["SafetensorsCodec"]
