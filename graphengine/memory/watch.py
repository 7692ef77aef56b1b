"""Looking up between the kernels of a model, so that its work can be stopped there."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

import torch
from torch import nn

Check = Callable[[], None]
"""Called now and then; what it raises ends the work."""
SOON = 0.002
"""Seconds between two checks below which the second is not worth its time."""
NAP = 0.0005
"""Seconds between two looks at a GPU that is behind."""


@contextmanager
def watched(
    model: object,
    check: Check,
    *,
    soon: float | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[None]:
    """Inside, `check` is called before each layer of a module, if there are no layers within.

    A layer that is reached within `soon` seconds (else SOON) of the check before is not watched any longer:
    so a small model runs at its own speed, and a large one is still checked between any two kernels that
    take long. What is no module runs unwatched.
    """
    modules = list(model.modules()) if isinstance(model, nn.Module) else []
    watch = Watch(check, SOON if soon is None else soon, clock)
    gpu = on_gpu(model)
    handles = [watch.hook(module, gpu) for module in modules if not module._modules]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def on_gpu(model: object) -> bool:
    """Whether a module computes on a CUDA device."""
    return isinstance(model, nn.Module) and any(weight.is_cuda for weight in islice(model.parameters(), 1))


class Watch:
    """When the last check was, and which layers still check."""

    def __init__(self, check: Check, soon: float, clock: Callable[[], float]) -> None:
        self._check = check
        self._soon = soon
        self._clock = clock
        self._last = clock() - soon
        self._behind: torch.cuda.Event | None = None

    def hook(self, layer: nn.Module, gpu: bool) -> torch.utils.hooks.RemovableHandle:
        """Check whenever the layer is about to run."""

        def look(*_: object) -> None:
            self._check()
            if gpu:
                self._keep_up()
            now = self._clock()
            if now - self._last < self._soon:
                handle.remove()
            else:
                self._last = now

        handle = layer.register_forward_pre_hook(look)
        return handle

    def _keep_up(self) -> None:
        """Wait until a GPU has done what it had been given at the check before.

        Its kernels are queued much faster than they run; else a whole step would be behind the last check.
        What was queued since keeps it busy meanwhile.
        """
        reached = torch.cuda.Event()
        reached.record()
        behind, self._behind = self._behind, reached
        while behind is not None and not behind.query():
            time.sleep(NAP)
            self._check()
