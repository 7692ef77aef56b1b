"""The server: a durable queue of runs, a worker process that runs them, and the HTTP interface to both."""
