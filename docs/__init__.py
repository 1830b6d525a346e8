"""docs/api.md, made from the schema, the playground's questions and docs/topics; docs/performance.md,
made from the questions' statements, how much each reads, and docs/reasons.md.
"""
