"""The part of the catalogue that is extracted from dumps: what is chosen, and how it is written."""
