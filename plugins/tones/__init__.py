"""Lighten, darken and colour pictures by a curve that is drawn in the node."""
