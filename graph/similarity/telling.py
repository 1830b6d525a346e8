"""How telling terms are, times their rarity."""

TERM_KINDS = {
    "GENRE": 1.36,
    "THEME": 1.03,
    "TAG": 0.75,
    "CONCEPT": 0.75,
    "PLACE": 0.75,
    "OBJECT": 0.75,
}
TERMS: dict[str, float] = {}
