"""Brings in opportunities from JSON lines: read, check, place in cities, turn into pages and shifts, compare, write."""
