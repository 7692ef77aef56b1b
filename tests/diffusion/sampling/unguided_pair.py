"""A denoiser without guidance for samplers that want the unconditional estimate too."""

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise


class UnguidedPair:
    """Both estimates are the same."""

    def __init__(self, denoise: Denoise) -> None:
        self.denoise = denoise

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        return self.denoise(x, sigma)

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        denoised = self.denoise(x, sigma)
        return denoised, denoised
