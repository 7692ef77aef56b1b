"""What the network answers to conditionings of several parts, each with its own place, time and strength."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from graphengine.diffusion.sampling.contexts import Contexts
from graphengine.diffusion.sampling.denoiser import Denoiser
from graphengine.diffusion.sampling.parts import Part
from graphengine.diffusion.sampling.regions import DOWNSCALE, Crop, mask_at_positions
from graphengine.diffusion.sampling.time_ranges import Resolved, silent

REPEATS = 4
"""How many times as long as the longest context all may become, to save a call of the network."""


class Question(NamedTuple):
    """What the network is asked: to see some of the latent in a context, which is known by identity."""

    crop: Crop
    context: int


class Say(NamedTuple):
    """What a part of a conditioning has to say at one noise level."""

    question: Question
    context: Tensor
    share: Tensor | None
    """Of the whole answer at each place, [b, 1, h, w]; None is all of it."""


def predict(
    denoiser: Denoiser,
    x: Tensor,
    sigma: Tensor,
    conditionings: Sequence[Resolved],
    contexts: Contexts | None = None,
) -> list[Tensor]:
    """The x_0 that each conditioning leads to, in few calls of the network; nothing is asked twice.

    x: [b, c, h, w]; sigma: 0-d. Where several parts of a conditioning meet, the answer is their mean,
    weighted by strength and mask. A part with an area sees what is inside of it alone.
    contexts: to be kept from step to step.
    Raises GraphEngineError where a conditioning says nothing about a place, or has an area or a mask that
    doesn't fit the picture.
    """
    says = [says_at(conditioning, x, sigma.item()) for conditioning in conditionings]
    asked = {say.question: say.context for each in says for say in each}
    answers = dict(ask(denoiser, x, sigma, asked, contexts or Contexts()))
    return [blend(each, answers, x) for each in says]


def says_at(conditioning: Resolved, x: Tensor, sigma: float) -> list[Say]:
    """What each part of a conditioning that counts at a noise level has to say about x."""
    name, parts = conditioning.name, conditioning.active(sigma)
    if not parts:
        raise silent(name, f"at sigma {sigma:.4g}")
    crops = [Crop.of(part.area, x, name) for part in parts]
    questions = [Question(crop, id(part.context)) for part, crop in zip(parts, crops, strict=True)]
    if len(parts) == 1 and parts[0].area is None and parts[0].mask is None:
        return [Say(questions[0], parts[0].context, None)]
    weights = torch.stack(
        [weight(part, crop, x, name) for part, crop in zip(parts, crops, strict=True)]
    )  # parts b 1 h w
    total = weights.sum(0)
    if not (total > 0).all():
        row, column = (total <= 0).nonzero()[0, 2:].tolist()
        place = f"at left {column * DOWNSCALE}, top {row * DOWNSCALE} of the picture"
        raise silent(name, f"{place} (sigma {sigma:.4g})")
    return [
        Say(question, part.context, share)
        for question, part, share in zip(questions, parts, (weights / total).to(x), strict=True)
    ]


def weight(part: Part, crop: Crop, x: Tensor, name: str) -> Tensor:
    """How much a part counts at each place, on the CPU, where looking at it is free: [b, 1, h, w]."""
    b, _, h, w = x.shape
    weights = torch.zeros(b, 1, h, w)
    mask = torch.ones(()) if part.mask is None else crop.cut(mask_at_positions(part.mask, x, name))
    crop.cut(weights).add_(part.strength * mask)
    return weights


def ask(
    denoiser: Denoiser, x: Tensor, sigma: Tensor, asked: Mapping[Question, Tensor], contexts: Contexts
) -> Iterator[tuple[Question, Tensor]]:
    """The network's answer to each question, [b, c, h', w']."""
    for questions in groups(asked):
        cut = torch.cat([question.crop.cut(x) for question in questions])  # (questions b) c h' w'
        context = contexts.join([asked[question] for question in questions], len(x), x.device)
        yield from zip(questions, denoiser(cut, sigma, context).split(len(x)), strict=True)


def groups(asked: Mapping[Question, Tensor]) -> Iterator[list[Question]]:
    """Questions that go through the network together: of equal size, with contexts of lengths that fit."""
    of_size: dict[tuple[int, ...], list[Question]] = defaultdict(list)
    for question, context in asked.items():
        of_size[*question.crop.size, context.shape[-1]].append(question)
    for questions in of_size.values():
        lengths = {asked[question].shape[1] for question in questions}
        if math.lcm(*lengths) <= REPEATS * max(lengths):
            yield questions
        else:
            for length in sorted(lengths):
                yield [question for question in questions if asked[question].shape[1] == length]


def blend(says: Sequence[Say], answers: Mapping[Question, Tensor], x: Tensor) -> Tensor:
    """The mean of the answers by their shares at each place: [b, c, h, w]."""
    blended = torch.zeros_like(x)
    for question, _, share in says:
        if share is None:
            return answers[question]
        question.crop.cut(blended).add_(question.crop.cut(share) * answers[question])
    return blended
