"""The noise levels that a sampler passes through."""

import math
from dataclasses import dataclass, replace

from torch import Tensor

from graphengine.diffusion.sampling.scale import Scale
from graphengine.errors import GraphEngineError

MOST_DRAWN = 60
"""Steps of a small drawing of them."""


@dataclass(frozen=True, eq=False)
class Sigmas:
    """Noise levels, [steps + 1], never negative; they fall, to 0 for a finished picture, or rise all the way.

    Rising ones lead a picture back to the noise that it would be made from; they begin above 0, where noise
    has a direction. All stay on the CPU, so that no step waits for a device to tell what its sigma is.
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
        most = 1 if self.scale == "flow" else math.inf
        for index, sigma in enumerate(self.values.tolist()):
            if not 0 <= sigma <= most or not math.isfinite(sigma):
                limit = "0 to 1 for a flow model" if self.scale == "flow" else "0 or above"
                raise bad_sigmas(f"each must be {limit}", f"{sigma:g} as number {index + 1}")
        if self.steps > 0:
            forward = self.values.diff() * (1 if self.rising else -1)
            if (forward <= 0).any():
                index = int((forward <= 0).nonzero()[0])
                before, after = self.values[index : index + 2].tolist()
                raise bad_sigmas(
                    f"each must be {'above' if self.rising else 'below'} the one before",
                    f"{after:g} after {before:g}, as number {index + 2}",
                )
        if self.rising and self.values[0] == 0:
            raise bad_sigmas("the first of rising ones must be above 0", "0")

    @property
    def steps(self) -> int:
        """How many steps lead from the first level to the last."""
        return len(self.values) - 1

    @property
    def rising(self) -> bool:
        """Whether they lead from less noise to more."""
        return bool(self.values[-1] > self.values[0])

    @property
    def falling(self) -> Tensor:
        """The values from most noise to least, by which guidance and conditionings know the time of a run."""
        return self.values.flip(0) if self.rising else self.values

    def shown(self) -> dict[str, object]:
        """What people see of them: their steps, and a curve of as many levels as a small drawing needs."""
        apart = max(1, math.ceil(self.steps / MOST_DRAWN))
        drawn = sorted({*range(0, self.steps + 1, apart), self.steps})
        levels = self.values.tolist()
        return {"curve": [float(f"{levels[index]:.4g}") for index in drawn], "steps": self.steps}

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

    def truncate(self, strength: float) -> "Sigmas":
        """The last steps alone, a share `strength` of them rounded up, to change a picture in part.

        1 keeps all and 0 none, which leaves the one sigma at the end.
        """
        if not 0 <= strength <= 1:
            raise ValueError(f"A strength lies between 0 and 1, got {strength}.")
        kept = math.ceil(round(self.steps * strength, 6))  # 100 * 0.07 is a little above 7
        return replace(self, values=self.values[self.steps - kept :])


def bad_sigmas(expected: str, got: str) -> GraphEngineError:
    """The error of levels that no sampler can follow."""
    return GraphEngineError(
        f"these sigmas can't be walked: {expected}, got {got}",
        kind="bad_sigmas",
        input="sigmas",
        expected=expected,
        got=got,
    )
