"""docs/api.md, made from the schema, the playground's questions and docs/topics, and
docs/performance.md, made from the questions' statements, what each reads, and docs/reasons.md.
"""
