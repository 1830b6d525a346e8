"""The whole graph as one file, and back; docs/export.md describes the file."""
