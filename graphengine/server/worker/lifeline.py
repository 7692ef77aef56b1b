"""A worker never outlives its server, and dies before it does."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_VICTIM = "500"
"""Of 1000: how much rather than others the kernel kills it when memory runs out."""


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent dies; elsewhere the closed pipe has to do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != parent:  # it died before that
            os._exit(0)


def prefer_as_victim() -> None:
    """Let the kernel choose this process, and not the server, when memory runs out."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_VICTIM, encoding="ascii")


def resident_bytes() -> int | None:
    """Bytes of memory that this process has now; None where the system doesn't tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
