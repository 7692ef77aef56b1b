"""Saved workflows, one JSON file each; a bare name such as `text_to_image` finds them."""
