"""How long it takes until a cancelled run has ended, wherever it was: hashing, loading, sampling or decoding.

    python benchmarks/make_checkpoint.py sd15-random.safetensors
    python benchmarks/cancellation.py sd15-random.safetensors

Runs the text-to-image workflow again and again with nothing cached, and cancels it at a moment drawn
uniformly from the time it takes. Without a file the embedded model is used. Prints seconds, with the nodes
that were at work.
"""

import argparse
import random
import tempfile
import threading
import time
from pathlib import Path

from graphengine.errors import Cancelled
from graphengine.events import Event, Started
from graphengine.execution import CancelToken
from graphengine.runtime import Runtime


def run(checkpoint: Path | None, size: int, cancel: CancelToken, started: list[str]) -> None:
    """One run in a home of its own, so that the file is hashed and the weights are read again."""
    with tempfile.TemporaryDirectory() as home, Runtime(home, cache="none") as runtime:
        settings = {}
        if checkpoint is not None:
            (Path(home) / "models").mkdir()
            (Path(home) / "models" / checkpoint.name).symlink_to(checkpoint.resolve())
            settings = {"checkpoint.name": checkpoint.name}

        def listener(event: Event) -> None:
            if isinstance(event, Started):
                started.append(event.node)

        parameters = {"width": size, "height": size, "steps": 4, "seed": len(started)}
        runtime.run("text_to_image", parameters, settings, listener=listener, cancel=cancel)


def main() -> None:
    """Cancel at many moments and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("checkpoint", type=Path, nargs="?")
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--runs", type=int, default=20)
    arguments = parser.parse_args()
    run(arguments.checkpoint, arguments.size, CancelToken(), [])  # what is imported once is no part of it
    began = time.perf_counter()
    run(arguments.checkpoint, arguments.size, CancelToken(), [])
    usual = time.perf_counter() - began
    print(f"a whole run takes {usual:.1f} s")
    draw, waits = random.Random(3), []
    for _ in range(arguments.runs):
        cancel, started, moment = CancelToken(), ["(opening)"], []

        def stop(cancel: CancelToken = cancel, moment: list[float] = moment) -> None:
            moment.append(time.perf_counter())
            cancel.cancel()

        after = draw.uniform(0, usual)
        timer = threading.Timer(after, stop)
        timer.start()
        try:
            run(arguments.checkpoint, arguments.size, cancel, started)
        except Cancelled:
            waits.append(time.perf_counter() - moment[0])
            print(
                f"cancelled after {after:6.2f} s in {started[-1]:12} ended in {waits[-1]:.3f} s", flush=True
            )
        timer.cancel()
    waits.sort()
    print(f"{len(waits)} cancelled: median {waits[len(waits) // 2]:.3f} s, longest {waits[-1]:.3f} s")


if __name__ == "__main__":
    main()
