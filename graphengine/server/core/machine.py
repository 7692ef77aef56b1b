"""What is known of the machine and of this process."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path
from typing import Any

from graphengine import __version__
from graphengine.provenance import versions_in_use


def machine(folder: Path) -> dict[str, Any]:
    """The facts of `SystemInfo` but those of the worker; sizes in bytes, 0 where the system doesn't tell."""
    memory = _numbers(Path("/proc/meminfo"))
    return {
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "versions": versions_in_use(),
        "processors": os.cpu_count() or 1,
        "memory_total": memory.get("MemTotal", 0),
        "memory_available": memory.get("MemAvailable", 0),
        "disk_free": shutil.disk_usage(folder).free,
        "server_memory": _numbers(Path("/proc/self/status")).get("VmRSS", 0),
    }


def _numbers(path: Path) -> dict[str, int]:
    """The lines `Name: 123 kB` of a file of the kernel's, in bytes."""
    found = {}
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    for line in lines:
        name, _, rest = line.partition(":")
        words = rest.split()
        if len(words) == 2 and words[1] == "kB" and words[0].isdigit():
            found[name] = int(words[0]) * 1024
    return found
