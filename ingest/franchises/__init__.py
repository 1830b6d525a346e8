"""Franchises: which works make up one line, what it is called, and the orders of its entries."""
