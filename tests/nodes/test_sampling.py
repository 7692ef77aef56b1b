"""Sampling with one node and with nodes for each part, by the embedded model."""

from typing import Any

import numpy as np
import pytest

from graphengine.runtime import Runtime
from tests.nodes.sampling_documents import PARTS, custom, document, link, sampling
from tests.shapes.scorer import look


def pictures(runtime: Runtime, *arguments: Any, settings: dict[str, Any] | None = None) -> np.ndarray:
    return np.stack([np.asarray(image) for image in runtime.run(document(*arguments), {}, settings).images])


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """The noise is equal to the bit; kernels differ with a batch's size, and on threads with the place."""
    return int(np.abs(one.astype(int) - other).max()) <= 2


def test_both_ways_draw_the_same(runtime: Runtime) -> None:
    everyday = pictures(runtime, {"sample": sampling(sampler="euler_ancestral")})
    parts = pictures(runtime, {**PARTS, "sample": custom()})
    assert np.array_equal(everyday, parts)


@pytest.mark.parametrize("sampler", ["euler_ancestral", "heun", "dpmpp_sde"])
def test_two_runs_draw_what_one_draws(runtime: Runtime, sampler: str) -> None:
    whole = pictures(runtime, {"sample": sampling(sampler=sampler)})
    first = sampling(sampler=sampler, end_step=2, leftover_noise=True)
    second = sampling(sampler=sampler, start_step=2, add_noise=False, latent=link("first.latent"))
    assert np.array_equal(whole, pictures(runtime, {"first": first, "sample": second}))


def test_two_runs_of_parts_draw_what_one_draws(runtime: Runtime) -> None:
    whole = pictures(runtime, {**PARTS, "sample": custom()})
    halves = pictures(
        runtime,
        {
            **PARTS,
            "halves": ("split_sigmas", {"sigmas": link("sigmas.sigmas"), "step": 4}),
            "quiet": ("disable_noise", {"noise": link("noise.noise")}),
            "first": custom(sigmas=link("halves.high")),
            "sample": custom(
                sigmas=link("halves.low"), noise=link("quiet.noise"), latent=link("first.latent")
            ),
        },
    )
    assert np.array_equal(whole, halves)


def test_a_run_that_ends_early_without_noise_left_over_shows_a_clean_picture(runtime: Runtime) -> None:
    seen = look(pictures(runtime, {"sample": sampling(steps=12, end_step=9)})[0])
    assert seen is not None
    assert (seen.shape, seen.colour, seen.background) == ("circle", "red", "white")
    noisy = pictures(runtime, {"sample": sampling(steps=12, end_step=3, leftover_noise=True)})[0]
    clean = pictures(runtime, {"sample": sampling(steps=12, end_step=3)})[0]
    assert noisy.std() > 1.15 * clean.std()


def test_a_picture_can_be_made_again_with_its_own_seed_in_any_place(runtime: Runtime) -> None:
    settings = {"empty.count": 3}
    batch = pictures(runtime, {"sample": sampling(seeds=[9, 2**63, 4])}, settings=settings)
    turned = pictures(runtime, {"sample": sampling(seeds=[4, 9, 2**63])}, settings=settings)
    assert alike(batch, turned[[1, 2, 0]])
    assert alike(batch[2:], pictures(runtime, {"sample": sampling(seed=4)}))


def test_each_picture_of_a_batch_tells_its_seed(runtime: Runtime) -> None:
    result = runtime.run(document({"sample": sampling(seeds=[9, 4])}), {}, {"empty.count": 2})
    assert [artifact.seed for artifact in result.artifacts] == [9, 4]


def test_variations_are_near_the_picture_that_they_vary(runtime: Runtime) -> None:
    settings = {"empty.count": 2}
    first = pictures(runtime, {"sample": sampling()})[0].astype(int)
    slight = pictures(
        runtime, {"sample": sampling(variation_seed=50, variation_strength=0.05)}, settings=settings
    )
    whole = pictures(
        runtime, {"sample": sampling(variation_seed=50, variation_strength=1.0)}, settings=settings
    )
    other = pictures(runtime, {"sample": sampling(seed=50)}, settings=settings)
    assert 0 < np.abs(slight[0] - first).mean() < 0.5 * np.abs(other[0] - first).mean()
    assert not np.array_equal(slight[0], slight[1])
    assert alike(whole, other)


def test_a_latent_under_a_mask_keeps_the_rest_of_its_picture(runtime: Runtime) -> None:
    """The left half of a picture may change, in one run and in two."""
    before: dict[str, tuple[str, dict[str, Any]]] = {
        "photo": ("load_image", {"image": "blue_square.png"}),
        "encode": ("vae_encode", {"vae": link("checkpoint.vae"), "image": link("photo.image")}),
        "half": ("image_to_mask", {"image": link("photo.image"), "invert": True}),
        "masked": ("set_noise_mask", {"latent": link("encode.latent"), "mask": link("half.mask")}),
    }
    masked = {"latent": link("masked.latent"), "sampler": "euler_ancestral"}
    original = pictures(runtime, before, "encode.latent")[0].astype(int)
    whole = pictures(runtime, {**before, "sample": sampling(**masked)})[0]
    corner = (slice(0, 16), slice(0, 16))
    assert np.abs(whole[corner] - original[corner]).max() < 30  # the decoder sees some way around
    assert np.abs(whole - original).mean() > 3
    first = sampling(**masked, end_step=3, leftover_noise=True)
    second = sampling(sampler="euler_ancestral", start_step=3, add_noise=False, latent=link("first.latent"))
    assert np.array_equal(whole, pictures(runtime, {**before, "first": first, "sample": second})[0])
