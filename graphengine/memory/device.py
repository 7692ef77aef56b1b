"""Which device to compute on, in which precision, and how much of its memory to use."""

import ctypes
import os
import sys

import torch

HEADROOM = 1 << 30
"""Bytes of a GPU left to activations and to others."""
CPU_SHARE = 0.7
"""Share of the available host memory that weights may take."""


def choose_device() -> torch.device:
    """CUDA where there is one, else Apple's GPU, else the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda", torch.cuda.current_device())
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def choose_dtype(device: torch.device) -> torch.dtype:
    """Half precision on a GPU; float32 on the CPU, where half is slower."""
    return torch.float32 if device.type == "cpu" else torch.float16


def default_budget(device: torch.device) -> int:
    """Bytes for weights: a GPU's free memory but some headroom, or most of what the host has available."""
    if device.type == "cuda":
        return max(0, torch.cuda.mem_get_info(device)[0] - HEADROOM)
    return int(CPU_SHARE * available_host_bytes())


def available_host_bytes() -> int:
    """Host memory that can be taken without swapping, as far as the system tells."""
    try:
        with open("/proc/meminfo", encoding="ascii") as meminfo:
            for line in meminfo:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # not Linux
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 8 << 30


def give_back_freed_memory(device: torch.device) -> None:
    """Return what was freed, but is kept for later use, to the device or to the system."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only glibc has it
        if trim is not None:
            trim(0)
