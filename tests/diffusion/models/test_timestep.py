import torch
from diffusers.models.embeddings import get_timestep_embedding

from graphengine.diffusion.models.timestep import timestep_embedding


def test_embedding_agrees_with_diffusers() -> None:
    timesteps = torch.tensor([0.0, 1.0, 17.5, 999.0])
    expected = get_timestep_embedding(timesteps, 320, flip_sin_to_cos=True, downscale_freq_shift=0)
    torch.testing.assert_close(timestep_embedding(timesteps, 320), expected)


def test_embedding_of_time_zero_is_ones_then_zeros() -> None:
    embedding = timestep_embedding(torch.zeros(1), 8)
    assert embedding.tolist() == [[1, 1, 1, 1, 0, 0, 0, 0]]
