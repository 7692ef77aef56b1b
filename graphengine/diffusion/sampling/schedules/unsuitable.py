"""Refuse models that a schedule does not suit."""

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.errors import GraphEngineError


def check_adds_noise(schedule: str, levels: NoiseLevels) -> None:
    """Raise GraphEngineError for a flow model."""
    if levels.scale == "flow":
        raise unsuitable(schedule, "is not for flow models", "a flow model")


def check_reaches(schedule: str, levels: NoiseLevels, sigma: float) -> None:
    """Raise GraphEngineError for a model that does not know of nearly as much noise."""
    if levels.sigma_max < 0.99 * sigma:
        most = f"sigma {levels.sigma_max:.4g}"
        raise unsuitable(
            schedule,
            f"begins at sigma {sigma:.4g}, and the model's noise ends at {most}",
            f"a model up to {most}",
        )


def unsuitable(schedule: str, reason: str, got: str) -> GraphEngineError:
    """The error."""
    return GraphEngineError(
        f"schedule '{schedule}' {reason}",
        kind="unsuitable_schedule",
        expected="a schedule that suits the model",
        got=f"'{schedule}' for {got}",
        hint="choose another, such as karras or sgm_uniform",
    )
