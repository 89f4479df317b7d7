"""Brings in guides from JSON lines or a folder of Markdown: read, check, map, turn into blocks, compare, write."""
