"""Cut, join, refine, turn round, type and draw noise levels."""

import re
from typing import Annotated, Literal

import torch

from graphengine.authoring import Field, Image, Widget, node
from graphengine.diffusion.sampling import sigma_editing
from graphengine.diffusion.sampling.sigma_editing import Halves, Spacing
from graphengine.diffusion.sampling.sigma_plot import plot
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from graphengine.errors import GraphEngineError

Step = Annotated[int, Field(ge=0, le=10_000)]
Sigma = Annotated[float, Field(ge=0, le=20_000)]
TYPED = [14.6, 6.5, 3.9, 1.9, 0.65, 0.0]
"""Levels that suit most models that add noise to the picture."""


@node(category="sampling/sigmas")
def split_sigmas(sigmas: Sigmas, step: Step = 10) -> Halves:
    """Cut noise levels in two after some steps, for two samplers, models or prompts.

    step: how many steps come before the cut.
    """
    return sigma_editing.split(sigmas, step)


@node(category="sampling/sigmas")
def split_sigmas_at_strength(sigmas: Sigmas, strength: Annotated[float, Field(ge=0, le=1)] = 0.5) -> Halves:
    """Cut noise levels in two, so that the second half changes a picture in part.

    strength: share of the steps in the second half, rounded up.
    """
    return sigma_editing.split(sigmas, sigmas.steps - sigmas.truncate(strength).steps)


@node(category="sampling/sigmas")
def slice_sigmas(sigmas: Sigmas, start_step: Step = 0, end_step: Step = 10_000) -> Sigmas:
    """Keep some steps of noise levels.

    start_step: the first to keep, counted from 0.
    end_step: the first to leave out again; beyond the last step keeps all.
    """
    return sigma_editing.cut_out(sigmas, start_step, end_step)


@node(category="sampling/sigmas")
def concat_sigmas(first: Sigmas, second: Sigmas) -> Sigmas:
    """Put noise levels after others; where both meet in the same level, it is kept once."""
    return sigma_editing.concatenate(first, second)


@node(category="sampling/sigmas")
def flip_sigmas(sigmas: Sigmas) -> Sigmas:
    """Turn noise levels round, to lead a picture back to the noise that it would be made from.

    Sample with it by a sampler without noise of its own, such as euler, from the picture's latent with no
    noise added.
    """
    return sigma_editing.flip(sigmas)


@node(category="sampling/sigmas")
def extend_sigmas(
    sigmas: Sigmas,
    between: Annotated[int, Field(ge=1, le=100)] = 1,
    spacing: Spacing = "linear",
    start_step: Step = 0,
    end_step: Step = 10_000,
) -> Sigmas:
    """Make steps finer: put more levels between each two.

    between: how many go into a step.
    spacing: linear is even, log is even in the logarithm, cosine is dense at the end of a step and sine at
    its beginning.
    start_step, end_step: which steps, counted from 0; the end is left out.
    """
    return sigma_editing.extend(sigmas, between, spacing, start_step, end_step)


@node(category="sampling/sigmas")
def set_first_sigma(sigmas: Sigmas, sigma: Sigma = 14.6) -> Sigmas:
    """Begin at another noise level.

    sigma: above the second level, or below it where they rise.
    """
    return sigma_editing.set_first(sigmas, sigma)


@node(category="sampling/sigmas")
def rescale_sigmas(sigmas: Sigmas, first: Sigma = 14.6, last: Sigma = 0.0) -> Sigmas:
    """Stretch noise levels evenly between two others."""
    return sigma_editing.rescale(sigmas, first, last)


@node(category="sampling/sigmas")
def type_sigmas(
    model: DiffusionModel,
    levels: Annotated[list[Sigma] | str, Field(min_length=1), Widget("curve")] = TYPED,
) -> Sigmas:
    """Noise levels from numbers.

    levels: a list, or a text with commas or spaces between; they fall, to 0 for a finished picture, or
    rise. For a flow model they lie between 0 and 1.
    """
    numbers = typed(levels) if isinstance(levels, str) else levels
    if len(numbers) < 2:
        raise bad_levels("there are fewer than two numbers", str(levels))
    return Sigmas(torch.tensor(numbers), model.levels.scale)


@node(category="sampling/sigmas")
def draw_sigmas(
    sigmas: Sigmas,
    axis: Literal["linear", "logarithmic"] = "linear",
    width: Annotated[int, Field(ge=240, le=4096)] = 640,
    height: Annotated[int, Field(ge=180, le=4096)] = 400,
) -> Image:
    """Draw noise levels over steps.

    axis: logarithmic shows how low noise is spaced.
    width, height: of the picture, in pixels.
    """
    return Image(plot(sigmas, width, height, logarithmic=axis == "logarithmic"))


def typed(levels: str) -> list[float]:
    """The numbers in a text."""
    return [number(word) for word in re.finditer(r"[^\s,]+", levels)]


def number(word: re.Match[str]) -> float:
    """What a word of `levels` says."""
    try:
        return float(word[0])
    except ValueError as error:
        raise bad_levels(f"'{word[0]}' at character {word.start() + 1} is no number", word[0]) from error


def bad_levels(reason: str, got: str) -> GraphEngineError:
    """The error of a text that holds no noise levels."""
    return GraphEngineError(
        reason,
        kind="bad_input",
        input="levels",
        expected="two or more numbers, separated by commas or spaces",
        got=got,
    )
