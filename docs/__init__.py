"""docs/api.md, made from the schema, the playground's questions and docs/topics."""
