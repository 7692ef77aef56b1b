"""Model files: read, recognised, and turned into modules."""
