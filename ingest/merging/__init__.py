"""Two entities that are one, and one that is two: merge and split."""
