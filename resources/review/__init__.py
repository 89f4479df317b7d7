"""Keeping guides true: who checks which one when, and what readers are told about it."""
