"""How each field of the schema is answered."""
