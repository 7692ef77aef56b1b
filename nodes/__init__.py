"""The built-in nodes: thin, typed wrappers over `graphengine`, one file per subject."""
