"""Guidance in pieces: rules that combine predictions, and what is added to, changes or limits them."""
