"""Imports of whole dumps beside a bare loader: rows a second, memory, and how both grow."""
