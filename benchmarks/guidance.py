"""What guidance costs and saves in a full-size Stable Diffusion 1.5 on the CPU, as ratios within one run.

    python benchmarks/make_checkpoint.py sd15-random.safetensors
    python benchmarks/guidance.py sd15-random.safetensors

Steps of the two sides follow one another in turn, so that whatever else the machine does meets both.

    texts      a step with the texts' keys and values kept for the run over one that computes them, and the
               largest difference of their results, over the largest value
    interval   a run of the normal schedule with guidance in 0.2 to 0.8 over one with guidance throughout:
               images that the network is shown, and time
    pieces     a step with a piece over one with classifier-free guidance alone
"""

import argparse
import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from graphengine.diffusion.models.freeu import FreeU
from graphengine.diffusion.models.unet import UNet
from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guidance.dynamic_threshold import DynamicThreshold
from graphengine.diffusion.sampling.guidance.interval import Interval
from graphengine.diffusion.sampling.guidance.perturbation import perturbed_attention, skip_layer
from graphengine.diffusion.sampling.guidance.projected import Projected
from graphengine.diffusion.sampling.guidance.rescale import Rescale
from graphengine.diffusion.sampling.guidance.self_attention import SelfAttention
from graphengine.diffusion.sampling.guidance.zero_star import ZeroStar
from graphengine.diffusion.sampling.guider import Guider
from graphengine.diffusion.sampling.parts import Prompt
from graphengine.diffusion.sampling.schedules import normal
from graphengine.diffusion.weights.checkpoint import open_checkpoint

CPU, FLOAT = torch.device("cpu"), torch.float32


def seconds(denoise: Denoise, x: Tensor, sigma: Tensor) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    denoise(x, sigma)
    return time.perf_counter() - start


def in_turn(sides: Mapping[str, Denoise], x: Tensor, sigma: Tensor, turns: int) -> dict[str, float]:
    """The median time of each side's calls, after one that warms it up."""
    for denoise in sides.values():
        denoise(x, sigma)
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(turns):
        for name, denoise in sides.items():
            times[name].append(seconds(denoise, x, sigma))
    return {name: statistics.median(each) for name, each in times.items()}


def compare_texts(guider: Guider, unet: UNet, x: Tensor, sigmas: Tensor, turns: int) -> None:
    """Keys and values kept, and computed in each step."""

    def plain(latent: Tensor, times: Tensor, context: Tensor) -> Tensor:
        answer: Tensor = unet(latent, times, context)
        return answer

    kept, computed = guider.bind(unet, FLOAT, sigmas), guider.bind(plain, FLOAT, sigmas)
    found = in_turn({"kept": kept, "computed": computed}, x, sigmas[0], turns)
    expected = computed(x, sigmas[0])
    difference = (kept(x, sigmas[0]) - expected).abs().max() / expected.abs().max()
    print(
        f"texts      {found['kept']:.3f} s over {found['computed']:.3f} s: "
        f"{found['kept'] / found['computed']:.3f}, difference {difference:.1e}"
    )


def compare_interval(guider: Guider, unet: UNet, x: Tensor, sigmas: Tensor) -> None:
    """Two runs, a step of each in turn."""
    images: dict[str, int] = {}
    times: dict[str, float] = {}
    sides = {"limited": guider.within(Interval(0.2, 0.8)), "throughout": guider}

    def counted(name: str) -> Callable[..., None]:
        images[name] = 0
        times[name] = 0.0

        def count(module: object, inputs: tuple[Tensor, ...]) -> None:
            images[name] += len(inputs[0])

        return count

    counters = {name: counted(name) for name in sides}
    runs = {name: each.bind(unet, FLOAT, sigmas) for name, each in sides.items()}
    for sigma in sigmas[:-1]:
        for name, denoise in runs.items():
            handle = unet.register_forward_pre_hook(counters[name])
            times[name] += seconds(denoise, x, sigma)
            handle.remove()
    steps, batch = len(sigmas) - 1, len(x)
    unconditional = {name: count - steps * batch for name, count in images.items()}
    print(
        f"interval   unconditional passes {unconditional['limited']} of {unconditional['throughout']}, "
        f"{1 - unconditional['limited'] / unconditional['throughout']:.0%} saved; "
        f"{times['limited']:.1f} s over {times['throughout']:.1f} s: "
        f"{times['limited'] / times['throughout']:.3f}"
    )


def compare_pieces(guider: Guider, unet: UNet, x: Tensor, sigmas: Tensor, turns: int) -> None:
    """Each piece beside none."""
    guiders = {
        "none": guider,
        "rescale": guider.changing(Rescale()),
        "threshold": guider.changing(DynamicThreshold()),
        "APG": guider.combining(Projected),
        "CFG-Zero*": guider.combining(partial(ZeroStar, zero_init=0)),
        "FreeU": guider.freed(FreeU(1.3, 1.4, 0.9, 0.2)),
        "SLG": guider.adding(skip_layer(3.0)),
        "PAG": guider.adding(perturbed_attention(3.0)),
        "SAG": guider.adding(SelfAttention()),
    }
    sides = {name: each.bind(unet, FLOAT, sigmas) for name, each in guiders.items()}
    found = in_turn(sides, x, sigmas[0], turns)
    for name in list(found)[1:]:
        print(f"pieces     {name:10} {found[name] / found['none']:.3f}")


@torch.inference_mode()
def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--size", type=int, default=256, help="of the picture, in pixels")
    parser.add_argument("--steps", type=int, default=20, help="of the runs with and without an interval")
    parser.add_argument("--turns", type=int, default=9, help="of steps that are compared")
    arguments = parser.parse_args()
    model = open_checkpoint(arguments.checkpoint, sha256="").model
    unet = model.load(CPU, FLOAT)
    generator = torch.Generator().manual_seed(0)
    texts = torch.randn(2, 1, 77, model.config.context_width, generator=generator)
    guider = Guider(model, ClassifierFree([Prompt(texts[0])], [Prompt(texts[1])], 7.5))
    sigmas = normal(model.levels, arguments.steps).values
    cells = arguments.size // 8
    x = torch.randn(1, model.config.in_channels, cells, cells, generator=generator) * sigmas[0]
    compare_texts(guider, unet, x, sigmas, arguments.turns)
    compare_interval(guider, unet, x, sigmas)
    compare_pieces(guider, unet, x, sigmas, max(1, arguments.turns // 3))


if __name__ == "__main__":
    main()
