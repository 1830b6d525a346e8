"""The numbers of the formula that its statement looks up: a parameter of every one."""

from typing import Any

from graph.similarity.evidence import EVIDENCE
from graph.similarity.sentences import DEEDS
from graph.similarity.telling import TERM_KINDS, TERMS

NUMBERS: dict[str, Any] = {
    "halves": {each.kind: each.half for each in EVIDENCE},
    "expected": {each.kind: each.half * each.typical for each in EVIDENCE},
    "telling": [deed.telling for deed in DEEDS],
    "kinds": [deed.kind for deed in DEEDS],
    "terms": dict(TERMS),
    "termKinds": dict(TERM_KINDS),
}
"""Lists go by the places of DEEDS; terms have factors by their ids, or else by their kinds."""
