"""Where weights live: what is loaded, what is evicted, on which device and in which precision."""
