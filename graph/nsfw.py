"""What is not safe for work: left out where things are found, shown where somebody asks for it.

Sources say it of creations and franchises; it stands on them only where it is true. Lists of all
things, searches, suggestions and ways between things leave it out unless ``includeNsfw`` is true.
Whoever asks for a thing by its id, or for what somebody did, gets it.
"""

from dataclasses import replace

from graph.declarations import Property, Relation

NSFW = Property("coalesce({n}.nsfw, false)")


def without_nsfw(shown: Relation, hidden: Relation | None = None) -> Relation:
    """``shown``, unless asked for all, without targets that are not safe for work; ``hidden`` does
    that where a predicate cannot.
    """
    predicate = f"{{{shown.target}}}.nsfw IS NULL"
    hidden = hidden or replace(shown, predicates=(*shown.predicates, predicate))
    return replace(hidden, variants={**shown.variants, "includeNsfw": {True: shown}})
