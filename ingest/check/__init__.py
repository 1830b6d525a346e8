"""What in the graph looks wrong: ``filmograph check``."""
