"""What a checkpoint's file tells about the prediction and the noise levels of its UNet."""

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.preconditioning import Prediction
from graphengine.diffusion.weights.weights_file import WeightsFile
from graphengine.errors import ModelFileError

V_MARK, ZERO_SNR_MARK = "v_pred", "ztsnr"
"""Tensors by which files say that they predict v, and that their last timestep is noise alone."""
EDM_V_MARKS = ("edm_vpred.sigma_min", "edm_vpred.sigma_max")
"""Numbers by which files say that they predict v on a range of sigmas; the first may be missing."""


def parameterisation_of(file: WeightsFile) -> tuple[Prediction, NoiseLevels]:
    """Noise over Stable Diffusion's schedule, where neither marks nor metadata tell otherwise.

    Raises ModelFileError for a prediction that metadata name and nobody knows.
    """
    if EDM_V_MARKS[1] in file.entries:
        present = [name for name in EDM_V_MARKS if name in file.entries]
        bounds = {name: tensor.item() for name, tensor in file.tensors(present)}
        low, high = (bounds.get(name, 0.002) for name in EDM_V_MARKS)
        return "v", ContinuousLevels(low, high, sigma_data=1.0)
    schedule = NoiseSchedule.scaled_linear()
    if ZERO_SNR_MARK in file.entries:
        schedule = schedule.zero_terminal_snr()
    told = "v" if V_MARK in file.entries else file.metadata.get("modelspec.prediction_type", "epsilon")
    if told in ("epsilon", "v"):
        return ("v" if told == "v" else "epsilon"), schedule
    raise ModelFileError(
        f"{file.path}: the UNet predicts {told!r}, which is unknown",
        kind="unknown_model",
        expected="epsilon or v",
        got=told,
    )
