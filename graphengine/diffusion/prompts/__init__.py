"""Prompts: weights, chunks, words that change from step to step, and several prompts in one."""
