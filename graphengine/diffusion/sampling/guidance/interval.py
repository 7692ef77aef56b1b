"""When guidance is on."""

from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.time_ranges import SLACK, sigma_at_share
from graphengine.errors import mismatch


@dataclass(frozen=True)
class Interval:
    """A range of noise levels, in shares of the model's timesteps: 0 is pure noise, 1 no noise.

    Around a guider's guidance it leaves the positive prediction alone outside, and the others are not made
    (Kynkäänniemi et al. 2024, section 3: sigma_lo < sigma <= sigma_hi).
    """

    start: float = 0.0
    end: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a range with nothing in it."""
        if not 0 <= self.start < self.end <= 1:
            raise mismatch(
                "0 <= start < end <= 1",
                f"start {self.start:g} and end {self.end:g}",
                kind="time_range",
                input="start",
            )

    def holds(self, levels: NoiseLevels, sigma: Tensor) -> bool:
        """Whether a sigma, 0-d, lies in it, for a model with these noise levels."""
        below, upto = sigma_at_share(self.end, levels), sigma_at_share(self.start, levels)
        return below * SLACK < sigma.item() <= upto * SLACK


ALWAYS = Interval()
