"""The editor; dist/ holds what the build makes of it."""
