"""Networks of latent diffusion, in the original checkpoints' parameter names."""
