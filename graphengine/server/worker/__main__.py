"""What a worker process begins with."""

import json
import os
import signal
import sys

from graphengine.server.worker.lifeline import die_with_parent, prefer_as_victim
from graphengine.server.worker.worker import Worker


def main() -> None:
    """Work for the process at the other end of standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server decides
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    options = json.loads(sys.argv[1])
    die_with_parent(options.pop("server"))
    prefer_as_victim()
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what nodes print isn't for the server
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    Worker(incoming, outgoing, **options).work()


if __name__ == "__main__":
    main()
