"""The anime-offline-database: titles, tags, studios and links of anime."""
