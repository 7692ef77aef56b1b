"""From noise to a latent: denoisers, guidance, schedules, samplers and the loop that runs them."""
