"""Training a latent diffusion model: the objective, and the embedded model `shapes` from pictures to file."""
