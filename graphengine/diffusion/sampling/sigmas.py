"""The noise levels that a sampler passes through."""

import math
from dataclasses import dataclass, replace

from torch import Tensor

from graphengine.diffusion.sampling.scale import Scale
from graphengine.errors import GraphEngineError


@dataclass(frozen=True, eq=False)
class Sigmas:
    """Noise levels, [steps + 1], falling and never negative; the last is 0 for a finished picture.

    They stay on the CPU, so that no step waits for a device to tell what its sigma is.
    """

    values: Tensor
    scale: Scale = "exploding"
    """That of the model they are for; in the scale of flow none is above 1."""

    def __post_init__(self) -> None:
        """Refuse what no sampler can follow."""
        if self.values.ndim != 1 or len(self.values) == 0 or self.values.device.type != "cpu":
            raise ValueError(
                "Sigmas are a row of one or more numbers on the CPU, "
                f"got shape {tuple(self.values.shape)} on {self.values.device}."
            )
        if not self.values.isfinite().all() or self.values[-1] < 0 or (self.values.diff() >= 0).any():
            raise ValueError(
                f"Sigmas must fall from step to step and end at 0 or above, got {self.values.tolist()}."
            )
        if self.scale == "flow" and self.values[0] > 1:
            raise ValueError(f"Sigmas of a flow model lie between 0 and 1, got {self.values[0].item():g}.")

    def check_scale(self, scale: Scale) -> None:
        """Raise GraphEngineError unless these are levels of a model in that scale."""
        if self.scale != scale:
            titles = {"exploding": "a model that adds noise to the picture", "flow": "a flow model"}
            raise GraphEngineError(
                f"the sigmas are for {titles[self.scale]}, but the model is {titles[scale]}",
                kind="wrong_scale",
                input="sigmas",
                expected=f"sigmas of scale '{scale}'",
                got=f"sigmas of scale '{self.scale}'",
                hint="make the sigmas from the same model that samples",
            )

    @property
    def steps(self) -> int:
        """How many steps lead from the first level to the last."""
        return len(self.values) - 1

    def truncate(self, strength: float) -> "Sigmas":
        """The last steps alone, a share `strength` of them rounded up, to change a picture in part.

        1 keeps all and 0 none, which leaves the one sigma at the end.
        """
        if not 0 <= strength <= 1:
            raise ValueError(f"A strength lies between 0 and 1, got {strength}.")
        kept = math.ceil(round(self.steps * strength, 6))  # 100 * 0.07 is a little above 7
        return replace(self, values=self.values[self.steps - kept :])
