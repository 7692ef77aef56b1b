"""The latent diffusion model: a library that knows nothing of graphs and can be used alone."""
