"""Say what a model predicts and over which noise, where its file doesn't."""

from dataclasses import replace
from typing import Annotated, Literal

from graphengine.authoring import Field, node
from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from graphengine.errors import mismatch


def check_zero_snr(prediction: str, zero_snr: bool) -> None:
    """Raise GraphEngineError for a prediction that says nothing where there is noise alone."""
    if zero_snr and prediction == "epsilon":
        raise mismatch(
            "false, or a model that predicts v or x0",
            "true, with prediction 'epsilon'",
            kind="bad_prediction",
            input="zero_snr",
            hint="a model that predicts noise can't start from noise alone: set prediction to v, as those are"
            " trained that do",
        )


def check_range(sigma_min: float, sigma_max: float) -> None:
    """Raise GraphEngineError for a range of noise with nothing in it."""
    if sigma_min >= sigma_max:
        raise mismatch(
            f"less than sigma_max, {sigma_max:g}", f"{sigma_min:g}", kind="empty_range", input="sigma_min"
        )


@node(category="model", validate=check_zero_snr)
def set_prediction(
    model: DiffusionModel,
    prediction: Literal["epsilon", "v", "x0"] = "epsilon",
    zero_snr: bool = False,
) -> DiffusionModel:
    """Take a model as one over Stable Diffusion's schedule of a thousand noise levels.

    prediction: what the network answers: noise, v (as Stable Diffusion 2 at 768 pixels), or the clean latent.
    zero_snr: the model was trained down to noise alone, so that it draws dark and bright pictures.
    """
    check_zero_snr(prediction, zero_snr)
    schedule = NoiseSchedule.scaled_linear()
    return replace(
        model, prediction=prediction, levels=schedule.zero_terminal_snr() if zero_snr else schedule
    )


@node(category="model", validate=check_range)
def set_prediction_edm(
    model: DiffusionModel,
    prediction: Literal["edm", "v", "epsilon", "x0"] = "edm",
    sigma_min: Annotated[float, Field(gt=0, le=1000)] = 0.002,
    sigma_max: Annotated[float, Field(gt=0, le=20_000)] = 80.0,
    sigma_data: Annotated[float, Field(gt=0, le=100)] = 0.5,
) -> DiffusionModel:
    """Take a model as one over a range of noise, told of it by its logarithm (Karras et al. 2022).

    prediction: edm is the paper's own; v with a sigma_data of 1 is CosXL's.
    sigma_min, sigma_max: the least and the most noise that it was trained on.
    sigma_data: the standard deviation of the latents that it was trained on.
    """
    check_range(sigma_min, sigma_max)
    return replace(model, prediction=prediction, levels=ContinuousLevels(sigma_min, sigma_max, sigma_data))


@node(category="model")
def set_prediction_flow(
    model: DiffusionModel, shift: Annotated[float, Field(gt=0, le=100)] = 1.0
) -> DiffusionModel:
    """Take a model as one of flow matching, which predicts the velocity from picture to noise.

    shift: moves the steps towards noise; above 1 for large pictures, 3 for Stable Diffusion 3 at 1024 pixels.
    """
    return replace(model, prediction="flow", levels=FlowLevels(shift))
