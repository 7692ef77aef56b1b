"""The worker process: one runtime, which runs what the server hands it, one run at a time."""
