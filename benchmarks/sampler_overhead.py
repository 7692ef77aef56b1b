"""The time of each sampler's own arithmetic and noise, beside that of a full Stable Diffusion 1.5 step.

    python benchmarks/sampler_overhead.py

The denoiser costs nothing, so what is left of a step is the sampler's. The UNet has random weights, in
float32, and sees text and negative text together, as guidance wants it. Times are those of the processor, the
best of several, so that other programs disturb them little; that of the UNet is divided by its threads.
"""

import argparse
import time
from collections.abc import Callable

import torch
from torch import Tensor

from graphengine.diffusion.models.unet import UNet, UNetConfig
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS, Sampler, Step
from graphengine.diffusion.sampling.schedules import karras

STEPS, REPEATS = 20, 5


class Free:
    """A denoiser that always has its answer ready."""

    def __init__(self, denoised: Tensor) -> None:
        self.denoised = denoised

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The clean latent."""
        return self.denoised

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """It twice."""
        return self.denoised, self.denoised


def best(run: Callable[[], object], repeats: int) -> float:
    """The shortest of several, in seconds of the processor, after one that doesn't count."""
    run()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def overhead(sampler: Sampler, images: int, side: int) -> float:
    """Seconds per step that are not the model's."""
    zeros, sigmas = torch.zeros(images, 4, side, side), karras(NoiseSchedule.scaled_linear(), STEPS)
    denoise, noise = Free(torch.randn(images, 4, side, side)), NoiseSource.for_batch(0, images)
    steps: list[Step] = []
    sample(denoise, zeros, sigmas, sampler, noise, on_step=steps.append)
    return best(lambda: sample(denoise, zeros, sigmas, sampler, noise), REPEATS) / len(steps)


@torch.no_grad()
def unet_step(side: int) -> float:
    """Seconds of one call of the network, on all threads, for one image with guidance."""
    unet = UNet(UNetConfig()).eval()
    x, times, context = torch.randn(2, 4, side, side), torch.full((2,), 500.0), torch.randn(2, 77, 768)
    return best(lambda: unet(x, times, context), 2) / torch.get_num_threads()


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=512, help="of the picture, in pixels")
    side = parser.parse_args().size // 8
    model = unet_step(side)
    print(f"A step of the UNet at {side * 8}x{side * 8} takes {model:.2f} s ", end="")
    print(f"on {torch.get_num_threads()} threads.\n")
    print("| sampler | one image, ms a step | share | two images, ms a step | share |")
    print("| --- | --- | --- | --- | --- |")
    shares = []
    for name, sampler in SAMPLERS.items():
        one, two = (overhead(sampler, images, side) for images in (1, 2))
        shares += [one / model, two / model]
        print(f"| `{name}` | {one * 1e3:.2f} | {one / model:.3%} | {two * 1e3:.2f} | {two / model:.3%} |")
    print(f"\nThe largest share is {max(shares):.3%}.")


if __name__ == "__main__":
    main()
