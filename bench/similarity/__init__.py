"""How good similarity is, measured against what people recommended."""
