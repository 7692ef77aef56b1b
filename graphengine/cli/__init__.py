"""The `graphengine` command."""
