"""A peer: what one would write by hand for two pages, and nothing else.

One statement for a page, over the official driver, its record sent on as it comes. The record is
nested lists in the page's order: maps repeat their keys in every row and take longer.
"""
