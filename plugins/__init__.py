"""Plugins that come with graphengine, each behind an entry point of its own as any other plugin is."""
