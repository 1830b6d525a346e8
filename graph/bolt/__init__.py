"""Bolt, as far as reads need it: one statement and all of its rows, on a pooled connection.

The official driver's ways are made for everything, and cost a read more than all else in an answer
(docs/decisions/0009-lean-reads.md). Here RUN and PULL leave in one write, and records become lists
as they arrive. Errors are the driver's own. The protocol: https://neo4j.com/docs/bolt/current/
"""


class Unsupported(Exception):
    """A value, a parameter or a server that only the official driver understands: ask that."""


class UnsupportedServer(Unsupported):
    """No connection to this server can be opened here: ask the official driver from now on."""
