"""The catalogue that ships: YAML files, read and checked, into the graph."""
