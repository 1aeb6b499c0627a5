"""Measurements of the project: run `make bench`."""
