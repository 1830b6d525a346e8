"""Similarity: what is close to a thing, and why. docs/similarity.md explains the formula."""
