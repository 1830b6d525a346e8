"""Pages of the community wiki: read as text, matched against the graph, into the graph."""
